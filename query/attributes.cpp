#include "query/attributes.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace relata {
namespace {

using enum AttributeType;

constexpr std::array kEntity = {Attribute{"name", text},      Attribute{"type", text},        Attribute{"aliases", list}, Attribute{"external", list},
                                Attribute{"articles", whole}, Attribute{"statements", whole}, Attribute{"first", date},   Attribute{"last", date},
                                Attribute{"status", text}};
constexpr std::array kRelation = {Attribute{"type", text},      Attribute{"predicates", list},   Attribute{"time", text},      Attribute{"begin", date},
                                  Attribute{"end", date},       Attribute{"precision", text},    Attribute{"asserted", whole}, Attribute{"denied", whole},
                                  Attribute{"modalities", list}, Attribute{"contested", flag},   Attribute{"publishers", whole}, Attribute{"confidence", fraction},
                                  Attribute{"sentence", text},  Attribute{"article", text},      Attribute{"uri", text},       Attribute{"publisher", text},
                                  Attribute{"published", date}, Attribute{"status", text}};

Value mark(std::string_view status) { return status.empty() ? Value() : Value(status); }

}  // namespace

std::span<const Attribute> entity_attributes(bool marked) { return std::span(kEntity).first(kEntity.size() - (marked ? 0 : 1)); }
std::span<const Attribute> relation_attributes(bool marked) { return std::span(kRelation).first(kRelation.size() - (marked ? 0 : 1)); }

Value Row::day(std::size_t place, const std::optional<Day>& known) {
  if (!known) return {};
  days_[place] = to_string(*known);
  return std::string_view(days_[place]);
}

// Items such as "actual:3", those that occur.
Value Row::counted(const std::array<std::uint32_t, kModalities>& modalities) {
  items_.clear();
  for (std::size_t i = 0; i < modalities.size(); ++i)
    if (modalities[i] > 0) items_.push_back(std::string(to_string(static_cast<Modality>(i))) + ":" + std::to_string(modalities[i]));
  return Items(items_);
}

std::span<const Value> Row::of(const Entity& entity, std::string_view status) {
  items_.clear();
  for (const auto& [source, id] : entity.external) items_.push_back(source + ":" + id);
  values_ = {std::string_view(entity.name), to_string(entity.type), Items(entity.aliases), Items(items_), std::int64_t{entity.articles}, std::int64_t{entity.statements},
             day(0, entity.first), day(1, entity.last), mark(status)};
  return values_;
}

std::span<const Value> Row::of(const Relation& relation, std::string_view status) {
  const auto& time = relation.time;
  values_ = {std::string_view(relation.type),
             Items(relation.predicates),
             time ? Value(std::string_view(time->value)) : Value(),
             time ? day(0, time->begin) : Value(),
             time ? day(1, time->end) : Value(),
             time ? Value(to_string(time->precision)) : Value(),
             std::int64_t{relation.asserted},
             std::int64_t{relation.denied},
             counted(relation.modalities),
             relation.contested,
             std::int64_t{relation.publishers},
             static_cast<double>(relation.confidence)};
  if (relation.evidence.empty()) {
    values_.resize(values_.size() + 5);
  } else {
    const Evidence& proof = relation.evidence.front();
    article_ = to_string(proof.statement.article);
    for (const std::string_view text : {std::string_view(proof.text), std::string_view(article_), std::string_view(proof.uri), std::string_view(proof.publisher)}) values_.push_back(text);
    values_.push_back(day(2, proof.published));
  }
  values_.push_back(mark(status));
  return values_;
}

bool is_empty(const Value& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return text->empty();
  if (const auto* items = std::get_if<Items>(&value)) return std::all_of(items->begin(), items->end(), [](const std::string& item) { return item.empty(); });
  return std::holds_alternative<std::monostate>(value);
}

std::string text_of(const Value& value) {
  std::ostringstream text;
  TextOut out(text);
  write_value(out, value, [](std::string& to, std::string_view words) { to += words; });
  out.flush();
  return std::move(text).str();
}

std::string joined(Items items) { return text_of(items); }

}  // namespace relata
