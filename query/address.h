// The target of a request line, taken apart (RFC 3986).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/result.h"
#include "query/parameters.h"

namespace relata {

struct Address {
  std::vector<std::string> path;  // segments, decoded: "/v1/entities/a%2Fb" -> v1, entities, a/b
  Given query;                    // decoded; "+" is a space
};

// bad_input: a broken % escape, text that is not UTF-8, a control character.
Result<Address> parse_address(std::string_view target);

// Everything but unreserved characters escaped.
std::string escape(std::string_view text);

}  // namespace relata
