// The readable data files of data/: tab-separated columns, one record a line, '#' begins a comment line, UTF-8.
#pragma once

#include <string>
#include <vector>

#include "graph/result.h"

namespace relata {

using Row = std::vector<std::string>;

// Where data/ and models/ are: $RELATA_HOME, else beside the program's folder (build/relata -> ./data), else the current folder,
// else /usr/share/relata.
// io with the places looked at when there is none.
Result<std::string> home_folder();

// The records of one file of data/. bad_input names file, line and what is wrong (a row with fewer than `columns` columns).
Result<std::vector<Row>> read_rows(const std::string& file, std::size_t columns);

}  // namespace relata
