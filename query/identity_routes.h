// The addresses of identity: decisions of analysts, and what they and the rules made of each article's entities.
#pragma once

#include <vector>

#include "query/routes.h"

namespace relata {

std::vector<Route> identity_routes();

}  // namespace relata
