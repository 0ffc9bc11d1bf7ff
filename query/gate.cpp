#include "query/gate.h"

#include <algorithm>
#include <cmath>

#include "query/problem.h"

namespace relata {
namespace {

constexpr std::size_t kMostClients = 10'000;  // remembered at once

const std::string* header(const Request& request, const char* name) {
  const auto found = request.headers.find(name);
  return found == request.headers.end() ? nullptr : &found->second;
}

// "Bearer x", the scheme in any case (RFC 9110, 11.1).
std::optional<std::string> secret_of(const Request& request) {
  const std::string* given = header(request, "authorization");
  if (!given || given->size() < 8) return std::nullopt;
  std::string scheme = given->substr(0, 7);
  std::transform(scheme.begin(), scheme.end(), scheme.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (scheme != "bearer ") return std::nullopt;
  return given->substr(given->find_first_not_of(' ', 7) == std::string::npos ? 7 : given->find_first_not_of(' ', 7));
}

// A page of another site that a browser shows must not write through a service of this machine.
bool foreign_page(const Request& request) {
  const std::string *origin = header(request, "origin"), *host = header(request, "host");
  if (request.method == "GET" || request.method == "HEAD" || !origin) return false;
  return !host || !origin->ends_with("://" + *host);
}

}  // namespace

Gate::Gate(GateOptions options) : options_(std::move(options)), tokens_(options_.tokens_file) {}

bool Gate::welcome(const std::string& origin) const {
  return std::any_of(options_.origins.begin(), options_.origins.end(), [&](const std::string& one) { return one == "*" || one == origin; });
}

std::optional<Response> Gate::preflight(const Request& request) const {
  const std::string* origin = header(request, "origin");
  if (request.method != "OPTIONS" || !origin || !header(request, "access-control-request-method") || !welcome(*origin)) return std::nullopt;
  Response response;
  response.status = 204;
  response.headers = {{"Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE"},
                      {"Access-Control-Allow-Headers", "Authorization, Content-Type, If-None-Match, X-Request-Id, Mcp-Session-Id, Mcp-Protocol-Version"},
                      {"Access-Control-Max-Age", "600"}};
  return response;
}

std::optional<double> Gate::wait(const std::string& client) const {
  if (options_.rate <= 0) return std::nullopt;
  const double most = std::max(1.0, 2 * options_.rate);
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= kMostClients && !buckets_.contains(client))
    std::erase_if(buckets_, [&](const auto& one) { return std::chrono::duration<double>(now - one.second.filled).count() * options_.rate >= most; });
  if (buckets_.size() >= kMostClients && !buckets_.contains(client)) return 1;
  const auto [at, fresh] = buckets_.try_emplace(client, Bucket{most, now});
  Bucket& bucket = at->second;
  bucket.left = std::min(most, bucket.left + std::chrono::duration<double>(now - bucket.filled).count() * options_.rate);
  bucket.filled = now;
  if (bucket.left < 1) return (1 - bucket.left) / options_.rate;
  bucket.left -= 1;
  return std::nullopt;
}

std::optional<Response> Gate::refuses(const Request& request, Right needed) const {
  const std::string* origin = header(request, "origin");
  if (foreign_page(request) && !(origin && welcome(*origin))) return problem(403, "Origin: pages of other sites may not write here", request);
  const auto tokens = tokens_.tokens();
  const bool guarded = tokens_.guards();
  const std::optional<std::string> secret = guarded ? secret_of(request) : std::nullopt;
  const Token* token = secret ? token_of(*tokens, *secret) : nullptr;
  // Asked before the right is looked at, so that nobody tries many tokens.
  if (needed != Right::none)
    if (const auto seconds = wait(token ? token->name : "@" + request.client)) {
      Response refused = problem(429, "asked too often; wait, then ask again", request);
      refused.headers.emplace_back("Retry-After", std::to_string(static_cast<int>(std::ceil(*seconds))));
      return refused;
    }
  const Right anybody = !guarded ? Right::admin : options_.public_read ? Right::read : Right::none;
  const Right has = token ? std::max(token->right, anybody) : anybody;
  if (has >= needed) return std::nullopt;
  if (token) {
    Response refused = problem(403, "the token may " + std::string(to_string(token->right)) + "; this needs " + std::string(to_string(needed)), request);
    refused.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"relata\", error=\"insufficient_scope\"");
    return refused;
  }
  Response refused = problem(401, secret ? "Authorization: no such token" : "Authorization: a bearer token is needed (relata token add)", request);
  refused.headers.emplace_back("WWW-Authenticate", secret ? "Bearer realm=\"relata\", error=\"invalid_token\"" : "Bearer realm=\"relata\"");
  return refused;
}

void Gate::admit(const Request& request, Response& response) const {
  if (options_.origins.empty()) return;
  const std::string* origin = header(request, "origin");
  if (!origin || !welcome(*origin)) return;
  response.headers.emplace_back("Access-Control-Allow-Origin", *origin);
  response.headers.emplace_back("Access-Control-Expose-Headers", "ETag, Location, Retry-After, X-Request-Id");
}

}  // namespace relata
