// The clock of this machine, for records of who did something when.
#pragma once

#include <string>

namespace relata {

std::string now();  // ISO 8601, UTC

}  // namespace relata
