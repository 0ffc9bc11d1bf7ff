#include <algorithm>

#include "extract/stance/content.h"
#include "extract/stance/report.h"
#include "extract/stance/tree.h"

namespace relata::stance {
namespace {

bool is_any(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The phrase and, for parallel sources, what is coordinated with it.
void add_sources(const Document& d, TokenIndex head, std::vector<TokenIndex>& sources) {
  constexpr std::size_t kMost = 4;
  sources.push_back(head);
  for (const TokenIndex child : near_children(d, head)) {
    if (d.tokens[child].dep == Dep::conj && is_nominal(d.tokens[child]) && sources.size() < kMost) sources.push_back(child);
  }
}

// "X's claim", "a claim by X", "a report in X", "the Ukrainian demand", "made a claim".
// `holds_clause`: the noun has a clause with "that", which whoever does something with it holds for true or not.
std::vector<TokenIndex> owners_of(const Document& d, TokenIndex noun, bool of_is_content, bool holds_clause) {
  std::vector<TokenIndex> sources;
  TokenIndex adjective = kNoToken;
  for (const TokenIndex child : near_children(d, noun)) {
    const Token& t = d.tokens[child];
    if (t.dep == Dep::poss) {
      add_sources(d, child, sources);
      return sources;
    }
    if ((t.dep == Dep::amod || t.dep == Dep::compound || t.dep == Dep::nmod) && child < noun && t.ner != Ner::none && t.ner != Ner::DATE && t.ner != Ner::ORDINAL) {
      adjective = child;
    }
    if ((t.dep == Dep::prep || t.dep == Dep::agent) && child > noun && (is_any(t.lower, {"by", "from"}) || (!of_is_content && is_any(t.lower, {"of", "among", "in"})))) {
      const TokenIndex object = child_with(d, child, Dep::pobj);
      if (object != kNoToken && (t.lower != "in" || d.tokens[object].ner == Ner::ORG)) {
        add_sources(d, object, sources);
        return sources;
      }
    }
  }
  if (adjective != kNoToken) return {adjective};
  const Token& n = d.tokens[noun];
  const Token& verb = d.tokens[n.head];
  if (holds_clause) {  // "rejects the idea that", "came to the conclusion that", "is under the impression that"
    const TokenIndex above = n.dep == Dep::pobj ? verb.head : n.head;
    const TokenIndex subject = (n.dep == Dep::pobj && verb.dep == Dep::prep) || n.dep == Dep::dobj ? subject_of(d, above) : kNoToken;
    if (subject != kNoToken && d.tokens[subject].dep == Dep::nsubj && d.tokens[subject].tag != Tag::WDT && d.tokens[subject].tag != Tag::WP) {
      add_sources(d, subject, sources);
      return sources;
    }
  }
  if (n.dep == Dep::dobj && is_any(verb.lemma, {"make", "issue", "give", "release", "express", "voice", "have", "hold", "share", "repeat", "reiterate", "offer", "send", "publish", "post", "raise", "put", "file", "write", "deliver"})) {
    const TokenIndex subject = subject_of(d, n.head);
    if (subject != kNoToken && d.tokens[subject].dep == Dep::nsubj && d.tokens[subject].tag != Tag::WDT && d.tokens[subject].tag != Tag::WP) add_sources(d, subject, sources);
  }
  return sources;
}

bool is_finite_content(const Document& d, TokenIndex clause) {
  const TokenIndex mark = child_with(d, clause, Dep::mark);
  return mark != kNoToken && mark < clause && is_any(d.tokens[mark].lower, {"that", "whether", "if"});
}

void noun_content(const Document& d, TokenIndex noun, const Cue& cue, Report& report) {
  for (const TokenIndex child : near_children(d, noun)) {
    const Token& t = d.tokens[child];
    if (child < noun) continue;
    if ((t.dep == Dep::acl || t.dep == Dep::ccomp || t.dep == Dep::relcl) && is_verbal(t)) {
      const bool infinitive = is_infinitive(d, child) && (cue.takes(Complement::to) || cue.takes(Complement::objto));
      if (infinitive || (is_finite_content(d, child) && cue.takes(Complement::that))) add_around(d, subtree(d, child), {}, report.content);
    }
    if (t.dep == Dep::prep) {
      const Complement complement = parse_complement(t.lower);
      if (complement == Complement::none || complement == Complement::of || !cue.takes(complement) || complement == Complement::to) continue;
      const TokenRange whole = subtree(d, child);
      add_around(d, {child + 1, whole.last}, {}, report.content);
    }
  }
  // "X's message is that Y"
  const Token& n = d.tokens[noun];
  if (n.dep == Dep::nsubj && d.tokens[n.head].lemma == "be") {
    for (const TokenIndex child : near_children(d, n.head)) {
      if (child > n.head && d.tokens[child].dep == Dep::ccomp && cue.takes(Complement::that)) add_around(d, subtree(d, child), {}, report.content);
    }
  }
}

void noun_report(const Document& d, TokenIndex noun, const Cue& cue, std::vector<Report>& reports) {
  Report report{{}, noun, std::string(d.tokens[noun].lemma), cue.kind, {}};
  noun_content(d, noun, cue, report);
  if (report.content.empty()) return;
  bool clause = false;
  for (const TokenIndex child : near_children(d, noun)) clause = clause || (child > noun && is_verbal(d.tokens[child]) && is_finite_content(d, child));
  report.sources = owners_of(d, noun, false, clause);
  std::erase_if(report.sources, [&](TokenIndex source) { return source == noun; });
  if (report.sources.empty()) return;
  reports.push_back(std::move(report));
}

// "X is sure that Y", "X was clear that Y".
void adjective_report(const Document& d, TokenIndex adjective, const Cue& cue, std::vector<Report>& reports) {
  const Token& a = d.tokens[adjective];
  const bool made = (a.dep == Dep::ccomp || a.dep == Dep::oprd || a.dep == Dep::acomp) && d.tokens[a.head].lemma == "make";  // "made it clear that"
  if (a.dep != Dep::acomp && a.dep != Dep::oprd && !made) return;
  const TokenIndex subject = subject_of(d, a.head);
  if (subject == kNoToken || d.tokens[subject].lower == "it" || d.tokens[subject].tag == Tag::WDT || d.tokens[subject].tag == Tag::WP) return;
  Report report{{subject}, adjective, std::string(a.lemma), cue.kind, {}};
  for (const TokenIndex parent : {adjective, a.head}) {
    for (const TokenIndex child : near_children(d, parent)) {
      const Token& t = d.tokens[child];
      const bool clause = t.dep == Dep::ccomp || (made && t.dep == Dep::advcl && is_finite_content(d, child));
      if (child > adjective && clause && !is_infinitive(d, child)) add_around(d, subtree(d, child), {}, report.content);
    }
  }
  if (!report.content.empty()) reports.push_back(std::move(report));
}

// The clause an adverbial phrase speaks about: the nearest verb above it.
TokenIndex clause_above(const Document& d, TokenIndex token) {
  TokenIndex head = d.tokens[token].head;
  for (int step = 0; step < kMostSteps && !is_verbal(d.tokens[head]) && d.tokens[head].head != head; ++step) head = d.tokens[head].head;
  return head;
}

void adverbial_report(const Document& d, TokenIndex phrase, std::vector<TokenIndex> sources, std::string lemma, std::vector<Report>& reports) {
  const TokenIndex clause = clause_above(d, phrase);
  TokenRange whole = subtree(d, clause);
  if (d.tokens[clause].head == clause) whole = d.sentences[d.sentence_of[clause]];
  TokenRange hole = subtree(d, phrase);
  hole.first = std::min(hole.first, phrase);
  Report report{std::move(sources), phrase, std::move(lemma), CueClass::say, {}};
  if (whole.contains(phrase)) add_around(d, whole, hole, report.content);
  if (!report.content.empty()) reports.push_back(std::move(report));
}

// "according to X": the tree hangs "to" on "according", or both on the verb.
void according_report(const Document& d, TokenIndex according, std::vector<Report>& reports) {
  const TokenIndex to = according + 1;
  if (to >= d.tokens.size() || d.tokens[to].lower != "to") return;
  const TokenIndex object = child_with(d, to, Dep::pobj);
  if (object == kNoToken) return;
  std::vector<TokenIndex> sources;
  add_sources(d, object, sources);
  const TokenIndex phrase = d.tokens[to].head == according ? according : to;
  adverbial_report(d, phrase, std::move(sources), "according to", reports);
}

// "in X's words", "in the view of X", "in X's opinion"; "per X", "for X" are too often something else.
void in_words_report(const Document& d, TokenIndex in, std::vector<Report>& reports) {
  const TokenIndex noun = child_with(d, in, Dep::pobj);
  if (noun == kNoToken || !is_any(d.tokens[noun].lower, {"words", "view", "opinion", "eyes", "judgment", "judgement", "estimation", "telling", "mind", "account", "phrase"})) return;
  std::vector<TokenIndex> sources = owners_of(d, noun, false, false);
  if (!sources.empty()) adverbial_report(d, in, std::move(sources), "in the " + std::string(d.tokens[noun].lower) + " of", reports);
}

}  // namespace

TokenRange speaker_words(const Document& d, TokenIndex head) {
  TokenRange words{d.left_edge[head], head + 1};
  for (TokenIndex i = head; i-- > words.first;) {
    // a line above without a full stop is no part of the phrase; nor are words further off than a long title
    if (d.tokens[i].is_space || head - i > 16) words.first = i + 1;
  }
  for (const TokenIndex child : near_children(d, head)) {
    const Token& t = d.tokens[child];
    if (child < head || (t.dep != Dep::prep && t.dep != Dep::compound)) continue;
    if (child_with(d, child, Dep::pcomp) != kNoToken) continue;  // "accused by his rivals of lying"
    words.last = std::max(words.last, d.right_edge[child] + 1);
  }
  return words;
}

void find_phrase_reports(const Document& d, std::vector<Report>& reports) {
  const Lexicon& lexicon = stance_lexicon();
  for (TokenIndex i = 0; i < d.tokens.size(); ++i) {
    const Token& t = d.tokens[i];
    if (t.lower == "according") {
      according_report(d, i, reports);
    } else if (t.lower == "in" && t.dep == Dep::prep) {
      in_words_report(d, i, reports);
    } else if (t.pos == Pos::NOUN) {
      if (const Cue* cue = lexicon.cue(Part::noun, t.lemma)) noun_report(d, i, *cue, reports);
    } else if (t.pos == Pos::ADJ) {
      if (const Cue* cue = lexicon.cue(Part::adjective, t.lemma)) adjective_report(d, i, *cue, reports);
    }
  }
}

}  // namespace relata::stance
