// The page for people, which web/ is built into when the program is.
#pragma once

#include <span>

#include "query/backend.h"

namespace relata {

std::span<const PageFile> page_files();

}  // namespace relata
