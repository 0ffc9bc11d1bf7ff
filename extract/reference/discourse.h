// An article's mentions and the actors found among them so far: what the resolvers of pronouns, of speakers and of noun phrases share.
#pragma once

#include <vector>

#include "extract/reference/clusters.h"
#include "extract/reference/syntax.h"

namespace relata::reference {

struct Discourse;
struct PronounView;

// Sees the candidates of every "he" and "she" before one is chosen: for training.
class Watcher {
 public:
  virtual ~Watcher() = default;
  virtual void candidates(const Discourse& all, const PronounView& view, const std::vector<std::uint32_t>& mentions) = 0;
};

struct Discourse {
  const Document& document;
  const std::vector<Token>& tokens;
  const names::Lexicon& lexicon;
  Syntax syntax;
  std::vector<Phrase>& mentions;
  std::vector<Cluster>& clusters;
  std::vector<std::uint32_t> mention_at;  // token -> the mention it heads, coordinations apart
  std::uint32_t most_named = kNone, named_first = kNone;  // clusters of people
  Watcher* watcher = nullptr;                              // nobody but for training

  Discourse(const Document& text, const names::Lexicon& words, std::vector<Phrase>& phrases, std::vector<Cluster>& actors);

  // Puts a mention into a cluster, which learns from it what it is; into a new one, whose number is the answer.
  void join(std::uint32_t index, std::uint32_t id);
  std::uint32_t open(std::uint32_t index);
  // The resolvers have passed this mention: it can be meant from now on.
  void note(std::uint32_t index);
};

// Two genders that may be the same one's.
inline bool gender_agrees(Gender a, Gender b) { return a == Gender::unknown || b == Gender::unknown || a == b; }

}  // namespace relata::reference
