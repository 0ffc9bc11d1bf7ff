// Files of entities that a user knows (docs/identity.md): JSON lines of our own, or FollowTheMoney entities.
#pragma once

#include <memory>
#include <string>

#include "graph/known_names.h"
#include "graph/result.h"

namespace relata {

// bad_input names file, line and field; io: cannot be read.
Result<std::shared_ptr<const KnownNames>> read_names_file(const std::string& file);

}  // namespace relata
