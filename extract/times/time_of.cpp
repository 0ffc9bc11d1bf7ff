// Which date belongs to which predicate: the date that modifies it, or the clause it shares its time with.
#include <algorithm>
#include <utility>
#include <array>

#include "extract/times/lexicon.h"
#include "extract/times/times.h"

namespace relata {
namespace {

constexpr std::size_t kChildren = 200;  // of one token are looked at,
constexpr std::size_t kLooks = 4000;    // and of all tokens together: bounds the work on hostile trees
constexpr int kSteps = 6;               // up the tree

using Found = std::optional<std::size_t>;

enum class Share { all, coordinated };

bool any_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class Attachment {
 public:
  Attachment(const Document& document, const std::vector<TimeExpression>& times, const times::Lexicon& lexicon)
      : document_(document), times_(times), lexicon_(lexicon) {}

  Found of(TokenIndex predicate) const {
    TokenIndex at = predicate;
    Share share = Share::all;
    for (int step = 0; step < kSteps; ++step) {
      const Found own = modifier(at, share, predicate);
      if (own) return same_paragraph(predicate, times_[*own].tokens.first) ? own : std::nullopt;
      const Token& token = document_.tokens[at];
      if (token.head == at || !inherits(at, share)) return std::nullopt;
      at = token.head;
    }
    return std::nullopt;
  }

 private:
  const Token& token(TokenIndex i) const { return document_.tokens[i]; }

  // A date line above or below a headline may hang on it in the tree; it tells when the text was written.
  bool same_paragraph(TokenIndex a, TokenIndex b) const {
    constexpr TokenIndex kFar = 200;
    if (a > b) std::swap(a, b);
    if (b - a > kFar) return true;
    for (TokenIndex i = a; i < b; ++i) {
      if (!token(i).is_space) continue;
      const std::string_view text = token(i).text;
      if (std::count(text.begin(), text.end(), '\n') > 1) return false;
    }
    return true;
  }

  bool is_verb(TokenIndex i) const { return token(i).pos == Pos::VERB || token(i).pos == Pos::AUX; }
  bool is_noun(TokenIndex i) const { return token(i).pos == Pos::NOUN || token(i).pos == Pos::PROPN; }
  bool has_kind(TokenIndex i, times::VerbKind kind) const {
    const auto it = lexicon_.verbs.find(token(i).lemma);
    return it != lexicon_.verbs.end() && it->second == kind;
  }

  // The dated expression that holds the token.
  Found time_at(TokenIndex i) const {
    const auto after = std::upper_bound(times_.begin(), times_.end(), i, [](TokenIndex t, const TimeExpression& time) { return t < time.tokens.first; });
    if (after == times_.begin()) return std::nullopt;
    const auto found = std::prev(after);
    return found->tokens.contains(i) && found->when ? Found(static_cast<std::size_t>(found - times_.begin())) : std::nullopt;
  }

  bool one_day(std::size_t i) const { return times_[i].when->begin == times_[i].when->end; }

  // The more precise of two dates; the first where they are alike.
  Found better(Found a, Found b) const {
    if (!a || !b) return a ? a : b;
    const auto days = [&](std::size_t i) { return times_[i].when->end.number - times_[i].when->begin.number; };
    return days(*b) < days(*a) ? b : a;
  }

  std::span<const TokenIndex> children(TokenIndex i) const {
    const auto all = document_.children_of(i);
    const auto some = all.first(std::min(all.size(), std::min(kChildren, left_)));
    left_ -= some.size();
    return some;
  }

  // `share`: which of the dates a verb coordinated with it may take too.
  Found modifier(TokenIndex i, Share share, TokenIndex other = kNoToken) const {
    Found best;
    for (const TokenIndex child : children(i)) {
      if (share == Share::coordinated && child > other) break;
      const Found found = of_child(i, child);
      // Of two verbs joined, the second shares a date that opens the clause, and a day told after the first.
      if (share == Share::coordinated && found && child > i && !one_day(*found)) continue;
      best = better(best, found);
    }
    return best;
  }

  Found of_child(TokenIndex parent, TokenIndex child) const {
    const Token& word = token(child);
    switch (word.dep) {
      case Dep::npadvmod:
      case Dep::advmod: {
        const Found here = time_at(child);
        if (here) return here;
        // "later, on Friday": an adverb that carries the preposition.
        return word.dep == Dep::advmod ? prepositions(child) : std::nullopt;
      }
      case Dep::nmod:
      case Dep::amod:
      case Dep::compound:
      case Dep::nummod:
      case Dep::poss:
      case Dep::appos: return is_noun(parent) && !is_verb(parent) ? time_at(child) : std::nullopt;
      case Dep::prep: return of_preposition(parent, child);
      case Dep::dobj:
      case Dep::dative:
      case Dep::attr: return of_object(parent, child);
      case Dep::pobj:
      case Dep::dep:
      case Dep::intj: return is_verb(parent) ? time_at(child) : std::nullopt;
      case Dep::agent: return of_agent(child);
      // "began to withdraw in June"
      case Dep::xcomp: return is_verb(parent) && has_kind(parent, times::VerbKind::light) ? modifier(child, Share::all) : std::nullopt;
      default: return std::nullopt;
    }
  }

  // Prepositions whose object is when the thing happened or held. "before", "after" and "until" only bound it.
  bool places_in_time(TokenIndex preposition) const {
    return any_of(token(preposition).lower, {"in", "on", "at", "during", "since", "from", "between", "over", "through", "throughout", "around", "about", "by", "of",
                                             "within", "as", "for", "towards", "toward", "circa", "into", "under"});
  }

  Found prepositions(TokenIndex parent) const {
    for (const TokenIndex child : children(parent)) {
      if (token(child).dep != Dep::prep || !places_in_time(child)) continue;
      for (const TokenIndex object : children(child)) {
        if (const Found here = token(object).dep == Dep::pobj ? time_at(object) : std::nullopt) return here;
      }
    }
    return std::nullopt;
  }

  Found of_preposition(TokenIndex parent, TokenIndex preposition) const {
    Found best = places_in_time(preposition) ? time_at(preposition) : std::nullopt;  // "as of Friday"
    for (const TokenIndex object : children(preposition)) {
      const Token& word = token(object);
      if (word.dep == Dep::prep && places_in_time(object)) {
        for (const TokenIndex inner : children(object)) {
          if (token(inner).dep == Dep::pobj) best = better(best, time_at(inner));
        }
      }
      if (word.dep != Dep::pobj) continue;
      if (const Found here = time_at(object)) {
        if (places_in_time(preposition)) best = better(best, here);
        continue;
      }
      // "in Geneva on Friday", "with Lavrov in May": a date that the parse hangs on a name is the clause's. "at a meeting on
      // Friday" happened when the meeting did.
      if (is_verb(parent) && (is_name(object) || any_of(token(preposition).lower, {"in", "at", "during", "on"}))) best = better(best, trailing(object));
    }
    return best;
  }

  bool is_name(TokenIndex i) const { return token(i).pos == Pos::PROPN && token(i).dep != Dep::compound; }

  // A date after a noun: "talks on Friday", "Kyiv last week".
  Found trailing(TokenIndex noun) const {
    Found best;
    for (const TokenIndex child : children(noun)) {
      if (child < noun) continue;
      const Dep dep = token(child).dep;
      if (dep == Dep::npadvmod || (dep == Dep::advmod)) best = better(best, time_at(child));
      if (dep == Dep::prep && any_of(token(child).lower, {"on", "in", "at", "during", "since"})) {
        for (const TokenIndex object : children(child)) {
          if (token(object).dep != Dep::pobj) continue;
          if (const Found here = time_at(object)) {
            best = better(best, here);
          } else if (is_name(object)) {
            for (const TokenIndex deeper : children(object)) {
              if (token(deeper).dep == Dep::npadvmod) best = better(best, time_at(deeper));
              if (token(deeper).dep == Dep::prep && any_of(token(deeper).lower, {"on", "in"})) {
                for (const TokenIndex last : children(deeper)) {
                  if (token(last).dep == Dep::pobj) best = better(best, time_at(last));
                }
              }
            }
          }
        }
      }
    }
    return best;
  }

  Found of_object(TokenIndex verb, TokenIndex object) const {
    // "spent 2014 in Kyiv": the object is the time.
    if (const Found here = time_at(object)) return token(object).dep == Dep::dobj || token(verb).lemma == "be" ? here : std::nullopt;
    if (is_name(object) || has_kind(verb, times::VerbKind::light)) return trailing(object);
    return std::nullopt;
  }

  Found of_agent(TokenIndex agent) const {
    for (const TokenIndex object : children(agent)) {
      if (token(object).dep != Dep::pobj) continue;
      if (const Found here = time_at(object)) return here;
      if (is_name(object)) return trailing(object);
    }
    return std::nullopt;
  }

  // "The strike began on Monday", "the vote took place in May": the subject is what happened.
  bool comes_about(TokenIndex verb) const {
    if (!has_kind(verb, times::VerbKind::light)) return false;
    if (any_of(token(verb).lemma, {"occur", "happen", "erupt"})) return true;
    for (const TokenIndex child : children(verb)) {
      const Dep dep = token(child).dep;
      if (dep == Dep::dobj && token(child).lower == "place") return true;
      if (dep == Dep::dobj || dep == Dep::xcomp || dep == Dep::ccomp || dep == Dep::prt) return false;
    }
    return any_of(token(verb).lemma, {"begin", "start", "end", "resume", "continue", "conclude", "stop", "cease"});
  }

  std::string_view mark_of(TokenIndex verb) const {
    for (const TokenIndex child : children(verb)) {
      if (token(child).dep == Dep::mark || (token(child).dep == Dep::advmod && token(child).tag == Tag::WRB)) return token(child).lower;
    }
    return {};
  }

  // Whether the clause or noun at `i` shares the time of what it depends on; then the search goes on there.
  bool inherits(TokenIndex i, Share& share) const {
    const Token& word = token(i);
    const TokenIndex head = word.head;
    share = Share::all;
    switch (word.dep) {
      case Dep::aux:
      case Dep::auxpass:
      case Dep::attr:
      case Dep::acomp:
      case Dep::oprd:
      case Dep::prt: return is_verb(head);
      case Dep::conj:
        // "On Friday she met the king and signed the treaty."
        if (is_verb(i) != is_verb(head)) return false;
        share = is_verb(i) ? Share::coordinated : Share::all;
        return true;
      case Dep::xcomp: return is_verb(head) && !has_kind(head, times::VerbKind::intent);
      case Dep::advcl: {
        const std::string_view mark = mark_of(i);
        if (mark.empty()) return word.tag == Tag::VBG || word.tag == Tag::VBN || word.tag == Tag::VB;
        return any_of(mark, {"while", "as", "when", "whereas", "by"});
      }
      // "accused on Monday of firing", "fined for spying": what came before the word is not of its date.
      case Dep::pcomp: return any_of(token(head).lower, {"by", "in", "while", "from", "with"});
      case Dep::prep:
      case Dep::agent: return is_verb(head);
      case Dep::dobj:
      case Dep::nsubjpass: return is_noun(i) && is_verb(head) && has_kind(head, times::VerbKind::light);
      case Dep::nsubj: return is_noun(i) && is_verb(head) && comes_about(head);
      case Dep::pobj: return is_noun(i) && any_of(token(head).lower, {"in", "at", "during", "on"}) && token(head).dep == Dep::prep;
      default: return false;
    }
  }

  const Document& document_;
  const std::vector<TimeExpression>& times_;
  const times::Lexicon& lexicon_;
  mutable std::size_t left_ = kLooks;
};

}  // namespace

std::optional<std::size_t> time_of(const Document& document, const std::vector<TimeExpression>& times, TokenIndex predicate) {
  const auto& lexicon = times::shared_lexicon();
  if (!lexicon || times.empty() || predicate >= document.tokens.size()) return std::nullopt;
  return Attachment(document, times, **lexicon).of(predicate);
}

}  // namespace relata
