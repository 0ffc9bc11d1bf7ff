// The service on a socket. Boost.Beast over Asio: a connection that asks nothing costs memory and no thread, so thousands of
// them starve nobody; every read and write has an end.
//
//   Server server(std::move(backend));
//   Result<int> port = server.bind();       // loopback unless told otherwise
//   if (!port) ...
//   Result<void> end = server.serve();      // until stop(), from another thread or a signal's thread
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "graph/result.h"
#include "query/backend.h"
#include "query/service.h"

namespace relata {

struct ServerOptions {
  std::string host = "127.0.0.1";
  int port = 8080;   // 0: any free one
  int threads = 16;  // requests answered at once
  std::size_t max_connections = 4096;
  std::size_t max_waiting = 1024;   // requests that wait for their turn; more are told to come again
  std::size_t max_streams = 64;     // answers written piece by piece at once: exports, feeds
  std::size_t max_header = 16 * 1024;
  std::chrono::seconds read_timeout{30};   // for a whole body
  std::chrono::seconds write_timeout{60};  // for a whole answer, or a piece of a stream
  std::chrono::seconds keep_alive{60};     // from one answer to the whole head of the next request
  std::chrono::seconds grace{10};          // for what is being answered when the service stops
  std::string tls_cert = {}, tls_key = {};  // PEM files; both: HTTPS (TLS 1.2 and later)
  bool log_requests = true;  // one JSON line each, by spdlog's default logger
  ServiceLimits limits = {};
  GateOptions gate = {};
};

// From now on the log goes to standard error, one JSON line each, many at once: faults at once, all else within a second or at the end of
// serve(). Call once, before serving.
void log_to_standard_error();

class Server {
 public:
  explicit Server(Backend backend, ServerOptions options = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The port it listens on. io: the address is taken or forbidden; bad_input: certificate or key cannot be used.
  Result<int> bind();
  // Answers until stop(); requests that are being answered then are answered to their end, and accepted jobs are done.
  // Precondition: bind() succeeded.
  Result<void> serve();
  // May be called from any thread, also before serve(). Returns at once.
  void stop();
  // Whether tokens guard the graph.
  bool guarded() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace relata
