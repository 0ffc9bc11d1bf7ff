// The table of routes. Private to the service.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/address.h"
#include "query/backend.h"
#include "query/desk.h"
#include "query/http.h"
#include "query/parameters.h"
#include "query/service.h"

namespace relata {

struct Call {
  const Request& request;
  const Given& given;  // path and query parameters, checked
  const Backend& backend;
  const ServiceLimits& limits;
  Desk& desk;
};

struct Route {
  std::string_view method;
  std::string_view path;     // "/v1/entities/{id}"
  std::string_view summary;
  std::vector<Parameter> parameters;  // those whose name stands in `path` are of the path, the others of the query
  std::string_view answer;   // name of the schema in /openapi.json; empty: not JSON
  std::string_view question; // name of the form that answers it; empty: `handler`
  Response (*handler)(const Call& call) = nullptr;
  bool by_version = false;   // the answer depends on nothing but the address and the graph's version: ETag
  std::string_view body = {};  // name of the schema of what is posted; empty: articles
  std::optional<Right> right = {};  // what it needs; by default GET reads, POST writes and DELETE is for administrators
  int status = 200;  // of its answer when nothing goes wrong
  std::vector<std::string_view> parts = {};  // segments(path), made by routes()
  std::string name = {};                     // method and path, for metrics; made by routes()
};

Right right_of(const Route& route);

const std::vector<Route>& routes();

// Segments of a path template.
std::vector<std::string_view> segments(std::string_view path);

// Whether the template fits; fills in the path parameters.
bool fits(const Route& route, const std::vector<std::string>& path, Given& given);

// OpenAPI 3.1 of the routes.
std::string openapi(const std::vector<Route>& routes, const Backend& backend);

}  // namespace relata
