#include "graph/senses.h"

#include <xxhash.h>

#include <algorithm>

namespace relata {
namespace {

constexpr std::size_t kMostCompany = 32;  // tokens of one article that are looked at: the least by hash, so that two articles keep the same
constexpr std::size_t kMostPaired = 12;   // of them in pairs

std::uint64_t hash(std::string_view text, std::uint64_t seed = 0) { return XXH3_64bits_withSeed(text.data(), text.size(), seed); }

std::string_view name_of(std::string_view key) { return key.substr(key.find('|') + 1); }

}  // namespace

Senses::Senses(std::shared_ptr<const NameForms> forms) : forms_(std::move(forms)) {}

bool Senses::tells_apart(const std::string& key) { return key.starts_with("person|") && key.find(' ') != std::string::npos && key.find_first_of("#@") == std::string::npos; }

void Senses::meet(ActorRef actor, EntityType type, const std::string& name) {
  const std::string folded = fold_name(name);
  const bool person = type == EntityType::person;
  if (folded.empty() || (person && folded.find(' ') == std::string::npos)) return;
  const std::string body = forms_->body(folded);
  if (forms_->everywhere(body)) return;
  articles_[actor.article].push_back({hash(body), actor.actor, forms_->state(body)});
}

void Senses::part(ArticleId article) { articles_.erase(article); }

// What is named beside an actor, without himself.
std::vector<Senses::Company> Senses::company(ActorRef actor) const {
  std::vector<Company> found;
  const auto article = articles_.find(actor.article);
  if (article == articles_.end()) return found;
  std::vector<std::uint64_t> own;
  for (const Company& each : article->second)
    if (each.actor == actor.actor) own.push_back(each.token);
  for (const Company& each : article->second)
    if (std::find(own.begin(), own.end(), each.token) == own.end()) found.push_back(each);
  std::sort(found.begin(), found.end(), [](const Company& a, const Company& b) { return a.token < b.token; });
  found.erase(std::unique(found.begin(), found.end(), [](const Company& a, const Company& b) { return a.token == b.token; }), found.end());
  if (found.size() > kMostCompany) found.resize(kMostCompany);
  return found;
}

void Senses::add(const std::string& key, ActorRef actor, const std::vector<Tie>& ties) {
  if (ties.empty()) {
    if (const auto name = names_.find(key); name != names_.end()) name->second.came.push_back(actor), dirty_.insert(key);
    return;
  }
  Name& name = names_[key];
  if (name.tied.empty()) name.common = forms_->common_person(name_of(key));
  std::vector<std::string>& bodies = name.tied[actor];
  for (const Tie& tie : ties) bodies.push_back(forms_->body(tie.body));
  std::sort(bodies.begin(), bodies.end());
  bodies.erase(std::unique(bodies.begin(), bodies.end()), bodies.end());
  name.came.push_back(actor);
  dirty_.insert(key);
}

void Senses::remove(const std::string& key, ActorRef actor, const std::vector<Tie>& ties) {
  const auto found = names_.find(key);
  if (found == names_.end()) return;
  std::erase(found->second.came, actor);
  if (ties.empty()) return;
  found->second.tied.erase(actor);
  found->second.anew = true;
  dirty_.insert(key);
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
void Senses::enter(Name& name, ActorRef actor, const std::vector<std::string>& bodies) const {
  const auto place = static_cast<Place>(name.parents.size());
  name.parents.push_back(place);
  name.places[actor] = place;
  const std::size_t people = name.people.size();
  name.people[place] = {1, bodies.front()};
  for (const std::string& body : bodies) {
    Token& its = token(name, hash(body));
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

// Whom a bare name means: him of whom at least three times as many articles say what he is as of anybody else.
std::optional<Senses::Place> Senses::leading(const Name& name) {
  std::optional<Place> first;
  std::uint32_t most = 0, second = 0;
  for (const auto& [place, person] : name.people) {
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
  const Place of = root(name, place);
  const auto person = name.people.find(of);
  return person == name.people.end() || name.lead == of ? "" : person->second.label;
}

std::string Senses::sense(const std::string& key, ActorRef actor) const {
  const auto found = names_.find(key);
  if (found == names_.end() || found->second.people.size() < 2) return "";
  const Name& name = found->second;
  if (const auto place = name.places.find(actor); place != name.places.end()) return label(name, place->second);
  // Says nothing of him: whose body is named beside him, when that is one person's only.
  std::optional<Place> who;
  for (const Company& each : company(actor)) {
    const auto token = name.tokens.find(each.token);
    if (each.place || token == name.tokens.end() || !token->second.body) continue;
    const Place one = root(name, token->second.place);
    if (who && *who != one) return "";
    who = one;
  }
  return who ? label(name, *who) : "";
}

Senses::Changed Senses::settle() {
  Changed changed;
  for (const std::string& key : dirty_) {
    const auto found = names_.find(key);
    if (found == names_.end()) continue;
    Name& name = found->second;
    const bool several = name.people.size() > 1;
    const std::optional<Place> led = name.lead;
    std::vector<ActorRef> came = std::move(name.came);
    if (name.anew) {
      Name again;
      again.tied = std::move(name.tied);
      again.common = name.common;
      name = std::move(again);
      for (const auto& [actor, bodies] : name.tied) enter(name, actor, bodies);
      name.changed = true;
    } else {
      for (const ActorRef actor : came)
        if (const auto tied = name.tied.find(actor); tied != name.tied.end()) enter(name, actor, tied->second);
    }
    name.came.clear();
    name.lead = leading(name);
    if ((several || name.people.size() > 1) && (name.changed || name.lead != led)) changed.keys.push_back(key);
    else if (name.people.size() > 1)
      for (const ActorRef actor : came) changed.actors.emplace_back(key, actor);
    name.changed = false;
    if (name.tied.empty()) names_.erase(found);
  }
  dirty_.clear();
  return changed;
}

std::vector<std::string> Senses::senses(const std::string& key) const {
  std::vector<const Person*> people;
  const auto found = names_.find(key);
  if (found == names_.end()) return {};
  for (const auto& [place, person] : found->second.people)
    if (found->second.lead != place) people.push_back(&person);
  std::sort(people.begin(), people.end(), [](const Person* a, const Person* b) { return a->articles != b->articles ? a->articles > b->articles : a->label < b->label; });
  std::vector<std::string> senses;
  for (const Person* person : people) senses.push_back(person->label);
  return senses;
}

std::vector<std::pair<std::string, std::uint32_t>> Senses::people(const std::string& key) const {
  std::vector<std::pair<std::string, std::uint32_t>> people;
  const auto found = names_.find(key);
  if (found == names_.end() || found->second.people.size() < 2) return people;
  for (const auto& [place, person] : found->second.people) people.emplace_back(found->second.lead == place ? "" : person.label, person.articles);
  std::sort(people.begin(), people.end());
  return people;
}

std::string Senses::now(const std::string& key, const std::string& sense) const {
  const auto found = names_.find(key);
  if (found == names_.end() || found->second.people.size() < 2) return "";
  const auto token = found->second.tokens.find(hash(sense));
  return token == found->second.tokens.end() || !token->second.body ? "" : label(found->second, token->second.place);
}

}  // namespace relata
