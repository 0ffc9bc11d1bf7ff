#include "query/routes.h"

#include <algorithm>
#include <sstream>

#include "query/export_request.h"
#include "query/history.h"
#include "query/history_routes.h"
#include "query/identity_routes.h"
#include "query/json.h"
#include "query/mcp.h"
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

Response come_again(const Call& call, std::string_view detail) {
  Response refused = problem(503, detail, call.request);
  refused.headers.emplace_back("Retry-After", "2");
  return refused;
}

Json to_json(const Job& job) {
  Json json{{"id", job.id}, {"state", to_string(job.state)}};
  if (job.state == Job::State::done) json["receipt"] = Json::parse(job.receipt, nullptr, false);
  if (job.state == Job::State::failed) json["error"] = Json{{"status", http_status(job.error.fault)}, {"detail", job.error.message}};
  return json;
}

// 202: the body is kept and worked off; the answer says where to ask.
Response accept(const Call& call, const std::string& type) {
  const std::optional<std::string> id = call.desk.jobs.submit(call.request.body, type);
  if (!id) return come_again(call, "too many articles wait to be read; come again");
  Response response = json_text(dump(to_json(Job{*id, Job::State::waiting, {}, {}})), 202);
  response.headers.emplace_back("Location", "/v1/jobs/" + *id);
  return response;
}

bool wants_job(const Call& call) {
  const auto prefer = call.request.headers.find("prefer");  // RFC 7240
  return call.request.body.size() > call.limits.large_body || (prefer != call.request.headers.end() && prefer->second.find("respond-async") != std::string::npos);
}

// Counts itself among the requests that wait for their articles to be read.
class Place {
 public:
  Place(std::atomic<int>& count, int most) : count_(count), free_(count.fetch_add(1) < most) {}
  ~Place() { --count_; }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  explicit operator bool() const { return free_; }

 private:
  std::atomic<int>& count_;
  bool free_;
};

Response ingest(const Call& call) {
  if (!call.backend.ingest) return problem(403, "this service only reads; start it with writing allowed", call.request);
  const std::string type = media_type(call.request);
  if (std::find(std::begin(kReadable), std::end(kReadable), type) == std::end(kReadable)) {
    std::string known;
    for (const std::string_view one : kReadable) (known += known.empty() ? "" : ", ") += one;
    return problem(415, "Content-Type '" + type.substr(0, 100) + "': one of " + known, call.request);
  }
  if (call.request.body.empty()) return problem(400, "body: is empty, an article is expected", call.request);
  if (wants_job(call)) return accept(call, type);
  const Place place(call.desk.ingesting, call.limits.ingests);
  if (!place) return come_again(call, "other articles are being read; come again");
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

Response job(const Call& call) {
  const std::string& id = call.given.find("id")->second.front();
  const std::optional<Job> found = call.desk.jobs.find(id);
  if (!found) return problem(404, "id='" + id.substr(0, 100) + "': no such job; jobs that ended long ago are forgotten", call.request);
  return json_text(dump(to_json(*found)));
}

Response metrics(const Call& call) {
  Response response;
  response.type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = call.desk.metrics.text(figures(call.desk, call.backend));
  return response;
}

Response mcp(const Call& call) {
  if (media_type(call.request) != "application/json") return problem(415, "Content-Type: application/json is expected", call.request);
  if (call.request.body.empty()) return problem(400, "body: is empty, a JSON-RPC message is expected", call.request);
  const McpOptions options{call.backend.view, call.limits.budget, call.limits.time, call.backend.program_version};
  Response response = json_text(mcp_answer(call.request.body, options));
  if (response.body.empty()) response.status = 202;  // nothing but notifications
  return response;
}

Response stats(const Call& call) {
  const auto view = view_for(call.given, call.backend.view());
  if (!view) return problem(view.error(), call.request, {{"parameter", "version"}});
  const Result<Answer> told = answer(StatsQuestion{}, **view);
  if (!told) return problem(told.error(), call.request);
  Json json = to_json(*told);
  if (call.backend.more_stats) {
    const Json more = Json::parse(call.backend.more_stats(), nullptr, false);
    if (more.is_object()) json.update(more);
  }
  return json_text(dump(json));
}

Response export_(const Call& call) {
  const auto then = view_for(call.given, call.backend.view());
  if (!then) return problem(then.error(), call.request, {{"parameter", "version"}});
  std::shared_ptr<const GraphView> view = *then;
  if (call.given.contains("fold") && call.backend.fold) view = call.backend.fold(view);
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
  return {"GET", path, one.summary, one.parameters, schema, question, nullptr, true, {}, {}};
}

const Parameter kJob{"id", "as given by POST /v1/articles", ParameterKind::text, 0, 0, {}, {}, false, true};
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
      {"POST", "/mcp", "The questions as tools for assistants: Model Context Protocol, streamable HTTP", {}, "JsonRpc", {}, mcp, false, "JsonRpc", Right::read},
      {"GET", "/v1/export", "The graph, or what the filters select, in the format of another tool", export_parameters(), {}, {}, export_, false},
      {"GET", "/v1/jobs/{id}", "How far a body has come that was accepted to be read later", {kJob}, "Job", {}, job, false, {}, Right::write},
      {"GET", "/v1/stats", form("stats").summary, form("stats").parameters, "Stats", {}, stats, false},
      {"GET", "/healthz", "The process is alive", {}, "Status", {}, healthz, false, {}, Right::none},
      {"GET", "/readyz", "Questions can be answered", {}, "Status", {}, readyz, false, {}, Right::none},
      {"GET", "/metrics", "Counts for Prometheus", {}, {}, {}, metrics, false},
      {"GET", "/openapi.json", "This description", {}, "Description", {}, description, false, {}, Right::none},
      {"GET", "/", "The page for people", {}, {}, {}, page_file, false, {}, Right::none},
      {"GET", "/assets/{file}", "A part of the page for people", {kFile}, {}, {}, page_file, false, {}, Right::none},
  };
  const std::vector<Route> identity = identity_routes();
  all.insert(all.end(), identity.begin(), identity.end());
  const std::vector<Route> history = history_routes();
  all.insert(all.end(), history.begin(), history.end());
  for (Route& route : all) {
    route.parts = segments(route.path);
    (route.name = route.method) += ' ';
    route.name += route.path;
  }
  return all;
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> all = make_routes();
  return all;
}

Right right_of(const Route& route) {
  if (route.right) return *route.right;
  return route.method == "GET" ? Right::read : route.method == "DELETE" ? Right::admin : Right::write;
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
  const std::vector<std::string_view>& parts = route.parts;
  if (parts.size() != path.size()) return false;
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (parts[i].front() != '{' && parts[i] != path[i]) return false;
  given.clear();
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (parts[i].front() == '{') given[std::string(parts[i].substr(1, parts[i].size() - 2))] = {path[i]};
  return true;
}

}  // namespace relata
