// Reports of speech and thought as the grammar of a sentence shows them: who, by which word, what.
#pragma once

#include <string>
#include <vector>

#include "extract/document.h"
#include "extract/stance/lexicon.h"

namespace relata::stance {

struct Report {
  std::vector<TokenIndex> sources;   // heads of the phrases that name the speakers; more than one for parallel sources
  TokenIndex cue = kNoToken;         // the reporting word; kNoToken where only punctuation reports ("Lima: we will pay")
  std::string lemma;                 // "tell", "according to"
  CueClass kind = CueClass::say;
  std::vector<TokenRange> content;   // what is reported, in text order, without the words that report
  bool passes_on = false;            // of somebody else's words: "The Times quoted X as saying"
};

// What verbs report: "X said that", "X told Y", "“…,” said X", "X, said Y", "as X put it", "asked by X", "he went on to say".
// A verb with a speaker but without content of its own (a quotation beside it) gives a report with empty content.
void find_verb_reports(const Document& document, std::vector<Report>& reports);

// "The Times quoted X as saying that": what X says, The Times reports too. Call when all content is known.
void add_quoting_reports(const Document& document, std::vector<Report>& reports);

// "X's claim that", "demands by X for", "according to X", "in X's words", "X is sure that".
void find_phrase_reports(const Document& document, std::vector<Report>& reports);

// The words of the phrase that names a speaker, without relative clauses and what follows them.
TokenRange speaker_words(const Document& document, TokenIndex head);

}  // namespace relata::stance
