// A Document from a line of the golden format {"text", "tokens":[{text, idx, ws, tag, pos, morph, lemma, head, dep, ent_iob, ent_type, sent_start, ...}]},
// so that a stage can be tested without the language runtime.
#pragma once

#include <deque>
#include <string>

#include "extract/document.h"

namespace relata {

// The words that a Document's tokens look at; must outlive the Document. A deque never moves its elements.
using WordStore = std::deque<std::string>;

// Throws std::runtime_error on a malformed line.
Document parsed_document(const std::string& json_line, WordStore& words);

}  // namespace relata
