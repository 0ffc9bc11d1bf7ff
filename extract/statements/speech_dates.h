// When the people of an article spoke.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "extract/document.h"
#include "extract/mentions.h"
#include "extract/statements/explain.h"
#include "extract/statements/news_day.h"

namespace relata::statements {

struct Dated {
  When when;
  std::optional<Span> words;  // that tell the date; nothing when the head of the article does
};

// A day or a week is when one occasion was; a month or a year may hold many.
inline bool one_occasion(const When& when) { return when.precision == Precision::day || when.precision == Precision::week; }

class SpeechDates {
 public:
  // `statements` tell who is whose spokesman.
  SpeechDates(const Document& document, const Actors& actors, const std::vector<TimeExpression>& times, const News& news,
              const std::vector<ExplainedStatement>& statements);

  // Moves on in the text to the code point; never back.
  void read_to(std::uint32_t point);
  // The speaker spoke at this time, as told at the present place.
  void spoke(ActorIndex speaker, const Dated& date) { spoke_.insert_or_assign(speaker, date); }
  // When what the speaker says at the present place was said: on the last occasion told of before, or the only one of the article.
  std::optional<Dated> of(ActorIndex speaker) const;

 private:
  struct Spoke {
    std::uint32_t at = 0;  // code point of the word that tells so
    ActorIndex speaker = 0;
    Dated date;
  };

  void find(const Document& document, const Actors& actors, const std::vector<TimeExpression>& times, const News& news);
  std::optional<Dated> of_voice(ActorIndex speaker) const;

  std::vector<Spoke> all_;  // in text order
  std::size_t next_ = 0;
  std::map<ActorIndex, Dated> spoke_;
  std::map<ActorIndex, std::optional<Dated>> only_;  // nothing: on more than one occasion
  std::map<ActorIndex, ActorIndex> voice_of_;        // spokesman -> whom he speaks for, and back
};

}  // namespace relata::statements
