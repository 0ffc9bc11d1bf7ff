// The words for types, from data/relations.tsv and data/entity_types.tsv.
#pragma once

#include "graph/result.h"
#include "query/vocabulary.h"

namespace relata {

// io, bad_input: a file is missing or malformed.
Result<Vocabulary> read_vocabulary();

}  // namespace relata
