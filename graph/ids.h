// Identifiers of the graph. All are functions of content, so the same articles give the same ids on every machine.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "graph/article.h"

namespace relata {

using Version = std::uint32_t;                       // 1, 2, 3...: counts committed batches; 0 = the empty graph
inline constexpr Version kForever = 0xffffffffu;     // "not taken back"

// Somebody or something in the world. Printed as "e" and 16 hex digits.
struct EntityId {
  std::uint64_t value = 0;
  auto operator<=>(const EntityId&) const = default;
};
std::string to_string(EntityId id);
std::optional<EntityId> parse_entity_id(std::string_view text);

// A statement of an article. Printed as "<article>.s<ordinal>".
struct StatementId {
  ArticleId article;
  std::uint32_t ordinal = 0;
  auto operator<=>(const StatementId&) const = default;
};
std::string to_string(StatementId id);
std::optional<StatementId> parse_statement_id(std::string_view text);

std::string actor_id(ArticleId article, std::uint32_t actor);  // "<article>.e<index>"

}  // namespace relata

template <>
struct std::hash<relata::EntityId> {
  std::size_t operator()(relata::EntityId id) const noexcept { return id.value; }
};
template <>
struct std::hash<relata::ArticleId> {
  std::size_t operator()(relata::ArticleId id) const noexcept { return id.value; }
};
