// JSON Schemas (2020-12, as OpenAPI 3.1 uses them) of what the service answers. Private to the description of the service.
#pragma once

#include "query/json.h"
#include "query/parameters.h"

namespace relata {

// Name -> schema: Entity, Relation, Problem, ...
Json answer_schemas();

// What a value of the parameter looks like.
Json schema_of(const Parameter& parameter);

}  // namespace relata
