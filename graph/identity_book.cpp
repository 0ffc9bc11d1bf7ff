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
    : forms_(forms),
      named_(std::make_unique<ActorForms>(forms, known)),
      casts_(std::make_unique<Casts>()),
      resolver_(forms, known),
      senses_(forms, *casts_, *named_),
      offices_(forms) {}

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
    if (!key_numbers_.contains(decision.a)) return not_found("entity " + to_string(decision.a) + ": there is no such entity");
    if (decision.kind == DecisionKind::split) {
      if (decision.actors.empty()) return bad_input("split: names no actor to part from " + to_string(decision.a));
      for (const ActorRef actor : decision.actors) {
        if (!holds(actor)) return not_found("actor " + actor_id(actor.article, actor.actor) + ": there is no such actor");
        if (home(actor) != entity(decision.a))
          return bad_input("actor " + actor_id(actor.article, actor.actor) + ": is not " + to_string(decision.a) + " but " + to_string(home(actor)));
      }
      continue;
    }
    if (!key_numbers_.contains(decision.b)) return not_found("entity " + to_string(decision.b) + ": there is no such entity");
    if (decision.a == decision.b) return bad_input(to_string(decision.a) + ": " + std::string(to_string(decision.kind)) + " takes two entities");
  }
  return {};
}

FieldIndex IdentityBook::field_of(const Extraction& extraction, ActorIndex actor) const { return plain_field(context_of(extraction, actor, *forms_)); }

KeyNumber IdentityBook::meet(const std::string& key) {
  const auto [at, fresh] = key_numbers_.try_emplace(entity_id(key), static_cast<KeyNumber>(keys_.size()));
  if (fresh) {
    keys_.push_back({key, {}});
    met_.push_back(key);
  }
  return at->second;
}

KeyNumber IdentityBook::own_key(FormNumber form) {
  constexpr KeyNumber kUnmet = 0xffffffffu;
  if (form >= own_keys_.size()) own_keys_.resize(named_->size(), kUnmet);
  if (own_keys_[form] == kUnmet) own_keys_[form] = meet((*named_)[form].own);
  return own_keys_[form];
}

// Of several splits of one actor the newest that is not undone holds, also when its article went and came again.
KeyNumber IdentityBook::key_of(ActorRef ref, FormNumber number, std::optional<Day> published) {
  const ActorForm& form = (*named_)[number];
  if (const auto splits = splits_.find(ref); splits != splits_.end()) {
    const auto newest = std::find_if(splits->second.rbegin(), splits->second.rend(), [&](DecisionId id) { return !undone_.contains(id); });
    if (newest != splits->second.rend()) return meet(split_key(form.own, *newest));
  }
  if (!form.tells_apart) return own_key(number);
  if (published && form.office)
    if (const std::string holder = offices_.holder(*published, std::string(form.name())); !holder.empty()) return meet(form.own + "@" + holder);
  const std::string sense = senses_.sense(form.own, ref);
  return sense.empty() ? own_key(number) : meet(sense_key(form.own, sense));
}

void IdentityBook::enter(ActorRef ref, Standing& standing, KeyNumber key) {
  const ActorForm& form = (*named_)[standing.form];
  standing.key = key;
  keys_[key].actors.push_back(ref);
  if (const std::string& text = keys_[key].text; text.size() > form.own.size() && text[form.own.size()] == '@') {
    senses_of_[form.own].insert(text.substr(form.own.size()));
    standing_.insert(form.own);
  }
  if (retelling_ && key == own_key(standing.form)) {
    if (standing.form >= untold_.size()) untold_.resize(named_->size());
    ++untold_[standing.form];
  } else {
    resolver_.add(keys_[key].text, form.aliases);
  }
}

// Precondition: the resolver knows the actor.
void IdentityBook::leave(ActorRef ref, Standing& standing) {
  const ActorForm& form = (*named_)[standing.form];
  Key& key = keys_[standing.key];
  resolver_.remove(key.text, form.aliases);
  const auto at = std::find(key.actors.rbegin(), key.actors.rend(), ref);
  assert(at != key.actors.rend());
  *at = key.actors.back();
  key.actors.pop_back();
  if (key.actors.empty() && senses_of_.contains(form.own)) standing_.insert(form.own);
}

