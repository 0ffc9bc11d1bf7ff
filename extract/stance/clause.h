// Polarity and modality that a clause, noun phrase or adjective carries in its own words.
#pragma once

#include "extract/document.h"
#include "extract/stance/stance.h"

namespace relata::stance {

// From the words that hang on `token` alone: negation, negative subjects and objects, modal verbs, weakening adverbs and
// modifiers, conditional clauses beside it. A later part of a coordination shares those of the first part where grammar lets it.
// A negative argument that is `below` ("has no plans": below "plans") does not count: it negates itself.
Stance clause_stance(const Document& document, TokenIndex token, TokenIndex below = kNoToken);

// The subordinating word of a clause ("if", "whether", "as"), or kNoToken; only what stands before the verb.
TokenIndex mark_of(const Document& document, TokenIndex verb);

// "if X attacks", "unless", "should X attack", "had X known".
bool is_condition(const Document& document, TokenIndex verb);

// A word of negation that hangs on `token` and negates it: "not", "never", "no longer", but not "not only".
bool is_negated(const Document& document, TokenIndex token);

}  // namespace relata::stance
