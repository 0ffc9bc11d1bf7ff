#include "graph/kinds.h"

#include <algorithm>
#include <array>

namespace relata {
namespace {

using namespace std::string_view_literals;

constexpr std::array kEntityTypeNames = {"PERSON"sv, "ORG"sv,     "GPE"sv,     "LOC"sv,   "FAC"sv, "NORP"sv,
                                         "WEAPON"sv, "VEHICLE"sv, "PRODUCT"sv, "EVENT"sv, "LAW"sv, "WORK"sv};
constexpr std::array kMentionKindNames = {"name"sv, "nominal"sv, "pronoun"sv};
constexpr std::array kPolarityNames = {"positive"sv, "negative"sv};
constexpr std::array kModalityNames = {"actual"sv, "future"sv, "possible"sv, "conditional"sv, "requested"sv, "hypothetical"sv};
constexpr std::array kPublishedFromNames = {"none"sv, "metadata"sv, "dateline"sv, "text"sv, "argument"sv};
static_assert(kEntityTypeNames.size() == kEntityTypes);
static_assert(kModalityNames.size() == kModalities);

template <typename Enum, std::size_t N>
std::optional<Enum> parse(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view to_string(EntityType type) { return kEntityTypeNames.at(static_cast<std::size_t>(type)); }
std::string_view to_string(MentionKind kind) { return kMentionKindNames.at(static_cast<std::size_t>(kind)); }
std::string_view to_string(Polarity polarity) { return kPolarityNames.at(static_cast<std::size_t>(polarity)); }
std::string_view to_string(Modality modality) { return kModalityNames.at(static_cast<std::size_t>(modality)); }
std::string_view to_string(PublishedFrom from) { return kPublishedFromNames.at(static_cast<std::size_t>(from)); }

std::optional<EntityType> parse_entity_type(std::string_view name) { return parse<EntityType>(kEntityTypeNames, name); }
std::optional<MentionKind> parse_mention_kind(std::string_view name) { return parse<MentionKind>(kMentionKindNames, name); }
std::optional<Polarity> parse_polarity(std::string_view name) { return parse<Polarity>(kPolarityNames, name); }
std::optional<Modality> parse_modality(std::string_view name) { return parse<Modality>(kModalityNames, name); }
std::optional<PublishedFrom> parse_published_from(std::string_view name) { return parse<PublishedFrom>(kPublishedFromNames, name); }

}  // namespace relata
