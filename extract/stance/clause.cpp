#include "extract/stance/clause.h"

#include "extract/stance/lexicon.h"
#include "extract/stance/tree.h"

namespace relata::stance {
namespace {

bool is_argument(Dep dep) {
  return is_subject(dep) || dep == Dep::dobj || dep == Dep::attr || dep == Dep::agent || dep == Dep::dative || dep == Dep::oprd;
}

bool is_any(std::string_view word, std::initializer_list<std::string_view> words) {
  for (const std::string_view w : words) {
    if (w == word) return true;
  }
  return false;
}

// "no country", "nobody", "none of them", "neither side", "neither A nor B".
bool is_negative_phrase(const Document& document, TokenIndex head) {
  const Lexicon& lexicon = stance_lexicon();
  if (lexicon.marks(document.tokens[head].lower, Marker::negative)) return true;
  if (const TokenIndex first = document.left_edge[head]; first < head && document.tokens[first].lower == "not" && first + 1 < document.tokens.size() &&
      is_any(document.tokens[first + 1].lower, {"all", "every", "everyone", "everybody", "one", "a", "many", "much"})) return true;
  for (const TokenIndex child : near_children(document, head)) {
    const Token& t = document.tokens[child];
    if ((t.dep == Dep::det || t.dep == Dep::preconj || t.dep == Dep::cc || t.dep == Dep::neg) && child < head &&
        lexicon.marks(t.lower, Marker::negative)) {
      return true;
    }
  }
  return false;
}

// The word after a negation takes it away from the clause: "not only", "not until".
bool is_focused(const Document& document, TokenIndex negation) {
  return negation + 1 < document.tokens.size() && stance_lexicon().marks(document.tokens[negation + 1].lower, Marker::focus);
}

// "under no circumstances", "in no way", "at no time".
bool is_negative_adjunct(const Document& document, TokenIndex preposition) {
  const TokenIndex object = child_with(document, preposition, Dep::pobj);
  return object != kNoToken && is_any(document.tokens[object].lower, {"way", "circumstances", "circumstance", "means", "time", "point", "case", "account"}) &&
         is_negative_phrase(document, object);
}

bool has_negative_argument(const Document& document, TokenIndex verb, TokenIndex below) {
  for (const TokenIndex child : near_children(document, verb)) {
    if (child == below) continue;
    const Token& t = document.tokens[child];
    if (is_argument(t.dep) && is_negative_phrase(document, child)) return true;
    if (t.dep == Dep::prep && is_negative_adjunct(document, child)) return true;
    if (t.dep == Dep::agent) {
      const TokenIndex by = child_with(document, child, Dep::pobj);
      if (by != kNoToken && is_negative_phrase(document, by)) return true;
    }
  }
  return false;
}

// A condition that hangs on the verb as a clause beside it.
bool has_condition(const Document& document, TokenIndex verb) {
  for (const TokenIndex child : near_children(document, verb)) {
    const Token& t = document.tokens[child];
    if (t.dep == Dep::advcl && is_verbal(t) && is_condition(document, child)) return true;
    if (t.dep == Dep::prep && is_any(t.lower, {"without", "barring"}) && child > verb) {
      continue;  // "unable to strike without help": no condition of what is said, the help is
    }
  }
  return false;
}

// "have to", "need to" before this infinitive are handled where it is governed; here are the modal verbs of the clause itself.
std::optional<Modality> modal_of(const Document& document, TokenIndex verb) {
  const Lexicon& lexicon = stance_lexicon();
  std::optional<Modality> found;
  bool perfect = false;
  for (const TokenIndex child : near_children(document, verb)) {
    const Token& t = document.tokens[child];
    if (child > verb && t.dep != Dep::advmod && t.dep != Dep::aux) continue;
    perfect = perfect || (t.dep == Dep::aux && t.lower == "have");
    if (t.dep == Dep::aux && t.tag == Tag::MD) {
      found = lexicon.weakens(t.lower);
    } else if (t.dep == Dep::aux && t.lemma == "be" && t.tag != Tag::VBG && is_infinitive(document, verb)) {
      found = Modality::future;  // "is to visit"
    } else if (t.dep == Dep::advmod && !found) {
      found = lexicon.weakens(t.lower);
    }
  }
  if (!found && is_root(document, verb) && is_infinitive(document, verb)) found = Modality::future;  // a headline: "Peru to sell ships"
  // "must have attacked", "would have attacked": guessed or contrary to fact.
  if (perfect && found && *found != Modality::possible && *found != Modality::future) return Modality::hypothetical;
  return found;
}

std::optional<Modality> modifier_of(const Document& document, TokenIndex noun, bool& negative) {
  const Lexicon& lexicon = stance_lexicon();
  std::optional<Modality> found;
  for (const TokenIndex child : near_children(document, noun)) {
    const Token& t = document.tokens[child];
    if (t.dep != Dep::amod && t.dep != Dep::advmod && t.dep != Dep::compound) continue;
    const auto effect = lexicon.effect(Part::modifier, t.lower, Complement::noun, false);
    if (!effect) continue;
    if (effect->modality) found = effect->modality;
    negative = negative != effect->turn;
  }
  return found;
}

// "Attack now!": a bare verb that begins its sentence.
bool is_imperative(const Document& document, TokenIndex verb) {
  const Token& t = document.tokens[verb];
  if (t.tag != Tag::VB || subject_of(document, verb) != kNoToken || !is_root(document, verb)) return false;
  for (const TokenIndex child : near_children(document, verb)) {
    const Token& c = document.tokens[child];
    if (c.dep == Dep::aux && c.lower != "do" && c.lower != "let") return false;
  }
  return true;
}

// Verb forms that can share one auxiliary: "did not meet or call", "has not met or called".
bool share_auxiliary(const Token& first, const Token& later) {
  if (first.tag == later.tag) return first.tag != Tag::VBD && first.tag != Tag::VBZ;
  const auto participle = [](Tag tag) { return tag == Tag::VBN || tag == Tag::VBD; };
  return first.tag == Tag::VBN && participle(later.tag);
}

// The conjunction between the conjunct and the one before: "but" ends the negation.
bool is_contrast(const Document& document, TokenIndex head, TokenIndex conjunct) {
  for (const TokenIndex child : near_children(document, head)) {
    const Token& t = document.tokens[child];
    if (t.dep == Dep::cc && child > head && child < conjunct && is_any(t.lower, {"but", "yet", "instead"})) return true;
  }
  return false;
}

// "neither met nor called", "withdrew rather than attack".
bool is_rejected(const Document& document, TokenIndex head, TokenIndex conjunct) {
  for (const TokenIndex child : near_children(document, head)) {
    const Token& t = document.tokens[child];
    if (t.dep == Dep::cc && child > head && child < conjunct && is_any(t.lower, {"nor", "than"})) return true;
  }
  return false;
}

Stance own_stance(const Document& document, TokenIndex token, TokenIndex below) {
  Stance stance;
  const Token& t = document.tokens[token];
  bool negative = is_negated(document, token);
  if (is_verbal(t)) {
    negative = negative || has_negative_argument(document, token, below);
    if (const auto modal = modal_of(document, token)) stance.modality = *modal;
    if (has_condition(document, token) && stance.modality != Modality::hypothetical) stance.modality = Modality::conditional;
    if (is_imperative(document, token)) stance.modality = Modality::requested;
  } else {
    negative = negative || is_negative_phrase(document, token);
    if (const auto modality = modifier_of(document, token, negative)) stance.modality = *modality;
  }
  stance.polarity = negative ? Polarity::negative : Polarity::positive;
  return stance;
}

}  // namespace

bool is_negated(const Document& document, TokenIndex token) {
  const Lexicon& lexicon = stance_lexicon();
  for (const TokenIndex child : near_children(document, token)) {
    const Token& t = document.tokens[child];
    if (t.dep == Dep::neg || t.dep == Dep::advmod || t.dep == Dep::cc || t.dep == Dep::preconj || t.dep == Dep::mark) {
      if (t.dep == Dep::cc && child > token) continue;  // "neither met nor called": the second has its own
      if (lexicon.marks(t.lower, Marker::negation) && !is_focused(document, child)) return true;
    }
    if (t.dep == Dep::advmod && t.lower == "longer" && child_with(document, child, Dep::neg) != kNoToken) return true;
  }
  return false;
}

TokenIndex mark_of(const Document& document, TokenIndex verb) {
  for (const TokenIndex child : near_children(document, verb)) {
    const Token& t = document.tokens[child];
    if (child < verb && (t.dep == Dep::mark || (t.dep == Dep::advmod && t.tag == Tag::WRB))) return child;
  }
  return kNoToken;
}

bool is_condition(const Document& document, TokenIndex verb) {
  if (const TokenIndex mark = mark_of(document, verb); mark != kNoToken) {
    const Token& t = document.tokens[mark];
    if (t.lower == "if" && mark > 0 && is_any(document.tokens[mark - 1].lower, {"as", "even"})) return document.tokens[mark - 1].lower == "even";
    if (stance_lexicon().marks(t.lower, Marker::condition)) return true;
    // "in case X attacks", "as long as X attacks", "on condition that"
    if (mark >= 2 && t.lower == "as" && document.tokens[mark - 1].lower == "long") return true;
    if (mark >= 1 && is_any(document.tokens[mark - 1].lower, {"case", "condition", "event"})) return true;
    return false;
  }
  const TokenIndex subject = subject_of(document, verb);
  for (const TokenIndex child : near_children(document, verb)) {
    const Token& t = document.tokens[child];
    if (child >= verb) break;
    if (stance_lexicon().marks(t.lower, Marker::condition) && t.dep != Dep::aux) return true;  // "provided", "assuming"
    if (t.dep == Dep::aux && subject != kNoToken && child < subject && is_any(t.lower, {"should", "had", "were"})) return true;
  }
  return false;
}

Stance clause_stance(const Document& document, TokenIndex token, TokenIndex below) {
  Stance stance = own_stance(document, token, below);
  // Each conjunct hangs on the one before it, or on the first.
  TokenIndex later = token;
  for (int step = 0; step < kMostSteps && document.tokens[later].dep == Dep::conj; ++step) {
    const TokenIndex head = document.tokens[later].head;
    const Token &h = document.tokens[head], &l = document.tokens[later];
    if (is_verbal(l) && subject_of(document, later) != kNoToken) break;
    const Stance shared = own_stance(document, head, below);
    if (is_rejected(document, head, later)) {
      stance.polarity = Polarity::negative;
      break;
    }
    const bool verbs = is_verbal(h) && is_verbal(l);
    if (!verbs && is_verbal(l) != is_verbal(h)) break;
    if (verbs && !share_auxiliary(h, l)) {
      // "no country met or called": the negative subject is shared by all forms
      const TokenIndex subject = subject_of(document, head);
      if (subject != kNoToken && is_negative_phrase(document, subject)) stance.polarity = Polarity::negative;
      break;
    }
    if (stance.modality == Modality::actual) stance.modality = shared.modality;
    if (shared.polarity == Polarity::negative && !is_contrast(document, head, later)) stance.polarity = Polarity::negative;
    later = head;
  }
  return stance;
}

}  // namespace relata::stance
