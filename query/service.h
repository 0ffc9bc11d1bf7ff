// The HTTP service without its sockets: a request gives a response. One table of routes dispatches and is described by
// /openapi.json.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "query/answer.h"
#include "query/backend.h"
#include "query/http.h"

namespace relata {

struct ServiceLimits {
  Budget budget;
  std::chrono::milliseconds time{10'000};  // for one question; then what was found is answered as `cut`. 0: no end
  std::size_t max_target = 8000;  // bytes of a request's address
  std::size_t max_body = 32u << 20;
};

// Threads: handle() may be called from any number at once.
class Service {
 public:
  explicit Service(Backend backend, ServiceLimits limits = {});
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // Never throws for what a request holds; every error is problem+json.
  Response handle(const Request& request) const;

  struct Parts;

 private:
  std::unique_ptr<Parts> parts_;
};

}  // namespace relata
