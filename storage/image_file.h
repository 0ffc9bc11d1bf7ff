// The file of a view's image: a header of one page, then sections, each with its checksum. Private to view_image.cpp and the bulk loader.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "graph/result.h"
#include "graph/view.h"
#include "storage/view_image.h"

namespace relata::storage {

// The numbers are places in the header: append, never renumber.
enum class Section : std::uint8_t {
  nodes, edges, records, articles, statements, actor_nodes, sources, redirects, node_slots, article_slots, redirect_slots, name_text, name_ends,
  name_nodes, types, copies,
};
inline constexpr std::size_t kSections = 16;

struct ImageHeader {
  static constexpr std::uint64_t kMagic = 0x31676d6977656956;  // "Viewimg1"
  static constexpr std::uint32_t kLayout = 2;  // another number when a struct of a section changes
  struct Place {
    std::uint64_t offset = 0, bytes = 0;
    std::uint64_t checksum = 0;  // XXH3-64
  };
  std::uint64_t magic = kMagic;
  std::uint32_t layout = kLayout;
  Version version = 0;
  Counts counts;
  std::array<Place, kSections> sections;
};
static_assert(std::is_trivially_copyable_v<ImageHeader> && sizeof(ImageHeader) == 16 + 32 + 24 * kSections);

// Writes the sections in any order, each once, then the header.
class ImageWriter {
 public:
  explicit ImageWriter(std::string folder, Version version);
  ~ImageWriter();  // removes what was not finished
  ImageWriter(const ImageWriter&) = delete;
  ImageWriter& operator=(const ImageWriter&) = delete;

  void begin(Section section);  // ends the one before
  template <typename T>
  void put(std::span<const T> items) {
    static_assert(std::has_unique_object_representations_v<T>);
    put_bytes(reinterpret_cast<const char*>(items.data()), items.size_bytes());
  }
  void put_bytes(const char* bytes, std::size_t size);
  // Synced and under its name. io: the first failure of any step.
  Result<ImageName> finish(const Counts& counts);

 private:
  void end_section();
  void flush();
  void fail(const std::string& what);

  struct Hash;
  const std::string folder_, path_, fresh_;
  int file_;
  std::optional<Error> error_;
  std::string buffer_;
  std::uint64_t offset_;  // behind all that was put
  ImageHeader header_;
  std::optional<Section> open_;
  std::unique_ptr<Hash> hash_;
};

std::string image_path(const std::string& folder, Version version);

}  // namespace relata::storage
