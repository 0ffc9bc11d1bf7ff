#include "graph/senses.h"

#include <xxhash.h>

#include <algorithm>

namespace relata {
namespace {

constexpr std::size_t kMostCompany = 32;  // tokens of one article that are looked at: the least by hash, so that two articles keep the same
constexpr std::size_t kMostPaired = 12;   // of them in pairs
constexpr std::string_view kFieldLabel = "field ";  // a body has no blank

std::uint64_t hash(std::string_view text, std::uint64_t seed) { return XXH3_64bits_withSeed(text.data(), text.size(), seed); }

std::string_view name_of(std::string_view key) { return key.substr(key.find('|') + 1); }

}  // namespace

Senses::Senses(std::shared_ptr<const NameForms> forms, const Casts& casts, const ActorForms& named) : forms_(std::move(forms)), casts_(&casts), named_(&named) {}

// What is named beside an actor, without himself.
std::vector<Senses::Company> Senses::company(ActorRef actor) const {
  std::vector<Company> found;
  const Casts::Cast* const article = casts_->of(actor.article);
  const std::span<const Standing> cast = article == nullptr ? std::span<const Standing>() : article->all();
  const auto named = [&](std::size_t at) { return cast[at].here() ? (*named_)[cast[at].form].company : std::nullopt; };
  const std::optional<Company> own = actor.actor < cast.size() ? named(actor.actor) : std::nullopt;
  for (std::size_t i = 0; i < cast.size(); ++i)
    if (const auto each = named(i); each && (!own || each->token != own->token)) found.push_back(*each);
  std::sort(found.begin(), found.end(), [](const Company& a, const Company& b) { return a.token < b.token; });
  found.erase(std::unique(found.begin(), found.end(), [](const Company& a, const Company& b) { return a.token == b.token; }), found.end());
  if (found.size() > kMostCompany) found.resize(kMostCompany);
  return found;
}

void Senses::add(const std::string& key, ActorRef actor, const std::vector<Tie>& ties, FieldIndex field) {
  if (ties.empty() && field == kNoField) {
    if (const auto name = names_.find(key); name != names_.end()) name->second.came.push_back(actor), dirty_.insert(key);
    return;
  }
  const auto [at, fresh] = names_.try_emplace(key);
  Name& name = at->second;
  if (fresh) name.common = forms_->common_person(name_of(key));
  name.came.push_back(actor);
  dirty_.insert(key);
  if (ties.empty()) {
    name.bare[actor] = field;
    ++name.bare_of[field];
    return;
  }
  Tied& tied = name.tied[actor];
  tied.field = field;
  for (const Tie& tie : ties) tied.bodies.push_back(forms_->body(tie.body));
  std::sort(tied.bodies.begin(), tied.bodies.end());
  tied.bodies.erase(std::unique(tied.bodies.begin(), tied.bodies.end()), tied.bodies.end());
}

void Senses::remove(const std::string& key, ActorRef actor, const std::vector<Tie>& ties, FieldIndex field) {
  const auto found = names_.find(key);
  if (found == names_.end()) return;
  Name& name = found->second;
  std::erase(name.came, actor);
  if (ties.empty() && field == kNoField) return;
  dirty_.insert(key);
  if (!ties.empty()) {
    name.tied.erase(actor);
    name.anew = true;
    return;
  }
  name.bare.erase(actor);
  if (--name.bare_of[field] == 0) name.bare_of.erase(field);
}

Senses::Place Senses::root(const Name& name, Place place) const {
  while (name.parents[place] != place) place = name.parents[place];
  return place;
}

// The greater tree takes the smaller by the number of its articles, then of its place: ways stay short.
void Senses::join(Name& name, Place a, Place b) const {
  a = root(name, a), b = root(name, b);
  if (a == b) return;
  const auto size = [&](Place place) {
    const auto person = name.people.find(place);
    return person == name.people.end() ? 0u : person->second.articles;
  };
  if (size(a) < size(b)) std::swap(a, b);
  name.parents[b] = a;
  const auto gone = name.people.find(b);
  if (gone == name.people.end()) return;
  Person& stays = name.people[a];
  stays.articles += gone->second.articles;
  for (const auto& [field, articles] : gone->second.fields) stays.fields[field] += articles;
  if (stays.label.empty() || (!gone->second.label.empty() && gone->second.label < stays.label)) stays.label = gone->second.label;
  name.people.erase(b);
}

Senses::Token& Senses::token(Name& name, std::uint64_t hash) const {
  const auto [at, fresh] = name.tokens.try_emplace(hash);
  if (fresh) {
    at->second.place = static_cast<Place>(name.parents.size());
    name.parents.push_back(at->second.place);
  }
  return at->second;
}

// Joins a bearer with all that he has a body in common with, that name his or whose he names, and that are in his company: for a name that
// many bear, two that are named beside both and neither a state nor a capital; for another, one.
void Senses::enter(Name& name, ActorRef actor, const Tied& tied) const {
  const auto place = static_cast<Place>(name.parents.size());
  name.parents.push_back(place);
  name.places[actor] = place;
  const std::size_t people = name.people.size();
  name.people[place] = {1, tied.bodies.front()};
  if (tied.field != kNoField) name.people[place].fields[tied.field] = 1;
  for (const std::string& body : tied.bodies) {
    Token& its = token(name, company_token(body));
    if (!its.body) name.changed = its.body = true;
    for (const Place other : its.waiting) join(name, other, its.place);
    its.waiting.clear();
    join(name, place, its.place);
  }
  std::vector<std::uint64_t> pairing;
  for (const Company& each : company(actor)) {
    if (!name.common) join(name, place, token(name, hash("beside", each.token)).place);
    if (each.place) continue;
    if (pairing.size() < kMostPaired) pairing.push_back(each.token);
    if (Token& other = token(name, each.token); other.body) join(name, place, other.place);
    else other.waiting.push_back(place);
  }
  for (std::size_t i = 0; name.common && i < pairing.size(); ++i)
    for (std::size_t j = i + 1; j < pairing.size(); ++j) join(name, place, token(name, hash("pair", pairing[i] ^ (pairing[j] * 0x9E3779B97F4A7C15u))).place);
  name.changed |= name.people.size() != people;
}

// The field that two of three of his articles tell.
FieldIndex Senses::field_of(const Person& person) {
  FieldIndex field = kNoField;
  std::uint32_t most = 0, all = 0;
  for (const auto& [each, articles] : person.fields) {
    all += articles;
    if (articles > most) most = articles, field = each;
  }
  return most * 3 >= all * 2 ? field : kNoField;
}

// Whom an article means that tells a field and nothing else: the one person of that field. Nobody in particular when two are, or when there is
// one of whom the field is not known; when all others are of other fields, somebody else.
void Senses::settle_fields(Name& name) const {
  name.of_fields.clear();
  name.meant.clear();
  if (name.bare_of.empty()) return;
  std::map<FieldIndex, std::vector<Place>> owners;
  for (const auto& [place, person] : name.people) owners[field_of(person)].push_back(place);
  for (const auto& [field, articles] : name.bare_of) {
    if (const auto owner = owners.find(field); owner != owners.end()) {
      if (owner->second.size() == 1) name.meant[field] = owner->second.front();
    } else if (!owners.contains(kNoField)) {
      name.meant[field] = kFieldPlaces + field;
      name.of_fields[kFieldPlaces + field] = {articles, std::string(kFieldLabel) + forms_->fields()[field]};
    }
  }
}

// Whom a bare name means: him of whom at least three times as many articles tell as of anybody else.
std::optional<Senses::Place> Senses::leading(const Name& name) {
  std::optional<Place> first;
  std::uint32_t most = 0, second = 0;
  for (const auto* people : {&name.people, &name.of_fields})
    for (const auto& [place, person] : *people) {
      if (person.articles > most) {
        second = most;
        most = person.articles;
        first = place;
      } else {
        second = std::max(second, person.articles);
      }
    }
  return most >= 3 * second ? first : std::nullopt;
}

std::string Senses::label(const Name& name, Place place) const {
  const bool by_field = place >= kFieldPlaces;
  const Place of = by_field ? place : root(name, place);
  const std::map<Place, Person>& people = by_field ? name.of_fields : name.people;
  const auto person = people.find(of);
  return person == people.end() || name.lead == of ? "" : person->second.label;
}

// Whose body is named beside an actor, when that is one person's only.
std::optional<Senses::Place> Senses::beside(const Name& name, ActorRef actor, bool& several) const {
  std::optional<Place> who;
  for (const Company& each : company(actor)) {
    const auto token = name.tokens.find(each.token);
    if (each.place || token == name.tokens.end() || !token->second.body) continue;
    const Place one = root(name, token->second.place);
    if (who && *who != one) several = true;
    who = one;
  }
  return several ? std::nullopt : who;
}

std::string Senses::sense(const std::string& key, ActorRef actor) const {
  const auto found = names_.find(key);
  if (found == names_.end() || number(found->second) < 2) return "";
  const Name& name = found->second;
  if (const auto place = name.places.find(actor); place != name.places.end()) return label(name, place->second);
  bool several = false;
  if (const auto who = beside(name, actor, several)) return label(name, *who);
  const auto bare = name.bare.find(actor);
  if (several || bare == name.bare.end()) return "";
  const auto who = name.meant.find(bare->second);
  return who == name.meant.end() ? "" : label(name, who->second);
}

Senses::Changed Senses::settle() {
  Changed changed;
  for (const std::string& key : dirty_) {
    const auto found = names_.find(key);
    if (found == names_.end()) continue;
    Name& name = found->second;
    const std::size_t were = number(name);
    const std::optional<Place> led = name.lead;
    const std::map<FieldIndex, Place> meant = std::move(name.meant);
    std::vector<ActorRef> came = std::move(name.came);
    if (name.anew) {
      Name again;
      again.tied = std::move(name.tied);
      again.bare = std::move(name.bare);
      again.bare_of = std::move(name.bare_of);
      again.common = name.common;
      name = std::move(again);
      for (const auto& [actor, tied] : name.tied) enter(name, actor, tied);
      name.changed = true;
    } else {
      for (const ActorRef actor : came)
        if (const auto tied = name.tied.find(actor); tied != name.tied.end()) enter(name, actor, tied->second);
    }
    name.came.clear();
    settle_fields(name);
    name.lead = leading(name);
    if ((were > 1 || number(name) > 1) && (name.changed || name.lead != led || name.meant != meant)) changed.keys.push_back(key);
    else if (number(name) > 1)
      for (const ActorRef actor : came) changed.actors.emplace_back(key, actor);
    name.changed = false;
    if (name.tied.empty() && name.bare.empty()) names_.erase(found);
  }
  dirty_.clear();
  return changed;
}

std::vector<std::string> Senses::senses(const std::string& key) const {
  std::vector<const Person*> people;
  const auto found = names_.find(key);
  if (found == names_.end()) return {};
  for (const auto* some : {&found->second.people, &found->second.of_fields})
    for (const auto& [place, person] : *some)
      if (found->second.lead != place) people.push_back(&person);
  std::sort(people.begin(), people.end(), [](const Person* a, const Person* b) { return a->articles != b->articles ? a->articles > b->articles : a->label < b->label; });
  std::vector<std::string> senses;
  for (const Person* person : people) senses.push_back(person->label);
  return senses;
}

std::vector<Senses::Bearer> Senses::people(const std::string& key) const {
  std::vector<Bearer> people;
  const auto found = names_.find(key);
  if (found == names_.end() || number(found->second) < 2) return people;
  const Name& name = found->second;
  for (const auto* some : {&name.people, &name.of_fields})
    for (const auto& [place, person] : *some) {
      Bearer bearer{name.lead == place ? "" : person.label, some == &name.people ? person.articles : 0, 0};
      for (const auto& [field, who] : name.meant)
        if (who == place) bearer.by_field = name.bare_of.at(field);
      people.push_back(std::move(bearer));
    }
  std::sort(people.begin(), people.end());
  return people;
}

std::string Senses::now(const std::string& key, const std::string& sense) const {
  const auto found = names_.find(key);
  if (found == names_.end() || number(found->second) < 2) return "";
  const Name& name = found->second;
  if (sense.starts_with(kFieldLabel)) {
    for (const auto& [field, who] : name.meant)
      if (forms_->fields()[field] == std::string_view(sense).substr(kFieldLabel.size())) return label(name, who);
    return "";
  }
  const auto token = name.tokens.find(company_token(sense));
  return token == name.tokens.end() || !token->second.body ? "" : label(name, token->second.place);
}

}  // namespace relata
