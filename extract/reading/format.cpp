#include "extract/reading/format.h"

#include <algorithm>
#include <utility>

#include "extract/reading/lines.h"

namespace relata {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

constexpr std::pair<std::string_view, Format> kEndings[] = {
    {".txt", Format::text},  {".text", Format::text},  {".md", Format::text},           {".html", Format::html},
    {".htm", Format::html},  {".xhtml", Format::html}, {".json", Format::json},         {".jsonl", Format::json_lines},
    {".ndjson", Format::json_lines},
};
constexpr std::pair<std::string_view, Format> kTypes[] = {
    {"application/x-ndjson", Format::json_lines}, {"application/ndjson", Format::json_lines},  {"application/jsonl", Format::json_lines},
    {"application/x-jsonlines", Format::json_lines}, {"application/json", Format::json},      {"application/ld+json", Format::json},
    {"text/json", Format::json},                  {"text/html", Format::html},               {"application/xhtml+xml", Format::html},
    {"text/plain", Format::text},                 {"text/markdown", Format::text},
};

// Whether the object that begins the text is closed before its first line ends, and more follows: one object a line.
bool object_on_one_line(std::string_view text) {
  bool quoted = false, escaped = false;
  std::size_t depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') return false;
    if (escaped) escaped = false;
    else if (quoted) escaped = c == '\\', quoted = c != '"';
    else if (c == '"') quoted = true;
    else if (c == '{' || c == '[') ++depth;
    else if ((c == '}' || c == ']') && --depth == 0) return !trimmed(text.substr(i + 1)).empty();
  }
  return text.find('\n') == std::string_view::npos;  // a first line longer than what we see
}

}  // namespace

std::string base_name(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  path = path.substr(path.rfind('/') + 1);
  const std::string low = lower(path);
  for (const std::string_view ending : {".gz", ".zst"})
    if (low.ends_with(ending) && low.size() > ending.size()) return std::string(path.substr(0, path.size() - ending.size()));
  return std::string(path);
}

std::optional<Format> format_of_name(std::string_view name) {
  const std::string low = lower(name);
  for (const auto& [type, format] : kTypes)
    if (low.starts_with(type)) return format;
  const std::string file = lower(base_name(name));
  for (const auto& [ending, format] : kEndings)
    if (file.size() > ending.size() && file.ends_with(ending)) return format;
  return {};
}

Format format_of_bytes(std::string_view first) {
  if (first.starts_with("\xEF\xBB\xBF")) first.remove_prefix(3);
  first = trimmed(first);
  if (first.starts_with('{')) return object_on_one_line(first) ? Format::json_lines : Format::json;
  if (first.starts_with("[{") || first.starts_with("[\n") || first.starts_with("[ ") || first.starts_with("[\r")) return Format::json;
  if (first.starts_with('<')) {
    const std::string head = lower(first.substr(0, 1 << 12));
    for (const std::string_view tag : {"<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<p ", "<meta", "<!--", "<main", "<h1"})
      if (head.find(tag) != std::string::npos) return Format::html;
  }
  return Format::text;
}

}  // namespace relata
