#include "storage/view_image.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "storage/bytes.h"
#include "storage/image_file.h"

namespace relata::storage {
namespace {

// A file in memory, read-only, for as long as this lives.
class Mapping {
 public:
  Mapping(const char* at, std::size_t size) : at_(at), size_(size) {}
  ~Mapping() { ::munmap(const_cast<char*>(at_), size_); }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  std::string_view bytes() const { return {at_, size_}; }

 private:
  const char* at_;
  std::size_t size_;
};

Result<std::shared_ptr<const Mapping>> map_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return errno == ENOENT ? not_found(path + ": no such file") : io_error(path + ": " + std::strerror(errno));
  struct stat status {};
  const bool known = ::fstat(file, &status) == 0;
  const auto size = static_cast<std::size_t>(known ? status.st_size : 0);
  void* const at = size >= sizeof(ImageHeader) ? ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0) : MAP_FAILED;
  ::close(file);
  if (size < sizeof(ImageHeader)) return corrupt(path + ": too short for an image");
  if (at == MAP_FAILED) return io_error(path + " cannot be mapped: " + std::strerror(errno));
  ::madvise(at, size, MADV_WILLNEED);
  return std::make_shared<const Mapping>(static_cast<const char*>(at), size);
}

// The sections of a mapped file as arrays. Fits no item that is not whole.
class Sections {
 public:
  Sections(std::shared_ptr<const Mapping> mapping, const ImageHeader& header) : mapping_(std::move(mapping)), header_(header) {}

  std::string_view bytes(Section section) const {
    const ImageHeader::Place& place = header_.sections[static_cast<std::size_t>(section)];
    return mapping_->bytes().substr(place.offset, place.bytes);
  }
  template <typename T>
  std::span<const T> items(Section section) const {
    const std::string_view all = bytes(section);
    return {reinterpret_cast<const T*>(all.data()), all.size() / sizeof(T)};
  }
  template <typename T, std::size_t Bits>
  void fill(Paged<T, Bits>& table, Section section) const {
    table = Paged<T, Bits>(mapping_, items<T>(section));
  }
  std::shared_ptr<IdIndex> index(Section section, std::size_t size) const {
    return std::make_shared<IdIndex>(0, IdIndex::Fixed{mapping_, items<std::uint32_t>(section), static_cast<std::uint32_t>(size)});
  }

  bool sound() const {
    for (const ImageHeader::Place& place : header_.sections) {
      const std::size_t whole = mapping_->bytes().size();
      if (place.offset > whole || place.bytes > whole - place.offset) return false;
      if (XXH3_64bits(mapping_->bytes().data() + place.offset, place.bytes) != place.checksum) return false;
    }
    return true;
  }
  const std::shared_ptr<const Mapping>& mapping() const { return mapping_; }

 private:
  std::shared_ptr<const Mapping> mapping_;
  ImageHeader header_;
};

ViewTables tables_of(const Sections& sections, const ImageHeader& header) {
  ViewTables tables;
  tables.version = header.version;
  tables.counts = header.counts;
  tables.nodes = NodeTable({sections.mapping(), sections.items<ImageNode>(Section::nodes), sections.items<Edge>(Section::edges).data(),
                            sections.bytes(Section::records).data()});
  sections.fill(tables.articles, Section::articles);
  sections.fill(tables.statements, Section::statements);
  sections.fill(tables.actor_nodes, Section::actor_nodes);
  sections.fill(tables.sources, Section::sources);
  sections.fill(tables.redirects, Section::redirects);
  sections.fill(tables.copies, Section::copies);
  tables.node_index = sections.index(Section::node_slots, tables.nodes.size());
  tables.article_index = sections.index(Section::article_slots, tables.articles.size());
  tables.redirect_index = sections.index(Section::redirect_slots, tables.redirects.size());
  tables.names = NameIndex({sections.mapping(), sections.bytes(Section::name_text), sections.items<std::uint64_t>(Section::name_ends),
                            sections.items<Node>(Section::name_nodes)});
  return tables;
}

std::optional<std::vector<std::string>> types_of(std::string_view bytes) {
  ByteReader in(bytes);
  std::vector<std::string> types;
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) types.emplace_back(in.text());
  return in.done() ? std::optional(std::move(types)) : std::nullopt;
}

