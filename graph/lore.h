// Reads data/identity/ (see graph/name_forms.h).
#pragma once

#include <string>

#include "graph/name_forms.h"
#include "graph/result.h"

namespace relata {

// io: a file cannot be read; bad_input: a line without the columns it needs, with file and line.
Result<NameLore> load_name_lore(const std::string& folder);

}  // namespace relata
