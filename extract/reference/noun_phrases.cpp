#include "extract/reference/noun_phrases.h"

#include <algorithm>

#include "extract/reference/descriptions.h"
#include "extract/reference/modifiers.h"

namespace relata::reference {
namespace {

constexpr std::uint32_t kWindow = 120;   // mentions looked back at
constexpr std::uint32_t kSentences = 12;
constexpr std::size_t kEntries = 24;     // phrases of one noun remembered

}  // namespace

// Only kept where a plural pronoun may take it up.
bool NounPhraseResolver::near_plural_pronoun(std::uint32_t index) const {
  const std::uint32_t limit = std::min<std::uint32_t>(static_cast<std::uint32_t>(all_.mentions.size()), index + 14);
  for (std::uint32_t i = index + 1; i < limit; ++i) {
    if (all_.mentions[i].sentence > all_.mentions[index].sentence + 1) return false;
    if (all_.mentions[i].kind == MentionKind::pronoun && all_.mentions[i].number == Number::plural && all_.mentions[i].person == Person::third) return true;
  }
  return false;
}

void NounPhraseResolver::coordination(std::uint32_t index) {
  if (near_plural_pronoun(index)) all_.open(index);
}

std::string_view NounPhraseResolver::noun_of(TokenIndex head) const {
  return all_.tokens[head].tag == Tag::NNP || all_.tokens[head].tag == Tag::NNPS ? all_.tokens[head].lower : all_.tokens[head].lemma;
}

bool NounPhraseResolver::describes_name(std::uint32_t index) const {
  const Phrase& mention = all_.mentions[index];
  const Token& head = all_.tokens[mention.head];
  if (head.dep == Dep::appos || head.dep == Dep::attr || head.dep == Dep::oprd || is_title_of_next(mention)) return true;
  int looked = 0;
  for (const TokenIndex child : all_.document.children_of(mention.head)) {
    if (++looked > 40) break;
    if (all_.tokens[child].dep == Dep::appos && all_.mention_at[child] != kNone && all_.mentions[all_.mention_at[child]].name != kNone) return true;
  }
  return false;
}

// "the Prime Minister of Norland, Mr. Ola Berg,": the parser may hang the name on something else.
bool NounPhraseResolver::is_title_of_next(const Phrase& mention) const {
  constexpr TokenIndex kWords = 5;
  const names::Title* office = all_.lexicon.title(all_.tokens[mention.head].text);
  TokenIndex i = mention.phrase.last;
  if (office == nullptr || office->kind != names::TitleKind::office || i + 1 >= all_.tokens.size() || all_.tokens[i].tag != Tag::COMMA) return false;
  const names::Title* honorific = all_.lexicon.title(all_.tokens[++i].text);
  if (honorific != nullptr && honorific->kind == names::TitleKind::honorific) ++i;
  for (TokenIndex head = i; head < all_.tokens.size() && head < i + kWords; ++head) {
    const std::uint32_t next = all_.mention_at[head];
    if (next == kNone || all_.mentions[next].name == kNone) continue;
    return all_.mentions[next].tokens.first == i && (all_.mentions[next].types & names::type_bit(EntityType::person)) != 0;
  }
  return false;
}

void NounPhraseResolver::nominal(std::uint32_t index) {
  const Phrase& mention = all_.mentions[index];
  if (describes_name(index)) return;
  const std::string_view noun = noun_of(mention.head);
  std::uint32_t found = named_kind(index);
  if (found == kNone && mention.definite) {
    found = same_head(index, noun);
    // "its parent company ... Airbus ... the company": a phrase with a modifier of its own is not taken up over a name of that kind since.
    if (found != kNone && !all_.clusters[found].named && mention.number != Number::plural && mention.types != 0 && is_plain(all_, mention)) {
      const std::uint32_t named = kind_of(index, noun);
      if (named != kNone && all_.clusters[named].mentions.back() > all_.clusters[found].mentions.back()) found = named;
    }
    if (found == kNone && mention.number != Number::plural && mention.types != 0 && is_plain(all_, mention)) found = who_tells(index, noun);
    if (found == kNone && mention.number != Number::plural && !is_restricted(all_, mention)) found = called(index, noun);
    if (found == kNone && mention.number != Number::plural && mention.types != 0 && !is_restricted(all_, mention)) found = kind_of(index, noun);
    if (found == kNone && mention.number != Number::plural && !is_restricted(all_, mention)) found = firm_of_land(index, noun);
    if (found == kNone && mention.number != Number::plural && !is_restricted(all_, mention))
      found = latest(index, 2 * kSentences, [&](const Cluster& cluster) { return cluster.named && ends_with_noun(cluster, noun) && shortens(index, cluster); });
    if (found == kNone && mention.number != Number::plural && mention.types != 0 && is_plain(all_, mention)) found = of_type(index, noun);
  } else if (found == kNone) {
    found = bare_repeat(index, noun);
  }
  if (found == kNone && mention.number == Number::singular) found = office_holder(index, noun);
  if (found == kNone && mention.number == Number::singular) found = compatriot(index);
  const std::uint32_t cluster = found == kNone ? all_.open(index) : (all_.join(index, found), found);
  std::vector<Entry>& heads = heads_[noun];
  if (heads.size() >= kEntries) heads.erase(heads.begin());
  heads.push_back({cluster, index});
}

// "twelve new Airbus A350 jets": of the thing whose name stands before its kind.
std::uint32_t NounPhraseResolver::named_kind(std::uint32_t index) const {
  constexpr std::uint16_t kThings =
      static_cast<std::uint16_t>(names::type_bit(EntityType::vehicle) | names::type_bit(EntityType::weapon) | names::type_bit(EntityType::product));
  const Phrase& mention = all_.mentions[index];
  if (mention.head == 0 || (mention.types & kThings) == 0) return kNone;
  for (TokenIndex i = mention.phrase.first; i < mention.head; ++i)
    if (all_.tokens[i].dep == Dep::cc) return kNone;  // "Taurus and Vulcan missiles"
  const std::uint32_t before = all_.mention_at[mention.head - 1];
  if (before == kNone || all_.mentions[before].name == kNone || all_.tokens[mention.head - 1].head != mention.head) return kNone;
  const std::uint32_t cluster = all_.mentions[before].cluster;
  return cluster != kNone && (all_.clusters[cluster].types & kThings) != 0 ? cluster : kNone;
}

// Whom the subject of the phrase's own clause names: "Fiat took control of the company" speaks of two.
std::uint32_t NounPhraseResolver::own_subject(std::uint32_t index) const {
  const TokenIndex head = all_.mentions[index].head;
  const Dep dep = all_.tokens[all_.syntax.anchor(head)].dep;
  if (dep != Dep::dobj && dep != Dep::pobj && dep != Dep::dative) return kNone;
  const TokenIndex predicate = all_.syntax.predicate_of(head);
  int looked = 0;
  for (const TokenIndex child : all_.document.children_of(predicate)) {
    if (++looked > 40 || child >= head) return kNone;
    if (!is_subject(all_.tokens[child].dep)) continue;
    const std::uint32_t subject = all_.mention_at[child];
    return subject == kNone ? kNone : all_.mentions[subject].cluster;
  }
  return kNone;
}

template <typename Fits>
std::uint32_t NounPhraseResolver::latest(std::uint32_t index, std::uint32_t sentences, Fits fits) const {
  const std::uint32_t barred = own_subject(index);
  std::uint32_t looked = 0;
  for (std::uint32_t i = index; i-- > 0 && looked < kWindow; ++looked) {
    const Phrase& before = all_.mentions[i];
    if (before.sentence + sentences < all_.mentions[index].sentence) break;
    if (before.cluster == kNone || before.cluster == barred || before.phrase.contains(all_.mentions[index].head) || all_.mentions[index].phrase.contains(before.head)) continue;
    if (fits(all_.clusters[before.cluster])) return before.cluster;
  }
  return kNone;
}

// An earlier phrase with the same head whose modifiers do not contradict this one's.
std::uint32_t NounPhraseResolver::same_head(std::uint32_t index, std::string_view noun) const {
  const auto it = heads_.find(noun);
  if (it == heads_.end()) return kNone;
  const Phrase& mention = all_.mentions[index];
  for (auto entry = it->second.rbegin(); entry != it->second.rend(); ++entry) {
    const Phrase& before = all_.mentions[entry->mention];
    const bool plural = mention.number == Number::plural, was_plural = before.number == Number::plural;
    if (plural != was_plural) continue;
    if (mention.sentence > before.sentence + 3 * kSentences) break;
    if (before.phrase.contains(mention.head) || mention.phrase.contains(before.head)) continue;
    if (modifiers_fit(all_, mention, before)) return entry->cluster;
  }
  return kNone;
}

// A noun without a determiner that repeats one ("asylum seekers ... asylum seekers"): only plurals with the same modifiers.
std::uint32_t NounPhraseResolver::bare_repeat(std::uint32_t index, std::string_view noun) const {
  const Phrase& mention = all_.mentions[index];
  if (mention.number != Number::plural) return kNone;
  for (const TokenIndex child : all_.document.children_of(mention.head))
    if (all_.tokens[child].dep == Dep::det || all_.tokens[child].dep == Dep::nummod || child > mention.head) return kNone;
  return mention.phrase.last - mention.phrase.first < 2 ? kNone : same_head(index, noun);
}

// By that noun, or by an office whose holder it stands for when the land before it is the office's.
bool NounPhraseResolver::is_called(const Cluster& cluster, std::string_view noun, std::uint32_t land) const {
  const auto has = [](const auto& all, const auto& one) { return std::find(all.begin(), all.end(), one) != all.end(); };
  if (has(cluster.nouns, noun)) return true;
  const std::vector<std::string>* offices = land == 0 || !has(cluster.lands, land) ? nullptr : all_.lexicon.also_called(noun);
  return offices != nullptr && std::any_of(offices->begin(), offices->end(), [&](const std::string& office) { return has(cluster.nouns, std::string_view(office)); });
}

// A named actor that a title or apposition called so: "the spokesman".
std::uint32_t NounPhraseResolver::called(std::uint32_t index, std::string_view noun) const {
  const std::uint32_t land = land_before(all_, all_.mentions[index].head);
  return latest(index, kSentences, [&](const Cluster& cluster) {
    // "The Ukrainian president" is not somebody whom a title called president of another country.
    if (land != 0 && !cluster.lands.empty() && std::find(cluster.lands.begin(), cluster.lands.end(), land) == cluster.lands.end()) return false;
    return is_called(cluster, noun, land) && gender_agrees(cluster.gender, all_.mentions[index].gender);
  });
}

// A named actor of that kind: "the bloc", "the newspaper", "the country".
std::uint32_t NounPhraseResolver::kind_of(std::uint32_t index, std::string_view noun) const {
  const Phrase& mention = all_.mentions[index];
  if (mention.types == names::type_bit(EntityType::person)) return kNone;
  return latest(index, kSentences, [&](const Cluster& cluster) {
    if (!cluster.named || cluster.kinds == 0) return false;
    const auto& kinds = all_.lexicon.kinds(cluster.kinds);
    return std::find(kinds.begin(), kinds.end(), noun) != kinds.end() && !names_another(all_, mention, static_cast<std::uint32_t>(&cluster - all_.clusters.data()));
  });
}

// "The Norwegian shipbuilder": a named organization of that kind that the article calls Norwegian, else the only one near that may be.
std::uint32_t NounPhraseResolver::firm_of_land(std::uint32_t index, std::string_view noun) const {
  const Phrase& mention = all_.mentions[index];
  const std::uint32_t land = land_before(all_, mention.head);
  if (land == 0 || (mention.types & names::type_bit(EntityType::org)) == 0) return kNone;
  const auto is_kind = [&](const Cluster& cluster) {
    if (!cluster.named || cluster.kinds == 0 || cluster.type != EntityType::org) return false;
    const auto& kinds = all_.lexicon.kinds(cluster.kinds);
    return std::find(kinds.begin(), kinds.end(), noun) != kinds.end();
  };
  const auto is_of = [&](const Cluster& cluster) { return std::find(cluster.lands.begin(), cluster.lands.end(), land) != cluster.lands.end(); };
  const std::uint32_t known = latest(index, kSentences, [&](const Cluster& cluster) { return is_kind(cluster) && is_of(cluster); });
  if (known != kNone) return known;
  const auto may_be = [&](const Cluster& cluster) { return is_kind(cluster) && cluster.lands.empty(); };
  const std::uint32_t only = latest(index, kSentences, may_be);
  const bool another = only != kNone && latest(index, kSentences, [&](const Cluster& cluster) { return may_be(cluster) && &cluster != &all_.clusters[only]; }) != kNone;
  return another ? kNone : only;
}

// A named actor of the noun's type nearby: "the company", "the boy". Who is called something else does not hold an office: "the
// chancellor" is not the press secretary.
std::uint32_t NounPhraseResolver::of_type(std::uint32_t index, std::string_view noun) const {
  const Phrase& mention = all_.mentions[index];
  const names::Title* title = all_.lexicon.title(noun);
  const bool office = title != nullptr && title->kind == names::TitleKind::office;
  return latest(index, 1, [&](const Cluster& cluster) {
    return cluster.named && cluster.kinds == 0 && (cluster.types & mention.types) && cluster.seen >= 2 && gender_agrees(cluster.gender, mention.gender) &&
           !(office && !cluster.nouns.empty());
  });
}

// "The Norwegian president", wherever the article tells her name: the only one it calls president of Norway.
std::uint32_t NounPhraseResolver::office_holder(std::uint32_t index, std::string_view noun) const {
  const Phrase& mention = all_.mentions[index];
  const std::uint32_t land = land_before(all_, mention.head);
  // Nothing else may be said of the office: "former", "foreign", "a".
  const TokenIndex first = mention.phrase.first + (all_.tokens[mention.phrase.first].lower == "the");
  if (land == 0 || first + 1 != mention.head || mention.phrase.last != mention.head + 1) return kNone;
  const auto limit = static_cast<std::uint32_t>(std::min<std::size_t>(all_.clusters.size(), kWindow));
  std::uint32_t found = kNone;
  for (std::uint32_t id = 0; id < limit; ++id) {
    const Cluster& cluster = all_.clusters[id];
    const bool holds = cluster.named && is_called(cluster, noun, land) && std::find(cluster.lands.begin(), cluster.lands.end(), land) != cluster.lands.end();
    if (!holds || !gender_agrees(cluster.gender, mention.gender)) continue;
    if (found != kNone) return kNone;
    found = id;
  }
  return found;
}

// "Norland Rail said that a train of the company had derailed": the subject of the clause that holds the phrase's own as its content.
std::uint32_t NounPhraseResolver::who_tells(std::uint32_t index, std::string_view noun) const {
  constexpr int kClauses = 4;
  const Phrase& mention = all_.mentions[index];
  if (mention.types == names::type_bit(EntityType::person)) return kNone;
  TokenIndex verb = all_.syntax.predicate_of(mention.head);
  for (int step = 0; step < kClauses && all_.tokens[verb].head != verb; ++step) {
    const bool content = all_.tokens[verb].dep == Dep::ccomp;
    verb = all_.syntax.predicate_of(verb);
    if (!content) continue;
    int looked = 0;
    for (const TokenIndex child : all_.document.children_of(verb)) {
      if (++looked > 24 || child >= mention.head) break;
      const std::uint32_t subject = is_subject(all_.tokens[child].dep) ? all_.mention_at[child] : kNone;
      if (subject == kNone || all_.mentions[subject].cluster == kNone) continue;
      const Cluster& cluster = all_.clusters[all_.mentions[subject].cluster];
      const auto& kinds = all_.lexicon.kinds(cluster.kinds);
      const bool is_kind = cluster.kinds == 0 || std::find(kinds.begin(), kinds.end(), noun) != kinds.end();
      if (cluster.named && (cluster.types & mention.types) != 0 && is_kind) return all_.mentions[subject].cluster;
    }
  }
  return kNone;
}

// "The Spaniard": somebody named just before, unless he is known to be of another land; first whoever is known to be of that one.
std::uint32_t NounPhraseResolver::compatriot(std::uint32_t index) const {
  const Phrase& mention = all_.mentions[index];
  const names::Known* people = all_.lexicon.known(all_.tokens[mention.head].text);
  if (people == nullptr || !people->adjective || mention.types != names::type_bit(EntityType::person)) return kNone;
  const auto is_of = [&](const Cluster& cluster) { return std::find(cluster.lands.begin(), cluster.lands.end(), people->group) != cluster.lands.end(); };
  const auto is_person = [](const Cluster& cluster) { return cluster.named && (cluster.types & names::type_bit(EntityType::person)) != 0; };
  const std::uint32_t known = latest(index, kSentences, [&](const Cluster& cluster) { return is_person(cluster) && is_of(cluster); });
  if (known != kNone) return known;
  const auto may_be = [&](const Cluster& cluster) { return is_person(cluster) && cluster.lands.empty(); };
  const auto is_topic = [&](const Cluster& cluster) { return is_subject(all_.tokens[all_.mentions[cluster.mentions.back()].head].dep); };
  const std::uint32_t topic = latest(index, 2, [&](const Cluster& cluster) { return may_be(cluster) && is_topic(cluster); });
  return topic != kNone ? topic : latest(index, 2, may_be);
}

// "the commission" for "the European Commission".
bool NounPhraseResolver::ends_with_noun(const Cluster& cluster, std::string_view noun) const {
  const Phrase& first = all_.mentions[cluster.mentions.front()];
  return first.name != kNone && !(cluster.types & names::type_bit(EntityType::person)) && first.tokens.last - first.tokens.first > 1 &&
         (all_.tokens[first.tokens.last - 1].lower == noun || all_.tokens[first.tokens.first].lower == noun);
}

// "the upper house" is no short form of "White House": what stands before the noun must be of the name.
bool NounPhraseResolver::shortens(std::uint32_t index, const Cluster& cluster) const {
  const Phrase& mention = all_.mentions[index];
  const TokenRange name = all_.mentions[cluster.mentions.front()].tokens;
  for (TokenIndex i = mention.phrase.first; i < mention.head; ++i) {
    const Token& word = all_.tokens[i];
    if (word.dep != Dep::amod && word.dep != Dep::compound && word.dep != Dep::nmod) continue;
    const auto begin = all_.tokens.begin() + name.first, end = all_.tokens.begin() + name.last;
    if (std::none_of(begin, end, [&](const Token& of_name) { return of_name.lower == word.lower; })) return false;
  }
  return true;
}

}  // namespace relata::reference
