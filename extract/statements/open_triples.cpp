// Open triples: the clauses of a sentence as words, in the manner of open information extraction: one n-ary triple a clause
// and subject, with prepositions at the head of their arguments.
#include <algorithm>
#include <set>
#include <tuple>

#include "extract/statements/clauses.h"
#include "extract/statements/phrases.h"
#include "extract/statements/statements.h"
#include "extract/statements/tree.h"

namespace relata {

using namespace statements;

namespace {

constexpr std::size_t kMaxTriples = 200;  // of one sentence
constexpr int kMaxContinuations = 4;      // "wants to try to begin to sell"
constexpr std::size_t kMaxObjects = 12;   // of one triple

class Opener {
 public:
  Opener(const Document& document, TokenRange sentence)
      : document_(document), clauses_(find_clauses(document, sentence)), sentence_(sentence) {}

  std::vector<Triple> open() {
    for (const Clause& clause : clauses_) {
      if (triples_.size() >= kMaxTriples) break;
      add_clause(clause);
    }
    for (TokenIndex i = sentence_.first; i < sentence_.last && triples_.size() < kMaxTriples; ++i) add_noun(i);
    std::stable_sort(triples_.begin(), triples_.end(), [](const Triple& a, const Triple& b) { return a.confidence > b.confidence; });
    return std::move(triples_);
  }

 private:
  const Token& token(TokenIndex i) const { return document_.tokens[i]; }

  const Clause* clause_at(TokenIndex predicate) const {
    const auto found =
        std::lower_bound(clauses_.begin(), clauses_.end(), predicate, [](const Clause& c, TokenIndex i) { return c.predicate < i; });
    return found != clauses_.end() && found->predicate == predicate ? &*found : nullptr;
  }

  // Auxiliaries, negation, adverbs before the verb, the verb and its particle.
  void add_verb(Words& words, const Clause& clause, bool with_mark) const {
    for (const TokenIndex child : near_children(document_, clause.predicate)) {
      const Dep dep = token(child).dep;
      const bool keep = dep == Dep::aux || dep == Dep::auxpass || dep == Dep::neg || dep == Dep::prt ||
                        (dep == Dep::advmod && child < clause.predicate && near_children(document_, child).empty() &&
                         token(child).tag != Tag::WRB && (clause.subject == kNoToken || child > clause.subject));
      if (keep && (with_mark || token(child).tag != Tag::TO)) words.push_back(child);
    }
    words.push_back(clause.predicate);
  }

  // "sought to obtain": verbs that continue in an infinitive or gerund without a subject of its own are one predicate.
  const Clause* continuation(const Clause& clause) const {
    if (clause.first(ClauseRole::object) != nullptr && !clause.passive) return nullptr;
    for (const ClauseArgument& argument : clause.arguments) {
      if (argument.role != ClauseRole::complement || argument.marker != kNoToken || token(argument.head).dep != Dep::xcomp) continue;
      const Clause* inner = clause_at(argument.head);
      if (inner != nullptr && inner->reduced) return inner;
    }
    return through_adjective(clause);
  }

  // "was able to reinforce", "is likely to rise".
  const Clause* through_adjective(const Clause& clause) const {
    const ClauseArgument* attribute = clause.first(ClauseRole::attribute);
    if (attribute == nullptr || is_noun(token(attribute->head))) return nullptr;
    const TokenIndex inner = child_with(document_, attribute->head, Dep::xcomp);
    const Clause* found = inner == kNoToken ? nullptr : clause_at(inner);
    return found != nullptr && found->reduced ? found : nullptr;
  }

  bool is_continuation(const Clause& clause) const {
    if (token(clause.predicate).dep != Dep::xcomp || !clause.reduced) return false;
    const Clause* outer = clause.governor == kNoToken ? nullptr : clause_at(clause.governor);
    return outer != nullptr && continuation(*outer) == &clause;
  }

  struct Parts {
    Words predicate;
    std::vector<Words> objects;
    bool has_core = false;  // an object, attribute or complement
  };

  void add_objects(Parts& parts, const Clause& clause, int depth) const {
    const Clause* inner = depth < kMaxContinuations ? continuation(clause) : nullptr;
    // What stands after the verb first: its first preposition may join the predicate.
    for (const bool before : {false, true})
      for (const ClauseArgument& argument : clause.arguments)
        if (before == (argument.head < clause.predicate && !argument.inherited)) add_argument(parts, clause, argument, inner);
    if (inner != nullptr) {
      add_verb(parts.predicate, *inner, true);
      add_objects(parts, *inner, depth + 1);
    }
  }

  void add_argument(Parts& parts, const Clause& clause, const ClauseArgument& argument, const Clause* inner) const {
    if (parts.objects.size() >= kMaxObjects) return;
    if (argument.head == clause.subject || (inner != nullptr && argument.head == inner->predicate)) return;
    if (argument.role == ClauseRole::subject) return;
    if (inner != nullptr && argument.role == ClauseRole::attribute && token(inner->predicate).head == argument.head) {
      for (const TokenIndex word : phrase(document_, argument.head, {.complements = true})) parts.predicate.push_back(word);
      return;
    }
    add_object(parts, clause, argument);
  }

