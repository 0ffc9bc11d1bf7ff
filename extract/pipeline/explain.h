// Why an article reads as it does: the form of `relata extract --explain`, for people who tune the reading.
#pragma once

#include <string>

#include "extract/pipeline/extractor.h"

namespace relata {

// A block for every sentence: its words as a tree, and each statement it makes with the rule and the row of data/ it comes from, how it
// is meant, who says it, and what dates it. Statements between actors without a name are shown too and marked: settle() leaves them out.
std::string explain(Document document);

}  // namespace relata
