// "I", "we" and "you": the speaker of the words they stand in, those the speaker counts in, and those spoken to.
#pragma once

#include <unordered_map>

#include "extract/reference/discourse.h"

namespace relata::reference {

// Of one article.
class SpeakerResolver {
 public:
  explicit SpeakerResolver(Discourse& all) : all_(all) {}

  void first_person(std::uint32_t index);
  void second_person(std::uint32_t index);

 private:
  std::uint32_t speaker(TokenIndex i) const;
  std::uint32_t speaker_in(TokenRange sentence, TokenIndex not_this) const;
  std::uint32_t subject_of(TokenIndex verb, TokenIndex not_this) const;
  void join_or_open(std::uint32_t index, std::uint32_t& slot);

  Discourse& all_;
  // Speaker's cluster, or kNone -> cluster + 1 of its "we" and its "you"; 0: none yet.
  std::unordered_map<std::uint32_t, std::uint32_t> plural_of_, addressed_by_;
  std::uint32_t narrator_ = 0;
};

}  // namespace relata::reference
