#include "storage/body_spool.h"

#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>

namespace relata::storage {
namespace {

constexpr std::size_t kBuffer = 256u << 10;

struct Head {
  std::uint64_t id;
  std::uint64_t bytes;
};

std::size_t part_of(ArticleId id) { return id.value >> (64 - std::countr_zero(BodySpool::kParts)); }

Error failure(const std::string& path) { return io_error(path + ": " + std::strerror(errno) + "; make room on the disk and load again, the graph is as it was"); }

}  // namespace

Result<void> BodySpool::add(std::string bodies, const std::vector<Place>& places) {
  if (bodies.size() > room_) {
    room_ = 0;  // what comes later shall not stay when earlier ones do not
    for (const Place& place : places)
      if (auto written = write(place.id, std::string_view(bodies).substr(place.begin, place.bytes)); !written) return written;
    return {};
  }
  room_ -= bodies.size();
  const std::string_view held = bodies_.emplace_back(std::move(bodies));
  for (const Place& place : places) parts_[part_of(place.id)].held.push_back({place.id.value, held.substr(place.begin, place.bytes)});
  return {};
}

Result<void> BodySpool::write(ArticleId id, std::string_view body) {
  auto& file = parts_[part_of(id)].file;
  if (!file) {
    const std::string path = folder_ + "/bodies" + std::to_string(part_of(id));
    file.reset(std::fopen(path.c_str(), "w+b"));
    if (!file) return failure(path);
    std::setvbuf(file.get(), nullptr, _IOFBF, kBuffer);
  }
  const Head head{id.value, body.size()};
  if (std::fwrite(&head, sizeof head, 1, file.get()) != 1 || std::fwrite(body.data(), 1, body.size(), file.get()) != body.size()) return failure(folder_);
  return {};
}

Result<void> BodySpool::finish() {
  for (const Part& part : parts_)
    if (part.file && std::fflush(part.file.get()) != 0) return failure(folder_);
  return {};
}

Result<void> BodySpool::each(std::size_t first, std::size_t last, const Visitor& visit) const {
  std::string bytes;
  std::vector<Item> items;
  for (std::size_t i = first; i < last; ++i) {
    items = parts_[i].held;
    if (parts_[i].file)
      if (auto done = read(parts_[i], bytes, items); !done) return done;
    std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.id < b.id; });
    for (const Item& item : items)
      if (auto visited = visit({item.id}, item.body); !visited) return visited;
  }
  return {};
}

// By the file's own number, without its position, which other threads may not share.
Result<void> BodySpool::read(const Part& part, std::string& bytes, std::vector<Item>& items) const {
  const int file = ::fileno(part.file.get());
  const off_t size = ::lseek(file, 0, SEEK_END);
  if (size < 0) return failure(folder_);
  bytes.resize(static_cast<std::size_t>(size));
  for (std::size_t had = 0; had < bytes.size();) {
    const ssize_t got = ::pread(file, bytes.data() + had, bytes.size() - had, static_cast<off_t>(had));
    if (got <= 0) return failure(folder_);
    had += static_cast<std::size_t>(got);
  }
  for (std::size_t at = 0; at < bytes.size();) {
    Head head;
    std::memcpy(&head, bytes.data() + at, sizeof head);
    items.push_back({head.id, std::string_view(bytes).substr(at + sizeof head, head.bytes)});
    at += sizeof head + head.bytes;
  }
  return {};
}

void BodySpool::clear() {
  parts_ = {};
  bodies_.clear();
}

}  // namespace relata::storage
