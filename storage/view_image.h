// A persistent image of a view's tables: one file of plain columns, mapped into memory when a store is opened, so that opening
// costs what the log has beyond the image. It is a copy of what the log says and never more: the database names the one image
// that it trusts, by version and seal, and without it everything is made from the log. FORMAT.md tells its bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "graph/result.h"
#include "storage/view_tables.h"

namespace relata::storage {

// Which image is the database's: value of the row "image".
struct ImageName {
  Version version = 0;
  std::uint64_t seal = 0;  // XXH3-64 of the file's header, which has the checksum of every section
  bool operator==(const ImageName&) const = default;
};
inline constexpr std::string_view kImageKey = "image";  // in "meta"
std::string encode(const ImageName& name);
std::optional<ImageName> decode_image_name(std::string_view bytes);

// Writes the tables as an image, beside the others and synced. io, with nothing left behind, when the disk is full or not writable.
Result<ImageName> write_view_image(const std::string& folder, const ViewTables& tables);

// The tables of an image, which stay in the file: they are mapped, and all checksums are compared before anything is believed.
// not_found: no such file; corrupt: another file, or damaged, or of a machine or program with another layout.
Result<ViewTables> open_view_image(const std::string& folder, const ImageName& name);

// Removes the images of other versions, and what an interrupted writer left.
void remove_view_images_but(const std::string& folder, Version version);

}  // namespace relata::storage
