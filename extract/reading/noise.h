// What stands around an article on its page and was scraped with it.
#pragma once

#include <string_view>
#include <vector>

#include "extract/document.h"
#include "graph/result.h"

namespace relata {

// Sets Document::noise for the sentences that are navigation, captions with credits, bylines, prompts, lists of other headlines, addresses,
// or in another script. Headlines, standfirsts, sub-headings and quotations are the article's own words and stay. In doubt a sentence stays.
// Word lists: data/reading/noise.tsv, credits.tsv. bad_input, io: a list cannot be read (nothing is marked then).
Result<void> mark_noise(Document& document);

// A line of a text, bytes [begin, end) without its line end.
struct TextLine {
  std::size_t begin = 0, end = 0;
  bool noise = false;
};

// The lines of a text that are not blank, each with the verdict that mark_noise goes by.
Result<std::vector<TextLine>> judge_lines(std::string_view text);

}  // namespace relata
