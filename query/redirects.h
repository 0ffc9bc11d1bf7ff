// Ids that were merged away: an answer says which of those it was asked for are another entity by now.
#pragma once

#include "graph/view.h"
#include "query/json.h"
#include "query/parameters.h"

namespace relata {

// {"<id asked for>": "<id it is now>"} for every entity id among what was given, also within relation ids; empty if all are what they were.
Json redirects(const Given& given, const GraphView& view);

// Adds them to an answer as "redirected_from", if there are any.
void report_redirects(Json& answer, const Given& given, const GraphView& view);

}  // namespace relata
