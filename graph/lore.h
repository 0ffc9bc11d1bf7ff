// Reads data/identity/ (see graph/name_forms.h).
#pragma once

#include <string>
#include <vector>

#include "graph/name_forms.h"
#include "graph/result.h"

namespace relata {

// io: a file cannot be read; bad_input: a line without the columns it needs, with file and line.
Result<NameLore> load_name_lore(const std::string& folder);

// A state with the names of its government: seats that stand for it, and the government itself. All folded.
struct Government {
  std::string state;
  std::vector<std::string> names;
};

// data/identity/governments.tsv. Errors as of load_name_lore; also bad_input: a name that stands in two rows.
Result<std::vector<Government>> load_governments(const std::string& folder);

}  // namespace relata
