// Whose "the ban" is: nouns of events whose owner the article told before ("Norland's travel ban ... the ban").
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/document.h"
#include "extract/statements/reach.h"

namespace relata::statements {

class ToldEvents {
 public:
  // In text order.
  void tell(const Document& document, TokenIndex noun, const std::vector<Reached>& agents);
  // Of the last such event, when the noun is definite and the article told it not long before; empty otherwise.
  std::vector<Reached> agents_of(const Document& document, TokenIndex noun) const;

 private:
  struct Event {
    TokenIndex noun = 0;
    std::vector<Reached> agents;
  };
  std::unordered_map<std::string_view, Event> last_;  // by lemma
};

}  // namespace relata::statements
