#include "extract/reference/speakers.h"

#include <algorithm>

namespace relata::reference {
namespace {

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_speech(const Token& token) {
  return one_of(token.lemma, {"say", "tell", "add", "note", "explain", "write", "state", "announce", "claim", "comment", "declare", "report", "warn",
                              "argue", "insist", "admit", "reply", "ask", "continue", "stress", "conclude", "remark", "recall", "tweet", "post", "joke"});
}

}  // namespace

// Who speaks where token i stands: the subject of a verb of speech above it, beside it, or of the sentence before.
std::uint32_t SpeakerResolver::speaker(TokenIndex i) const {
  TokenIndex at = i;
  for (int step = 0; step < kClimb && all_.tokens[at].head != at; ++step) {
    at = all_.tokens[at].head;
    if (at != i && is_speech(all_.tokens[at]))
      if (const std::uint32_t who = subject_of(at, i); who != kNone) return who;
  }
  const std::uint32_t sentence = all_.document.sentence_of[i];
  for (std::uint32_t back = 0; back <= 2 && back <= sentence; ++back)
    if (const std::uint32_t who = speaker_in(all_.document.sentences[sentence - back], i); who != kNone) return who;
  if (sentence + 1 < all_.document.sentences.size()) return speaker_in(all_.document.sentences[sentence + 1], i);
  return kNone;
}

std::uint32_t SpeakerResolver::speaker_in(TokenRange sentence, TokenIndex not_this) const {
  const TokenIndex limit = std::min(sentence.last, sentence.first + 120);
  for (TokenIndex i = sentence.first; i < limit; ++i)
    if (all_.tokens[i].pos == Pos::VERB && is_speech(all_.tokens[i]))
      if (const std::uint32_t who = subject_of(i, not_this); who != kNone) return who;
  return kNone;
}

std::uint32_t SpeakerResolver::subject_of(TokenIndex verb, TokenIndex not_this) const {
  int looked = 0;
  for (const TokenIndex child : all_.document.children_of(verb)) {
    if (++looked > 40) break;
    if (child == not_this || !is_subject(all_.tokens[child].dep)) continue;
    const std::uint32_t who = all_.mention_at[child];
    if (who != kNone && all_.mentions[who].person == Person::third && all_.mentions[who].number != Number::plural) return who;
  }
  return kNone;
}

void SpeakerResolver::first_person(std::uint32_t index) {
  const std::uint32_t who = speaker(all_.mentions[index].head);
  const std::uint32_t speaking = who == kNone ? kNone : all_.mentions[who].cluster;
  if (all_.mentions[index].number == Number::singular) {
    if (speaking != kNone) return all_.join(index, speaking);
    return join_or_open(index, narrator_);
  }
  join_or_open(index, plural_of_[speaking]);
}

void SpeakerResolver::second_person(std::uint32_t index) {
  const std::uint32_t who = speaker(all_.mentions[index].head);
  join_or_open(index, addressed_by_[who == kNone ? kNone : all_.mentions[who].cluster]);
}

// Slots hold cluster + 1; 0: none yet.
void SpeakerResolver::join_or_open(std::uint32_t index, std::uint32_t& slot) {
  if (slot == 0) slot = all_.open(index) + 1;
  else all_.join(index, slot - 1);
}

}  // namespace relata::reference
