// Errors as RFC 9457 problem+json.
#pragma once

#include <string>
#include <string_view>

#include "graph/result.h"
#include "query/http.h"
#include "query/json.h"

namespace relata {

// The one place that maps kinds of failure to HTTP: 400, 404, 409, 500, 503.
int http_status(Fault fault);

// `more`: members added to the problem, such as "candidates" and "parameter".
Response problem(int status, std::string_view detail, const Request& request, const Json& more = Json::object());
Response problem(const Error& error, const Request& request, const Json& more = Json::object());

}  // namespace relata
