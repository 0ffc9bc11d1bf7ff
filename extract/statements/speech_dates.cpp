#include "extract/statements/speech_dates.h"

#include <algorithm>

#include "extract/stance/lexicon.h"
#include "extract/statements/tree.h"
#include "extract/times/times.h"

namespace relata::statements {
namespace {

constexpr int kNewsDays = 7;  // speech older than this is not what the article reports as new

bool is_speech_verb(const Token& token) {
  if (token.pos != Pos::VERB) return false;
  const stance::Cue* cue = stance::stance_lexicon().cue(stance::Part::verb, token.lemma);
  return cue != nullptr && (cue->kind == stance::CueClass::say || cue->kind == stance::CueClass::judge || cue->kind == stance::CueClass::ask);
}

bool speaks_for(std::string_view predicate) {
  for (const std::string_view word : {"spokesman", "spokeswoman", "spokesperson", "press secretary"})
    if (predicate.find(word) != std::string_view::npos) return true;
  return false;
}

}  // namespace

SpeechDates::SpeechDates(const Document& document, const Actors& actors, const std::vector<TimeExpression>& times, const News& news,
                         const std::vector<ExplainedStatement>& statements) {
  find(document, actors, times, news);
  for (const Spoke& one : all_) {
    const auto [at, first] = only_.try_emplace(one.speaker, one.date);
    if (!first && at->second && at->second->when != one.date.when) at->second.reset();
  }
  for (const ExplainedStatement& told : statements) {
    if (told.statement.type != "HAS_POSITION_AT" && told.statement.type != "EMPLOYED_BY") continue;
    if (!speaks_for(told.statement.predicate)) continue;
    voice_of_.emplace(told.statement.subject, told.statement.object);
    voice_of_.emplace(told.statement.object, told.statement.subject);
  }
}

// Every verb of saying with a speaker and a date, also where what is said joins no two actors.
void SpeechDates::find(const Document& document, const Actors& actors, const std::vector<TimeExpression>& times, const News& news) {
  std::vector<Spoke> of_the_day;
  std::map<ActorIndex, bool> dated;  // speakers whose speech of these days the article dates itself
  for (TokenIndex i = 0; i < document.tokens.size(); ++i) {
    if (!is_speech_verb(document.tokens[i])) continue;
    for (const TokenIndex child : near_children(document, i)) {
      const ActorIndex speaker = actors.of_token[child];
      if (document.tokens[child].dep != Dep::nsubj || speaker == kNoActor) continue;
      const auto time = time_of(document, times, i);
      const std::uint32_t at = document.tokens[i].span.begin;
      if (!time) {
        if (tells_news(document, news, i)) of_the_day.push_back({at, speaker, {*news.day, {}}});
        continue;
      }
      const std::optional<When>& when = times[*time].when;
      if (!when || !one_occasion(*when)) continue;
      all_.push_back({at, speaker, {*when, times[*time].span}});
      if (news.day && when->end.number + kNewsDays >= news.day->begin.number) dated[speaker] = true;
    }
  }
  std::erase_if(of_the_day, [&](const Spoke& one) { return dated.count(one.speaker) != 0; });
  all_.insert(all_.end(), of_the_day.begin(), of_the_day.end());
  std::stable_sort(all_.begin(), all_.end(), [](const Spoke& a, const Spoke& b) { return a.at < b.at; });
}

void SpeechDates::read_to(std::uint32_t point) {
  for (; next_ < all_.size() && all_[next_].at <= point; ++next_) spoke_.insert_or_assign(all_[next_].speaker, all_[next_].date);
}

std::optional<Dated> SpeechDates::of_voice(ActorIndex speaker) const {
  if (const auto before = spoke_.find(speaker); before != spoke_.end()) return before->second;
  const auto only = only_.find(speaker);
  return only != only_.end() ? only->second : std::nullopt;
}

std::optional<Dated> SpeechDates::of(ActorIndex speaker) const {
  if (auto own = of_voice(speaker)) return own;
  const auto voice = voice_of_.find(speaker);
  return voice != voice_of_.end() ? of_voice(voice->second) : std::nullopt;
}

}  // namespace relata::statements
