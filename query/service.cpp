#include "query/service.h"

#include <algorithm>
#include <cstdio>
#include <random>

#include "query/answer_cache.h"
#include "query/history.h"
#include "query/json.h"
#include "query/kept_json.h"
#include "query/problem.h"
#include "query/redirects.h"
#include "query/resolve.h"
#include "query/routes.h"

namespace relata {
namespace {

// Tells answers of this process from those of another: version numbers alone do not.
std::string process_mark() {
  std::random_device random;
  char digits[17];
  std::snprintf(digits, sizeof digits, "%08x%08x", random(), random());
  return digits;
}

// The parameter a message blames: "limit=0: ..." or "cursor: ...".
Json blamed(const Route& route, std::string_view message) {
  const std::string_view name = message.substr(0, message.find_first_of("=: "));
  const bool known = std::any_of(route.parameters.begin(), route.parameters.end(), [&](const Parameter& one) { return one.name == name; });
  return known ? Json{{"parameter", name}} : Json::object();
}

Response refusal(const Route& route, const Error& error, const Given& given, const GraphView& view, const Request& request) {
  Json more = blamed(route, error.message);
  if (error.fault != Fault::conflict && error.fault != Fault::not_found) return problem(error, request, more);
  const bool several = error.fault == Fault::conflict;
  for (const Parameter& parameter : route.parameters) {
    const auto value = given.find(parameter.name);
    if (parameter.kind != ParameterKind::entity || value == given.end()) continue;
    for (const std::string& text : value->second) {
      const std::vector<Entity> fits = several ? ambiguous(view, text) : suggestions(view, text);
      if (fits.empty()) continue;
      more["parameter"] = parameter.name;
      Json& list = more[several ? "candidates" : "suggestions"] = Json::array();
      for (const Entity& entity : fits) list.push_back(to_json(entity));
      return problem(error, request, more);
    }
  }
  return problem(error, request, more);
}

std::vector<std::string> names_of_routes() {
  std::vector<std::string> names{"refused"};
  for (const Route& route : routes()) names.push_back(route.name);
  return names;
}

bool listed(std::string_view header, std::string_view tag) {
  if (header == "*") return true;
  return header.find(tag) != std::string_view::npos;
}

}  // namespace

struct Service::Parts {
  Backend backend;
  ServiceLimits limits;
  mutable Desk desk;
  mutable AnswerCache cache{limits.cache};
  mutable KeptJson kept{limits.kept_json};
  std::string mark = process_mark();

  Parts(Backend given, ServiceLimits bounds, GateOptions gate)
      : backend(std::move(given)), limits(bounds), desk{Gate(std::move(gate)), Metrics(names_of_routes()), Jobs(backend.ingest)} {}

  std::string tag(const GraphView& view) const { return "W/\"" + mark + "-" + std::to_string(view.version()) + "\""; }

  Response ask(const Route& route, const Given& given, const Request& request) const {
    std::shared_ptr<const GraphView> view = backend.view();
    const std::string current = tag(*view);
    if (const auto seen = request.headers.find("if-none-match"); seen != request.headers.end() && listed(seen->second, current)) {
      Response same;
      same.status = 304;
      same.headers = {{"ETag", current}};
      return same;
    }
    Response response;
    response.headers = {{"ETag", current}, {"Cache-Control", "no-cache"}};
    if (std::optional<std::string> told = cache.find(view, request.target)) {
      response.body = *std::move(told);
      return response;
    }
    const std::shared_ptr<const GraphView> newest = view;
    const auto then = view_for(given, view);
    if (!then) return refusal(route, then.error(), given, *view, request);
    view = *then;
    if (given.contains("fold")) {
      if (!backend.fold) return problem(400, "fold: this service has nothing to fold by", request, {{"parameter", "fold"}});
      view = backend.fold(view);
    }
    const Result<Question> question = form(route.question).question(given, *view);
    if (!question) return refusal(route, question.error(), given, *view, request);
    Budget budget = limits.budget;
    Visited visited;
    if (wants_explanation(given)) budget.visited = &visited;
    if (limits.time > std::chrono::milliseconds::zero()) budget.deadline = std::chrono::steady_clock::now() + limits.time;
    std::optional<ViewJson> written;  // outlives the answer
    if (limits.kept_json > 0 && view == newest && view->whole()) budget.kept = &written.emplace(kept.of(view));
    const Result<Answer> told = answer(*question, *view, budget);
    if (!told) return refusal(route, told.error(), given, *view, request);
    response.body = to_json_text(*told);
    if (budget.visited) add_member(response.body, "explain", to_json(visited));
    if (const Json found = redirects(given, *view); !found.empty()) add_member(response.body, "redirected_from", found);
    // What the clock cut short would be more another time.
    if (newest->whole() && !budget.late()) cache.keep(newest, request.target, response.body);
    return response;
  }

