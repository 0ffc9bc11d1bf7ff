// What a page says about its article: JSON-LD (schema.org), OpenGraph, Dublin Core and the names that publishing systems use.
#pragma once

#include <optional>
#include <string>

#include "extract/reading/page_model.h"
#include "graph/date.h"

namespace relata {

struct PageMetadata {
  std::string title, publisher, language, address, body;  // body: schema.org's articleBody
  std::optional<Day> published;
};

// `headline`: the text of the page's main heading, which is block `headline_block`; empty if there is none.
PageMetadata metadata_of(const PageModel& page, const std::string& headline, std::size_t headline_block, const ReadingWords& words);

}  // namespace relata
