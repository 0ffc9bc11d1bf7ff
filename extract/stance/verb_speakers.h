// Who speaks where a verb reports: its subject, the agent of a passive, or whom a clause around it names.
#pragma once

#include "extract/document.h"

namespace relata::stance {

// The head of the phrase that names who says what the verb reports, or kNoToken.
TokenIndex speaker_of(const Document& document, TokenIndex verb, bool passive);

// "quoted X as saying": X for "saying", or kNoToken.
TokenIndex quoted_speaker(const Document& document, TokenIndex saying);

// The object of a passive's "by", or kNoToken.
TokenIndex agent_of(const Document& document, TokenIndex verb);
bool is_passive(const Document& document, TokenIndex verb);

bool is_relative(const Token& token);
bool is_closing_mark(const Token& token);

}  // namespace relata::stance
