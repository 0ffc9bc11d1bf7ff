// What exports say of entities and relations, as flat typed attributes: one list for all formats, so that they agree.
// Private to the exports.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "graph/entity.h"
#include "query/text_out.h"

namespace relata {

enum class AttributeType { text, list, whole, fraction, flag, date };

struct Attribute {
  std::string_view name;
  AttributeType type;
};

using Items = std::span<const std::string>;
// monostate: the entity or relation has no such value.
using Value = std::variant<std::monostate, std::string_view, Items, std::int64_t, double, bool>;

// Names and types; value i of a row belongs to attribute i. The last one is the status of a marked export: declared
// there alone, and without a value when `status` is empty.
std::span<const Attribute> entity_attributes(bool marked);
std::span<const Attribute> relation_attributes(bool marked);

// The values of one entity or relation after the other. They point into it, into `status` and into the row: valid until the next.
class Row {
 public:
  std::span<const Value> of(const Entity& entity, std::string_view status);        // without the id
  std::span<const Value> of(const Relation& relation, std::string_view status);  // without the id, source and target

 private:
  Value day(std::size_t place, const std::optional<Day>& known);
  Value counted(const std::array<std::uint32_t, kModalities>& modalities);

  std::vector<Value> values_;
  std::vector<std::string> items_;
  std::array<std::string, 3> days_;
  std::string article_;
};

// Items of a list in formats that have none: separated by "; ".
std::string joined(Items items);
// Value as plain text; numbers with at most four decimals; "" for none.
std::string text_of(const Value& value);
bool is_empty(const Value& value);  // text_of() is

// The same as text_of(), each text through escape(std::string& to, std::string_view text), which leaves "; " as it is.
template <typename Escape>
void write_value(TextOut& out, const Value& value, const Escape& escape) {
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    escape(out.text(), *text);
  } else if (const auto* items = std::get_if<Items>(&value)) {
    bool any = false;
    for (const std::string& item : *items) {
      if (any) out << "; ";
      escape(out.text(), item);
      any |= !item.empty();
    }
  } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
    out.whole(*number);
  } else if (const auto* fraction = std::get_if<double>(&value)) {
    out.fraction(*fraction);
  } else if (const auto* flag = std::get_if<bool>(&value)) {
    out << (*flag ? "true" : "false");
  }
}

}  // namespace relata
