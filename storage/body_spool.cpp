#include "storage/body_spool.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

namespace relata::storage {
namespace {

constexpr std::size_t kBuffer = 256u << 10;

struct Head {
  std::uint64_t id;
  std::uint64_t bytes;
};

Error failure(const std::string& path) { return io_error(path + ": " + std::strerror(errno) + "; make room on the disk and load again, the graph is as it was"); }

}  // namespace

BodySpool::BodySpool(std::string folder) : folder_(std::move(folder)) {}

Result<void> BodySpool::add(ArticleId id, std::string_view body) {
  const std::size_t part = id.value >> (64 - kBits);
  auto& file = files_[part];
  if (!file) {
    const std::string path = folder_ + "/bodies" + std::to_string(part);
    file.reset(std::fopen(path.c_str(), "w+b"));
    if (!file) return failure(path);
    std::setvbuf(file.get(), nullptr, _IOFBF, kBuffer);
  }
  const Head head{id.value, body.size()};
  if (std::fwrite(&head, sizeof head, 1, file.get()) != 1 || std::fwrite(body.data(), 1, body.size(), file.get()) != body.size()) return failure(folder_);
  return {};
}

Result<void> BodySpool::each(const Visitor& visit) {
  for (std::size_t part = 0; part < files_.size(); ++part)
    if (auto visited = each_of(part, visit); !visited) return visited;
  return {};
}

Result<void> BodySpool::each_of(std::size_t part, const Visitor& visit) {
  std::FILE* const file = files_[part].get();
  if (file == nullptr) return {};
  if (std::fflush(file) != 0 || std::fseek(file, 0, SEEK_END) != 0) return failure(folder_);
  const long size = std::ftell(file);
  if (size < 0) return failure(folder_);
  std::rewind(file);
  std::string all(static_cast<std::size_t>(size), '\0');
  if (std::fread(all.data(), 1, all.size(), file) != all.size()) return failure(folder_);
  struct Item {
    std::uint64_t id;
    std::string_view body;
  };
  std::vector<Item> items;
  for (std::size_t at = 0; at < all.size();) {
    Head head;
    std::memcpy(&head, all.data() + at, sizeof head);
    items.push_back({head.id, std::string_view(all).substr(at + sizeof head, head.bytes)});
    at += sizeof head + head.bytes;
  }
  std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.id < b.id; });
  for (const Item& item : items)
    if (auto visited = visit({item.id}, item.body); !visited) return visited;
  return {};
}

}  // namespace relata::storage
