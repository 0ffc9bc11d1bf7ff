#include <algorithm>

#include "extract/stance/content.h"
#include "extract/stance/report.h"
#include "extract/stance/tree.h"
#include "extract/stance/verb_speakers.h"

namespace relata::stance {
namespace {

bool holds_mark(const Document& d, TokenRange range) {
  const TokenIndex last = std::min(range.last, range.first + 60);
  for (TokenIndex i = range.first; i < last; ++i) {
    const std::string_view text = d.tokens[i].text;
    if (text == "\"" || text == "“" || text == "``" || text == "‘" || text == "«" || text == "„") return true;
  }
  return false;
}

// Begins or holds a quotation.
bool is_marked(const Document& d, TokenRange range) { return holds_mark(d, {range.first > 0 ? range.first - 1 : 0, range.last}); }

// "X predicts a victory; others suggest that Y": of two clauses the one after the verb, unless the one before is quoted.
bool is_another_clause(const Document& d, TokenIndex verb, TokenIndex child) {
  if (d.tokens[child].dep != Dep::ccomp || child > verb || is_marked(d, subtree(d, child))) return false;
  for (const TokenIndex other : near_children(d, verb)) {
    if (other > verb && d.tokens[other].dep == Dep::ccomp) return true;
  }
  // "Some left; others hope for a truce"
  const TokenIndex end = d.right_edge[child] + 1;
  return end < verb && d.tokens[end].text == ";";
}

bool takes_infinitive(const Document& d, TokenIndex verb, TokenIndex clause, const Cue& cue) {
  if (subject_of(d, clause) != kNoToken || child_with(d, verb, Dep::dobj) != kNoToken || child_with(d, verb, Dep::nsubjpass) != kNoToken) {
    return cue.takes(Complement::objto) || cue.takes(Complement::oprd);
  }
  return cue.takes(Complement::to) || cue.takes(Complement::objto);
}

bool is_name(const Token& t) { return t.ner == Ner::PERSON || t.ner == Ner::ORG || t.ner == Ner::GPE || t.ner == Ner::NORP || t.ner == Ner::DATE || t.ner == Ner::TIME; }

// "urged the allies to help", "told the press that", "denied them entry": the object is who hears it, or no speech is meant.
bool is_addressee(const Document& d, TokenIndex verb, TokenIndex object, const Cue& cue) {
  for (const TokenIndex child : near_children(d, verb)) {
    const Token& t = d.tokens[child];
    if (t.dep == Dep::dative) return true;
    if (child > object && (t.dep == Dep::ccomp || t.dep == Dep::xcomp) && (cue.takes(Complement::objto) || cue.takes(Complement::that))) return true;
  }
  return false;
}

// "asked not to be named", "declined to comment": a condition of talking, or silence, and nothing that is said.
bool keeps_silent(const Document& d, TokenIndex verb, TokenIndex clause) {
  if (d.tokens[verb].lemma != "ask" && d.tokens[verb].lemma != "request" && d.tokens[verb].lemma != "decline" && d.tokens[verb].lemma != "refuse") return false;
  const std::string_view lemma = d.tokens[clause].lemma;
  if (lemma == "comment" || lemma == "respond" || lemma == "elaborate") return true;
  return child_with(d, clause, Dep::auxpass) != kNoToken && (lemma == "name" || lemma == "identify" || lemma == "quote");
}

// Does this child of a reporting verb hold what is reported?
bool is_content(const Document& d, TokenIndex verb, TokenIndex child, const Cue& cue) {
  const Token& t = d.tokens[child];
  switch (t.dep) {
    case Dep::ccomp:
      if (is_infinitive(d, child)) return takes_infinitive(d, verb, child, cue);
      if (cue.takes(Complement::that)) return true;
      if (cue.takes(Complement::oprd) && is_marked(d, subtree(d, child))) return true;
      return cue.takes(Complement::quote) && is_marked(d, subtree(d, child));
    case Dep::xcomp:
      if (is_infinitive(d, child)) return takes_infinitive(d, verb, child, cue) && !keeps_silent(d, verb, child);
      if (t.tag == Tag::VBG) return cue.takes(Complement::ing);
      return cue.takes(Complement::oprd) && (cue.kind != CueClass::judge || is_marked(d, subtree(d, child)));
    case Dep::conj: {  // "told X that A and that B"
      const TokenIndex mark = child_with(d, child, Dep::mark);
      return child > verb && mark != kNoToken && d.tokens[mark].lower == "that" && cue.takes(Complement::that);
    }
    case Dep::oprd: return cue.takes(Complement::oprd) && !is_name(t) && t.pos != Pos::PROPN;
    case Dep::dobj:
    case Dep::nsubjpass:
      if (t.pos == Pos::PRON || is_name(t) || (t.dep == Dep::nsubjpass && !cue.takes(Complement::noun))) return false;
      if (is_addressee(d, verb, child, cue)) return false;
      if (cue.takes(Complement::noun)) return cue.kind != CueClass::judge || holds_mark(d, subtree(d, child));
      return cue.takes(Complement::quote) && cue.kind == CueClass::say && holds_mark(d, subtree(d, child));
    case Dep::prep:
    case Dep::agent: {
      const Complement complement = parse_complement(t.lower);
      if (complement == Complement::to) {  // "admitted to having lied"
        const TokenIndex deed = child_with(d, child, Dep::pcomp);
        return deed != kNoToken && d.tokens[deed].tag == Tag::VBG && cue.takes(Complement::ing);
      }
      return complement != Complement::none && cue.takes(complement);
    }
    default: return false;
  }
}

bool is_judged_whole(const Document& d, TokenIndex verb, TokenIndex child) {
  return d.tokens[child].dep == Dep::nsubjpass && child < verb;
}

// "X did Y, officials said": the report hangs on what it reports.
bool is_parenthesis(const Document& d, TokenIndex verb, bool has_content) {
  const Token& t = d.tokens[verb];
  if (t.head == verb || has_content || subject_of(d, verb) == kNoToken) return false;
  if (t.dep == Dep::parataxis) return true;
  if (t.dep == Dep::ccomp) {
    // "They left, he said.": sometimes hung the wrong way round
    return verb > t.head && verb > 0 && d.tokens[std::max<TokenIndex>(d.left_edge[verb], 1) - 1].tag == Tag::COMMA &&
           d.right_edge[verb] <= verb + 6;
  }
  if (t.dep != Dep::advcl) return false;
  for (const TokenIndex child : near_children(d, verb)) {
    if (child < verb && d.tokens[child].lower == "as") {
      const TokenIndex object = child_with(d, verb, Dep::dobj);
      return object == kNoToken || t.lemma == "put" || d.tokens[object].lower == "it";  // "as X sees it"
    }
  }
  return false;
}

void add_content(const Document& d, TokenIndex verb, TokenIndex child, std::vector<TokenRange>& content) {
  TokenIndex head = child;
  if (d.tokens[child].dep == Dep::prep) {
    for (const TokenIndex below : near_children(d, child)) {
      if (below > child && d.tokens[below].dep != Dep::punct) {
        head = below;
        break;
      }
    }
  }
  const TokenRange whole = subtree(d, head);
  const TokenRange hole = whole.contains(verb) ? reporting_words(d, verb, child) : TokenRange{};
  add_around(d, whole, hole, content);
}

const Cue* verb_cue(const Document& d, TokenIndex verb, std::string& lemma) {
  const Lexicon& lexicon = stance_lexicon();
  lemma = with_particle(d, verb);
  if (const Cue* cue = lexicon.cue(Part::verb, lemma)) return cue;
  if (lemma.size() != d.tokens[verb].lemma.size()) return nullptr;
  for (const TokenIndex child : near_children(d, verb)) {
    if (d.tokens[child].dep == Dep::dobj && child > verb) break;  // "called the attacks on ships piracy"
    if (d.tokens[child].dep != Dep::prep || child < verb) continue;
    const std::string phrase = lemma + " " + std::string(d.tokens[child].lower);
    if (const Cue* cue = lexicon.cue(Part::verb, phrase)) {
      lemma = phrase;
      return cue;
    }
  }
  return lexicon.cue(Part::verb, lemma);
}

// "quoted X as saying": the words are X's in the first place.
bool quotes_another(const Document& d, TokenIndex verb) {
  for (const TokenIndex child : near_children(d, verb)) {
    if (d.tokens[child].lower != "as" || d.tokens[child].dep != Dep::prep) continue;
    const TokenIndex saying = child_with(d, child, Dep::pcomp);
    if (saying != kNoToken && is_verbal(d.tokens[saying])) return true;
  }
  return false;
}

// "accused the president of acting alone", "was accused by rivals of lying": "of" hung on the accused, or on who accuses.
void add_charge(const Document& d, TokenIndex verb, std::vector<TokenRange>& content) {
  TokenIndex object = child_with(d, verb, Dep::dobj);
  if (object == kNoToken) object = agent_of(d, verb);
  if (object == kNoToken) return;
  for (const TokenIndex child : near_children(d, object)) {
    if (child > object && d.tokens[child].lower == "of" && child_with(d, child, Dep::pcomp) != kNoToken) add_content(d, verb, child, content);
  }
}

// "called the plan “a danger to Peru”": taken for an apposition of the plan.
void add_quoted_name(const Document& d, TokenIndex verb, std::vector<TokenRange>& content) {
  const TokenIndex object = child_with(d, verb, Dep::dobj);
  const TokenIndex name = object == kNoToken || object < verb ? kNoToken : child_with(d, object, Dep::appos);
  if (name == kNoToken || name < object || d.left_edge[name] == 0) return;
  const TokenIndex mark = d.left_edge[name] - 1;
  if (!holds_mark(d, {mark, mark + 1})) return;
  TokenIndex last = mark + 1;
  while (last <= d.right_edge[name] && !is_closing_mark(d.tokens[last])) ++last;
  if (last > mark + 1) content.push_back({mark + 1, last});
}

// "told the radio that A", "conceded at a hearing that A": taken for a relative clause of whoever hears it, or of the occasion.
void add_told(const Document& d, TokenIndex verb, std::vector<TokenRange>& content) {
  for (const TokenIndex child : near_children(d, verb)) {
    const Dep dep = d.tokens[child].dep;
    const bool occasion = dep == Dep::prep && content.empty();
    if (child < verb || (dep != Dep::dobj && dep != Dep::dative && !occasion)) continue;
    const TokenIndex object = occasion ? child_with(d, child, Dep::pobj) : child;
    if (object == kNoToken) continue;
    for (const TokenIndex clause : near_children(d, object)) {
      if (clause < object || (d.tokens[clause].dep != Dep::relcl && d.tokens[clause].dep != Dep::acl)) continue;
      const TokenIndex mark = child_with(d, clause, Dep::mark);
      if (mark != kNoToken && d.tokens[mark].lower == "that" && subject_of(d, clause) != kNoToken) add_content(d, verb, clause, content);
    }
  }
}

// "X is concerned that Y": the participle of a feeling, taken for a passive.
void find_feeling(const Document& d, TokenIndex participle, std::vector<Report>& reports) {
  TokenIndex subject = child_with(d, participle, Dep::nsubjpass);
  if (subject == kNoToken && child_with(d, participle, Dep::auxpass) != kNoToken) subject = child_with(d, participle, Dep::nsubj);
  if (subject == kNoToken && d.tokens[participle].dep == Dep::acomp) subject = subject_of(d, d.tokens[participle].head);
  const TokenIndex clause = child_with(d, participle, Dep::ccomp);
  if (subject == kNoToken || clause == kNoToken || clause < participle || child_with(d, participle, Dep::agent) != kNoToken) return;
  Report report{{subject}, participle, std::string(d.tokens[participle].lower), CueClass::think, {}};
  add_content(d, participle, clause, report.content);
  reports.push_back(std::move(report));
}

}  // namespace

void find_verb_reports(const Document& d, std::vector<Report>& reports) {
  std::string lemma;
  for (TokenIndex verb = 0; verb < d.tokens.size(); ++verb) {
    if (!is_verbal(d.tokens[verb]) || d.tokens[verb].dep == Dep::aux || d.tokens[verb].dep == Dep::auxpass || d.tokens[verb].dep == Dep::amod) continue;
    const Token& t = d.tokens[verb];
    if (stance_lexicon().cue(Part::adjective, t.lower) != nullptr && t.tag == Tag::VBN) {
      find_feeling(d, verb, reports);
    }
    const Cue* cue = t.lemma == "put" ? stance_lexicon().cue(Part::verb, t.lemma) : verb_cue(d, verb, lemma);
    if (cue == nullptr) continue;
    if (t.lemma == "put") {
      lemma = "put";
      const TokenIndex mark = child_with(d, verb, Dep::mark);
      if (mark == kNoToken && child_with(d, verb, Dep::advmod) == kNoToken) continue;  // "as X put it"
    }
    const bool passive = is_passive(d, verb);
    if (quotes_another(d, verb)) continue;
    const TokenIndex speaker = speaker_of(d, verb, passive);
    if (speaker == kNoToken || d.tokens[speaker].dep == Dep::expl) continue;
    Report report{{speaker}, verb, lemma, cue->kind, {}};
    for (const TokenIndex child : near_children(d, verb)) {
      if (child == speaker || !is_content(d, verb, child, *cue) || is_another_clause(d, verb, child)) continue;
      if (is_judged_whole(d, verb, child) && !passive) continue;
      add_content(d, verb, child, report.content);
    }
    if (report.content.empty() && cue->kind == CueClass::judge && cue->takes(Complement::of)) add_charge(d, verb, report.content);
    if (report.content.empty() && cue->takes(Complement::oprd)) add_quoted_name(d, verb, report.content);
    if (cue->takes(Complement::that) && (cue->kind == CueClass::say || cue->kind == CueClass::ask)) add_told(d, verb, report.content);
    if (cue->kind != CueClass::know && is_parenthesis(d, verb, !report.content.empty())) {
      TokenIndex main = t.head;
      for (int step = 0; step < 3 && (d.tokens[main].dep == Dep::aux || d.tokens[main].dep == Dep::auxpass); ++step) main = d.tokens[main].head;
      TokenRange hole = reporting_words(d, verb, main);
      if (const TokenRange own = subtree(d, verb); own.last - own.first < 16) hole = own;
      add_around(d, subtree(d, main), hole, report.content);
    }
    std::sort(report.content.begin(), report.content.end());
    reports.push_back(std::move(report));
  }
}

void add_quoting_reports(const Document& d, std::vector<Report>& reports) {
  const std::size_t count = reports.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (reports[i].content.empty() || quoted_speaker(d, reports[i].cue) == kNoToken) continue;
    const TokenIndex quoting = d.tokens[d.tokens[reports[i].cue].head].head;
    const TokenIndex source = is_passive(d, quoting) ? agent_of(d, quoting) : subject_of(d, quoting);
    if (source == kNoToken || is_relative(d.tokens[source])) continue;
    reports.push_back({{source}, quoting, std::string(d.tokens[quoting].lemma), CueClass::say, reports[i].content, true});
  }
}

}  // namespace relata::stance
