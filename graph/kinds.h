// The closed vocabularies of DESIGN: what an entity can be, and how a statement is meant.
// Relation types are open (data/relations.tsv) and therefore text.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace relata {

// The numbers are stored on disk: append, never renumber.
enum class EntityType : std::uint8_t {
  person = 0, org = 1, gpe = 2, loc = 3, fac = 4, norp = 5, weapon = 6, vehicle = 7, product = 8, event = 9, law = 10, work = 11,
};
inline constexpr int kEntityTypes = 12;

enum class MentionKind : std::uint8_t { name = 0, nominal = 1, pronoun = 2 };
enum class Polarity : std::uint8_t { positive = 0, negative = 1 };
enum class Modality : std::uint8_t { actual = 0, future = 1, possible = 2, conditional = 3, requested = 4, hypothetical = 5 };
inline constexpr int kModalities = 6;

// Where an article's publication date was found. Never guessed from the clock.
enum class PublishedFrom : std::uint8_t { none = 0, metadata = 1, dateline = 2, text = 3, argument = 4 };

std::string_view to_string(EntityType type);  // "PERSON", "ORG", ...
std::string_view to_string(MentionKind kind);
std::string_view to_string(Polarity polarity);
std::string_view to_string(Modality modality);
std::string_view to_string(PublishedFrom from);

// Exact names only; nothing for any other text.
std::optional<EntityType> parse_entity_type(std::string_view name);
std::optional<MentionKind> parse_mention_kind(std::string_view name);
std::optional<Polarity> parse_polarity(std::string_view name);
std::optional<Modality> parse_modality(std::string_view name);
std::optional<PublishedFrom> parse_published_from(std::string_view name);

}  // namespace relata