  Response run(const Route& route, Given given, const Address& address, const Request& request) const {
    for (const auto& [name, values] : address.query) {
      if (given.contains(name)) return problem(400, name + ": stands in the path already", request, {{"parameter", name}});
      given[name] = values;
    }
    if (const Result<void> fine = check_given(route.parameters, given); !fine) {
      Json more = blamed(route, fine.error().message);
      return problem(fine.error(), request, more);
    }
    return route.question.empty() ? route.handler({request, given, backend, limits, desk}) : ask(route, given, request);
  }
};

namespace {

struct Found {
  const Route* route = nullptr;
  Given given;
  std::string allowed;  // methods of the address, when the request's is none of them
};

Found find_route(const Request& request, const Address& address) {
  const std::string_view method = request.method == "HEAD" ? "GET" : std::string_view(request.method);
  Found found;
  for (const Route& route : routes()) {
    if (!fits(route, address.path, found.given)) continue;
    if (route.method == method) {
      found.route = &route;
      return found;
    }
    (found.allowed += found.allowed.empty() ? "" : ", ") += route.method;
    if (route.method == "GET") found.allowed += ", HEAD";
  }
  return found;
}

}  // namespace

Service::Service(Backend backend, ServiceLimits limits, GateOptions gate) : parts_(new Parts(std::move(backend), limits, std::move(gate))) {}
Service::~Service() = default;

bool Service::guarded() const { return parts_->desk.gate.guarded(); }
void Service::figures_from(std::function<std::vector<Figure>()> more) { parts_->desk.more_figures = std::move(more); }
void Service::finish() { parts_->desk.jobs.finish(); }

Response Service::handle(const Request& request) const {
  if (std::optional<Response> refused = admit(request)) return *std::move(refused);
  return respond(request);
}

std::optional<Response> Service::admit(const Request& request) const {
  const auto start = std::chrono::steady_clock::now();
  const auto refuse = [&](Response response) {
    parts_->desk.metrics.answered("refused", response.status, std::chrono::steady_clock::now() - start);
    parts_->desk.gate.admit(request, response);
    return response;
  };
  if (request.target.size() > parts_->limits.max_target) return refuse(problem(414, "address: at most " + std::to_string(parts_->limits.max_target) + " bytes", request));
  if (request.body.size() > parts_->limits.max_body) return refuse(problem(413, "body: at most " + std::to_string(parts_->limits.max_body) + " bytes", request));
  if (std::optional<Response> preflight = parts_->desk.gate.preflight(request)) return refuse(*std::move(preflight));
  const Result<Address> address = parse_address(request.target);
  const Found found = address ? find_route(request, *address) : Found{};
  if (std::optional<Response> refused = parts_->desk.gate.refuses(request, found.route ? right_of(*found.route) : Right::none)) return refuse(*std::move(refused));
  if (!address) return refuse(problem(address.error(), request));
  if (found.route) return std::nullopt;
  if (found.allowed.empty()) return refuse(problem(404, "nothing lives at this address; /openapi.json describes what does", request));
  Response refused = problem(405, request.method.substr(0, 20) + ": this address allows " + found.allowed, request);
  refused.headers.emplace_back("Allow", found.allowed);
  return refuse(std::move(refused));
}

Response Service::respond(const Request& request) const {
  const auto start = std::chrono::steady_clock::now();
  const Result<Address> address = parse_address(request.target);
  if (!address) return problem(address.error(), request);
  Found found = find_route(request, *address);
  if (!found.route) return problem(404, "nothing lives at this address; /openapi.json describes what does", request);
  Response response = parts_->run(*found.route, std::move(found.given), *address, request);
  parts_->desk.gate.admit(request, response);
  parts_->desk.metrics.answered(found.route->name, response.status, std::chrono::steady_clock::now() - start);
  return response;
}

Response Service::refused(const Request& request, int status, std::string_view detail) const {
  Response response = problem(status, detail, request);
  if (status == 429 || status == 503) response.headers.emplace_back("Retry-After", "1");
  parts_->desk.metrics.answered("refused", status, std::chrono::nanoseconds::zero());
  parts_->desk.gate.admit(request, response);
  return response;
}

}  // namespace relata
