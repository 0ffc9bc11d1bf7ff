#include "extract/stance/verb_speakers.h"

#include <string>

#include "extract/stance/lexicon.h"
#include "extract/stance/tree.h"

namespace relata::stance {

bool is_relative(const Token& t) { return t.tag == Tag::WP || t.tag == Tag::WDT || (t.lower == "that" && t.pos == Pos::PRON); }

namespace {

// "it is said that": nobody speaks.
bool is_dummy(const Document& d, TokenIndex subject) { return d.tokens[subject].dep == Dep::expl || d.tokens[subject].lower == "there"; }

}  // namespace

TokenIndex agent_of(const Document& d, TokenIndex verb) {
  const TokenIndex by = child_with(d, verb, Dep::agent);
  return by == kNoToken ? kNoToken : child_with(d, by, Dep::pobj);
}

// "how weak it is, said X": a comma parts "is" from "said", whatever the parser says.
bool is_passive(const Document& d, TokenIndex verb) {
  const TokenIndex aux = child_with(d, verb, Dep::auxpass);
  const bool by_aux = aux != kNoToken && (aux > verb || d.tokens[verb - 1].tag != Tag::COMMA);
  return child_with(d, verb, Dep::nsubjpass) != kNoToken || by_aux ||
         (d.tokens[verb].tag == Tag::VBN && child_with(d, verb, Dep::aux) == kNoToken && subject_of(d, verb) == kNoToken &&
          d.tokens[verb].dep != Dep::conj);
}

// "quoted X as saying": the speaker is the one quoted.
TokenIndex quoted_speaker(const Document& d, TokenIndex saying) {
  if (d.tokens[saying].dep != Dep::pcomp) return kNoToken;
  const TokenIndex as = d.tokens[saying].head;
  if (d.tokens[as].lower != "as") return kNoToken;
  const TokenIndex quoting = d.tokens[as].head;
  if (!is_verbal(d.tokens[quoting])) return kNoToken;
  if (const TokenIndex object = child_with(d, quoting, Dep::dobj); object != kNoToken) return object;
  if (const TokenIndex subject = child_with(d, quoting, Dep::nsubjpass); subject != kNoToken) return subject;
  if (d.tokens[quoting].dep == Dep::acl) return d.tokens[quoting].head;
  return kNoToken;
}

namespace {

// "put out a statement saying": who puts it out.
TokenIndex author_of(const Document& d, TokenIndex text) {
  const Token& t = d.tokens[text];
  const Cue* cue = stance_lexicon().cue(Part::noun, t.lemma);
  if (t.dep != Dep::dobj || cue == nullptr || cue->kind != CueClass::say) return kNoToken;
  std::string verb = with_particle(d, t.head);
  for (const std::string_view issues : {"put out", "issue", "release", "send", "send out", "write", "post", "publish", "give", "make", "deliver", "share", "file", "read", "sign"})
    if (verb == issues) {
      const TokenIndex subject = subject_of(d, t.head);
      return subject != kNoToken && d.tokens[subject].dep == Dep::nsubj && d.tokens[subject].tag != Tag::WDT && d.tokens[subject].tag != Tag::WP ? subject : kNoToken;
    }
  return kNoToken;
}

// Who says it, where the verb's own clause does not name the speaker.
TokenIndex inherited_speaker(const Document& d, TokenIndex verb) {
  for (int step = 0; step < kMostSteps; ++step) {
    const Token& t = d.tokens[verb];
    const TokenIndex above = t.head;
    if (above == verb) return kNoToken;
    if (t.dep == Dep::relcl || (t.dep == Dep::acl && t.tag != Tag::VBN)) {
      if (!is_nominal(d.tokens[above])) return kNoToken;
      const TokenIndex author = author_of(d, above);
      return author != kNoToken ? author : above;
    }
    if (t.dep == Dep::xcomp || t.dep == Dep::ccomp) {
      if (t.dep == Dep::ccomp && !is_infinitive(d, verb) && t.tag != Tag::VBG) return kNoToken;
      const TokenIndex object = child_with(d, above, Dep::dobj);
      if (object != kNoToken && object > above && object < verb) return object;  // "asked X to say"
    } else if (t.dep == Dep::pcomp) {
      const TokenIndex governor = d.tokens[above].head;
      if (governor == above || !is_verbal(d.tokens[governor])) return kNoToken;
      // "criticized X for claiming that", "stopped X from saying": what X does; but "used the speech for saying", with a thing
      const TokenIndex object = child_with(d, governor, Dep::dobj);
      const Cue* judging = stance_lexicon().cue(Part::verb, d.tokens[governor].lemma);
      if (object != kNoToken && object < above && judging != nullptr && judging->kind == CueClass::judge) return object;
      if (const TokenIndex subject = subject_of(d, governor); subject != kNoToken) return subject;
      verb = governor;
      continue;
    } else if (t.dep == Dep::advcl) {
      if (t.tag != Tag::VBG && !is_infinitive(d, verb)) return kNoToken;
    } else if (t.dep != Dep::conj) {
      return kNoToken;
    }
    if (d.tokens[above].pos == Pos::ADJ || d.tokens[above].pos == Pos::ADV) {  // "was quick to add", "went so far as to say"
      const TokenIndex governor = d.tokens[above].head;
      if (const TokenIndex subject = is_verbal(d.tokens[governor]) ? subject_of(d, governor) : kNoToken; subject != kNoToken) return subject;
    }
    if (!is_verbal(d.tokens[above])) return kNoToken;
    if (is_passive(d, above) && t.dep != Dep::conj) {
      if (const TokenIndex agent = agent_of(d, above); agent != kNoToken) return agent;
    }
    if (const TokenIndex subject = subject_of(d, above); subject != kNoToken) return subject;
    verb = above;
  }
  return kNoToken;
}

}  // namespace

bool is_closing_mark(const Token& t) { return t.text == "\"" || t.text == "”" || t.text == "''" || t.text == "’" || t.text == "»"; }

namespace {

// "“Who pays?” asked X": a person taken for the object.
bool is_inverted_tag(const Document& d, TokenIndex verb) {
  if (verb < 2) return false;
  const bool after_mark = is_closing_mark(d.tokens[verb - 1]) || (d.tokens[verb - 1].tag == Tag::COMMA && is_closing_mark(d.tokens[verb - 2]));
  const TokenIndex clause = child_with(d, verb, Dep::ccomp);
  if (!after_mark && (clause == kNoToken || clause > verb || d.tokens[verb - 1].tag != Tag::COMMA)) return false;
  const TokenIndex object = child_with(d, verb, Dep::dobj);
  return object != kNoToken && object > verb && d.left_edge[object] == verb + 1 && (d.tokens[verb].tag == Tag::VBD || d.tokens[verb].tag == Tag::VBZ);
}

// "Speaking in Lima, Doyle, who runs again, said": taken for an apposition of Lima.
TokenIndex fronted_speaker(const Document& d, TokenIndex verb) {
  constexpr TokenIndex kFar = 40;
  const Token& t = d.tokens[verb];
  if (!is_root(d, verb) || (t.tag != Tag::VBD && t.tag != Tag::VBZ && t.tag != Tag::VBP)) return kNoToken;
  const TokenIndex begin = d.left_edge[verb];
  const Token& first = d.tokens[begin];
  if (first.tag != Tag::VBG && first.tag != Tag::VBN && first.tag != Tag::IN) return kNoToken;
  for (TokenIndex i = verb; i-- > begin && i + kFar > verb;) {
    const TokenIndex left = d.left_edge[i];
    if (d.tokens[i].dep == Dep::appos && d.tokens[i].pos == Pos::PROPN && left > begin && d.tokens[left - 1].tag == Tag::COMMA) return i;
  }
  return kNoToken;
}

}  // namespace

TokenIndex speaker_of(const Document& d, TokenIndex verb, bool passive) {
  if (const TokenIndex quoted = quoted_speaker(d, verb); quoted != kNoToken) return quoted;
  if (passive) return agent_of(d, verb);
  TokenIndex subject = subject_of(d, verb);
  if (subject == kNoToken && is_inverted_tag(d, verb)) return child_with(d, verb, Dep::dobj);
  if (subject == kNoToken) {
    const TokenIndex fronted = fronted_speaker(d, verb);
    return fronted != kNoToken ? fronted : inherited_speaker(d, verb);
  }
  if (is_dummy(d, subject)) return kNoToken;
  if (is_relative(d.tokens[subject])) {
    TokenIndex clause = verb;
    for (int step = 0; step < kMostSteps && d.tokens[clause].dep == Dep::conj; ++step) clause = d.tokens[clause].head;
    if (d.tokens[clause].dep == Dep::relcl || d.tokens[clause].dep == Dep::acl) return d.tokens[clause].head;
    return kNoToken;
  }
  return subject;
}

}  // namespace relata::stance
