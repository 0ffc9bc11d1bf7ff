// OpenAPI 3.1 (spec.openapis.org/oas/v3.1.0), written from the table of routes.
#include <algorithm>

#include "query/routes.h"
#include "query/schemas.h"

namespace relata {
namespace {

Json described(const Parameter& parameter, bool in_path) {
  Json json{{"name", parameter.name}, {"in", in_path ? "path" : "query"}, {"description", parameter.description}, {"schema", schema_of(parameter)}};
  if (in_path || parameter.required) json["required"] = true;
  if (parameter.list) {
    json["style"] = "form";
    json["explode"] = false;
  }
  return json;
}

Json content(std::string_view type, Json schema) { return Json{{std::string(type), Json{{"schema", std::move(schema)}}}}; }
Json reference(std::string_view name) { return Json{{"$ref", "#/components/schemas/" + std::string(name)}}; }

Json responses(const Route& route) {
  Json answers = Json::object();
  answers[std::to_string(route.status)] = Json{{"description", "the answer"},
                        {"content", route.answer.empty() ? content(route.path == "/" ? "text/html" : "*/*", Json{{"type", "string"}}) : content("application/json", reference(route.answer))}};
  if (route.path == "/v1/articles" && route.method == "POST") answers["202"] = Json{{"description", "kept, and read later: ask for the job"}, {"content", content("application/json", reference("Job"))}};
  if (route.path == "/mcp") answers["202"] = Json{{"description", "nothing but notifications: no answer"}};
  if (route.by_version) answers["304"] = Json{{"description", "as the ETag in If-None-Match says"}};
  answers["default"] = Json{{"description", "a problem (RFC 9457)"}, {"content", content("application/problem+json", reference("Problem"))}};
  return answers;
}

std::string operation_id(const Route& route) {
  std::string id(route.method);
  std::transform(id.begin(), id.end(), id.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const std::string_view part : segments(route.path)) {
    id += '_';
    for (const char c : part)
      if (c != '{' && c != '}') id += c == '.' ? '_' : c;
  }
  return id;
}

Json operation(const Route& route) {
  Json json{{"operationId", operation_id(route)}, {"summary", route.summary}};
  Json parameters = Json::array();
  const auto parts = segments(route.path);
  for (const Parameter& parameter : route.parameters) {
    const bool in_path = std::find(parts.begin(), parts.end(), "{" + std::string(parameter.name) + "}") != parts.end();
    parameters.push_back(described(parameter, in_path));
  }
  if (!parameters.empty()) json["parameters"] = std::move(parameters);
  if (route.method == "POST") {
    Json body = Json::object();
    if (!route.body.empty()) body = content("application/json", reference(route.body));
    else for (const std::string_view type : {"application/json", "application/x-ndjson", "text/plain", "text/html"}) body[std::string(type)] = Json::object();
    json["requestBody"] = Json{{"required", true}, {"content", std::move(body)}};
  }
  json["responses"] = responses(route);
  // A token is asked for when the service has tokens; no address tells beforehand.
  if (const Right right = right_of(route); right != Right::none) {
    json["security"] = Json::array({Json::object(), Json{{"token", Json::array()}}});
    json["description"] = "Needs the right to " + std::string(to_string(right)) + " when tokens guard the graph.";
  }
  return json;
}

}  // namespace

std::string openapi(const std::vector<Route>& routes, const Backend& backend) {
  Json paths = Json::object();
  for (const Route& route : routes) {
    std::string method(route.method);
    std::transform(method.begin(), method.end(), method.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    paths[std::string(route.path)][method] = operation(route);
  }
  const Json info{{"title", "Relata"},
                  {"summary", "Who did what to whom, when, according to whom"},
                  {"version", backend.program_version.empty() ? "0" : backend.program_version}};
  const Json json{{"openapi", "3.1.0"}, {"info", info}, {"paths", std::move(paths)}, {"components", Json{{"schemas", answer_schemas()}, {"securitySchemes", {{"token", {{"type", "http"}, {"scheme", "bearer"}}}}}}}};
  return dump(json, 1);
}

}  // namespace relata
