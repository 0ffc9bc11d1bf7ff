#include "extract/reference/resolver.h"

#include <algorithm>
#include <unordered_map>

#include "extract/names/spans.h"
#include "extract/reference/syntax.h"
#include "extract/reference/weights.h"

namespace relata::reference {
namespace {

constexpr std::uint32_t kWindow = 60;         // mentions looked back at
constexpr std::uint32_t kPronounSentences = 4;
constexpr std::uint32_t kNominalSentences = 12;
constexpr std::size_t kFewNouns = 8;

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_speech(const Token& token) {
  return one_of(token.lemma, {"say", "tell", "add", "note", "explain", "write", "state", "announce", "claim", "comment", "declare", "report", "warn",
                              "argue", "insist", "admit", "reply", "ask", "continue", "stress", "conclude", "remark", "recall", "tweet", "post", "joke"});
}

class Resolver {
 public:
  Resolver(const Document& document, const names::Lexicon& lexicon, std::vector<Phrase>& mentions, std::vector<Cluster>& clusters)
      : document_(document), tokens_(document.tokens), syntax_(document), lexicon_(lexicon), mentions_(mentions), clusters_(clusters), mention_at_(document.tokens.size(), kNone) {}

  void resolve() {
    for (std::uint32_t i = 0; i < mentions_.size(); ++i)
      if (!mentions_[i].coordination) mention_at_[mentions_[i].head] = i;
    for (std::uint32_t i = 0; i < mentions_.size(); ++i) describe(i);
    for (std::uint32_t i = 0; i < mentions_.size(); ++i) {
      Phrase& mention = mentions_[i];
      if (mention.name == kNone) {
        if (mention.kind == MentionKind::pronoun) pronoun(i);
        else if (mention.coordination) coordination(i);
        else nominal(i);
      }
      if (mention.cluster != kNone) note(i);
    }
  }

 private:
  // Titles and appositions: "Kremlin spokesman Dmitry Peskov", "Peskov, the spokesman": what later noun phrases may call him.
  void describe(std::uint32_t index) {
    const Phrase& mention = mentions_[index];
    if (mention.name == kNone) return;
    Cluster& cluster = clusters_[mention.cluster];
    int looked = 0;
    for (const TokenIndex child : document_.children_of(mention.head)) {
      if (++looked > 40) break;
      const Dep dep = tokens_[child].dep;
      if (mention.tokens.contains(child)) continue;
      if (dep == Dep::appos || dep == Dep::compound || dep == Dep::nmod) call(cluster, child);
    }
    const Token& head = tokens_[mention.head];
    if (head.dep == Dep::appos && !mention.tokens.contains(head.head)) call(cluster, head.head);
    if (is_subject(head.dep) && tokens_[head.head].lemma == "be") {
      looked = 0;
      for (const TokenIndex child : document_.children_of(head.head))
        if (++looked <= 40 && tokens_[child].dep == Dep::attr) call(cluster, child);
    }
  }

  void call(Cluster& cluster, TokenIndex word) const {
    const Token& token = tokens_[word];
    const names::Noun* noun = lexicon_.noun(token.lemma);
    if (noun == nullptr) noun = lexicon_.noun(token.lower);
    if (noun == nullptr || !(noun->types & cluster.types)) return;
    const std::string_view name = lexicon_.noun(token.lemma) != nullptr ? token.lemma : token.lower;
    if (cluster.nouns.size() < kFewNouns && std::find(cluster.nouns.begin(), cluster.nouns.end(), name) == cluster.nouns.end()) cluster.nouns.push_back(name);
    if (const std::uint32_t land = land_before(word); land != 0 && cluster.lands.size() < kFewNouns) cluster.lands.push_back(land);
    if ((cluster.gender == Gender::unknown) && (noun->gender == Gender::male || noun->gender == Gender::female)) cluster.gender = noun->gender;
  }

