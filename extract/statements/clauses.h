// Clauses: who does what to whom in one sentence, as tokens of the dependency tree (ClearNLP labels). Found once and used by
// both outputs, open triples and typed statements. After Del Corro & Gemulla, "ClausIE" (WWW 2013), with control, coordination
// and gaps of relative clauses resolved to the word that fills them.
#pragma once

#include <cstdint>
#include <vector>

#include "extract/document.h"

namespace relata::statements {

enum class ClauseRole : std::uint8_t {
  subject,     // who does it; the grammatical subject of a passive is `object`, or `indirect` ("was given a prize")
  object,      // what it is done to: direct object, or subject of a passive
  indirect,    // to whom, without a preposition: "gave Ukraine"
  agent,       // "by" of a passive
  attribute,   // predicate noun or adjective: "is a spokesman", "elected president"
  oblique,     // under a preposition
  complement,  // a clause: that, infinitive, gerund
  adverb,      // adverb, bare noun phrase of time or measure, adverbial clause
};

struct ClauseArgument {
  ClauseRole role = ClauseRole::object;
  TokenIndex head = 0;           // head of the phrase; coordinated phrases hang on it (see conjuncts)
  TokenIndex marker = kNoToken;  // its preposition or subordinating word
  bool inherited = false;        // stands in another clause (shared by coordination, control, or antecedent of a relative)
};

struct Clause {
  TokenIndex predicate = 0;        // the verb, or the copula
  TokenIndex particle = kNoToken;  // "carry out"
  TokenIndex subject = kNoToken;   // head of the grammatical subject, its own or inherited; also among the arguments by its role
  TokenIndex governor = kNoToken;  // predicate of the clause this one depends on, or kNoToken
  bool copular = false;
  bool passive = false;
  bool reduced = false;                   // participle or infinitive without a subject of its own
  std::vector<ClauseArgument> arguments;  // in text order of their heads, inherited ones last

  const ClauseArgument* first(ClauseRole role) const {
    for (const ClauseArgument& argument : arguments)
      if (argument.role == role) return &argument;
    return nullptr;
  }
};

// All verbal clauses of a sentence, in text order. Time linear in the sentence.
std::vector<Clause> find_clauses(const Document& document, TokenRange sentence);

}  // namespace relata::statements
