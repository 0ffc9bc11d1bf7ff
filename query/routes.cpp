#include "query/routes.h"

#include <algorithm>
#include <sstream>

#include "query/export_request.h"
#include "query/identity_routes.h"
#include "query/json.h"
#include "query/page.h"
#include "query/problem.h"

namespace relata {
namespace {

Response json_text(std::string body, int status = 200) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

std::string media_type(const Request& request) {
  const auto found = request.headers.find("content-type");
  if (found == request.headers.end()) return "application/json";
  std::string type = found->second.substr(0, found->second.find(';'));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  std::transform(type.begin(), type.end(), type.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return type;
}

constexpr std::string_view kReadable[] = {"application/json", "application/x-ndjson", "application/jsonl", "application/jsonlines",
                                          "text/plain",       "text/html",            "application/xhtml+xml"};

Response ingest(const Call& call) {
  if (!call.backend.ingest) return problem(403, "this service only reads; start it with writing allowed", call.request);
  const std::string type = media_type(call.request);
  if (std::find(std::begin(kReadable), std::end(kReadable), type) == std::end(kReadable)) {
    std::string known;
    for (const std::string_view one : kReadable) (known += known.empty() ? "" : ", ") += one;
    return problem(415, "Content-Type '" + type.substr(0, 100) + "': one of " + known, call.request);
  }
  if (call.request.body.empty()) return problem(400, "body: is empty, an article is expected", call.request);
  Result<std::string> receipt = call.backend.ingest(call.request.body, type);
  return receipt ? json_text(*std::move(receipt)) : problem(receipt.error(), call.request);
}

Response retract(const Call& call) {
  if (!call.backend.retract) return problem(403, "this service only reads; start it with writing allowed", call.request);
  const std::string& text = call.given.find("id")->second.front();
  const auto id = parse_article_id(text);
  if (!id) return problem(400, "id='" + text + "': an article id is 16 hex digits", call.request, {{"parameter", "id"}});
  Result<std::string> receipt = call.backend.retract(*id);
  return receipt ? json_text(*std::move(receipt)) : problem(receipt.error(), call.request);
}

Response stats(const Call& call) {
  const auto view = call.backend.view();
  const Result<Answer> told = answer(StatsQuestion{}, *view);
  if (!told) return problem(told.error(), call.request);
  Json json = to_json(*told);
  if (call.backend.more_stats) {
    const Json more = Json::parse(call.backend.more_stats(), nullptr, false);
    if (more.is_object()) json.update(more);
  }
  return json_text(dump(json));
}

Response export_(const Call& call) {
  const auto view = call.backend.view();
  Result<ExportRequest> request = export_request(call.given, *view);
  if (!request) return problem(request.error(), call.request);
  Response response;
  response.type = media_type(request->format);
  if (request->format == ExportFormat::svg) {  // can be too much, which must be known before the answer begins
    std::ostringstream text;
    if (const Result<void> done = write_export(*request, *view, call.backend.vocabulary, text); !done) return problem(done.error(), call.request);
    response.body = std::move(text).str();
  } else {
    response.stream = [view, request = *std::move(request), &words = call.backend.vocabulary](std::ostream& out) { return write_export(request, *view, words, out).ok(); };
  }
  return response;
}

Response healthz(const Call&) { return json_text(R"({"status":"ok"})"); }

Response readyz(const Call& call) {
  if (call.backend.ready)
    if (const Result<void> ready = call.backend.ready(); !ready) return problem(503, ready.error().message, call.request);
  return json_text(R"({"status":"ready"})");
}

Response description(const Call& call) { return json_text(openapi(routes(), call.backend)); }

Route asked(std::string_view path, std::string_view question, std::string_view schema) {
  const Form& one = form(question);
  return {"GET", path, one.summary, one.parameters, schema, question, nullptr, true};
}

const Parameter kArticle{"id", "article id, 16 hex digits", ParameterKind::text, 0, 0, {}, {}, false, true};

const Parameter kFile{"file", "name of a file that the page asks for", ParameterKind::text, 0, 0, {}, {}, false, true};

std::vector<Route> make_routes() {
  std::vector<Route> all{
      asked("/v1/entities", "find", "Entities"),
      asked("/v1/entities/{id}", "show", "Entity"),
      asked("/v1/entities/{id}/neighbourhood", "neighbourhood", "Relations"),
      asked("/v1/entities/{id}/timeline", "timeline", "Timeline"),
      asked("/v1/entities/{id}/quotes", "quotes", "Quotes"),
      asked("/v1/paths", "path", "Paths"),
      asked("/v1/connections", "connections", "Connections"),
      asked("/v1/contested", "who", "Sides"),
      asked("/v1/relations", "relations", "Relations"),
      asked("/v1/relations/{id}", "relation", "Relation"),
      asked("/v1/statements", "statements", "Statements"),
      asked("/v1/articles/{id}", "article", "ExtractedArticle"),
      {"POST", "/v1/articles", "Read articles and keep what they say", {}, "Receipt", {}, ingest, false},
      {"DELETE", "/v1/articles/{id}", "Take an article back, and all that it alone supports", {kArticle}, "Receipt", {}, retract, false},
      {"GET", "/v1/export", "The graph, or what the filters select, in the format of another tool", export_parameters(), {}, {}, export_, false},
      {"GET", "/v1/stats", "Version and counts of the graph", {}, "Stats", {}, stats, false},
      {"GET", "/healthz", "The process is alive", {}, "Status", {}, healthz, false},
      {"GET", "/readyz", "Questions can be answered", {}, "Status", {}, readyz, false},
      {"GET", "/openapi.json", "This description", {}, "Description", {}, description, false},
      {"GET", "/", "The page for people", {}, {}, {}, page_file, false},
      {"GET", "/assets/{file}", "A part of the page for people", {kFile}, {}, {}, page_file, false},
  };
  const std::vector<Route> identity = identity_routes();
  all.insert(all.end(), identity.begin(), identity.end());
  return all;
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> all = make_routes();
  return all;
}

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 1; at < path.size();) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    parts.push_back(path.substr(at, slash - at));
    at = slash + 1;
  }
  return parts;
}

bool fits(const Route& route, const std::vector<std::string>& path, Given& given) {
  const std::vector<std::string_view> parts = segments(route.path);
  if (parts.size() != path.size()) return false;
  Given found;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].front() == '{')
      found[std::string(parts[i].substr(1, parts[i].size() - 2))] = {path[i]};
    else if (parts[i] != path[i])
      return false;
  }
  given = std::move(found);
  return true;
}

}  // namespace relata
