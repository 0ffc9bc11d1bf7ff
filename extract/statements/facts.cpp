#include "extract/statements/facts.h"

#include <algorithm>
#include <cmath>

#include "extract/statements/term_of_office.h"
#include "extract/times/times.h"

namespace relata::statements {

namespace {

// Of one sentence; a sentence of a language tells less, and what is made to hurt tells no more.
constexpr std::size_t kMostOfSentence = 64;

bool parts_paragraphs(const Token& token) { return token.is_space && std::count(token.text.begin(), token.text.end(), '\n') > 1; }

// The sentence of a token without white space around it. A heading without a full stop is parsed into the sentence below it: what
// an empty line parts does not belong together. Of a sentence without end only what is near the token is shown.
Span evidence_of(const Document& document, TokenIndex token) {
  constexpr TokenIndex kMost = 120;  // tokens on either side
  TokenRange words = document.sentences[document.sentence_of[token]];
  words.first = std::max(words.first, token > kMost ? token - kMost : 0);
  words.last = std::min(words.last, token + 1 + kMost);
  for (TokenIndex i = token; i > words.first; --i)
    if (parts_paragraphs(document.tokens[i - 1])) words.first = i;
  for (TokenIndex i = token + 1; i < words.last; ++i)
    if (parts_paragraphs(document.tokens[i])) words.last = i;
  while (words.last > token + 1 && document.tokens[words.last - 1].is_space) --words.last;
  while (words.first < token && document.tokens[words.first].is_space) ++words.first;
  return document.span_of(words);
}

}  // namespace

bool Facts::told(TokenIndex token, ActorIndex a, ActorIndex b) const {
  for (const auto& [from, to] : {std::pair(a, b), std::pair(b, a)}) {
    const auto found = told_.lower_bound({token, from, to, std::string()});
    if (found != told_.end() && std::get<0>(*found) == token && std::get<1>(*found) == from && std::get<2>(*found) == to) return true;
  }
  return false;
}

void Facts::add(const Fact& fact) {
  if (fact.subject == fact.object) return;
  const std::size_t sentence = document_.sentence_of[fact.token];
  if (sentence != sentence_) told_.clear();
  sentence_ = sentence;
  if (told_.size() >= kMostOfSentence) return;
  if (!told_.emplace(fact.token, fact.subject, fact.object, fact.type).second) return;
  ExplainedStatement found;
  Statement& statement = found.statement;
  statement.subject = fact.subject;
  statement.object = fact.object;
  statement.type = fact.type;
  statement.predicate = fact.predicate;
  statement.roles = fact.roles;
  statement.confidence = std::round(fact.confidence * 1000) / 1000;  // more digits would tell nothing
  statement.evidence = evidence_of(document_, fact.token);
  if (!fact.presupposed) {
    const Stance stance = stance_of(document_, fact.token);
    statement.polarity = stance.polarity;
    statement.modality = stance.modality;
    statement.attribution = speech_.attribution_of(fact.token);
  }
  std::optional<std::size_t> time = time_of(document_, times_, fact.token);
  if (!time && fact.time_token != kNoToken) time = time_of(document_, times_, fact.time_token);
  if (time) {
    statement.time = times_[*time].when;
    found.explanation.date = times_[*time].span;
  }
  if (!time && fact.office != kNoToken)
    if (const auto term = term_of_office(document_, times_, fact.office)) {
      statement.time = term->when;
      found.explanation.date = term->words;
    }
  found.explanation.rule = fact.rule;
  found.explanation.entry = fact.entry;
  found.explanation.word = document_.tokens[fact.token].span;
  found.explanation.token = fact.token;
  found.explanation.presupposed = fact.presupposed;
  all_.push_back(std::move(found));
}

}  // namespace relata::statements
