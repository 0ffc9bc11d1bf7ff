#include "commands/names_file.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "graph/identity.h"

namespace relata {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongestLine = 1u << 20;  // bytes
constexpr std::size_t kLongestName = 1000;      // bytes
constexpr std::size_t kMostNames = 1000;        // of one entry

Error in_field(std::string_view field, std::string_view what) { return bad_input("field '" + std::string(field.substr(0, 100)) + "': " + std::string(what)); }

Result<std::string> text_of(std::string_view field, const Json& value) {
  if (!value.is_string()) return in_field(field, "a text is expected");
  std::string text = value.get<std::string>();
  if (text.empty() || text.size() > kLongestName) return in_field(field, "1 to " + std::to_string(kLongestName) + " bytes are expected");
  return text;
}

Result<std::string> name_of(std::string_view field, const Json& value) {
  auto text = text_of(field, value);
  if (text && fold_name(*text).empty()) return in_field(field, "a name has a letter or a digit");
  return text;
}

Result<std::vector<std::string>> names_of(std::string_view field, const Json& value) {
  if (!value.is_array()) return in_field(field, "a list of texts is expected");
  if (value.size() > kMostNames) return in_field(field, "at most " + std::to_string(kMostNames) + " names");
  std::vector<std::string> names;
  for (const Json& each : value) {
    auto name = name_of(field, each);
    if (!name) return name.error();
    names.push_back(std::move(*name));
  }
  return names;
}

// {"id","name","type","aliases":[...],"external":{"wikidata":"Q7747"}}; type, aliases and external may be absent.
Result<KnownEntity> own_entity(const Json& line) {
  KnownEntity entity;
  for (const char* const field : {"id", "name"})
    if (!line.contains(field)) return in_field(field, "is missing");
  for (const auto& [field, value] : line.items()) {
    if (field == "id" || field == "name") {
      auto text = field == "id" ? text_of(field, value) : name_of(field, value);
      if (!text) return text.error();
      (field == "id" ? entity.id : entity.name) = std::move(*text);
    } else if (field == "type") {
      entity.type = value.is_string() ? parse_entity_type(value.get<std::string>()) : std::nullopt;
      if (!entity.type) return in_field(field, "one of PERSON, ORG, GPE, LOC, FAC, NORP, WEAPON, VEHICLE, PRODUCT, EVENT, LAW, WORK");
    } else if (field == "aliases") {
      auto names = names_of(field, value);
      if (!names) return names.error();
      entity.aliases = std::move(*names);
    } else if (field == "external") {
      if (!value.is_object()) return in_field(field, "an object of texts is expected");
      for (const auto& [scheme, id] : value.items()) {
        auto text = text_of("external." + scheme, id);
        if (!text) return text.error();
        entity.external[scheme] = std::move(*text);
      }
    } else {
      return in_field(field, "is unknown; known are id, name, type, aliases, external");
    }
  }
  return entity;
}

// Schemata of actors in FollowTheMoney's model (followthemoney.tech/explorer); the others are links and papers, which have no name to resolve.
struct Schema {
  std::string_view name;
  std::optional<EntityType> type;
};
constexpr std::array kSchemata = std::to_array<Schema>({{"Person", EntityType::person},
                                                        {"Company", EntityType::org},
                                                        {"Organization", EntityType::org},
                                                        {"PublicBody", EntityType::org},
                                                        {"LegalEntity", std::nullopt},
                                                        {"Vessel", EntityType::vehicle},
                                                        {"Airplane", EntityType::vehicle},
                                                        {"Vehicle", EntityType::vehicle}});

// Properties that are ids elsewhere, and what we call them.
constexpr std::array kIdentifiers = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"wikidataId", "wikidata"}, {"leiCode", "lei"}, {"imoNumber", "imo"}, {"registrationNumber", "registration"}, {"opencorporatesUrl", "opencorporates"}});

// {"id","schema","properties":{"name":[...],"alias":[...],"weakAlias":[...],"wikidataId":[...]}}. Nothing: no actor.
Result<std::optional<KnownEntity>> money_entity(const Json& line) {
  const Json &schema = line.at("schema"), &properties = line.at("properties");
  if (!schema.is_string()) return in_field("schema", "a text is expected");
  if (!properties.is_object()) return in_field("properties", "an object is expected");
  const auto known = std::find_if(kSchemata.begin(), kSchemata.end(), [&](const Schema& one) { return one.name == schema.get_ref<const std::string&>(); });
  if (known == kSchemata.end()) return std::optional<KnownEntity>();
  KnownEntity entity;
  entity.type = known->type;
  if (!line.contains("id")) return in_field("id", "is missing");
  auto id = text_of("id", line.at("id"));
  if (!id) return id.error();
  entity.id = std::move(*id);
  std::vector<std::string> names;
  for (const auto& [property, into] : {std::pair{"name", &names}, {"alias", &entity.aliases}, {"previousName", &entity.aliases}, {"weakAlias", &entity.weak}}) {
    if (!properties.contains(property)) continue;
    auto values = names_of("properties." + std::string(property), properties.at(property));
    if (!values) return values.error();
    into->insert(into->end(), values->begin(), values->end());
  }
  if (names.empty()) return in_field("properties.name", "is missing");
  entity.name = names.front();
  entity.aliases.insert(entity.aliases.end(), names.begin() + 1, names.end());
  for (const auto& [property, scheme] : kIdentifiers) {
    const auto found = properties.find(property);
    if (found == properties.end() || !found->is_array() || found->empty()) continue;
    auto value = text_of("properties." + std::string(property), found->front());
    if (!value) return value.error();
    entity.external[std::string(scheme)] = std::move(*value);
  }
  return std::optional(std::move(entity));
}

Result<std::optional<KnownEntity>> entity_of(const std::string& text) {
  if (text.size() > kLongestLine) return bad_input("is longer than " + std::to_string(kLongestLine) + " bytes");
  const Json line = Json::parse(text, nullptr, false);
  if (!line.is_object()) return bad_input("is no JSON object");
  if (line.contains("schema") && line.contains("properties")) return money_entity(line);
  auto entity = own_entity(line);
  if (!entity) return entity.error();
  return std::optional(*std::move(entity));
}

}  // namespace

Result<std::shared_ptr<const KnownNames>> read_names_file(const std::string& file) {
  std::ifstream in(file);
  if (!in) return io_error("names file " + file + ": cannot be read");
  std::vector<KnownEntity> entities;
  std::unordered_map<std::string, std::size_t> lines;  // by id
  std::size_t number = 0;
  for (std::string text; std::getline(in, text);) {
    ++number;
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    const std::string where = file + ":" + std::to_string(number) + ": ";
    auto entity = entity_of(text);
    if (!entity) return bad_input(where + entity.error().message);
    if (!*entity) continue;
    const auto [at, fresh] = lines.try_emplace((*entity)->id, number);
    if (!fresh) return bad_input(where + "field 'id': '" + (*entity)->id + "' is that of line " + std::to_string(at->second) + " too");
    entities.push_back(**std::move(entity));
  }
  if (in.bad()) return io_error("names file " + file + ": cannot be read to its end");
  return std::make_shared<const KnownNames>(std::move(entities));
}

}  // namespace relata
