#include <nlohmann/json.hpp>

#include "extract/reading/dates.h"
#include "extract/reading/draft.h"
#include "extract/reading/lines.h"

namespace relata {
namespace {

using nlohmann::json;

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

// The text of a value: itself, the paragraphs of a list, the name of an object.
std::string text_of(const json& value, int depth = 0) {
  constexpr int kDepth = 3;  // {"source": {"name": ...}}, {"body": [{"text": ...}]}
  if (value.is_string()) return value.get<std::string>();
  if (depth == kDepth) return {};
  if (value.is_array()) {
    std::string out;
    for (const json& part : value) {
      const std::string text = text_of(part, depth + 1);
      if (!text.empty()) out += (out.empty() ? "" : "\n\n") + text;
    }
    return out;
  }
  if (value.is_object())
    for (const char* key : {"text", "name", "title", "value", "content", "uri", "url"})
      if (const auto found = value.find(key); found != value.end())
        if (std::string text = text_of(*found, depth + 1); !text.empty()) return text;
  return {};
}

std::optional<Day> day_of(const json& value, const ReadingWords& words) {
  if (value.is_number_integer()) return parse_published(std::to_string(value.get<std::int64_t>()), words);
  if (value.is_number_float()) {
    constexpr double kYear2200 = 7'258'118'400'000.0;  // milliseconds
    const double number = value.get<double>();
    return number > 0 && number < kYear2200 ? parse_published(std::to_string(static_cast<std::int64_t>(number)), words) : std::nullopt;
  }
  return parse_published(text_of(value), words);
}

// "https://www.example.org/news" -> "example.org"; other names as they are.
std::string publisher_name(std::string name) {
  const std::size_t scheme = name.find("://");
  if (scheme == std::string::npos) return name;
  name.erase(0, scheme + 3);
  name.erase(std::min(name.find('/'), name.size()));
  return name.starts_with("www.") ? name.substr(4) : name;
}

bool looks_like_markup(std::string_view text) {
  return trimmed(text).starts_with('<') && (text.find("</p>") != std::string_view::npos || text.find("</div>") != std::string_view::npos);
}

class Record {
 public:
  Record(const json& object, const ReadingWords& words) : words_(words) {
    for (const auto& [name, value] : object.items())
      if (!value.is_null()) fields_.try_emplace(lower(name), &value);
  }

  std::string text(std::string_view kind) const {
    for (const auto& [k, name] : words_.fields)
      if (k == kind)
        if (const json* value = field(name))
          if (std::string text = value->is_number_integer() ? value->dump() : text_of(*value); !text.empty()) return text;
    return {};
  }

  // The day, and whether a field was there that tells none.
  std::optional<Day> day(std::string& unread) const {
    for (const auto& [k, name] : words_.fields) {
      const json* value = k == "published" ? field(name) : nullptr;
      if (!value) continue;
      if (auto day = day_of(*value, words_)) return day;
      if (unread.empty() && !text_of(*value).empty()) unread = name + "='" + text_of(*value).substr(0, 60) + "'";
    }
    return {};
  }

 private:
  const json* field(const std::string& name) const {
    const auto found = fields_.find(name);
    return found == fields_.end() ? nullptr : found->second;
  }

  const ReadingWords& words_;
  std::map<std::string, const json*> fields_;
};

Draft draft_of(const json& object, const ReadingWords& words) {
  const Record record(object, words);
  Draft out;
  out.text = record.text("text");
  if (const std::string page = out.text.empty() ? record.text("html") : looks_like_markup(out.text) ? out.text : ""; !page.empty()) out = read_page(page, words);
  if (std::string title = record.text("title"); !title.empty()) out.title = std::move(title);
  out.address = record.text("url");
  out.uri = record.text("uri");
  if (out.uri.empty()) out.uri = out.address.empty() ? record.text("id") : out.address;
  if (out.address.empty()) out.address = out.uri;
  if (std::string publisher = record.text("publisher"); !publisher.empty()) out.publisher = publisher_name(std::move(publisher));
  if (std::string language = record.text("language"); !language.empty()) out.language = lower(std::move(language));
  std::string unread;
  if (auto day = record.day(unread)) out.published = day;
  else if (!unread.empty()) out.notes.push_back(unread + ": not understood as a day; write it as 2024-11-18");
  return out;
}

bool has_objects(const json& value) { return value.is_array() && !value.empty() && value.front().is_object(); }

// The list of records in what surrounds it: {"articles": [...]}, {"response": {"docs": [...]}}.
const json* list_in(const json& value) {
  if (has_objects(value)) return &value;
  if (!value.is_object()) return nullptr;
  for (const char* key : {"articles", "documents", "items", "docs", "results", "data", "hits", "records", "response", "news", "entries", "stories"})
    if (const auto found = value.find(key); found != value.end()) {
      if (has_objects(*found)) return &*found;
      if (found->is_object())
        for (const auto& [name, inner] : found->items())
          if (has_objects(inner)) return &inner;
    }
  return nullptr;
}

}  // namespace

Result<std::vector<Draft>> read_json(std::string_view text, const ReadingWords& words) {
  json value;
  try {
    value = json::parse(text);
  } catch (const json::exception& e) {
    std::string why = e.what();  // "[json.exception.parse_error.101] parse error at line 1, column 5: ..."
    if (const std::size_t end = why.find("] "); end != std::string::npos) why.erase(0, end + 2);
    return bad_input("not JSON: " + why.substr(0, 200));
  }
  std::vector<Draft> out;
  if (value.is_object()) {
    Draft whole = draft_of(value, words);
    const json* list = whole.text.empty() ? list_in(value) : nullptr;
    if (!list) {
      out.push_back(std::move(whole));
      return out;
    }
    for (const json& record : *list) out.push_back(record.is_object() ? draft_of(record, words) : Draft{});
    return out;
  }
  if (!value.is_array()) return bad_input("an object with a field \"text\" is expected");
  for (const json& record : value) out.push_back(record.is_object() ? draft_of(record, words) : Draft{});
  return out;
}

}  // namespace relata
