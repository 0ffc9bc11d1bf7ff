// The HTTP service without its sockets: a request gives a response. One table of routes dispatches and is described by
// /openapi.json.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/answer.h"
#include "query/backend.h"
#include "query/gate.h"
#include "query/http.h"

namespace relata {

struct ServiceLimits {
  Budget budget;
  std::chrono::milliseconds time{10'000};  // for one question; then what was found is answered as `cut`. 0: no end
  std::size_t max_target = 8000;  // bytes of a request's address
  std::size_t max_body = 32u << 20;
  std::size_t large_body = 1u << 20;  // larger ones are answered with a job to ask for
  std::size_t kept_json = 64u << 20;  // bytes of relations and entities as JSON, kept for answers that tell them again; 0: none
  std::size_t cache = 64u << 20;      // bytes of answers kept for those who ask the same again; 0: none
  int ingests = 4;                    // bodies read at once by requests that wait for it; more are told to come again
};

struct Figure;

// Threads: handle() may be called from any number at once.
class Service {
 public:
  explicit Service(Backend backend, ServiceLimits limits = {}, GateOptions gate = {});
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // admit() and then respond(). Never throws for what a request holds; every error is problem+json.
  Response handle(const Request& request) const;

  // What a request is refused with by its head alone, before its body is read.
  std::optional<Response> admit(const Request& request) const;
  // Precondition: admit() let it pass.
  Response respond(const Request& request) const;
  // For what never becomes a request: counts it, and adds the headers that every answer has.
  Response refused(const Request& request, int status, std::string_view detail) const;

  bool guarded() const;  // by tokens
  // Called for /metrics.
  void figures_from(std::function<std::vector<Figure>()> more);
  // Returns when every job that was accepted is done; takes no more.
  void finish();

  struct Parts;

 private:
  std::unique_ptr<Parts> parts_;
};

}  // namespace relata
