#include "graph/identity_book.h"

#include <algorithm>
#include <cassert>

namespace relata {
namespace {

std::vector<std::string> folded_aliases(const Actor& actor) {
  std::vector<std::string> folded;
  const std::string own = fold_name(actor.name);
  for (const std::string& alias : actor.aliases)
    if (std::string name = fold_name(alias); !name.empty() && name != own) folded.push_back(std::move(name));
  std::sort(folded.begin(), folded.end());
  folded.erase(std::unique(folded.begin(), folded.end()), folded.end());
  return folded;
}

std::string split_key(const std::string& key, DecisionId id) { return key.substr(0, key.find('#')) + "#d" + std::to_string(id); }

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

IdentityBook::IdentityBook(std::shared_ptr<const NameForms> forms) : resolver_(std::move(forms)) {}

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

void IdentityBook::enter(ActorRef ref, const std::string& key, std::vector<std::string> aliases) {
  keys_.try_emplace(entity_id(key), key);
  resolver_.add(key, aliases);
  actors_[key].insert(ref);
  held_[ref] = {key, std::move(aliases)};
}

void IdentityBook::leave(ActorRef ref) {
  const auto found = held_.find(ref);
  assert(found != held_.end());
  const auto& [key, aliases] = found->second;
  resolver_.remove(key, aliases);
  const auto actors = actors_.find(key);
  actors->second.erase(ref);
  if (actors->second.empty()) actors_.erase(actors);
  held_.erase(found);
}

void IdentityBook::retell(ActorRef actor, const Actor& as) { enter(actor, entity_key(as), folded_aliases(as)); }

void IdentityBook::rekey(ActorRef ref, const std::string& key, std::map<ActorRef, EntityId>& before) {
  const auto found = held_.find(ref);
  if (found == held_.end()) return;  // its article was taken back
  before.try_emplace(ref, home(ref));
  std::vector<std::string> aliases = found->second.aliases;
  leave(ref);
  enter(ref, key, std::move(aliases));
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

void IdentityBook::decide(const Decision& decision, bool forth, std::map<ActorRef, EntityId>& before) {
  switch (decision.kind) {
    case DecisionKind::merge:
    case DecisionKind::never: return rule(decision.a, decision.b);
    case DecisionKind::split:
      // Of several splits of one actor the newest that is not undone holds.
      for (const ActorRef actor : decision.actors) {
        const auto found = held_.find(actor);
        if (found == held_.end()) continue;
        const std::string own = found->second.key.substr(0, found->second.key.find('#'));
        std::string key = forth ? split_key(own, decision.id) : own;
        for (const Decision& earlier : decisions_)
          if (!forth && earlier.kind == DecisionKind::split && !undone_.contains(earlier.id) &&
              std::find(earlier.actors.begin(), earlier.actors.end(), actor) != earlier.actors.end())
            key = split_key(own, earlier.id);
        rekey(actor, key, before);
      }
      return;
    case DecisionKind::undo:
      undone_.insert(decision.undone);
      return decide(decisions_[decision.undone - 1], false, before);  // never an undo: see check()
  }
}

std::vector<IdentityBook::Moved> IdentityBook::apply(const std::vector<const Extraction*>& retract, const std::vector<const Extraction*>& add,
                                                     std::vector<Decision>& decide_these) {
  std::set<ArticleId> fresh;
  for (const Extraction* extraction : retract)
    for (ActorIndex i = 0; i < extraction->actors.size(); ++i) leave({extraction->article.id, i});
  for (const Extraction* extraction : add) {
    fresh.insert(extraction->article.id);
    for (ActorIndex i = 0; i < extraction->actors.size(); ++i)
      enter({extraction->article.id, i}, entity_key(extraction->actors[i]), folded_aliases(extraction->actors[i]));
    // A split holds for its actors also when their article went and came again.
    for (const Decision& decision : decisions_)
      for (const ActorRef actor : decision.actors)
        if (!undone_.contains(decision.id) && actor.article == extraction->article.id) {
          std::map<ActorRef, EntityId> ignored;
          decide(decision, true, ignored);
        }
  }
  std::map<ActorRef, EntityId> before;
  for (Decision& decision : decide_these) {
    decision.id = static_cast<DecisionId>(decisions_.size() + 1);
    decisions_.push_back(decision);
    decide(decision, true, before);
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