  // The place named right before a title, as a group of the lexicon: "French" of "French foreign minister"; 0 when there is none.
  std::uint32_t land_before(TokenIndex word) const {
    constexpr TokenIndex kWords = 3;
    for (TokenIndex i = word; i > 0 && word - i < kWords; --i) {
      const Token& before = tokens_[i - 1];
      if (before.pos != Pos::ADJ && before.pos != Pos::PROPN && before.pos != Pos::NOUN) return 0;
      const names::Known* known = lexicon_.known(before.text);
      if (known != nullptr && known->group != 0 && (known->type == EntityType::gpe || known->type == EntityType::norp)) return known->group;
    }
    return 0;
  }

  void note(std::uint32_t index) {
    Cluster& cluster = clusters_[mentions_[index].cluster];
    cluster.last = index;
    ++cluster.seen;
  }

  void join(std::uint32_t index, std::uint32_t id) {
    Phrase& mention = mentions_[index];
    Cluster& cluster = clusters_[id];
    mention.cluster = id;
    cluster.mentions.push_back(index);
    if (mention.gender == Gender::male || mention.gender == Gender::female) {
      if (cluster.maybe_person) become_person(cluster);
      if (cluster.gender == Gender::unknown) cluster.gender = mention.gender;
      cluster.animate = true;
    }
    if (cluster.types == 0) cluster.types = mention.types;
  }

  static void become_person(Cluster& cluster) {
    cluster.maybe_person = false;
    cluster.type = EntityType::person;
    cluster.types = names::type_bit(EntityType::person);
    cluster.gender = Gender::unknown;
    cluster.number = Number::singular;
  }

  std::uint32_t open(std::uint32_t index) {
    const Phrase& mention = mentions_[index];
    Cluster cluster;
    cluster.types = mention.types;
    cluster.gender = mention.gender;
    cluster.number = mention.number;
    cluster.animate = mention.animate;
    for (int type = 0; type < kEntityTypes; ++type)
      if (mention.types & (1u << type)) {
        cluster.type = static_cast<EntityType>(type);
        break;
      }
    clusters_.push_back(std::move(cluster));
    const auto id = static_cast<std::uint32_t>(clusters_.size() - 1);
    join(index, id);
    return id;
  }

  // ---- agreement

  static bool gender_agrees(Gender a, Gender b) {
    if (a == Gender::unknown || b == Gender::unknown) return true;
    return a == b;
  }

  bool pronoun_agrees(const Phrase& pronoun, const Phrase& candidate, const Cluster& cluster) const {
    if (pronoun.gender == Gender::male || pronoun.gender == Gender::female) {
      if (cluster.maybe_person) return true;
      if (cluster.gender == Gender::thing) return false;
      if (!gender_agrees(pronoun.gender, cluster.gender)) return false;
      if (cluster.types != 0 && !(cluster.types & names::type_bit(EntityType::person))) return false;
      if (cluster.types == 0) return false;
      return cluster.number != Number::plural && candidate.number != Number::plural;
    }
    if (pronoun.gender == Gender::thing) {
      if (cluster.gender == Gender::male || cluster.gender == Gender::female) return false;
      if (cluster.types == names::type_bit(EntityType::person)) return false;
      return cluster.number != Number::plural && candidate.number != Number::plural;
    }
    // they
    return cluster.number == Number::plural || cluster.number == Number::group || candidate.number == Number::plural;
  }

  // ---- pronouns

  void pronoun(std::uint32_t index) {
    const Phrase& pronoun = mentions_[index];
    if (pronoun.person == Person::first) return first_person(index);
    if (pronoun.person == Person::second) return second_person(index);
    std::uint32_t best = kNone;
    float best_score = pronoun.gender == Gender::thing ? kWeights.least_thing : pronoun.number == Number::plural ? kWeights.least_plural : kWeights.least_person;
    std::uint32_t looked = 0;
    for (std::uint32_t i = index; i-- > 0 && looked < kWindow;) {
      const Phrase& candidate = mentions_[i];
      if (candidate.sentence + kPronounSentences < pronoun.sentence) break;
      if (candidate.cluster == kNone) continue;
      ++looked;
      consider(index, i, best, best_score);
    }
    if (tokens_[pronoun.head].head != pronoun.head) cataphora(index, best, best_score);
    if (best == kNone) {
      if (pronoun.gender != Gender::thing) open(index);
      return;
    }
    join(index, mentions_[best].cluster);
  }

