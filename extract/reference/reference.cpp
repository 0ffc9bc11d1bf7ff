#include "extract/reference/reference.h"

#include <algorithm>
#include <map>

#include "extract/names/lexicon.h"
#include "extract/names/spans.h"
#include "extract/reference/clusters.h"
#include "extract/reference/collect.h"
#include "extract/reference/office.h"
#include "extract/reference/resolver.h"

namespace relata {
namespace {

using namespace reference;

// The words of a name with single spaces, without the brackets of "[Donald] Trump".
std::string words_of(const Document& document, TokenRange range) {
  std::string out;
  for (const char c : document.text_of(range)) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (c == '[' || c == ']' || (space && (out.empty() || out.back() == ' '))) continue;
    out.push_back(space ? ' ' : c);
  }
  return out;
}

bool shouted(const std::string& name) {
  return name.size() > 4 && std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// The name everybody knows it by ("United States" for "U.S."), else the fullest name of the article: proper before adjective, most words, then longest, then first in the alphabet.
std::string fullest(const std::map<std::string, bool>& spellings, const std::string& canonical) {
  const std::string* best = nullptr;
  auto rank = [&](const std::string& name, bool adjective) {
    const auto words = static_cast<int>(std::count(name.begin(), name.end(), ' '));
    return std::tuple(!adjective, name == canonical, !shouted(name), std::min(words, 6), std::min<std::size_t>(name.size(), 60));
  };
  bool best_adjective = true;
  for (const auto& [name, adjective] : spellings)
    if (best == nullptr || rank(name, adjective) > rank(*best, best_adjective)) {
      best = &name;
      best_adjective = adjective;
    }
  const bool better = best_adjective || canonical.size() > best->size() || best->starts_with(canonical);
  return canonical.empty() || !better ? *best : canonical;
}

void finish_named(const Document& document, const names::Lexicon& lexicon, const std::vector<Phrase>& mentions, const Cluster& cluster, ActorTokens& actor) {
  std::map<std::string, bool> spellings;  // -> is an adjective
  for (const std::uint32_t i : cluster.mentions) {
    if (mentions[i].name == kNone) continue;
    const names::Known* known = lexicon.known(names::name_key(document, mentions[i].tokens));
    spellings.try_emplace(words_of(document, mentions[i].tokens), known != nullptr && known->adjective);
  }
  actor.name = fullest(spellings, cluster.group != 0 && (cluster.type == EntityType::gpe || cluster.type == EntityType::org || cluster.type == EntityType::loc) ? lexicon.canonical(cluster.group) : std::string());
  for (const auto& [name, adjective] : spellings) actor.aliases.push_back(name);
  if (std::find(actor.aliases.begin(), actor.aliases.end(), actor.name) == actor.aliases.end()) {
    actor.aliases.push_back(actor.name);
    std::sort(actor.aliases.begin(), actor.aliases.end());
  }
}

// Somebody whom an office tells is known by it.
void finish_unnamed(const Document& document, const names::Lexicon& lexicon, const Phrase& first, ActorTokens& actor) {
  actor.name = words_of(document, first.tokens);
  if (first.kind != MentionKind::nominal || first.coordination) return;
  const std::string office = office_of(document, lexicon, first.tokens);
  if (office.empty()) return;
  actor.name = office;
  actor.aliases = {office};
  actor.type = EntityType::person;
  actor.named = actor.by_office = true;
}

ActorTokens actor_of(const Document& document, const names::Lexicon& lexicon, const std::vector<Phrase>& mentions, Cluster& cluster) {
  ActorTokens actor;
  actor.type = cluster.type;
  actor.named = cluster.named;
  std::sort(cluster.mentions.begin(), cluster.mentions.end());
  for (const std::uint32_t i : cluster.mentions) actor.mentions.push_back({mentions[i].tokens, mentions[i].head, mentions[i].kind, mentions[i].phrase});
  if (cluster.named) finish_named(document, lexicon, mentions, cluster, actor);
  else finish_unnamed(document, lexicon, mentions[cluster.mentions.front()], actor);
  return actor;
}

// No jet is a person, whatever the parser takes for an apposition.
bool may_be(const names::Lexicon& lexicon, const Token& noun, const Actors& made, ActorIndex actor) {
  const names::Noun* known = lexicon.noun(noun.lemma);
  return known == nullptr || known->types == 0 || actor == kNoActor || (known->types & names::type_bit(made.actors[actor].type)) != 0;
}

// Nouns that only describe an actor beside them ("Kremlin spokesman Dmitry Peskov", "Peskov, the spokesman") stand for it too.
void map_descriptions(const Document& document, const names::Lexicon& lexicon, Actors& made) {
  for (TokenIndex i = 0; i < document.tokens.size(); ++i) {
    const Token& token = document.tokens[i];
    if (made.of_token[i] != kNoActor || token.head == i || token.dep != Dep::appos) continue;
    made.of_token[i] = made.of_token[token.head];
  }
  for (TokenIndex i = 0; i < document.tokens.size(); ++i) {
    const Token& token = document.tokens[i];
    if (token.dep == Dep::appos && made.of_token[token.head] == kNoActor && may_be(lexicon, document.tokens[token.head], made, made.of_token[i]))
      made.of_token[token.head] = made.of_token[i];
  }
}

}  // namespace

Actors resolve_references(const Document& document, const std::vector<Name>& names) {
  const names::Lexicon& lexicon = names::lexicon();
  std::vector<Phrase> mentions = collect_mentions(document, names, lexicon);
  std::vector<Cluster> clusters = cluster_names(document, names, lexicon, mentions);
  resolve_mentions(document, lexicon, mentions, clusters);

  Actors made;
  made.of_token.assign(document.tokens.size(), kNoActor);
  std::vector<ActorIndex> actor(clusters.size(), kNoActor);
  std::vector<TokenIndex> width(document.tokens.size(), kNoToken);
  for (const Phrase& mention : mentions) {
    if (mention.cluster == kNone) continue;
    ActorIndex& index = actor[mention.cluster];
    if (index == kNoActor) {
      index = static_cast<ActorIndex>(made.actors.size());
      made.actors.push_back(actor_of(document, lexicon, mentions, clusters[mention.cluster]));
    }
    const TokenIndex size = mention.tokens.last - mention.tokens.first;
    if (size < width[mention.head]) {
      width[mention.head] = size;
      made.of_token[mention.head] = index;
    }
  }
  map_descriptions(document, lexicon, made);
  return made;
}

}  // namespace relata
