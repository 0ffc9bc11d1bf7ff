#include "extract/statements/shared_dates.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "extract/stance/lexicon.h"
#include "extract/times/times.h"

namespace relata::statements {
namespace {

using Pair = std::pair<ActorIndex, ActorIndex>;

struct Dated {
  When when;
  std::optional<Span> words;
};

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

// A day or a week is when one occasion was; a month or a year may hold many.
bool one_occasion(const When& when) { return when.precision == Precision::day || when.precision == Precision::week; }

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

struct Spoke {
  std::uint32_t at = 0;  // code point of the word that tells so
  ActorIndex speaker = 0;
  Dated date;
};

// Every verb of saying with a speaker and a date, also where what is said joins no two actors.
std::vector<Spoke> dated_speech(const Document& document, const Actors& actors, const std::vector<TimeExpression>& times) {
  std::vector<Spoke> found;
  const stance::Lexicon& lexicon = stance::stance_lexicon();
  if (times.empty()) return found;
  for (TokenIndex i = 0; i < document.tokens.size(); ++i) {
    const Token& token = document.tokens[i];
    if (token.pos != Pos::VERB) continue;
    const stance::Cue* cue = lexicon.cue(stance::Part::verb, token.lemma);
    if (cue == nullptr ||
        (cue->kind != stance::CueClass::say && cue->kind != stance::CueClass::judge && cue->kind != stance::CueClass::ask))
      continue;
    for (const TokenIndex child : document.children_of(i)) {
      if (document.tokens[child].dep != Dep::nsubj || actors.of_token[child] == kNoActor) continue;
      const auto time = time_of(document, times, i);
      if (time && times[*time].when && one_occasion(*times[*time].when))
        found.push_back({token.span.begin, actors.of_token[child], {*times[*time].when, times[*time].span}});
    }
  }
  return found;
}

// The date of all that somebody says in an article that tells of one occasion only: a headline and a lead come before its date.
std::map<ActorIndex, std::optional<Dated>> only_speech(const std::vector<Spoke>& speech_told) {
  std::map<ActorIndex, std::optional<Dated>> only;
  for (const Spoke& one : speech_told) {
    const auto [at, first] = only.try_emplace(one.speaker, one.date);
    if (!first && at->second && at->second->when != one.date.when) at->second.reset();
  }
  return only;
}

void share_onwards(const std::vector<Spoke>& speech_told, std::vector<ExplainedStatement>& statements) {
  const auto only = only_speech(speech_told);
  auto next = speech_told.begin();
  std::map<ActorIndex, Dated> spoke;
  std::map<Pair, Dated> met;
  for (ExplainedStatement& told : statements) {
    Statement& statement = told.statement;
    for (; next != speech_told.end() && next->at <= told.explanation.word.begin; ++next) spoke.insert_or_assign(next->speaker, next->date);
    if (!shares(statement)) continue;
    const bool said = speech(statement.type);
    if (!statement.time) {
      const auto meeting_before = met.find(pair_of(statement));
      const auto speech_before = spoke.find(statement.subject);
      if (statement.type == "AGREE" && meeting_before != met.end())
        give(told, meeting_before->second);
      else if (said && own_words(statement) && speech_before != spoke.end())
        give(told, speech_before->second);
      continue;
    }
    if (!one_occasion(*statement.time)) continue;
    if (said) spoke.insert_or_assign(statement.subject, dated(told));
    if (meeting(statement.type)) met.insert_or_assign(pair_of(statement), dated(told));
  }
}

}  // namespace

void share_dates(const Document& document, const Actors& actors, const std::vector<TimeExpression>& times,
                 std::vector<ExplainedStatement>& statements) {
  share_between_tellings(statements);
  share_onwards(dated_speech(document, actors, times), statements);
}

}  // namespace relata::statements