  void consider(std::uint32_t index, std::uint32_t i, std::uint32_t& best, float& best_score) const {
    const Phrase& pronoun = mentions_[index];
    const Phrase& candidate = mentions_[i];
    const Cluster& cluster = clusters_[candidate.cluster];
    if (candidate.person != Person::third && pronoun.person == Person::third && candidate.kind == MentionKind::pronoun) return;
    if (!pronoun_agrees(pronoun, candidate, cluster) || syntax_.bound_wrongly(pronoun, candidate)) return;
    if (bound_cluster(pronoun, candidate.cluster, index)) return;
    const float score = rank(pronoun, candidate, cluster);
    if (score > best_score) {
      best_score = score;
      best = i;
    }
  }

  // Another mention of the same cluster may be the pronoun's co-argument.
  bool bound_cluster(const Phrase& pronoun, std::uint32_t cluster, std::uint32_t index) const {
    if (pronoun.reflexive) return false;
    for (std::uint32_t i = index, looked = 0; i-- > 0 && looked < 12; ++looked) {
      if (mentions_[i].sentence != pronoun.sentence) break;
      if (mentions_[i].cluster == cluster && syntax_.bound_wrongly(pronoun, mentions_[i])) return true;
    }
    return false;
  }

  float rank(const Phrase& pronoun, const Phrase& candidate, const Cluster& cluster) const {
    const Dep role = tokens_[syntax_.anchor(candidate.head)].dep;
    const Dep own = tokens_[pronoun.head].dep;
    float score = 0;
    const auto distance = static_cast<float>(pronoun.sentence - candidate.sentence);
    if (distance > 0) score += kWeights.other_sentence + kWeights.each_sentence * distance;
    score += by_role(role, own);
    if (is_root_subject(candidate)) score += kWeights.root_subject;
    score += kWeights.each_mention * static_cast<float>(std::min<std::uint32_t>(cluster.seen, 6));
    if (candidate.kind == MentionKind::pronoun && candidate.gender == pronoun.gender && candidate.number == pronoun.number) score += kWeights.same_pronoun;
    if (candidate.kind == MentionKind::nominal && !candidate.coordination && !cluster.named)
      score += candidate.definite ? kWeights.nominal_definite : kWeights.nominal;
    return score + by_type(pronoun, candidate, cluster) + by_place(pronoun, candidate);
  }

  static float by_role(Dep role, Dep own) {
    float score = 0;
    if (is_subject(role)) score += kWeights.subject;
    else if (role == Dep::dobj || role == Dep::dative) score += kWeights.object;
    else if (role == Dep::poss) score += kWeights.possessor;
    else if (role == Dep::compound || role == Dep::amod || role == Dep::nmod) score += kWeights.modifier;
    else if (role == Dep::appos) score += kWeights.apposition;
    if (is_subject(role) && is_subject(own)) score += kWeights.parallel_subject;
    else if (role == own) score += kWeights.parallel_role;
    return score;
  }

  float by_place(const Phrase& pronoun, const Phrase& candidate) const {
    if (candidate.sentence != pronoun.sentence) {
      const TokenRange sentence = document_.sentences[candidate.sentence];
      return kWeights.early * (1 - static_cast<float>(candidate.head - sentence.first) / static_cast<float>(sentence.last - sentence.first));
    }
    const TokenIndex gap = pronoun.head > candidate.head ? pronoun.head - candidate.head : candidate.head - pronoun.head;
    float score = kWeights.each_token * static_cast<float>(std::min<TokenIndex>(gap, 60));
    const TokenIndex at = syntax_.anchor(candidate.head);
    if (is_subject(tokens_[at].dep) && syntax_.dominates(tokens_[at].head, pronoun.head))
      score += pronoun.possessive ? kWeights.clause_subject_possessive : kWeights.clause_subject;
    if (syntax_.relative_subject(candidate.head, pronoun.head)) score += kWeights.relative_subject;
    if (pronoun.possessive && syntax_.predicate_of(candidate.head) == syntax_.predicate_of(pronoun.head)) score += kWeights.same_clause_possessive;
    return score;
  }

