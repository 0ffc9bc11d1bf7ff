#include "query/attributes.h"

#include <array>
#include <cstdio>

namespace relata {
namespace {

using enum AttributeType;

constexpr std::array kEntity = {Attribute{"name", text},        Attribute{"type", text},  Attribute{"aliases", list}, Attribute{"external", list},
                                Attribute{"articles", whole},   Attribute{"statements", whole}, Attribute{"first", date},   Attribute{"last", date},
                               Attribute{"status", text}};
constexpr std::array kRelation = {Attribute{"type", text},       Attribute{"predicates", list}, Attribute{"time", text},       Attribute{"begin", date},
                                  Attribute{"end", date},        Attribute{"precision", text},  Attribute{"asserted", whole},  Attribute{"denied", whole},     Attribute{"modalities", list},
                                  Attribute{"contested", flag},  Attribute{"publishers", whole}, Attribute{"confidence", fraction},
                                  Attribute{"sentence", text},   Attribute{"article", text},    Attribute{"uri", text},        Attribute{"publisher", text},
                                  Attribute{"published", date},  Attribute{"status", text}};

Value day(const std::optional<Day>& known) { return known ? Value(to_string(*known)) : Value(); }

// Items such as "actual:3", those that occur.
std::vector<std::string> counted(const std::array<std::uint32_t, kModalities>& modalities) {
  std::vector<std::string> items;
  for (std::size_t i = 0; i < modalities.size(); ++i)
    if (modalities[i] > 0) items.push_back(std::string(to_string(static_cast<Modality>(i))) + ":" + std::to_string(modalities[i]));
  return items;
}

Value mark(std::string_view status) { return status.empty() ? Value() : Value(std::string(status)); }

}  // namespace

std::span<const Attribute> entity_attributes(bool marked) { return std::span(kEntity).first(kEntity.size() - (marked ? 0 : 1)); }
std::span<const Attribute> relation_attributes(bool marked) { return std::span(kRelation).first(kRelation.size() - (marked ? 0 : 1)); }

std::vector<Value> entity_values(const Entity& entity, std::string_view status) {
  std::vector<std::string> external;
  for (const auto& [source, id] : entity.external) external.push_back(source + ":" + id);
  return {entity.name, std::string(to_string(entity.type)), entity.aliases,     std::move(external), std::int64_t{entity.articles}, std::int64_t{entity.statements},
          day(entity.first), day(entity.last), mark(status)};
}

std::vector<Value> relation_values(const Relation& relation, std::string_view status) {
  const auto& time = relation.time;
  const Evidence* proof = relation.evidence.empty() ? nullptr : &relation.evidence.front();
  const auto said = [&](const auto& value) { return proof ? Value(value(*proof)) : Value(); };
  return {relation.type,
          relation.predicates,
          time ? Value(time->value) : Value(),
          time ? day(time->begin) : Value(),
          time ? day(time->end) : Value(),
          time ? Value(std::string(to_string(time->precision))) : Value(),
          std::int64_t{relation.asserted},
          std::int64_t{relation.denied},
          counted(relation.modalities),
          relation.contested,
          std::int64_t{relation.publishers},
          static_cast<double>(relation.confidence),
          said([](const Evidence& e) { return e.text; }),
          said([](const Evidence& e) { return to_string(e.statement.article); }),
          said([](const Evidence& e) { return e.uri; }),
          said([](const Evidence& e) { return e.publisher; }),
          proof ? day(proof->published) : Value(),
          mark(status)};
}

std::string joined(const std::vector<std::string>& items) {
  std::string all;
  for (const std::string& item : items) (all += all.empty() ? "" : "; ") += item;
  return all;
}

std::string text_of(const Value& value) {
  struct Text {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const std::string& t) const { return t; }
    std::string operator()(const std::vector<std::string>& items) const { return joined(items); }
    std::string operator()(std::int64_t n) const { return std::to_string(n); }
    std::string operator()(double x) const {
      std::array<char, 32> digits{};
      std::snprintf(digits.data(), digits.size(), "%.4f", x);
      return digits.data();
    }
    std::string operator()(bool b) const { return b ? "true" : "false"; }
  };
  return std::visit(Text{}, value);
}

}  // namespace relata
