#include "extract/statements/reach.h"

#include <algorithm>
#include <unordered_map>

#include "extract/statements/tree.h"

namespace relata::statements {
namespace {

constexpr std::size_t kMaxReached = 8;
constexpr std::size_t kMaxVisited = 48;
constexpr int kMaxDepth = 6;

void add(std::vector<Reached>& all, Reached reached) {
  const bool known = std::any_of(all.begin(), all.end(), [&](const Reached& r) { return r.actor == reached.actor; });
  if (!known && all.size() < kMaxReached * 3) all.push_back(reached);
}

bool modifies(Dep dep) { return dep == Dep::poss || dep == Dep::compound || dep == Dep::amod || dep == Dep::nmod; }

bool aims(std::string_view preposition) {
  for (const std::string_view word : {"on", "against", "into", "inside", "at", "in", "toward", "towards", "within"})
    if (preposition == word) return true;
  return false;
}

// What a phrase is about may hang on these; relative clauses and participles tell something else about it.
bool leads_on(const Token& child) {
  switch (child.dep) {
    case Dep::poss:
    case Dep::compound:
    case Dep::amod:
    case Dep::nmod:
    case Dep::prep:
    case Dep::agent:
    case Dep::pobj:
    case Dep::conj:
    case Dep::dobj:
    case Dep::nsubj:
    case Dep::nsubjpass:
    case Dep::ccomp:
    case Dep::xcomp:
    case Dep::pcomp:
    case Dep::dative:
      return true;
    case Dep::acl:
      return true;
    default:
      return false;
  }
}

}  // namespace

Reach::Reach(const Document& document, const Actors& actors, const Ontology& ontology)
    : document_(document), actors_(actors), ontology_(ontology), name_head_(document.tokens.size(), false),
      name_begin_(document.tokens.size(), kNoToken) {
  for (const ActorTokens& actor : actors.actors)
    for (const MentionTokens& mention : actor.mentions)
      if (mention.kind == MentionKind::name && mention.head < name_head_.size()) {
        name_head_[mention.head] = true;
        name_begin_[mention.head] = mention.tokens.first;
      }
  for (ActorIndex i = 0; i < actors.actors.size(); ++i)
    if (actors.actors[i].named)
      for (const std::string& alias : actors.actors[i].aliases) by_alias_.emplace(alias, i);
  find_brands();
  find_stand_ins();
}

void Reach::find_brands() {
  std::unordered_map<std::string_view, ActorIndex> makers;
  for (ActorIndex i = 0; i < actors_.actors.size(); ++i)
    if (actors_.actors[i].named && actors_.actors[i].type == EntityType::org)
      for (const std::string& alias : actors_.actors[i].aliases) makers.emplace(alias, i);
  brand_.assign(actors_.actors.size(), kNoActor);
  for (ActorIndex i = 0; i < actors_.actors.size(); ++i) {
    const EntityType type = actors_.actors[i].type;
    if (type != EntityType::product && type != EntityType::weapon && type != EntityType::vehicle) continue;
    const std::string_view name = actors_.actors[i].name;
    const auto maker = makers.find(name.substr(0, name.find(' ')));
    if (maker != makers.end() && name.find(' ') != std::string_view::npos) brand_[i] = maker->second;
  }
}

ActorIndex Reach::at(TokenIndex token) const {
  const ActorIndex actor = token < actors_.of_token.size() ? actors_.of_token[token] : kNoActor;
  return actor != kNoActor && actors_.actors[actor].named ? actor : kNoActor;
}

ActorIndex Reach::named(std::string_view alias) const {
  const auto found = by_alias_.find(alias);
  return found == by_alias_.end() ? kNoActor : found->second;
}

std::vector<Reached> Reach::owners(TokenIndex noun) const {
  std::vector<Reached> all;
  for (const TokenIndex child : near_children(document_, noun)) {
    if (!modifies(document_.tokens[child].dep)) continue;
    for (const TokenIndex part : conjuncts(document_, child)) {
      const Token& word = document_.tokens[part];
      const ActorIndex here = at(part);
      if (here != kNoActor && !is_joined_participle(word)) add(all, {here, part, 1});
      add_joined(part, 1, all);
      if (here == kNoActor && word.pos == Pos::NOUN && document_.tokens[child].dep == Dep::poss) add_represented(part, all);
      for (const TokenIndex before : near_children(document_, part)) {
        // "Norland-Sudria talks", but not "Norland-made tanks".
        const bool joined = before + 2 == part || (name_begin_[part] != kNoToken && name_begin_[part] == before + 2);
        const bool hyphen = joined && document_.tokens[before + 1].tag == Tag::HYPH && word.tag != Tag::VBN && word.tag != Tag::VBD;
        // "British" of "British Storm Shadows" hangs on the first word of the name.
        const bool in_name = here == kNoActor && word.pos == Pos::PROPN && word.dep == Dep::compound && modifies(document_.tokens[before].dep);
        if (const ActorIndex actor = at(before); actor != kNoActor && (hyphen || in_name)) add(all, {actor, before, 1});
      }
      // "NATO-led forces": whose forces they are.
      if (document_.tokens[part].lower == "led")
        for (const TokenIndex leader : near_children(document_, part))
          if (const ActorIndex actor = at(leader); actor != kNoActor) add(all, {actor, leader, 1});
    }
  }
  if (all.empty()) add_cut_off(noun, all);
  return all;
}

// "U.S.-backed rebels", which the tokenizer left whole: the rebels act for themselves. "U.S.-led forces" act for who leads them.
bool Reach::is_joined_participle(const Token& word) {
  const std::size_t hyphen = word.lower.rfind('-');
  if (hyphen == 0 || hyphen == std::string_view::npos) return false;
  const std::string_view last = word.lower.substr(hyphen + 1);
  return last.ends_with("ed") && last != "led" && last != "controlled";
}

// "the Norland Steel and Sudria plan": names right before the noun that the parser took for an object of their own.
void Reach::add_cut_off(TokenIndex noun, std::vector<Reached>& all) const {
  const Token& word = document_.tokens[noun];
  const TokenIndex first = document_.left_edge[noun];
  if (word.dep != Dep::dobj || word.pos != Pos::NOUN || first == 0 || first != noun) return;
  for (const TokenIndex before : near_children(document_, word.head)) {
    if (before >= noun) return;
    if (document_.tokens[before].dep != Dep::dobj || document_.right_edge[before] + 1 != first || !is_name(before)) continue;
    for (const TokenIndex part : conjuncts(document_, before))
      if (const ActorIndex actor = at(part); actor != kNoActor) add(all, {actor, part, 1});
  }
}

std::vector<TokenIndex> Reach::under(TokenIndex token, std::string_view preposition) const {
  std::vector<TokenIndex> all;
  for (const TokenIndex child : near_children(document_, token)) {
    const Dep dep = document_.tokens[child].dep;
    if ((dep != Dep::prep && dep != Dep::agent && dep != Dep::dative) || document_.tokens[child].lower != preposition) continue;
    for (const TokenIndex object : near_children(document_, child))
      if (document_.tokens[object].dep == Dep::pobj || document_.tokens[object].dep == Dep::pcomp) all.push_back(object);
  }
  return all;
}

// "The Norland team ... The team ... they": who has no name stands for whom one of the mentions names.
void Reach::find_stand_ins() {
  constexpr std::size_t kMentions = 6;
  std::vector<std::vector<Reached>> found(actors_.actors.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const ActorTokens& actor = actors_.actors[i];
    if (actor.named || actor.mentions.size() < 2) continue;
    for (std::size_t m = 0; m < std::min(kMentions, actor.mentions.size()) && found[i].empty(); ++m)
      if (actor.mentions[m].kind == MentionKind::nominal) add_direct(actor.mentions[m].head, 1, found[i]);
    if (found[i].size() > 1) found[i].clear();  // a pair, or one of many: not whom a pronoun means
  }
  stand_ins_ = std::move(found);
}

// "NATO countries' involvement": whom the owner stands for.
void Reach::add_represented(TokenIndex owner, std::vector<Reached>& all) const {
  for (const TokenIndex child : near_children(document_, owner)) {
    const ActorIndex actor = modifies(document_.tokens[child].dep) ? at(child) : kNoActor;
    if (actor != kNoActor && stands_for(owner, {actor, child, 1})) add(all, {actor, child, 1});
  }
}

// "SCALP and Storm Shadow missiles": a name joined to a later one that the parser took for its head.
void Reach::add_joined(TokenIndex name, int depth, std::vector<Reached>& all) const {
  for (const TokenIndex child : near_children(document_, name)) {
    if (child > name) return;
    if (!modifies(document_.tokens[child].dep) || child_with(document_, child, Dep::cc) == kNoToken) continue;
    for (const TokenIndex part : conjuncts(document_, child))
      if (const ActorIndex actor = is_name(part) ? at(part) : kNoActor; actor != kNoActor) add(all, {actor, part, depth});
  }
}

// "weapons such as the Taurus", "cities including Odesa".
void Reach::add_examples(TokenIndex noun, int depth, std::vector<Reached>& all) const {
  if (depth >= 3) return;
  for (const TokenIndex child : near_children(document_, noun)) {
    const Token& word = document_.tokens[child];
    if (child < noun || word.dep != Dep::prep) continue;
    const bool such = word.lower == "as" && child != 0 && document_.tokens[child - 1].lower == "such";
    if (!such && word.lower != "including") continue;
    for (const TokenIndex object : near_children(document_, child)) {
      if (document_.tokens[object].dep != Dep::pobj) continue;
      for (const TokenIndex part : conjuncts(document_, object)) {
        std::vector<Reached> below;
        add_direct(part, depth + 1, below);
        for (const Reached& reached : below) add(all, reached);
      }
    }
  }
}

bool Reach::stands_for(TokenIndex noun, const Reached& owner) const {
  const std::string_view lemma = document_.tokens[noun].lemma;
  // "Kyiv's Western allies" are Western: whose ally somebody is, is another matter.
  if (document_.tokens[owner.token].dep == Dep::poss && ontology_.has("relative_to", lemma)) return false;
  if (type_of(owner.actor) == EntityType::person) return ontology_.has("stands_for_person", lemma);
  // "the Airbus A380 superjumbo": what the thing is called and what it is.
  const EntityType type = type_of(owner.actor);
  const bool thing = type == EntityType::product || type == EntityType::weapon || type == EntityType::vehicle;
  if (thing && document_.tokens[owner.token].dep == Dep::compound) return ontology_.entries(WordClass::noun, lemma).empty();
  for (const std::string_view list : {"stands_for", "forces", "weapon", "place_of"})
    if (ontology_.has(list, lemma)) return true;
  // "Burmese villagers": people and things of a nationality, but not what happens ("a Burmese attack").
  const Token& word = document_.tokens[owner.token];
  return word.ner == Ner::NORP && word.dep == Dep::amod && document_.tokens[noun].pos == Pos::NOUN &&
         ontology_.entries(WordClass::noun, lemma).empty();
}

// Prepositions under which the owner of the noun may stand: "dozens of", "officials from", "rebels in".
std::span<const std::string_view> Reach::owner_prepositions(TokenIndex noun) const {
  static constexpr std::string_view kAll[] = {"of", "from", "in", "throughout", "across", "within"};
  const std::string_view lemma = document_.tokens[noun].lemma;
  const bool settled = ontology_.has("stands_for", lemma) && !ontology_.has("forces", lemma) && !ontology_.has("lone", lemma);
  return std::span(kAll).first(settled ? 6 : 2);
}

// Whom "the two leaders", "both companies", "the parties" can mean; empty when the noun does not tell of two.
std::vector<EntityType> Reach::kinds_of_group(TokenIndex noun) const {
  const Token& word = document_.tokens[noun];
  if (word.tag != Tag::NNS) return {};
  bool two = false, the = false, other = false;
  for (const TokenIndex child : near_children(document_, noun)) {
    const std::string_view lower = document_.tokens[child].lower;
    two = two || lower == "two" || lower == "both";
    the = the || lower == "the";
    other = other || (lower != "two" && lower != "both" && lower != "the" && document_.tokens[child].dep != Dep::punct);
  }
  const bool always_two = ontology_.has("two_parties", word.lemma);
  if (other || !(two || (the && always_two))) return {};
  if (ontology_.has("group_of_people", word.lemma)) return {EntityType::person};
  if (ontology_.has("group_of_organizations", word.lemma)) return {EntityType::org};
  if (ontology_.has("group_of_states", word.lemma)) return {EntityType::gpe};
  if (always_two) return {EntityType::person, EntityType::org, EntityType::gpe};
  return {};
}

// "in Geneva": a place, no party.
bool Reach::is_whereabouts(TokenIndex name) const {
  const Token& word = document_.tokens[name];
  if (word.dep != Dep::pobj) return word.dep == Dep::poss || word.dep == Dep::compound;
  const std::string_view preposition = document_.tokens[word.head].lower;
  return preposition == "in" || preposition == "at" || preposition == "near" || preposition == "from";
}

// The last two different actors of one kind told of before.
void Reach::add_group(TokenIndex noun, std::vector<Reached>& all) const {
  const std::vector<EntityType> kinds = kinds_of_group(noun);
  if (kinds.empty()) return;
  constexpr TokenIndex kFarthest = 250;
  Reached last{kNoActor, 0, 1};
  for (TokenIndex i = noun; i-- > 0 && i + kFarthest > noun;) {
    const ActorIndex actor = at(i);
    if (actor == kNoActor || actor == last.actor || std::find(kinds.begin(), kinds.end(), type_of(actor)) == kinds.end()) continue;
    if (type_of(actor) == EntityType::gpe && is_whereabouts(i)) continue;
    if (last.actor == kNoActor) {
      last = {actor, i, 1};
    } else if (type_of(actor) == type_of(last.actor)) {
      add(all, {actor, i, 1});
      add(all, last);
      return;
    }
  }
}

void Reach::add_direct(TokenIndex token, int depth, std::vector<Reached>& all) const {
  if (const ActorIndex actor = at(token); actor != kNoActor) {
    add(all, {actor, token, 0});
    add_joined(token, 0, all);
    return;
  }
  const Token& word = document_.tokens[token];
  if (const Reached person = bearer_of_title(token); person.actor != kNoActor) return add(all, person);
  if (!is_noun(word) && word.pos != Pos::NUM && word.pos != Pos::DET) return;
  add_group(token, all);
  if (!all.empty()) return;
  for (const TokenIndex child : near_children(document_, token))
    if (document_.tokens[child].dep == Dep::appos)
      if (const ActorIndex actor = at(child); actor != kNoActor) return add(all, {actor, child, 0});
  add_examples(token, depth, all);
  // "Norland's Taurus missiles" are first of all Taurus.
  const std::vector<Reached> around = owners(token);
  const bool named = std::any_of(around.begin(), around.end(),
                                 [&](const Reached& r) { return document_.tokens[r.token].dep == Dep::compound && stands_for(token, r); });
  for (const Reached& owner : around)
    if (stands_for(token, owner) && !(named && document_.tokens[owner.token].dep == Dep::poss)) add(all, {owner.actor, owner.token, 0});
  if (all.empty() && depth < 3 && token < actors_.of_token.size())
    if (const ActorIndex unnamed = actors_.of_token[token]; unnamed != kNoActor && unnamed < stand_ins_.size())
      for (const Reached& stand_in : stand_ins_[unnamed]) add(all, {stand_in.actor, token, 0});
  if (depth >= 3 || !all.empty()) return;
  for (const TokenIndex child : near_children(document_, token)) {  // "Israeli army bulldozers"
    if (document_.tokens[child].dep != Dep::compound || at(child) != kNoActor) continue;
    std::vector<Reached> below;
    add_direct(child, depth + 1, below);
    for (const Reached& reached : below) add(all, reached);
  }
  if (!all.empty()) return;
  const bool amount = ontology_.has("amount", word.lemma) || word.pos == Pos::NUM;
  for (const std::string_view preposition : owner_prepositions(token))
    for (const TokenIndex object : under(token, preposition))
      for (const TokenIndex part : conjuncts(document_, object)) {
        std::vector<Reached> below;
        add_direct(part, depth + 1, below);
        for (const Reached& reached : below)
          if (amount || stands_for(token, reached)) add(all, {reached.actor, reached.token, 0});
      }
}

std::vector<Reached> Reach::direct_of(TokenIndex token) const {
  std::vector<Reached> all;
  add_direct(token, 0, all);
  return all;
}

std::vector<Reached> Reach::direct(TokenIndex head) const {
  std::vector<Reached> all;
  for (const TokenIndex part : conjuncts(document_, head)) add_direct(part, 0, all);
  for (const TokenIndex child : near_children(document_, head)) {  // "France, together with Germany"
    const Token& word = document_.tokens[child];
    if (word.dep != Dep::prep || word.lower != "with") continue;
    const TokenIndex together = child_with(document_, child, Dep::advmod);
    if (together == kNoToken || (document_.tokens[together].lower != "together" && document_.tokens[together].lower != "along")) continue;
    if (const TokenIndex other = child_with(document_, child, Dep::pobj); other != kNoToken) add_direct(other, 1, all);
  }
  if (document_.tokens[head].dep == Dep::pobj) add_gapped(head, all);
  return all;
}

// "300 jobs in Norland, 200 in Sudria and 100 in Peru": what is left out before a number repeats, and so does the preposition.
void Reach::add_gapped(TokenIndex first, std::vector<Reached>& all) const {
  constexpr TokenIndex kFar = 6;
  const std::string_view preposition = document_.tokens[document_.tokens[first].head].lower;
  TokenIndex end = document_.right_edge[first] + 1;
  for (std::size_t parts = 0; parts < kMaxConjuncts; ++parts) {
    const TokenIndex limit = std::min<TokenIndex>(end + kFar, static_cast<TokenIndex>(document_.tokens.size()));
    TokenIndex i = end;
    while (i < limit && (document_.tokens[i].tag == Tag::COMMA || document_.tokens[i].tag == Tag::CC)) ++i;
    if (i == end || i + 2 >= limit || document_.tokens[i].tag != Tag::CD || document_.tokens[i + 1].lower != preposition) return;
    const TokenIndex place = child_with(document_, i + 1, Dep::pobj);
    if (place == kNoToken || document_.left_edge[place] > i + 2) return;
    add_direct(place, 0, all);
    end = place + 1;
  }
}

std::vector<Reached> Reach::nested(TokenIndex head, std::span<const Reached> own) const {
  std::vector<Reached> all;
  std::vector<Reached> queue{{kNoActor, head, 0}};
  int nearest = kMaxDepth;  // the depth of the first found: deeper ones belong to them
  for (std::size_t i = 0; i < queue.size() && all.size() < kMaxReached; ++i) {
    const auto [none, token, depth, aimed, did] = queue[i];
    if (depth > nearest) continue;
    const ActorIndex actor = at(token);
    if (actor != kNoActor && std::none_of(own.begin(), own.end(), [&](const Reached& r) { return r.actor == actor; })) {
      add(all, {actor, token, depth, aimed, did});
      nearest = depth;
    }
    for (const TokenIndex child : near_children(document_, token)) {
      const Token& word = document_.tokens[child];
      if (queue.size() >= kMaxVisited || !leads_on(word)) continue;
      // "the bank, founded by Lee, was sold": an aside about the phrase.
      const TokenIndex begin = document_.left_edge[child];
      if (word.dep == Dep::acl && begin > token + 1 && document_.tokens[begin - 1].tag == Tag::COMMA) continue;
      const bool step = word.dep != Dep::conj && word.dep != Dep::pobj && !(word.dep == Dep::prep && word.lower == "of");
      queue.push_back({kNoActor, child, depth + (step ? 1 : 0), aimed || (word.dep == Dep::prep && aims(word.lower)), did || word.dep == Dep::agent});
    }
  }
  return all;
}

}  // namespace relata::statements