// Tells what depends on more than names that an actor comes or goes.
void IdentityBook::consider(ActorRef ref, const ActorForm& form, std::optional<Day> published, bool comes) {
  if (!form.tells_apart) return;
  static const Told kNothing;
  const auto found = told_.find(ref);
  const Told& told = found == told_.end() ? kNothing : found->second;
  if (comes) senses_.add(form.own, ref, told.ties, told.field);
  else senses_.remove(form.own, ref, told.ties, told.field);
  if (!published) return;
  if (form.office) offices_.ask(ref, *published, std::string(form.name()), comes);
  else if (!told.ties.empty()) offices_.say(*published, std::string(form.name()), told.ties, comes ? 1 : -1);
}

void IdentityBook::come(ActorRef ref, FormNumber form, Casts::Cast& cast, Told told) {
  if (!told.ties.empty() || told.field != kNoField) told_[ref] = std::move(told);
  own_key(form);
  Standing& standing = cast.actors[ref.actor];
  standing.form = form;
  consider(ref, (*named_)[form], cast.published, true);
  enter(ref, standing, key_of(ref, form, cast.published));
}

void IdentityBook::come(const Extraction& extraction) {
  const ArticleId article = extraction.article.id;
  std::vector<Told> told(extraction.actors.size());
  for (TiedActor& tied : ties_of(extraction)) told[tied.actor].ties = std::move(tied.ties);
  Casts::Cast& cast = casts_->open(article, extraction.actors.size());
  cast.published = extraction.article.published;
  for (ActorIndex i = 0; i < extraction.actors.size(); ++i) {
    const FormNumber form = named_->number(extraction.actors[i]);
    if (wants_field(form)) told[i].field = field_of(extraction, i);
    come({article, i}, form, cast, std::move(told[i]));
  }
}

void IdentityBook::go(ActorRef ref, Casts::Cast& cast) {
  Standing& standing = *cast.find(ref.actor);
  consider(ref, (*named_)[standing.form], cast.published, false);
  leave(ref, standing);
  told_.erase(ref);
}

void IdentityBook::retell(const std::string& key) {
  if (key_numbers_.try_emplace(entity_id(key), static_cast<KeyNumber>(keys_.size())).second) keys_.push_back({key, {}});
  if (const std::size_t mark = key.find_first_of("~@"); mark != std::string::npos) senses_of_[key.substr(0, mark)].insert(key.substr(mark));
}

void IdentityBook::retell(ArticleId article, std::vector<TiedActor> tied) { retold_[article] = std::move(tied); }

void IdentityBook::retell(ArticleId article, std::size_t actors) { casts_->open(article, actors); }

bool IdentityBook::retell(ActorRef actor, FormNumber form, std::optional<Day> published, FieldIndex field) {
  Casts::Cast* const cast = casts_->of(actor.article);
  if (cast == nullptr || actor.actor >= cast->size || cast->actors[actor.actor].here()) return false;
  retelling_ = true;
  cast->published = published;
  Told told{{}, field};
  if (const auto article = retold_.find(actor.article); article != retold_.end())
    for (const TiedActor& tied : article->second)
      if (tied.actor == actor.actor) told.ties = tied.ties;
  come(actor, form, *cast, std::move(told));
  return true;
}

void IdentityBook::retell(const Decision& decision) {
  Before ignored;
  decisions_.push_back(decision);
  decide(decision, ignored);
}

// Actors of one form at once: the resolver looks at names, and they are few.
void IdentityBook::tell_resolver() {
  for (FormNumber form = 0; form < untold_.size(); ++form)
    if (untold_[form] > 0) resolver_.add((*named_)[form].own, (*named_)[form].aliases, untold_[form]);
  untold_ = {};
  retelling_ = false;
}

void IdentityBook::settle() {
  Before ignored;
  tell_resolver();
  for (const auto& [own, senses] : senses_of_) standing_.insert(own);
  settle_people(ignored);
  resolver_.settle();
  retold_.clear();
}

