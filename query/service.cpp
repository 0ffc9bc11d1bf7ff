#include "query/service.h"

#include <algorithm>
#include <cstdio>
#include <random>

#include "query/json.h"
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

bool listed(std::string_view header, std::string_view tag) {
  if (header == "*") return true;
  return header.find(tag) != std::string_view::npos;
}

// A page of another site that a browser shows must not write through a service of this machine.
bool foreign_page(const Request& request) {
  const auto origin = request.headers.find("origin"), host = request.headers.find("host");
  if (request.method == "GET" || request.method == "HEAD" || origin == request.headers.end()) return false;
  return host == request.headers.end() || !origin->second.ends_with("://" + host->second);
}

}  // namespace

struct Service::Parts {
  Backend backend;
  ServiceLimits limits;
  std::string mark = process_mark();

  std::string tag(const GraphView& view) const { return "W/\"" + mark + "-" + std::to_string(view.version()) + "\""; }

  Response ask(const Route& route, const Given& given, const Request& request) const {
    const std::shared_ptr<const GraphView> view = backend.view();
    const std::string current = tag(*view);
    if (const auto seen = request.headers.find("if-none-match"); seen != request.headers.end() && listed(seen->second, current)) {
      Response same;
      same.status = 304;
      same.headers = {{"ETag", current}};
      return same;
    }
    const Result<Question> question = form(route.question).question(given, *view);
    if (!question) return refusal(route, question.error(), given, *view, request);
    Budget budget = limits.budget;
    Visited visited;
    if (wants_explanation(given)) budget.visited = &visited;
    if (limits.time > std::chrono::milliseconds::zero()) budget.deadline = std::chrono::steady_clock::now() + limits.time;
    const Result<Answer> told = answer(*question, *view, budget);
    if (!told) return refusal(route, told.error(), given, *view, request);
    Json json = to_json(*told);
    if (budget.visited) json["explain"] = to_json(visited);
    Response response;
    report_redirects(json, given, *view);
    response.body = dump(json);
    response.headers = {{"ETag", current}, {"Cache-Control", "no-cache"}};
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
    return route.question.empty() ? route.handler({request, given, backend, limits}) : ask(route, given, request);
  }
};

Service::Service(Backend backend, ServiceLimits limits) : parts_(new Parts{std::move(backend), limits}) {}
Service::~Service() = default;

Response Service::handle(const Request& request) const {
  if (request.target.size() > parts_->limits.max_target) return problem(414, "address: at most " + std::to_string(parts_->limits.max_target) + " bytes", request);
  if (request.body.size() > parts_->limits.max_body) return problem(413, "body: at most " + std::to_string(parts_->limits.max_body) + " bytes", request);
  if (foreign_page(request)) return problem(403, "Origin: pages of other sites may not write here", request);
  const Result<Address> address = parse_address(request.target);
  if (!address) return problem(address.error(), request);
  const std::string_view method = request.method == "HEAD" ? "GET" : std::string_view(request.method);
  std::string allowed;
  for (const Route& route : routes()) {
    Given given;
    if (!fits(route, address->path, given)) continue;
    if (route.method == method) return parts_->run(route, std::move(given), *address, request);
    (allowed += allowed.empty() ? "" : ", ") += route.method;
    if (route.method == "GET") allowed += ", HEAD";
  }
  if (allowed.empty()) return problem(404, "nothing lives at this address; /openapi.json describes what does", request);
  Response refused = problem(405, request.method.substr(0, 20) + ": this address allows " + allowed, request);
  refused.headers.emplace_back("Allow", allowed);
  return refused;
}

}  // namespace relata
