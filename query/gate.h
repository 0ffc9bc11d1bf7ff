// Who may pass: bearer tokens, pages of other sites (CORS), and how many requests a second.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "query/http.h"
#include "query/tokens.h"

namespace relata {

struct GateOptions {
  std::string tokens_file = {};       // without such a file everybody may do everything
  bool public_read = false;           // tokens guard only what changes the graph
  std::vector<std::string> origins = {};  // "https://page.example" of pages that may ask, or "*"; empty: CORS is off
  double rate = 0;                    // requests a second of one client, in bursts of twice as many; 0: any number
};

// Any number of threads.
class Gate {
 public:
  explicit Gate(GateOptions options);

  // The answer of a preflight request (fetch.spec.whatwg.org), if it is one.
  std::optional<Response> preflight(const Request& request) const;
  // Why the request must not pass: 401, 403, or 429 with Retry-After.
  std::optional<Response> refuses(const Request& request, Right needed) const;
  // Headers that let the asking page read the answer.
  void admit(const Request& request, Response& response) const;

  bool guarded() const { return tokens_.guards(); }

 private:
  struct Bucket {
    double left = 0;
    std::chrono::steady_clock::time_point filled;
  };
  bool welcome(const std::string& origin) const;
  std::optional<double> wait(const std::string& client) const;  // seconds, when it asked too often

  GateOptions options_;
  TokenFile tokens_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace relata