  float by_type(const Phrase& pronoun, const Phrase& candidate, const Cluster& cluster) const {
    if (pronoun.gender == Gender::male || pronoun.gender == Gender::female) {
      float score = cluster.gender == pronoun.gender ? kWeights.gender_known : cluster.maybe_person ? kWeights.type_doubtful : kWeights.gender_unknown;
      if (cluster.named) score += kWeights.named;
      else if (candidate.kind == MentionKind::pronoun) score += kWeights.unnamed_pronoun;
      return score;
    }
    if (pronoun.gender == Gender::thing) {
      if (cluster.types == 0) return kWeights.thing_untyped;
      if (cluster.type == EntityType::gpe && candidate.kind == MentionKind::name) return kWeights.thing_place;
      if (cluster.type == EntityType::org || cluster.type == EntityType::gpe) return kWeights.thing_org;
      return 0;
    }
    if (candidate.number == Number::plural || cluster.number == Number::plural) {
      float score = kWeights.plural;
      if (cluster.animate || (cluster.types & names::type_bit(EntityType::person))) score += kWeights.plural_people;
      if (candidate.coordination) score += kWeights.coordination;
      return score;
    }
    return cluster.type == EntityType::org ? kWeights.plural_org : kWeights.plural_other;
  }

  bool is_root_subject(const Phrase& mention) const {
    const TokenIndex at = syntax_.anchor(mention.head);
    return is_subject(tokens_[at].dep) && tokens_[tokens_[at].head].dep == Dep::ROOT;
  }

  // "In his speech, Putin said ...": the subject of the clause that the introductory phrase hangs on.
  void cataphora(std::uint32_t index, std::uint32_t& best, float& best_score) const {
    const Phrase& pronoun = mentions_[index];
    const TokenRange sentence = document_.sentences[pronoun.sentence];
    TokenIndex at = pronoun.head;
    bool introductory = false;
    for (int step = 0; step < kClimb && tokens_[at].head != at; ++step) {
      const TokenIndex up = tokens_[at].head;
      if ((tokens_[at].dep == Dep::prep || tokens_[at].dep == Dep::advcl) && up > at && up > pronoun.head) {
        introductory = true;
        at = up;
        break;
      }
      at = up;
    }
    if (!introductory) return;
    int looked = 0;
    for (const TokenIndex child : document_.children_of(at)) {
      if (++looked > 40) break;
      if (!is_subject(tokens_[child].dep) || child < pronoun.head) continue;
      const std::uint32_t i = mention_at_[child];
      if (i == kNone || i <= index || mentions_[i].cluster == kNone || child >= sentence.last) continue;
      const Cluster& cluster = clusters_[mentions_[i].cluster];
      if (!pronoun_agrees(pronoun, mentions_[i], cluster)) continue;
      const float score = (pronoun.possessive ? kWeights.cataphora_possessive : kWeights.cataphora) + kWeights.each_mention * static_cast<float>(std::min<std::uint32_t>(cluster.seen, 4));
      if (score > best_score) {
        best_score = score;
        best = i;
      }
    }
  }

  // ---- first and second person

  // Who speaks where token i stands: the subject of a verb of speech above it, beside it, or of the sentence before.
  std::uint32_t speaker(TokenIndex i) const {
    TokenIndex at = i;
    for (int step = 0; step < kClimb && tokens_[at].head != at; ++step) {
      at = tokens_[at].head;
      if (at != i && is_speech(tokens_[at]))
        if (const std::uint32_t who = subject_of(at, i); who != kNone) return who;
    }
    const std::uint32_t sentence = document_.sentence_of[i];
    for (std::uint32_t back = 0; back <= 2 && back <= sentence; ++back)
      if (const std::uint32_t who = speaker_in(document_.sentences[sentence - back], i); who != kNone) return who;
    if (sentence + 1 < document_.sentences.size()) return speaker_in(document_.sentences[sentence + 1], i);
    return kNone;
  }