void put_nodes(ImageWriter& writer, const NodeTable& nodes) {
  writer.begin(Section::nodes);
  ImageNode row;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const NodeTable::Row from = nodes[i];
    row = {from.id, row.first_edge + row.edges, row.record + row.record_bytes, from.size, from.record_bytes, from.longest, from.narrowed ? 1u : 0u};
    writer.put(std::span<const ImageNode>(&row, 1));
  }
  writer.begin(Section::edges);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const std::span<const Edge> run = nodes[i].run();
    writer.put_bytes(reinterpret_cast<const char*>(run.data()), run.size_bytes());  // Edge has no padding but its bits
  }
  writer.begin(Section::records);
  for (std::size_t i = 0; i < nodes.size(); ++i) writer.put_bytes(nodes[i].record_view().data(), nodes[i].record_view().size());
}

template <typename T, std::size_t Bits>
void put_table(ImageWriter& writer, Section section, const Paged<T, Bits>& table) {
  writer.begin(section);
  table.each_page([&](std::span<const T> items) { writer.put(items); });
}

template <typename Table>
void put_slots(ImageWriter& writer, Section section, const Table& table) {
  writer.begin(section);
  const auto slots = IdIndex::fixed_slots(static_cast<std::uint32_t>(table.size()), [&](std::uint32_t place) { return table[place].id.value; });
  writer.put(std::span<const std::uint32_t>(slots));
}

void put_names(ImageWriter& writer, const NameIndex& names) {
  const NameIndex::Columns columns = names.merged();
  writer.begin(Section::name_text);
  writer.put_bytes(columns.text.data(), columns.text.size());
  writer.begin(Section::name_ends);
  writer.put(columns.ends);
  writer.begin(Section::name_nodes);
  writer.put(columns.nodes);
}

}  // namespace

std::string encode(const ImageName& name) {
  ByteWriter out;
  out.fixed32(name.version);
  out.fixed64(name.seal);
  return out.take();
}

std::optional<ImageName> decode_image_name(std::string_view bytes) {
  ByteReader in(bytes);
  const ImageName name{in.fixed32(), in.fixed64()};
  return in.done() ? std::optional(name) : std::nullopt;
}

Result<ImageName> write_view_image(const std::string& folder, const ViewTables& tables) {
  ImageWriter writer(folder, tables.version);
  put_nodes(writer, tables.nodes);
  put_table(writer, Section::articles, tables.articles);
  put_table(writer, Section::statements, tables.statements);
  put_table(writer, Section::actor_nodes, tables.actor_nodes);
  put_table(writer, Section::sources, tables.sources);
  put_table(writer, Section::redirects, tables.redirects);
  put_table(writer, Section::copies, tables.copies);
  put_slots(writer, Section::node_slots, tables.nodes);
  put_slots(writer, Section::article_slots, tables.articles);
  put_slots(writer, Section::redirect_slots, tables.redirects);
  put_names(writer, tables.names);
  writer.begin(Section::types);
  ByteWriter types;
  types.varint(tables.types->size());
  for (const std::string& type : *tables.types) types.text(type);
  writer.put_bytes(types.bytes().data(), types.bytes().size());
  return writer.finish(tables.counts);
}

Result<ViewTables> open_view_image(const std::string& folder, const ImageName& name) {
  const std::string path = image_path(folder, name.version);
  const auto mapping = map_file(path);
  if (!mapping) return mapping.error();
  ImageHeader header;
  std::memcpy(static_cast<void*>(&header), (*mapping)->bytes().data(), sizeof header);
  if (XXH3_64bits(&header, sizeof header) != name.seal) return corrupt(path + ": is not the image that the database names, or damaged");
  if (header.magic != ImageHeader::kMagic || header.layout != ImageHeader::kLayout || header.version != name.version)
    return corrupt(path + ": is an image of another program");
  const Sections sections(*mapping, header);
  if (!sections.sound()) return corrupt(path + ": is damaged, a checksum does not hold");
  auto types = types_of(sections.bytes(Section::types));
  if (!types) return corrupt(path + ": its relation types do not decode");
  ViewTables tables = tables_of(sections, header);
  tables.types = std::make_shared<const std::vector<std::string>>(std::move(*types));
  return tables;
}

void remove_view_images_but(const std::string& folder, Version version) {
  std::error_code error;
  const std::string keep = std::filesystem::path(image_path(folder, version)).filename().string();
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string file = entry.path().filename().string();
    if (file.starts_with("VIEW-") && file != keep) std::filesystem::remove(entry.path(), error);
  }
}

}  // namespace relata::storage
