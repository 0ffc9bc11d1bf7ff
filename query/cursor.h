// Cursors of long answers: "<version>.<offset>.<check>", or "<version>.<offset>.<entity>.<inside>.<total>.<check>" in lists of the
// whole graph. The check is a hash of the question, so that a cursor of another question is refused rather than answered wrongly.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/filter.h"
#include "graph/result.h"
#include "query/questions.h"

namespace relata {

// Where the next page begins in a list of the whole graph: of relations, which is ordered by source, or of statements, by article.
struct Mark {
  EntityId at;
  std::size_t inside = 0;  // relations of that source, or statements of that article (whose id is then `at`), that lie before
  std::size_t total = 0;   // of the whole list, as the first page counted
};

struct Place {
  Version version = 0;
  std::size_t offset = 0;
  std::optional<Mark> mark = {};
};

// One string that is the same for the same question: its name, its parts and its filter, without page and version.
std::string fingerprint(std::string_view question, const std::vector<std::string>& parts, const Filter& filter);

// Where a page begins: the beginning at the filter's version (or the view's) when it has no cursor.
// bad_input: limit out of range, cursor malformed or of another question, version newer than the view.
Result<Place> place(const Page& page, std::string_view fingerprint, const Filter& filter, const GraphView& view);

std::string cursor(const Place& place, std::string_view fingerprint);

}  // namespace relata
