#include "extract/statements/shared_dates.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "extract/statements/news_day.h"
#include "extract/statements/speech_dates.h"

namespace relata::statements {
namespace {

using Pair = std::pair<ActorIndex, ActorIndex>;

bool speech(std::string_view type) {
  constexpr std::array<std::string_view, 6> kSpeech = {"STATE", "ACCUSE", "THREATEN", "SUPPORT", "REJECT", "REQUEST"};
  return std::find(kSpeech.begin(), kSpeech.end(), type) != kSpeech.end();
}

bool meeting(std::string_view type) { return type == "CONSULT"; }

// What happened, told by the article itself: what somebody says of another time keeps its own clock.
bool shares(const Statement& statement) { return statement.modality == Modality::actual && statement.polarity == Polarity::positive; }

// Said by the article, or by nobody but the speaker himself.
bool own_words(const Statement& statement) {
  return std::all_of(statement.attribution.begin(), statement.attribution.end(), [&](const Attribution& by) { return by.source == statement.subject; });
}

Pair pair_of(const Statement& statement) { return std::minmax(statement.subject, statement.object); }

Dated dated(const ExplainedStatement& told) { return {*told.statement.time, told.explanation.date}; }

void give(ExplainedStatement& told, const Dated& date) {
  told.statement.time = date.when;
  told.explanation.date = date.words;
}

// Nothing where the article gives one event two dates.
void share_between_tellings(std::vector<ExplainedStatement>& statements) {
  std::map<std::tuple<Pair, std::string_view, std::string_view>, std::optional<Dated>> dates;
  const auto key = [](const Statement& s) { return std::tuple(pair_of(s), std::string_view(s.type), std::string_view(s.predicate)); };
  for (const ExplainedStatement& told : statements) {
    if (!told.statement.time || !shares(told.statement)) continue;
    const auto [at, first] = dates.try_emplace(key(told.statement), dated(told));
    if (!first && at->second && at->second->when != *told.statement.time) at->second.reset();
  }
  for (ExplainedStatement& told : statements) {
    if (told.statement.time || !shares(told.statement)) continue;
    const auto at = dates.find(key(told.statement));
    if (at != dates.end() && at->second && one_occasion(at->second->when)) give(told, *at->second);
  }
}

void share_onwards(SpeechDates speech_dates, std::vector<ExplainedStatement>& statements) {
  std::map<Pair, Dated> met;
  for (ExplainedStatement& told : statements) {
    Statement& statement = told.statement;
    speech_dates.read_to(told.explanation.word.begin);
    if (!shares(statement)) continue;
    const bool said = speech(statement.type);
    if (!statement.time) {
      const auto meeting_before = met.find(pair_of(statement));
      if (statement.type == "AGREE" && meeting_before != met.end()) {
        give(told, meeting_before->second);
      } else if (said && own_words(statement)) {
        if (const auto date = speech_dates.of(statement.subject)) give(told, *date);
      }
      continue;
    }
    if (!one_occasion(*statement.time)) continue;
    if (said) speech_dates.spoke(statement.subject, dated(told));
    if (meeting(statement.type)) met.insert_or_assign(pair_of(statement), dated(told));
  }
}

// Does the sentence date something within the last month, though not this word? Then that may be when it was.
bool other_date(const Document& document, const std::vector<TimeExpression>& times, const News& news, TokenIndex token) {
  constexpr int kDays = 31;
  constexpr int kMost = 40;  // expressions looked at
  const TokenRange sentence = document.sentences[document.sentence_of[token]];
  auto at = std::lower_bound(times.begin(), times.end(), sentence.first,
                             [](const TimeExpression& time, TokenIndex first) { return time.tokens.first < first; });
  for (int looks = 0; at != times.end() && at->tokens.first < sentence.last && looks < kMost; ++at, ++looks)
    if (at->when && at->when->end < news.day->begin && at->when->begin.number + kDays >= news.day->begin.number) return true;
  return false;
}

void date_news(const Document& document, const std::vector<TimeExpression>& times, const Ontology& ontology, const News& news,
               std::vector<ExplainedStatement>& statements) {
  if (!news.day) return;
  for (ExplainedStatement& told : statements) {
    const Statement& statement = told.statement;
    const Token& word = document.tokens[told.explanation.token];
    if (statement.time || !shares(statement) || !own_words(statement) || told.explanation.presupposed || ontology.has("stative", word.lemma)) continue;
    if (!tells_news(document, news, told.explanation.token) || other_date(document, times, news, told.explanation.token)) continue;
    give(told, {*news.day, {}});
  }
}

}  // namespace

void share_dates(const Document& document, const Actors& actors, const std::vector<TimeExpression>& times, const Ontology& ontology,
                 std::vector<ExplainedStatement>& statements) {
  share_between_tellings(statements);
  const News news = find_news(document, times);
  share_onwards(SpeechDates(document, actors, times, news, statements), statements);
  date_news(document, times, ontology, news, statements);
  share_between_tellings(statements);
}

}  // namespace relata::statements