  std::uint32_t speaker_in(TokenRange sentence, TokenIndex not_this) const {
    const TokenIndex limit = std::min(sentence.last, sentence.first + 120);
    for (TokenIndex i = sentence.first; i < limit; ++i)
      if (tokens_[i].pos == Pos::VERB && is_speech(tokens_[i]))
        if (const std::uint32_t who = subject_of(i, not_this); who != kNone) return who;
    return kNone;
  }

  std::uint32_t subject_of(TokenIndex verb, TokenIndex not_this) const {
    int looked = 0;
    for (const TokenIndex child : document_.children_of(verb)) {
      if (++looked > 40) break;
      if (child == not_this || !is_subject(tokens_[child].dep)) continue;
      const std::uint32_t who = mention_at_[child];
      if (who != kNone && mentions_[who].person == Person::third && mentions_[who].number != Number::plural) return who;
    }
    return kNone;
  }

  void first_person(std::uint32_t index) {
    const std::uint32_t who = speaker(mentions_[index].head);
    const std::uint32_t speaking = who == kNone ? kNone : mentions_[who].cluster;
    if (mentions_[index].number == Number::singular) {
      if (speaking != kNone) return join(index, speaking);
      return join_or_open(index, narrator_);
    }
    join_or_open(index, plural_of_[speaking]);
  }

  void second_person(std::uint32_t index) {
    const std::uint32_t who = speaker(mentions_[index].head);
    join_or_open(index, addressed_by_[who == kNone ? kNone : mentions_[who].cluster]);
  }

  // Slots hold cluster + 1; 0: none yet.
  void join_or_open(std::uint32_t index, std::uint32_t& slot) {
    if (slot == 0) slot = open(index) + 1;
    else join(index, slot - 1);
  }

  // ---- noun phrases

  void coordination(std::uint32_t index) {
    if (near_plural_pronoun(index)) open(index);
  }

  // Only kept where a plural pronoun may take it up.
  bool near_plural_pronoun(std::uint32_t index) const {
    const std::uint32_t limit = std::min<std::uint32_t>(static_cast<std::uint32_t>(mentions_.size()), index + 14);
    for (std::uint32_t i = index + 1; i < limit; ++i) {
      if (mentions_[i].sentence > mentions_[index].sentence + 1) return false;
      if (mentions_[i].kind == MentionKind::pronoun && mentions_[i].number == Number::plural && mentions_[i].person == Person::third) return true;
    }
    return false;
  }

  std::string_view noun_of(TokenIndex head) const {
    return tokens_[head].tag == Tag::NNP || tokens_[head].tag == Tag::NNPS ? tokens_[head].lower : tokens_[head].lemma;
  }

  bool describes_name(std::uint32_t index) const {
    const Phrase& mention = mentions_[index];
    const Token& head = tokens_[mention.head];
    if (head.dep == Dep::appos || head.dep == Dep::attr || head.dep == Dep::oprd) return true;
    int looked = 0;
    for (const TokenIndex child : document_.children_of(mention.head)) {
      if (++looked > 40) break;
      if (tokens_[child].dep == Dep::appos && mention_at_[child] != kNone && mentions_[mention_at_[child]].name != kNone) return true;
    }
    return false;
  }

  void nominal(std::uint32_t index) {
    const Phrase& mention = mentions_[index];
    if (describes_name(index)) return;
    const std::string_view noun = noun_of(mention.head);
    std::uint32_t found = kNone;
    if (mention.definite) {
      found = same_head(index, noun);
      if (found == kNone && mention.number != Number::plural && !restricted(mention)) found = called(index, noun);
      if (found == kNone && mention.number != Number::plural && mention.types != 0 && !restricted(mention)) found = kind_of(index, noun);
      if (found == kNone && mention.number != Number::plural && !restricted(mention))
        found = latest(index, 2 * kNominalSentences, [&](const Cluster& cluster) { return cluster.named && ends_with_noun(cluster, noun); });
      if (found == kNone && mention.number != Number::plural && mention.types != 0 && plain(mention)) found = of_type(index);
    } else {
      found = bare_repeat(index, noun);
    }
    const std::uint32_t cluster = found == kNone ? open(index) : (join(index, found), found);
    Heads& heads = heads_[noun];
    if (heads.clusters.size() >= 24) heads.clusters.erase(heads.clusters.begin());
    heads.clusters.push_back({cluster, index});
  }

