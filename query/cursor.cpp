#include "query/cursor.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace relata {
namespace {

// FNV-1a (Fowler, Noll, Vo): a check against mistakes, not against forgers.
std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 14695981039346656037u;
  for (const unsigned char byte : text) value = (value ^ byte) * 1099511628211u;
  return value;
}

std::string check(std::string_view fingerprint) {
  std::array<char, 17> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(hash(fingerprint)));
  return digits.data();
}

template <typename Number>
bool take(std::string_view& text, Number& number) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + dot, number);
  if (fault != std::errc() || end != text.data() + dot) return false;
  text.remove_prefix(dot + 1);
  return true;
}

}  // namespace

std::string fingerprint(std::string_view question, const std::vector<std::string>& parts, const Filter& filter) {
  std::string text(question);
  const auto add = [&](std::string_view part) { (text += '\x1f') += part; };
  const auto add_day = [&](const std::optional<Day>& day) { add(day ? to_string(*day) : ""); };
  for (const std::string& part : parts) add(part);
  for (const EntityType type : filter.types) add(to_string(type));
  for (const std::string& type : filter.relations) add("r" + type);
  add_day(filter.from);
  add_day(filter.until);
  add_day(filter.known_at);
  add(filter.polarity ? to_string(*filter.polarity) : "");
  for (const Modality modality : filter.modalities) add(to_string(modality));
  add(filter.attributed_to ? to_string(*filter.attributed_to) : "");
  add(filter.publisher);
  add(std::to_string(filter.min_confidence));
  add(std::to_string(filter.min_publishers));
  add(!filter.contested ? "" : *filter.contested ? "contested" : "uncontested");
  if (!filter.fold.empty()) add("fold " + filter.fold);
  return text;
}

Result<Place> place(const Page& page, std::string_view fingerprint, const Filter& filter, const GraphView& view) {
  if (page.limit < 1 || page.limit > kMaxLimit) return bad_input("limit=" + std::to_string(page.limit) + ": from 1 to " + std::to_string(kMaxLimit));
  Place where{filter.version.value_or(view.version()), 0};
  if (!page.cursor.empty()) {
    std::string_view text = page.cursor;
    Place given;
    if (!take(text, given.version) || !take(text, given.offset)) return bad_input("cursor: malformed, use the `next` of an answer");
    if (const auto at = parse_entity_id(text.substr(0, text.find('.')))) {
      Mark mark{*at};
      text.remove_prefix(std::min(text.find('.'), text.size() - 1) + 1);
      if (!take(text, mark.inside) || !take(text, mark.total)) return bad_input("cursor: malformed, use the `next` of an answer");
      given.mark = mark;
    }
    if (text != check(fingerprint) || (filter.version && *filter.version != given.version)) return bad_input("cursor: belongs to another question");
    where = given;
  }
  if (where.version > view.version()) return bad_input("version=" + std::to_string(where.version) + ": the newest is " + std::to_string(view.version()));
  return where;
}

std::string cursor(const Place& place, std::string_view fingerprint) {
  std::string text = std::to_string(place.version) + "." + std::to_string(place.offset) + ".";
  if (place.mark) text += to_string(place.mark->at) + "." + std::to_string(place.mark->inside) + "." + std::to_string(place.mark->total) + ".";
  return text + check(fingerprint);
}

}  // namespace relata
