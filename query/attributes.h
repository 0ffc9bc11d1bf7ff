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

namespace relata {

enum class AttributeType { text, list, whole, fraction, flag, date };

struct Attribute {
  std::string_view name;
  AttributeType type;
};

// monostate: the entity or relation has no such value.
using Value = std::variant<std::monostate, std::string, std::vector<std::string>, std::int64_t, double, bool>;

// Names and types; value i of entity_values() belongs to attribute i. The last one is the status of a marked export: declared
// there alone, and without a value when `status` is empty.
std::span<const Attribute> entity_attributes(bool marked);
std::span<const Attribute> relation_attributes(bool marked);
std::vector<Value> entity_values(const Entity& entity, std::string_view status);        // without the id
std::vector<Value> relation_values(const Relation& relation, std::string_view status);  // without the id, source and target

// Items of a list in formats that have none: separated by "; ".
std::string joined(const std::vector<std::string>& items);
// Value as plain text; numbers with at most four decimals; "" for none.
std::string text_of(const Value& value);

}  // namespace relata
