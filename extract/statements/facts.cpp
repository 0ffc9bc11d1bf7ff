#include "extract/statements/facts.h"

#include "extract/times/times.h"

namespace relata::statements {

void Facts::add(const Fact& fact) {
  if (fact.subject == fact.object) return;
  const std::size_t sentence = document_.sentence_of[fact.token];
  if (sentence != sentence_) told_.clear();
  sentence_ = sentence;
  if (!told_.emplace(fact.token, fact.subject, fact.object, fact.type).second) return;
  ExplainedStatement found;
  Statement& statement = found.statement;
  statement.subject = fact.subject;
  statement.object = fact.object;
  statement.type = fact.type;
  statement.predicate = fact.predicate;
  statement.roles = fact.roles;
  statement.confidence = fact.confidence;
  statement.evidence = document_.span_of(document_.sentences[sentence]);
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
  found.explanation.rule = fact.rule;
  found.explanation.entry = fact.entry;
  found.explanation.word = document_.tokens[fact.token].span;
  all_.push_back(std::move(found));
}

}  // namespace relata::statements
