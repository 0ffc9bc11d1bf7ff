// How a statement is meant, and who says it.
#pragma once

#include <string>
#include <vector>

#include "extract/document.h"
#include "extract/mentions.h"
#include "graph/extraction.h"

namespace relata {

struct Stance {
  Polarity polarity = Polarity::positive;
  Modality modality = Modality::actual;
};

// Polarity and modality of what `predicate` (a verb, or a noun or adjective that names an event or state) says, from the tree
// around it: negation and its scope, modal verbs, conditionals, questions, plans, demands, implicative and factive verbs.
Stance stance_of(const Document& document, TokenIndex predicate);

// Who says what in one article.
class Speech {
 public:
  // Finds direct and indirect speech, with the speaker resolved to an actor where one is named.
  static Speech find(const Document& document, const Actors& actors);

  // The speakers of what `predicate` says, nearest first; empty when the article itself asserts it. The word that reports
  // ("told" of "Peskov told TASS that") is not attributed to its own speaker, but what it reports is.
  const std::vector<Attribution>& attribution_of(TokenIndex predicate) const;

  const std::vector<Quote>& quotes() const { return quotes_; }

 private:
  std::vector<Quote> quotes_;
  std::vector<std::vector<Attribution>> chains_;     // distinct chains; [0] is empty
  std::vector<std::uint32_t> chain_of_token_;
};

}  // namespace relata
