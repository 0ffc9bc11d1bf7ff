// The stance of a predicate: what its clause says in its own words, seen through the words that govern the clause, from the
// outermost inwards (the composition of implicative signatures: Karttunen 1971; Nairn, Condoravdi and Karttunen 2006).
#include "extract/stance/stance.h"

#include <array>
#include <optional>

#include "extract/stance/clause.h"
#include "extract/stance/lexicon.h"
#include "extract/stance/tree.h"

namespace relata {
namespace {

using namespace stance;

// How a clause hangs on the one above.
struct Link {
  TokenIndex above = kNoToken;  // kNoToken: nothing above matters
  Part part = Part::verb;
  TokenIndex word = kNoToken;   // whose signature counts
  Complement complement = Complement::none;
  std::optional<Effect> fixed;  // instead of a signature
  bool follows = false;         // a fixed effect that is denied with the clause above
  bool open = false;            // "decide whether to": denied, the deed has not come; affirmed, nobody knows
  bool weak = false;            // no signature: only a modality that spreads (condition, plan) is taken over
};

Part part_of(const Token& t) {
  if (is_verbal(t)) return Part::verb;
  return t.pos == Pos::ADJ || t.pos == Pos::ADV ? Part::adjective : Part::noun;
}

Effect force(Modality modality, bool turn = false) { return Effect{false, turn, modality}; }

Link governed(const Document& d, TokenIndex word, Complement complement) {
  return {word, part_of(d.tokens[word]), word, complement, std::nullopt, false, false, false};
}
Link fixed(TokenIndex above, Effect effect) { return {above, Part::verb, above, Complement::none, effect, false, false, false}; }

Link following(TokenIndex above, Effect effect) {
  Link link = fixed(above, effect);
  link.follows = true;
  return link;
}

// "yet to decide", "too weak to attack", "enough to attack" between the governor and its infinitive.
std::optional<Effect> infinitive_adverb(const Document& d, TokenIndex governor, TokenIndex verb) {
  for (const TokenIndex parent : {governor, verb}) {
    for (const TokenIndex child : near_children(d, parent)) {
      const Token& t = d.tokens[child];
      if (child >= verb || t.dep != Dep::advmod) continue;
      if (t.lower == "yet" && child > governor) return Effect{false, true, std::nullopt};
      if (t.lower == "too" && parent == governor && child < governor) return force(Modality::possible, true);
      if (t.lower == "enough" && parent == governor) return force(Modality::possible);
    }
  }
  return std::nullopt;
}

bool has_object(const Document& d, TokenIndex verb, TokenIndex before) {
  for (const TokenIndex child : near_children(d, verb)) {
    const Dep dep = d.tokens[child].dep;
    if (child < before && child > verb && (dep == Dep::dobj || dep == Dep::dative)) return true;
    if (dep == Dep::nsubjpass) return true;  // "was ordered to"
  }
  return false;
}

Link infinitive_link(const Document& d, TokenIndex verb, TokenIndex above) {
  const Token& a = d.tokens[above];
  if (const auto effect = infinitive_adverb(d, above, verb)) return fixed(above, *effect);
  const bool perfect = child_with(d, verb, Dep::aux) != kNoToken && d.tokens[verb].tag == Tag::VBN;
  if (a.lemma == "be") return following(above, perfect ? Effect{} : force(Modality::future));
  if (a.lemma == "have" && !has_object(d, above, verb)) {
    const bool past = a.tag == Tag::VBD || a.tag == Tag::VBN;
    return following(above, past ? Effect{} : force(Modality::requested));
  }
  if (a.lemma == "go" && a.tag == Tag::VBG) return following(above, force(Modality::future));
  if (a.lemma == "use" && a.tag == Tag::VBD && !has_object(d, above, verb)) return fixed(above, Effect{});
  const bool others = subject_of(d, verb) != kNoToken || has_object(d, above, verb);
  Link link = governed(d, above, others ? Complement::objto : Complement::to);
  // "called on X to": what the preposition brings is no object of the tree
  const Part part = part_of(a);
  if (!stance_lexicon().effect(part, a.lemma, link.complement, false)) link.complement = others ? Complement::to : Complement::objto;
  return link;
}

// "It is possible that X attacks", "it was necessary to attack", "the aim is to attack": the adjective or noun beside "be" governs.
TokenIndex predicative_of(const Document& d, TokenIndex above, TokenIndex clause) {
  if (d.tokens[above].lemma != "be" && d.tokens[above].lemma != "seem" && d.tokens[above].lemma != "become") return kNoToken;
  for (const TokenIndex child : near_children(d, above)) {
    const Dep dep = d.tokens[child].dep;
    if (child < clause && (dep == Dep::acomp || dep == Dep::attr || dep == Dep::oprd)) return child;
  }
  return kNoToken;
}

std::optional<Link> predicative_link(const Document& d, TokenIndex verb, TokenIndex above) {
  TokenIndex word = predicative_of(d, above, verb);
  const bool infinitive = is_infinitive(d, verb);
  if (word == kNoToken && d.tokens[above].lemma == "be") {
    word = subject_of(d, above);  // "the plan is to attack", "the fear is that"
    if (word == kNoToken || part_of(d.tokens[word]) != Part::noun) return std::nullopt;
  }
  if (word == kNoToken) return std::nullopt;
  const Complement complement = infinitive ? Complement::to : Complement::that;
  const Part part = part_of(d.tokens[word]);
  if (!stance_lexicon().effect(part, d.tokens[word].lemma, complement, false)) return std::nullopt;
  return Link{above, part, word, complement, std::nullopt, false, false, false};
}

Link clause_link(const Document& d, TokenIndex verb, TokenIndex above) {
  if (const auto link = predicative_link(d, verb, above)) return *link;
  const Token &t = d.tokens[verb], &a = d.tokens[above];
  if (is_infinitive(d, verb)) {
    if (a.lemma != "decide" || mark_of(d, verb) == kNoToken) return infinitive_link(d, verb, above);
  }
  const TokenIndex mark = mark_of(d, verb);
  if (mark != kNoToken && (d.tokens[mark].lower == "if" || stance_lexicon().marks(d.tokens[mark].lower, Marker::question))) {
    if (is_infinitive(d, verb) && stance_lexicon().effect(part_of(a), a.lemma, Complement::to, true)) {
      Link link = governed(d, above, Complement::to);
      link.open = true;
      return link;
    }
    return fixed(above, force(Modality::hypothetical));
  }
  if (t.tag == Tag::VBG && subject_of(d, verb) == kNoToken) return governed(d, above, Complement::ing);
  if (t.tag == Tag::VB && mark == kNoToken && subject_of(d, verb) != kNoToken && child_with(d, verb, Dep::aux) == kNoToken) {
    return governed(d, above, Complement::objto);  // "let X attack"
  }
  return governed(d, above, Complement::that);
}

Link adverbial_link(const Document& d, TokenIndex verb, TokenIndex above) {
  if (is_condition(d, verb)) return fixed(kNoToken, force(Modality::conditional));
  const TokenIndex mark = mark_of(d, verb);
  const Token& t = d.tokens[verb];
  if (is_infinitive(d, verb)) {
    Link link = infinitive_link(d, verb, above);
    if (!link.fixed && !stance_lexicon().effect(link.part, d.tokens[above].lemma, link.complement, false)) {
      return fixed(above, force(Modality::future));  // purpose
    }
    return link;
  }
  if (mark != kNoToken) {
    const std::string_view word = d.tokens[mark].lower;
    const std::string_view next = mark + 1 < d.tokens.size() ? d.tokens[mark + 1].lower : std::string_view();
    if (word == "as" && (next == "if" || next == "though")) return fixed(kNoToken, force(Modality::hypothetical));
    if (mark > 0 && d.tokens[mark - 1].lower == "as" && (word == "if" || word == "though")) {
      return fixed(kNoToken, force(Modality::hypothetical));
    }
    if (mark > 0 && d.tokens[mark - 1].lower == "so" && word == "that") return fixed(kNoToken, force(Modality::future));
    if (stance_lexicon().marks(word, Marker::time)) return {above, Part::verb, above, Complement::none, std::nullopt, false, false, true};
    return {};
  }
  if (t.tag == Tag::VBG) return {above, Part::verb, above, Complement::none, std::nullopt, false, false, true};
  return {};
}

// "repeated its ban on sending": the tree may hang the preposition on the verb, though it is the noun before it that takes it.
TokenIndex taker_of(const Document& d, TokenIndex above, TokenIndex preposition, Complement complement) {
  if (preposition == 0 || d.tokens[preposition - 1].head != above) return above;
  const Token &verb = d.tokens[above], &noun = d.tokens[preposition - 1];
  if (!is_verbal(verb) || (noun.dep != Dep::dobj && noun.dep != Dep::nsubjpass)) return above;
  const bool of_noun = stance_lexicon().effect(Part::noun, noun.lemma, complement, false) && !stance_lexicon().effect(Part::verb, verb.lemma, complement, false);
  return of_noun ? preposition - 1 : above;
}

// Gerund or noun after a preposition.
Link prepositional_link(const Document& d, TokenIndex token, TokenIndex preposition) {
  const Token& p = d.tokens[preposition];
  const TokenIndex above = p.head;
  if (above == preposition) return {};
  if (stance_lexicon().effect(Part::preposition, p.lower, Complement::noun, false)) {
    const Effect effect = *stance_lexicon().effect(Part::preposition, p.lower, Complement::noun, false);
    return fixed(kNoToken, effect);
  }
  if (p.lower == "than" && preposition > 0 && d.tokens[preposition - 1].lower == "rather") return fixed(kNoToken, Effect{false, true, std::nullopt});
  if (p.lower == "of" && preposition > 0 && (d.tokens[preposition - 1].lower == "instead" || d.tokens[preposition - 1].lower == "short")) return fixed(kNoToken, Effect{false, true, std::nullopt});
  // "by" of a passive says who; an agent is no event of its own.
  Complement complement = parse_complement(p.lower);
  if (complement == Complement::none) complement = Complement::quote;  // listed for no word
  // "demands for X to act", "called for X to act": the infinitive hangs on the preposition
  if (is_infinitive(d, token) && p.lower == "for") return governed(d, above, Complement::for_);
  if (p.lower == "to" && d.tokens[token].dep == Dep::pcomp) complement = Complement::to;
  return governed(d, taker_of(d, above, preposition, complement), complement);
}

Link noun_clause_link(const Document& d, TokenIndex verb, TokenIndex noun) {
  if (!is_infinitive(d, verb)) {
    const TokenIndex mark = mark_of(d, verb);
    return mark != kNoToken && d.tokens[mark].dep == Dep::mark ? governed(d, noun, Complement::that) : Link{};
  }
  for (const TokenIndex child : near_children(d, noun)) {
    const Token& t = d.tokens[child];
    if (child < noun && (t.dep == Dep::amod || t.dep == Dep::nummod) && (t.lower == "first" || t.lower == "last" || t.lower == "only" || t.lower == "second" || t.lower == "latest")) return {};
  }
  const bool others = subject_of(d, verb) != kNoToken;
  if (!stance_lexicon().effect(Part::noun, d.tokens[noun].lemma, Complement::to, false)) {
    // "missiles to strike the base": a purpose, under whatever governs the noun
    return fixed(noun, force(Modality::future));
  }
  return governed(d, noun, others ? Complement::objto : Complement::to);
}

Link subject_link(const Document& d, TokenIndex above) {
  for (const Dep dep : {Dep::acomp, Dep::attr, Dep::oprd}) {
    const TokenIndex predicate = child_with(d, above, dep);
    if (predicate == kNoToken) continue;
    if (stance_lexicon().effect(Part::adjective, d.tokens[predicate].lemma, Complement::subject, false)) {
      return {above, Part::adjective, predicate, Complement::subject, std::nullopt, false, false, false};
    }
  }
  Link link = governed(d, above, Complement::subject);
  return link;
}

Link link_of(const Document& d, TokenIndex token) {
  const Token& t = d.tokens[token];
  const TokenIndex above = t.head;
  if (above == token) return {};
  const bool verbal = is_verbal(t);
  switch (t.dep) {
    case Dep::ccomp: return clause_link(d, token, above);
    case Dep::xcomp:
    case Dep::oprd:
      if (!verbal) return governed(d, above, Complement::to);
      if (t.tag == Tag::VB && !is_infinitive(d, token)) return governed(d, above, Complement::objto);
      return clause_link(d, token, above);
    case Dep::acomp:
    case Dep::attr: return fixed(above, Effect{});
    case Dep::advcl: return verbal ? adverbial_link(d, token, above) : Link{};
    case Dep::pcomp:
    case Dep::pobj: return prepositional_link(d, token, above);
    case Dep::acl: return verbal ? noun_clause_link(d, token, above) : Link{};
    case Dep::relcl: return verbal ? noun_clause_link(d, token, above) : Link{};
    case Dep::dobj:
    case Dep::nsubjpass: return governed(d, above, Complement::noun);
    case Dep::nsubj:
    case Dep::csubj:
    case Dep::csubjpass: return is_verbal(d.tokens[above]) ? subject_link(d, above) : Link{};
    case Dep::prep:
    case Dep::agent: return is_verbal(t) ? prepositional_link(d, token, token) : Link{};
    case Dep::compound: {
      // "strike plan", "ceasefire proposal": the noun named before the one that frames it
      const bool name = d.tokens[above].pos == Pos::PROPN;
      return name ? Link{} : governed(d, above, Complement::of);
    }
    default: return {};
  }
}

bool is_indefinite(const Document& d, TokenIndex noun) {
  if (is_verbal(d.tokens[noun])) return true;
  for (const TokenIndex child : near_children(d, noun)) {
    const Token& t = d.tokens[child];
    if (child < noun && (t.dep == Dep::poss || (t.dep == Dep::det && (t.lower == "the" || t.lower == "this" || t.lower == "that" || t.lower == "these" || t.lower == "those")))) return false;
  }
  return true;
}

bool spreads(const Document& d, Modality outer, TokenIndex inner) {
  return outer == Modality::conditional || (outer != Modality::actual && is_indefinite(d, inner));
}

Stance compose(const Document& d, const Stance& outer, const Link& link, TokenIndex inner, Stance own) {
  const bool denied = outer.polarity == Polarity::negative;
  std::optional<Effect> effect = link.fixed;
  if (link.open) effect = denied ? Effect{} : force(Modality::hypothetical);
  if (!effect && link.word != kNoToken && !link.weak) {
    std::string lemma(d.tokens[link.word].lemma);
    if (link.part == Part::verb) lemma = with_particle(d, link.word);
    effect = stance_lexicon().effect(link.part, lemma, link.complement, denied);
  } else if (effect && (link.follows || !effect->modality)) {
    effect->turn = effect->turn != denied;
  }
  if (!effect) {
    if (own.modality == Modality::actual && spreads(d, outer.modality, inner)) own.modality = outer.modality;
    return own;
  }
  if (effect->own) {
    if (own.modality == Modality::actual && outer.modality == Modality::conditional && d.tokens[inner].dep != Dep::ccomp) own.modality = outer.modality;
    return own;
  }
  if (effect->turn) own.polarity = own.polarity == Polarity::negative ? Polarity::positive : Polarity::negative;
  if (own.modality == Modality::actual || effect->modality == Modality::conditional) own.modality = effect->modality.value_or(outer.modality);
  if (outer.modality == Modality::conditional && own.modality != Modality::requested) own.modality = Modality::conditional;
  return own;
}

// A question asks, it does not assert: "Did X attack Y?", "Who attacked Y?".
bool is_question(const Document& d, TokenIndex root) {
  const TokenRange sentence = d.sentences[d.sentence_of[root]];
  TokenIndex last = sentence.last;
  for (int step = 0; step < 4 && last > sentence.first; ++step) {
    const Token& t = d.tokens[last - 1];
    if (t.text == "?" || t.text == "?!" || t.text == "??") return true;
    if (!t.is_space && t.pos != Pos::PUNCT) return false;
    --last;
  }
  return false;
}

// "said it would attack": a future seen from the past, not a condition.
bool is_future_in_past(const Document& d, TokenIndex verb) {
  const Token& t = d.tokens[verb];
  if (t.dep != Dep::ccomp || t.head == verb) return false;
  const Token& a = d.tokens[t.head];
  if ((a.tag != Tag::VBD && a.tag != Tag::VBN) || stance_lexicon().cue(Part::verb, a.lemma) == nullptr) return false;
  for (const TokenIndex child : near_children(d, verb)) {
    const Token& c = d.tokens[child];
    if (c.dep == Dep::advcl && is_verbal(c) && is_condition(d, child)) return false;
    if (c.dep == Dep::csubj) return false;
  }
  return true;
}

}  // namespace

Stance stance_of(const Document& document, TokenIndex predicate) {
  struct Step {
    TokenIndex token;
    Link link;
  };
  std::array<Step, kMostSteps> steps;
  std::size_t count = 0;
  TokenIndex token = predicate;
  while (count < steps.size()) {
    Link link = link_of(document, first_conjunct(document, token));
    steps[count++] = {token, link};
    if (link.above == kNoToken) break;
    token = link.above;
  }
  Stance outer;
  for (std::size_t i = count; i-- > 0;) {
    const Step& step = steps[i];
    Stance own = clause_stance(document, step.token, i == 0 ? kNoToken : first_conjunct(document, steps[i - 1].token));
    if (own.modality == Modality::conditional && is_future_in_past(document, first_conjunct(document, step.token))) own.modality = Modality::future;
    if (i + 1 == count && is_root(document, first_conjunct(document, step.token)) && own.modality == Modality::actual && is_question(document, step.token)) {
      own.modality = Modality::hypothetical;
    }
    outer = compose(document, outer, step.link, first_conjunct(document, step.token), own);
  }
  return outer;
}

}  // namespace relata