  // "the man who ..." and "the president of France" say themselves who is meant.
  bool restricted(const Phrase& mention) const {
    int looked = 0;
    for (const TokenIndex child : document_.children_of(mention.head)) {
      if (++looked > 40) return true;
      const Dep dep = tokens_[child].dep;
      if (child > mention.head && (dep == Dep::relcl || dep == Dep::acl || (dep == Dep::prep && tokens_[child].lower == "of"))) return true;
      if (child < mention.head && dep == Dep::poss) return true;
      if (child < mention.head && (dep == Dep::nummod || one_of(tokens_[child].lower, {"other", "another", "first", "second", "next", "new", "own", "same"}))) return true;
    }
    return false;
  }

  // An earlier phrase with the same head whose modifiers do not contradict this one's.
  std::uint32_t same_head(std::uint32_t index, std::string_view noun) const {
    const auto it = heads_.find(noun);
    if (it == heads_.end()) return kNone;
    const Phrase& mention = mentions_[index];
    for (auto entry = it->second.clusters.rbegin(); entry != it->second.clusters.rend(); ++entry) {
      const Phrase& before = mentions_[entry->mention];
      const bool plural = mention.number == Number::plural, was_plural = before.number == Number::plural;
      if (plural != was_plural) continue;
      if (mention.sentence > before.sentence + 3 * kNominalSentences) break;
      if (before.phrase.contains(mention.head) || mention.phrase.contains(before.head)) continue;
      if (modifiers_fit(mention, before)) return entry->cluster;
    }
    return kNone;
  }

  bool modifiers_fit(const Phrase& mention, const Phrase& before) const {
    int looked = 0;
    for (const TokenIndex child : document_.children_of(mention.head)) {
      if (++looked > 20) return false;
      const Dep dep = tokens_[child].dep;
      if (dep == Dep::det || dep == Dep::punct || dep == Dep::case_ || dep == Dep::predet) continue;
      if (dep == Dep::amod || dep == Dep::compound || dep == Dep::nummod || dep == Dep::poss || dep == Dep::nmod) {
        if (!has_modifier(before, child)) return false;
      } else if (dep == Dep::prep || dep == Dep::relcl || dep == Dep::acl) {
        if (!has_modifier_lemma(before, child)) return false;
      }
    }
    return true;
  }

  bool has_modifier(const Phrase& mention, TokenIndex word) const {
    int looked = 0;
    const std::uint32_t mine = mention_at_[word];
    for (const TokenIndex child : document_.children_of(mention.head)) {
      if (++looked > 20) return false;
      if (tokens_[child].lower == tokens_[word].lower && tokens_[child].dep != Dep::det) return true;
      const std::uint32_t theirs = mention_at_[child];
      if (mine != kNone && theirs != kNone && mentions_[mine].cluster != kNone && mentions_[mine].cluster == mentions_[theirs].cluster) return true;
    }
    return false;
  }

  bool has_modifier_lemma(const Phrase& mention, TokenIndex word) const {
    int looked = 0;
    for (const TokenIndex child : document_.children_of(mention.head)) {
      if (++looked > 20) return false;
      if (tokens_[child].dep == tokens_[word].dep && tokens_[child].lemma == tokens_[word].lemma) {
        const auto mine = document_.children_of(word), theirs = document_.children_of(child);
        if (!mine.empty() && !theirs.empty() && tokens_[mine.front()].lemma == tokens_[theirs.front()].lemma) return true;
      }
    }
    return false;
  }

  // A named actor that a title or apposition called so: "the spokesman".
  std::uint32_t called(std::uint32_t index, std::string_view noun) const {
    const std::uint32_t land = land_before(mentions_[index].head);
    return latest(index, kNominalSentences, [&](const Cluster& cluster) {
      // "The Ukrainian president" is not somebody whom a title called president of another country.
      if (land != 0 && !cluster.lands.empty() && std::find(cluster.lands.begin(), cluster.lands.end(), land) == cluster.lands.end()) return false;
      return std::find(cluster.nouns.begin(), cluster.nouns.end(), noun) != cluster.nouns.end() && gender_agrees(cluster.gender, mentions_[index].gender);
    });
  }

