// News whose names mean each other, and analysts who decide about them: for property tests of identity.
#pragma once

#include <memory>
#include <stdexcept>
#include <vector>

#include "graph/lore.h"
#include "storage/store.h"
#include "tests/storage/random_batch.h"

namespace relata::tests {

inline std::shared_ptr<const NameForms> lore() {
  const auto read = load_name_lore("data/identity");
  if (!read) throw std::runtime_error(read.error().message);
  return std::make_shared<const NameForms>(*read);
}

// Spellings, short and full names, acronyms, plurals, legal forms; people who share a surname or a name, told apart by offices or fields; one name under two types.
inline Actor linked_actor(RandomNews& news) {
  struct Name {
    const char* name;
    EntityType type;
    const char* alias;
  };
  static constexpr std::array<Name, 29> kNames = {{
      {"Joe Biden", EntityType::person, "Biden"},
      {"Biden", EntityType::person, ""},
      {"Joseph Biden", EntityType::person, ""},
      {"Joseph R. Biden", EntityType::person, "Joe Biden"},
      {"Hunter Biden", EntityType::person, ""},
      {"Volodymyr Zelensky", EntityType::person, "Zelensky"},
      {"Volodymyr Zelenskyy", EntityType::person, ""},
      {"Zelenskiy", EntityType::person, ""},
      {"George W. Bush", EntityType::person, ""},
      {"George H. W. Bush", EntityType::person, ""},
      {"Bush", EntityType::person, ""},
      {"Anna Bush", EntityType::person, ""},
      {"International Monetary Fund", EntityType::org, "IMF"},
      {"IMF", EntityType::org, ""},
      {"Castell Foods", EntityType::org, ""},
      {"Castell Foods GmbH", EntityType::org, "Castell"},
      {"Castell", EntityType::org, ""},
      {"Storm Shadow", EntityType::weapon, ""},
      {"Storm Shadows", EntityType::weapon, ""},
      {"Harbour Ministry", EntityType::org, ""},
      {"Harbour Ministry", EntityType::fac, ""},
      {"###", EntityType::org, ""},
      {"John Smith", EntityType::person, "Smith"},
      {"John Smith", EntityType::person, ""},
      {"Tjorven Wessolek", EntityType::person, ""},
      {"Norda", EntityType::gpe, ""},
      {"Norda mayor", EntityType::person, ""},
      {"mayor of Castell", EntityType::person, ""},
      {"US president", EntityType::person, ""},
  }};
  const Name& name = kNames[news.below(static_cast<std::uint32_t>(kNames.size()))];
  Actor actor;
  actor.name = name.name;
  actor.type = name.type;
  actor.aliases = {actor.name};
  if (*name.alias != '\0' && news.chance(60)) actor.aliases.emplace_back(name.alias);
  std::sort(actor.aliases.begin(), actor.aliases.end());
  return actor;
}

inline Extraction linked_extraction(RandomNews& news) {
  Extraction extraction = news.extraction();
  static constexpr std::array<const char*, 4> kFields = {"", " striker scored", " surgeon, transplant", " album of a guitarist"};  // the last words of its title
  extraction.article.title += kFields[news.below(kFields.size())];
  extraction.article.id = article_id(extraction.article);
  for (Actor& actor : extraction.actors) {
    Actor named = linked_actor(news);
    named.mentions = actor.mentions;
    actor = std::move(named);
  }
  for (Statement& statement : extraction.statements) {
    if (!news.chance(40)) continue;
    statement.type = news.chance(70) ? "HAS_POSITION_AT" : "CITIZEN_OF";
    statement.predicate = news.chance(60) ? "mayor" : "member";
  }
  return extraction;
}

// Something an analyst could say of the graph; nothing when there is nothing to say it of. The same of two stores that hold the same.
inline std::optional<Decision> random_decision(RandomNews& news, const Store& store) {
  const auto view = store.view();
  std::vector<EntityId> ids;
  for (Node node = 0; node < view->nodes(); ++node) ids.push_back(view->entity_id(node));
  if (ids.size() < 2) return std::nullopt;
  std::sort(ids.begin(), ids.end());
  const auto any = [&] { return ids[news.below(static_cast<std::uint32_t>(ids.size()))]; };
  Decision decision;
  decision.author = "an analyst";
  decision.note = "because";
  decision.time = "2026-01-02T03:04:05Z";
  decision.kind = static_cast<DecisionKind>(news.below(4));
  decision.a = any();
  if (decision.kind == DecisionKind::undo) {
    const std::vector<Decision> decisions = store.decisions();
    const std::set<DecisionId> gone = undone(decisions);
    for (const Decision& each : decisions)
      if (each.kind != DecisionKind::undo && !gone.contains(each.id) && (decision.undone == 0 || news.chance(30))) decision.undone = each.id;
    return decision.undone == 0 ? std::nullopt : std::optional(decision);
  }
  if (decision.kind != DecisionKind::split) {
    decision.b = any();
    return decision.a == decision.b ? std::nullopt : std::optional(decision);
  }
  const auto now = view->node(decision.a);
  for (const ArticleId id : view->articles())
    for (ActorIndex i = 0; i < view->extraction(id)->actors.size(); ++i)
      if (now && view->node_of(id, i) == *now && news.chance(50)) decision.actors.push_back({id, i});
  return decision.actors.empty() ? std::nullopt : std::optional(decision);
}

// random_batch() with names that link, and now and then decisions.
inline Batch linked_batch(RandomNews& news, std::vector<Extraction>& written, const Store& store) {
  Batch batch;
  for (std::uint32_t left = news.below(4); left > 0; --left) {
    written.push_back(linked_extraction(news));
    batch.add.push_back(written.back());
  }
  if (!written.empty() && news.chance(40)) batch.add.push_back(written[news.below(static_cast<std::uint32_t>(written.size()))]);
  const auto held = store.view()->articles();
  if (!held.empty() && news.chance(40)) batch.retract.push_back(held[news.below(static_cast<std::uint32_t>(held.size()))]);
  if (news.chance(50))
    if (auto decision = random_decision(news, store)) batch.decide.push_back(std::move(*decision));
  return batch;
}

}  // namespace relata::tests
