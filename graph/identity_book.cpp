#include "graph/identity_book.h"

#include <algorithm>
#include <cassert>

namespace relata {
namespace {

std::string split_key(const std::string& own, DecisionId id) { return own + "#d" + std::to_string(id); }

std::string print(DecisionId id) { return "d" + std::to_string(id); }

}  // namespace

std::string_view to_string(DecisionKind kind) {
  switch (kind) {
    case DecisionKind::merge: return "merge";
    case DecisionKind::split: return "split";
    case DecisionKind::never: return "never";
    case DecisionKind::undo: return "undo";
  }
  return "";
}

std::set<DecisionId> undone(const std::vector<Decision>& decisions) {
  std::set<DecisionId> ids;
  for (const Decision& decision : decisions)
    if (decision.kind == DecisionKind::undo) ids.insert(decision.undone);
  return ids;
}

IdentityBook::IdentityBook(std::shared_ptr<const NameForms> forms, std::shared_ptr<const KnownNames> known)
    : resolver_(std::move(forms), std::move(known)) {}

Result<void> IdentityBook::check(const std::vector<Decision>& decide) const {
  std::set<DecisionId> undone = undone_;
  for (const Decision& decision : decide) {
    if (decision.kind == DecisionKind::undo) {
      if (decision.undone == 0 || decision.undone > decisions_.size()) return not_found(print(decision.undone) + ": there is no such decision");
      if (decisions_[decision.undone - 1].kind == DecisionKind::undo)
        return bad_input(print(decision.undone) + ": is itself an undo; decide anew what it took back");
      if (!undone.insert(decision.undone).second) return conflict(print(decision.undone) + ": is undone already");
      continue;
    }
    if (!keys_.contains(decision.a)) return not_found("entity " + to_string(decision.a) + ": there is no such entity");
    if (decision.kind == DecisionKind::split) {
      if (decision.actors.empty()) return bad_input("split: names no actor to part from " + to_string(decision.a));
      for (const ActorRef actor : decision.actors) {
        if (!held_.contains(actor)) return not_found("actor " + actor_id(actor.article, actor.actor) + ": there is no such actor");
        if (home(actor) != entity(decision.a))
          return bad_input("actor " + actor_id(actor.article, actor.actor) + ": is not " + to_string(decision.a) + " but " + to_string(home(actor)));
      }
      continue;
    }
    if (!keys_.contains(decision.b)) return not_found("entity " + to_string(decision.b) + ": there is no such entity");
    if (decision.a == decision.b) return bad_input(to_string(decision.a) + ": " + std::string(to_string(decision.kind)) + " takes two entities");
  }
  return {};
}

// Of several splits of one actor the newest that is not undone holds, also when its article went and came again.
std::string IdentityBook::key_of(ActorRef ref, const std::string& own) const {
  const auto splits = splits_.find(ref);
  if (splits == splits_.end()) return own;
  const auto newest = std::find_if(splits->second.rbegin(), splits->second.rend(), [&](DecisionId id) { return !undone_.contains(id); });
  return newest == splits->second.rend() ? own : split_key(own, *newest);
}

void IdentityBook::enter(ActorRef ref, const std::string& own, std::vector<std::string> aliases) {
  const std::string key = key_of(ref, own);
  if (keys_.try_emplace(entity_id(key), key).second) met_.push_back(key);
  resolver_.add(key, aliases);
  actors_[key].insert(ref);
  held_[ref] = {own, key, std::move(aliases)};
}

void IdentityBook::leave(ActorRef ref) {
  const auto found = held_.find(ref);
  assert(found != held_.end());
  const auto& [own, key, aliases] = found->second;
  resolver_.remove(key, aliases);
  const auto actors = actors_.find(key);
  actors->second.erase(ref);
  if (actors->second.empty()) actors_.erase(actors);
  held_.erase(found);
}

void IdentityBook::retell(ActorRef actor, const Actor& as) { enter(actor, entity_key(as), folded_aliases(as)); }

void IdentityBook::retell(const Decision& decision) {
  std::map<ActorRef, EntityId> ignored;
  decisions_.push_back(decision);
  decide(decision, ignored);
}

void IdentityBook::rekey(ActorRef ref, std::map<ActorRef, EntityId>& before) {
  const auto found = held_.find(ref);
  if (found == held_.end()) return;  // its article was taken back
  before.try_emplace(ref, home(ref));
  const std::string own = found->second.own;
  std::vector<std::string> aliases = found->second.aliases;
  leave(ref);
  enter(ref, own, std::move(aliases));
}

// The newest decision on a pair that is not undone holds.
void IdentityBook::rule(EntityId a, EntityId b) {
  auto verdict = Resolver::Verdict::open;
  for (const Decision& decision : decisions_) {
    const bool pair = (decision.a == a && decision.b == b) || (decision.a == b && decision.b == a);
    if (!pair || undone_.contains(decision.id)) continue;
    if (decision.kind == DecisionKind::merge) verdict = Resolver::Verdict::same;
    if (decision.kind == DecisionKind::never) verdict = Resolver::Verdict::never;
  }
  resolver_.decide(keys_.at(a), keys_.at(b), verdict);
}

void IdentityBook::decide(const Decision& decision, std::map<ActorRef, EntityId>& before) {
  switch (decision.kind) {
    case DecisionKind::merge:
    case DecisionKind::never: return rule(decision.a, decision.b);
    case DecisionKind::split:
      for (const ActorRef actor : decision.actors) {
        splits_[actor].push_back(decision.id);
        rekey(actor, before);
      }
      return;
    case DecisionKind::undo: {
      undone_.insert(decision.undone);
      const Decision& taken_back = decisions_[decision.undone - 1];  // never an undo: see check()
      if (taken_back.kind != DecisionKind::split) return rule(taken_back.a, taken_back.b);
      for (const ActorRef actor : taken_back.actors) rekey(actor, before);
      return;
    }
  }
}

std::vector<IdentityBook::Moved> IdentityBook::apply(const std::vector<const Extraction*>& retract, const std::vector<const Extraction*>& add,
                                                     std::vector<Decision>& decide_these) {
  met_.clear();
  std::set<ArticleId> fresh;
  for (const Extraction* extraction : retract)
    for (ActorIndex i = 0; i < extraction->actors.size(); ++i) leave({extraction->article.id, i});
  for (const Extraction* extraction : add) {
    fresh.insert(extraction->article.id);
    for (ActorIndex i = 0; i < extraction->actors.size(); ++i)
      enter({extraction->article.id, i}, entity_key(extraction->actors[i]), folded_aliases(extraction->actors[i]));
  }
  std::map<ActorRef, EntityId> before;
  for (Decision& decision : decide_these) {
    decision.id = static_cast<DecisionId>(decisions_.size() + 1);
    decisions_.push_back(decision);
    decide(decision, before);
  }
  std::vector<Moved> moved;
  for (const Resolver::Move& move : resolver_.settle()) {
    if (move.from.empty() || move.to.empty()) continue;
    for (const ActorRef actor : actors_.at(move.key)) before.try_emplace(actor, entity_id(move.from));
  }
  for (const auto& [actor, from] : before)
    if (!fresh.contains(actor.article) && home(actor) != from) moved.push_back({actor, from, home(actor)});
  return moved;
}

std::vector<EntityId> IdentityBook::redirected() const {
  std::vector<EntityId> ids;
  for (const std::string& key : resolver_.rerooted())
    if (const EntityId id = entity_id(key); keys_.contains(id)) ids.push_back(id);
  return ids;
}

EntityId IdentityBook::home(ActorRef actor) const { return entity_id(resolver_.representative(held_.at(actor).key)); }

std::optional<EntityId> IdentityBook::entity(EntityId id) const {
  const auto found = keys_.find(id);
  if (found == keys_.end()) return std::nullopt;
  return entity_id(resolver_.representative(found->second));
}

std::vector<Link> IdentityBook::reasons(EntityId id) const {
  const auto found = keys_.find(id);
  return found == keys_.end() ? std::vector<Link>{} : resolver_.reasons(found->second);
}

}  // namespace relata