  // A named actor of that kind: "the bloc", "the newspaper", "the country".
  std::uint32_t kind_of(std::uint32_t index, std::string_view noun) const {
    const Phrase& mention = mentions_[index];
    if (mention.types == names::type_bit(EntityType::person)) return kNone;
    return latest(index, kNominalSentences, [&](const Cluster& cluster) {
      if (!cluster.named || cluster.kinds == 0) return false;
      const auto& kinds = lexicon_.kinds(cluster.kinds);
      return std::find(kinds.begin(), kinds.end(), noun) != kinds.end();
    });
  }

  // A named actor of the noun's type nearby: "the company", "the boy".
  std::uint32_t of_type(std::uint32_t index) const {
    const Phrase& mention = mentions_[index];
    return latest(index, 1, [&](const Cluster& cluster) {
      return cluster.named && cluster.kinds == 0 && (cluster.types & mention.types) && cluster.seen >= 2 && gender_agrees(cluster.gender, mention.gender);
    });
  }

  // No modifier at all: "the company", not "the largest company of its kind".
  bool plain(const Phrase& mention) const {
    for (TokenIndex i = mention.phrase.first; i < mention.head; ++i)
      if (tokens_[i].dep != Dep::det) return false;
    return mention.phrase.last <= mention.head + 2;
  }

  // "the commission" for "the European Commission".
  bool ends_with_noun(const Cluster& cluster, std::string_view noun) const {
    const Phrase& first = mentions_[cluster.mentions.front()];
    return first.name != kNone && !(cluster.types & names::type_bit(EntityType::person)) && first.tokens.last - first.tokens.first > 1 &&
           (tokens_[first.tokens.last - 1].lower == noun || tokens_[first.tokens.first].lower == noun);
  }

  template <typename Fits>
  std::uint32_t latest(std::uint32_t index, std::uint32_t sentences, Fits fits) const {
    std::uint32_t looked = 0;
    for (std::uint32_t i = index; i-- > 0 && looked < 2 * kWindow; ++looked) {
      const Phrase& before = mentions_[i];
      if (before.sentence + sentences < mentions_[index].sentence) break;
      if (before.cluster == kNone || before.phrase.contains(mentions_[index].head) || mentions_[index].phrase.contains(before.head)) continue;
      if (fits(clusters_[before.cluster])) return before.cluster;
    }
    return kNone;
  }

  // A noun without a determiner that repeats one ("asylum seekers ... asylum seekers"): only plurals with the same modifiers.
  std::uint32_t bare_repeat(std::uint32_t index, std::string_view noun) const {
    const Phrase& mention = mentions_[index];
    if (mention.number != Number::plural) return kNone;
    for (const TokenIndex child : document_.children_of(mention.head))
      if (tokens_[child].dep == Dep::det || tokens_[child].dep == Dep::nummod || child > mention.head) return kNone;
    return mention.phrase.last - mention.phrase.first < 2 ? kNone : same_head(index, noun);
  }

  struct Heads {
    struct Entry {
      std::uint32_t cluster, mention;
    };
    std::vector<Entry> clusters;
  };

  const Document& document_;
  const std::vector<Token>& tokens_;
  Syntax syntax_;
  const names::Lexicon& lexicon_;
  std::vector<Phrase>& mentions_;
  std::vector<Cluster>& clusters_;
  std::vector<std::uint32_t> mention_at_;  // token -> the mention it heads
  std::unordered_map<std::string_view, Heads> heads_;
  std::unordered_map<std::uint32_t, std::uint32_t> plural_of_, addressed_by_;
  std::uint32_t narrator_ = 0;
};

}  // namespace

void resolve_mentions(const Document& document, const names::Lexicon& lexicon, std::vector<Phrase>& mentions, std::vector<Cluster>& clusters) {
  Resolver(document, lexicon, mentions, clusters).resolve();
}

}  // namespace relata::reference
