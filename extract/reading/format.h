// Which format bytes are in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace relata {

enum class Format { text, html, json, json_lines };

// By a file name's ending (also before .gz, .zst) or a content type; nothing where they tell nothing.
std::optional<Format> format_of_name(std::string_view name);

// By the first bytes.
Format format_of_bytes(std::string_view first);

// The last part of a path, without .gz or .zst.
std::string base_name(std::string_view path);

}  // namespace relata
