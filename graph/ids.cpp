#include "graph/ids.h"

#include <xxhash.h>

#include <array>
#include <charconv>

namespace relata {
namespace {

std::string hex(std::uint64_t value) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) text[i] = kDigits[value & 15];
  return text;
}

// Exactly 16 lower-case hex digits, so that an id has one spelling.
std::optional<std::uint64_t> parse_hex(std::string_view text) {
  if (text.size() != 16 || text.find_first_not_of("0123456789abcdef") != std::string_view::npos) return std::nullopt;
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return value;
}

std::optional<std::uint32_t> parse_ordinal(std::string_view text) {
  std::uint32_t value = 0;
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string to_string(ArticleId id) { return hex(id.value); }

std::optional<ArticleId> parse_article_id(std::string_view text) {
  const auto value = parse_hex(text);
  return value ? std::optional(ArticleId{*value}) : std::nullopt;
}

std::string to_string(EntityId id) { return "e" + hex(id.value); }

std::optional<EntityId> parse_entity_id(std::string_view text) {
  if (text.empty() || text.front() != 'e') return std::nullopt;
  const auto value = parse_hex(text.substr(1));
  return value ? std::optional(EntityId{*value}) : std::nullopt;
}

std::string to_string(StatementId id) { return hex(id.article.value) + ".s" + std::to_string(id.ordinal); }

std::optional<StatementId> parse_statement_id(std::string_view text) {
  if (text.size() < 19 || text.substr(16, 2) != ".s") return std::nullopt;
  const auto article = parse_hex(text.substr(0, 16));
  const auto ordinal = parse_ordinal(text.substr(18));
  if (!article || !ordinal) return std::nullopt;
  return StatementId{{*article}, *ordinal};
}

std::string actor_id(ArticleId article, std::uint32_t actor) { return hex(article.value) + ".e" + std::to_string(actor); }

}  // namespace relata