void IdentityBook::rekey(ActorRef ref, Before& before) {
  Casts::Cast* const cast = casts_->of(ref.article);
  Standing* const standing = cast == nullptr ? nullptr : cast->find(ref.actor);
  if (standing == nullptr) return;  // its article was taken back
  const KeyNumber key = key_of(ref, standing->form, cast->published);
  if (key == standing->key) return;
  before.try_emplace(ref, home_of(standing->key));
  leave(ref, *standing);
  enter(ref, *standing, key);
}

bool IdentityBook::stands(const std::string& key) const {
  const auto found = key_numbers_.find(entity_id(key));
  return found != key_numbers_.end() && !keys_[found->second].actors.empty();
}

std::vector<ActorRef> IdentityBook::actors_of(const std::string& key) const {
  const auto found = key_numbers_.find(entity_id(key));
  return found == key_numbers_.end() ? std::vector<ActorRef>() : keys_[found->second].actors;
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
  std::vector<ActorRef> bearers = actors_of(own);
  for (const std::string& sense : senses) {
    const std::vector<ActorRef> more = actors_of(own + sense);
    bearers.insert(bearers.end(), more.begin(), more.end());
  }
  for (const ActorRef bearer : bearers) rekey(bearer, before);
  for (const std::string& sense : senses_.senses(own)) senses.insert("~" + sense);
  standing_.insert(own);
}

// An id that was given out stays good. A sense that is told by other words now is that one; an office that somebody else is thought to have
// held, the office; a name that nobody bears alone, the first of those who do.
void IdentityBook::stand_in(const std::string& own) {
  const std::set<std::string>& senses = senses_of_[own];
  const std::vector<std::string> now = senses_.senses(own);
  const auto holder = std::find_if(senses.begin(), senses.end(), [&](const std::string& sense) { return sense.front() == '@' && stands(own + sense); });
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
  resolver_.decide(text_of(a), text_of(b), verdict);
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
  for (const Extraction* extraction : retract) {
    Casts::Cast& cast = *casts_->of(extraction->article.id);
    for (ActorIndex i = 0; i < cast.size; ++i) go({extraction->article.id, i}, cast);
  }
  for (const Extraction* extraction : retract) casts_->close(extraction->article.id);
  for (const Extraction* extraction : add) {
    fresh.insert(extraction->article.id);
    come(*extraction);
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
    for (const ActorRef actor : actors_of(move.key)) before.try_emplace(actor, entity_id(move.from));
  }
  for (const auto& [actor, from] : before)
    if (!fresh.contains(actor.article) && home(actor) != from) moved.push_back({actor, from, home(actor)});
  return moved;
}

std::vector<EntityId> IdentityBook::redirected() const {
  std::vector<EntityId> ids;
  for (const std::string& key : resolver_.rerooted())
    if (const EntityId id = entity_id(key); key_numbers_.contains(id)) ids.push_back(id);
  return ids;
}

EntityId IdentityBook::home(ActorRef actor) const { return home_of(casts_->find(actor)->key); }

EntityId IdentityBook::Homes::of(ActorRef actor) {
  const KeyNumber key = book_.casts_->find(actor)->key;
  if (!of_keys_[key]) of_keys_[key] = book_.home_of(key);
  return *of_keys_[key];
}

std::optional<EntityId> IdentityBook::entity(EntityId id) const {
  const auto found = key_numbers_.find(id);
  if (found == key_numbers_.end()) return std::nullopt;
  return home_of(found->second);
}

// With who else of the name he is not, and how many articles say the same of him: the more do, the surer.
std::vector<Link> IdentityBook::reasons(EntityId id) const {
  const auto found = key_numbers_.find(id);
  if (found == key_numbers_.end()) return {};
  const std::string& own_text = keys_[found->second].text;
  std::vector<Link> reasons = resolver_.reasons(own_text);
  const auto told = [](const Senses::Bearer& person) { return std::max(person.articles, person.by_field); };
  const auto surer = [](std::uint32_t articles) { return static_cast<double>(articles) / (articles + 1.0); };
  for (const std::string& key : resolver_.members(own_text)) {
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
