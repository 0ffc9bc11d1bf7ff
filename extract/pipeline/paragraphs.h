// Texts parsed paragraph by paragraph. A heading, a caption or a line of a list has no full stop; parsed with what follows it would
// become a part of the next sentence.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/language/language.h"

namespace relata {

// Where paragraphs begin (byte offsets, ascending, the first is 0; empty for an empty text). An empty line parts paragraphs. A
// single line end does unless lines are wrapped: then most lines begin in the middle of a sentence, with a small letter.
std::vector<std::size_t> paragraph_starts(std::string_view text);

// Like language.parse(articles), but each paragraph is a text of its own to the language runtime; a sentence never crosses paragraphs.
// Stretches without words (wordless.h) get no tokens, and what goes on for 4 KB without a full stop is no sentence: it is cut between words.
std::vector<Document> parse_paragraphs(const Language& language, std::vector<Article> articles);

}  // namespace relata
