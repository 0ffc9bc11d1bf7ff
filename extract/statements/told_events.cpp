#include "extract/statements/told_events.h"

#include "extract/statements/tree.h"

namespace relata::statements {
namespace {

constexpr TokenIndex kFarthest = 400;

bool is_definite(const Document& document, TokenIndex noun) {
  const TokenIndex det = child_with(document, noun, Dep::det);
  if (det == kNoToken) return false;
  for (const std::string_view word : {"the", "this", "that", "these", "those"})
    if (document.tokens[det].lower == word) return true;
  return false;
}

}  // namespace

void ToldEvents::tell(const Document& document, TokenIndex noun, const std::vector<Reached>& agents) {
  if (!agents.empty()) last_.insert_or_assign(document.tokens[noun].lemma, Event{noun, agents});
}

std::vector<Reached> ToldEvents::agents_of(const Document& document, TokenIndex noun) const {
  const auto found = last_.find(document.tokens[noun].lemma);
  if (found == last_.end() || found->second.noun >= noun || found->second.noun + kFarthest < noun || !is_definite(document, noun)) return {};
  std::vector<Reached> all = found->second.agents;
  for (Reached& reached : all) reached.depth = 1;
  return all;
}

}  // namespace relata::statements
