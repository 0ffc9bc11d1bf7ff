#include "graph/identity_book.h"

#include <algorithm>
#include <cassert>

namespace relata {
namespace {

std::string split_key(const std::string& own, DecisionId id) { return own + "#d" + std::to_string(id); }

std::string sense_key(const std::string& own, const std::string& sense) { return sense.empty() ? own : own + "~" + sense; }

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
    : forms_(forms), known_(known), resolver_(forms, known), senses_(forms), offices_(forms) {}

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

bool IdentityBook::tells_apart(const std::string& own) const {
  return Senses::tells_apart(own) && (known_ == nullptr || known_->who(own) == KnownNames::kNobody);
}

bool IdentityBook::wants_field(const std::string& own) const { return tells_apart(own) && senses_.wants_field(own); }

bool IdentityBook::wants_field(const Actor& actor) const { return actor.type == EntityType::person && wants_field(entity_key(actor)); }

FieldIndex IdentityBook::field_of(const Extraction& extraction, ActorIndex actor) const { return plain_field(context_of(extraction, actor, *forms_)); }

IdentityBook::Held IdentityBook::held_of(const Extraction& extraction, ActorIndex actor, std::vector<Tie> ties) const {
  Held held{entity_key(extraction.actors[actor]), "", {}, std::move(ties), extraction.article.published, kNoField};
  if (wants_field(held.own)) held.field = field_of(extraction, actor);
  return held;
}

// Of several splits of one actor the newest that is not undone holds, also when its article went and came again.
std::string IdentityBook::key_of(ActorRef ref, const Held& held) const {
  if (const auto splits = splits_.find(ref); splits != splits_.end()) {
    const auto newest = std::find_if(splits->second.rbegin(), splits->second.rend(), [&](DecisionId id) { return !undone_.contains(id); });
    if (newest != splits->second.rend()) return split_key(held.own, *newest);
  }
  if (!tells_apart(held.own)) return held.own;
  if (held.published)
    if (const std::string holder = offices_.holder(*held.published, held.own.substr(held.own.find('|') + 1)); !holder.empty()) return held.own + "@" + holder;
  return sense_key(held.own, senses_.sense(held.own, ref));
}

void IdentityBook::meet(const std::string& key) {
  if (keys_.try_emplace(entity_id(key), key).second) met_.push_back(key);
}

void IdentityBook::enter(ActorRef ref, Held held) {
  held.key = key_of(ref, held);
  meet(held.key);
  if (held.key.size() > held.own.size() && held.key[held.own.size()] == '@') {
    senses_of_[held.own].insert(held.key.substr(held.own.size()));
    standing_.insert(held.own);
  }
  resolver_.add(held.key, held.aliases);
  actors_[held.key].insert(ref);
  held_[ref] = std::move(held);
}

void IdentityBook::leave(ActorRef ref) {
  const auto found = held_.find(ref);
  assert(found != held_.end());
  resolver_.remove(found->second.key, found->second.aliases);
  const auto actors = actors_.find(found->second.key);
  actors->second.erase(ref);
  if (actors->second.empty()) {
    actors_.erase(actors);
    if (senses_of_.contains(found->second.own)) standing_.insert(found->second.own);
  }
  held_.erase(found);
}

// Tells what depends on more than names that an actor comes or goes.
void IdentityBook::consider(ActorRef ref, const Held& held, bool comes) {
  if (!tells_apart(held.own)) return;
  const std::string name = held.own.substr(held.own.find('|') + 1);
  if (comes) senses_.add(held.own, ref, held.ties, held.field);
  else senses_.remove(held.own, ref, held.ties, held.field);
  if (!held.published) return;
  if (!forms_->offices_named(name).empty()) offices_.ask(ref, *held.published, name, comes);
  else if (!held.ties.empty()) offices_.say(*held.published, name, held.ties, comes ? 1 : -1);
}

void IdentityBook::come(ActorRef ref, const Actor& actor, Held held) {
  held.aliases = folded_aliases(actor);
  meet(held.own);
  senses_.meet(ref, actor.type, actor.name);
  consider(ref, held, true);
  enter(ref, std::move(held));
}

void IdentityBook::go(ActorRef ref) {
  consider(ref, held_.at(ref), false);
  leave(ref);
}

void IdentityBook::retell(const std::string& key) {
  keys_.try_emplace(entity_id(key), key);
  if (const std::size_t mark = key.find_first_of("~@"); mark != std::string::npos) senses_of_[key.substr(0, mark)].insert(key.substr(mark));
}

void IdentityBook::retell(ArticleId article, std::vector<TiedActor> tied) { retold_[article] = std::move(tied); }

void IdentityBook::retell(ActorRef actor, const Actor& as, std::optional<Day> published, FieldIndex field) {
  std::vector<Tie> ties;
  if (const auto article = retold_.find(actor.article); article != retold_.end())
    for (const TiedActor& tied : article->second)
      if (tied.actor == actor.actor) ties = tied.ties;
  come(actor, as, {entity_key(as), "", {}, std::move(ties), published, field});
}

void IdentityBook::retell(const Decision& decision) {
  Before ignored;
  decisions_.push_back(decision);
  decide(decision, ignored);
}

void IdentityBook::settle() {
  Before ignored;
  for (const auto& [own, senses] : senses_of_) standing_.insert(own);
  settle_people(ignored);
  resolver_.settle();
  retold_.clear();
}

void IdentityBook::rekey(ActorRef ref, Before& before) {
  const auto found = held_.find(ref);
  if (found == held_.end() || key_of(ref, found->second) == found->second.key) return;  // its article was taken back, or it stays
  before.try_emplace(ref, home(ref));
  Held held = found->second;
  leave(ref);
  enter(ref, std::move(held));
}

void IdentityBook::settle_people(Before& before) {
  const Senses::Changed changed = senses_.settle();
  for (const std::string& own : changed.keys) tell_apart(own, before);
  for (const auto& [own, actor] : changed.actors) rekey(actor, before);
  for (const ActorRef actor : offices_.changed()) rekey(actor, before);
  for (const std::string& own : standing_) stand_in(own);
  standing_.clear();
}

// Every bearer of a name, after what tells its people apart has changed.
void IdentityBook::tell_apart(const std::string& own, Before& before) {
  std::set<std::string>& senses = senses_of_[own];
  std::vector<ActorRef> bearers;
  const auto add = [&](const std::string& key) {
    if (const auto actors = actors_.find(key); actors != actors_.end()) bearers.insert(bearers.end(), actors->second.begin(), actors->second.end());
  };
  add(own);
  for (const std::string& sense : senses) add(own + sense);
  for (const ActorRef bearer : bearers) rekey(bearer, before);
  for (const std::string& sense : senses_.senses(own)) senses.insert("~" + sense);
  standing_.insert(own);
}

// An id that was given out stays good. A sense that is told by other words now is that one; an office that somebody else is thought to have
// held, the office; a name that nobody bears alone, the first of those who do.
void IdentityBook::stand_in(const std::string& own) {
  const std::set<std::string>& senses = senses_of_[own];
  const std::vector<std::string> now = senses_.senses(own);
  const auto holder = std::find_if(senses.begin(), senses.end(), [&](const std::string& sense) { return sense.front() == '@' && actors_.contains(own + sense); });
  resolver_.stand_in(own, !now.empty() ? sense_key(own, now.front()) : holder == senses.end() ? "" : own + *holder);
  for (const std::string& sense : senses) resolver_.stand_in(own + sense, sense.front() == '@' ? own : sense_key(own, senses_.now(own, sense.substr(1))));
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

void IdentityBook::decide(const Decision& decision, Before& before) {
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
    for (ActorIndex i = 0; i < extraction->actors.size(); ++i) go({extraction->article.id, i});
  for (const Extraction* extraction : retract) senses_.part(extraction->article.id);
  for (const Extraction* extraction : add) {
    fresh.insert(extraction->article.id);
    std::vector<std::vector<Tie>> ties(extraction->actors.size());
    for (TiedActor& tied : ties_of(*extraction)) ties[tied.actor] = std::move(tied.ties);
    for (ActorIndex i = 0; i < extraction->actors.size(); ++i)
      come({extraction->article.id, i}, extraction->actors[i], held_of(*extraction, i, std::move(ties[i])));
  }
  Before before;
  for (Decision& decision : decide_these) {
    decision.id = static_cast<DecisionId>(decisions_.size() + 1);
    decisions_.push_back(decision);
    decide(decision, before);
  }
  settle_people(before);
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

// With who else of the name he is not, and how many articles say the same of him: the more do, the surer.
std::vector<Link> IdentityBook::reasons(EntityId id) const {
  const auto found = keys_.find(id);
  if (found == keys_.end()) return {};
  std::vector<Link> reasons = resolver_.reasons(found->second);
  const auto told = [](const Senses::Bearer& person) { return std::max(person.articles, person.by_field); };
  const auto surer = [](std::uint32_t articles) { return static_cast<double>(articles) / (articles + 1.0); };
  for (const std::string& key : resolver_.members(found->second)) {
    const std::string own = key.substr(0, key.find('~'));
    const auto people = senses_.people(own);
    const auto self = std::find_if(people.begin(), people.end(), [&](const Senses::Bearer& person) { return sense_key(own, person.sense) == key; });
    if (self == people.end()) continue;
    if (self->articles > 1) reasons.push_back({key, key, LinkReason::belonging, surer(self->articles)});
    if (self->by_field > 0) reasons.push_back({key, key, LinkReason::context, surer(self->by_field)});
    for (const Senses::Bearer& other : people) {
      const std::string another = sense_key(own, other.sense);
      if (resolver_.representative(another) != resolver_.representative(key)) reasons.push_back({key, another, LinkReason::apart, surer(std::min(told(*self), told(other)))});
    }
  }
  return reasons;
}

}  // namespace relata