  void add_object(Parts& parts, const Clause& clause, const ClauseArgument& argument) const {
    const Token& head = token(argument.head);
    if (argument.role == ClauseRole::adverb) {
      if (std::find(parts.predicate.begin(), parts.predicate.end(), argument.head) != parts.predicate.end()) return;
      if (head.tag == Tag::WRB || head.dep == Dep::advmod) {
        if (head.tag == Tag::WRB || argument.head < clause.predicate) return;
      }
    }
    Words words = phrase(document_, argument.head, Trim{.relatives = true});
    if (words.size() >= kMaxPhrase) parts.has_core = true;
    const bool core = argument.role != ClauseRole::oblique && argument.role != ClauseRole::adverb && argument.role != ClauseRole::agent;
    if (argument.marker != kNoToken) {
      // The first preposition after the verb belongs to the predicate: "led to", "was built by".
      if (!parts.has_core && parts.objects.empty() && argument.marker > clause.predicate && argument.role != ClauseRole::adverb)
        parts.predicate.push_back(argument.marker);
      else if (!argument.inherited)
        words.insert(std::lower_bound(words.begin(), words.end(), argument.marker), argument.marker);
    }
    parts.has_core = parts.has_core || core;
    parts.objects.push_back(std::move(words));
  }

  void add_clause(const Clause& clause) {
    if (clause.subject == kNoToken || is_continuation(clause)) return;
    Parts parts;
    add_verb(parts.predicate, clause, !clause.reduced);
    std::sort(parts.predicate.begin(), parts.predicate.end());
    add_objects(parts, clause, 0);
    std::sort(parts.predicate.begin(), parts.predicate.end());
    parts.predicate.erase(std::unique(parts.predicate.begin(), parts.predicate.end()), parts.predicate.end());
    if (parts.objects.empty()) return;
    std::vector<std::string> objects;
    for (const Words& words : parts.objects) objects.push_back(text_of(document_, words));
    const std::string predicate = text_of(document_, parts.predicate);
    for (const TokenIndex subject : conjuncts(document_, clause.subject))
      add(text_of(document_, phrase(document_, subject, {.conjuncts = true, .relatives = true, .appositions = true})), predicate, objects,
          confidence(clause));
  }

  // Shares of right words measured on sentences with known triples, by what the clause is to its sentence.
  double confidence(const Clause& clause) const {
    switch (token(clause.predicate).dep) {
      case Dep::ROOT:
      case Dep::ccomp:
        return 0.66;
      case Dep::relcl:
        return 0.62;
      case Dep::acl:
        return 0.47;
      case Dep::advcl:
        return clause.reduced ? 0.49 : 0.6;
      case Dep::conj:
        return 0.6;
      default:
        return clause.reduced ? 0.38 : 0.55;
    }
  }

  void add(std::string subject, std::string predicate, std::vector<std::string> objects, double confidence) {
    if (triples_.size() < kMaxTriples) triples_.push_back({std::move(subject), std::move(predicate), std::move(objects), confidence});
  }

  void add_noun(TokenIndex i) {
    const Token& noun = token(i);
    if (noun.dep == Dep::appos && is_noun(noun) && is_noun(token(noun.head)))
      add(text_of(document_, phrase(document_, noun.head, {.conjuncts = true, .relatives = true, .appositions = true})), "is",
          {text_of(document_, phrase(document_, i, {.conjuncts = true, .appositions = true}))}, 0.43);
    if (noun.ner == Ner::PERSON && is_noun(noun) && token(i).dep != Dep::compound) add_title(i);
    if (noun.dep == Dep::poss && noun.pos != Pos::PRON) add_possession(i);
  }

  // "Prime Minister Anna Berg": the words before the name that are not of it.
  void add_title(TokenIndex name) {
    Words title, person{name};
    for (const TokenIndex child : near_children(document_, name)) {
      if (child > name || (token(child).dep != Dep::compound && token(child).dep != Dep::amod)) continue;
      (token(child).ner == Ner::PERSON ? person : title).push_back(child);
      if (token(child).ner != Ner::PERSON && token(child).pos == Pos::ADP) return;
    }
    if (title.empty() || !is_noun(token(title.back()))) return;
    Words all;
    for (const TokenIndex word : title)
      for (const TokenIndex part : phrase(document_, word, {})) all.push_back(part);
    std::sort(all.begin(), all.end());
    std::sort(person.begin(), person.end());
    add(text_of(document_, person), "is", {text_of(document_, all)}, 0.35);
  }

  // "Norland's army": Norland has an army.
  void add_possession(TokenIndex owner) {
    Words owned = phrase(document_, token(owner).head, {.conjuncts = true, .relatives = true, .appositions = true});
    const Words own = phrase(document_, owner, {});
    Words rest;
    for (const TokenIndex word : owned)
      if (std::find(own.begin(), own.end(), word) == own.end()) rest.push_back(word);
    Words who;
    for (const TokenIndex word : own)
      if (token(word).tag != Tag::POS) who.push_back(word);
    if (!rest.empty() && !who.empty()) add(text_of(document_, who), "has", {text_of(document_, rest)}, 0.3);
  }

  const Document& document_;
  std::vector<Clause> clauses_;
  TokenRange sentence_;
  std::vector<Triple> triples_;
};

}  // namespace

std::vector<Triple> open_triples(const Document& document, std::size_t sentence) {
  return Opener(document, document.sentences[sentence]).open();
}

}  // namespace relata
