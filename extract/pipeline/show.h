// What the stages see, one JSON line a document: the forms of `relata extract --show`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extract/pipeline/extractor.h"

namespace relata {

enum class ShowForm { names, tokens, times, actors, triples, statements };
std::optional<ShowForm> parse_show_form(std::string_view name);

// `triples` gives one line a sentence (with `whole`, one line for the document taken as one sentence); the others one line.
// Each line ends in a line feed. Only the stages a form needs are run.
std::string show(ShowForm form, const Extractor& extractor, Document document, bool whole = false);

}  // namespace relata
