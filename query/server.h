// The service on a socket.
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
  int port = 8080;  // 0: any free one
  int threads = 16;  // connections served at once
  std::chrono::seconds read_timeout{10}, write_timeout{60}, keep_alive{5};
  bool log_requests = true;  // one JSON line each, by spdlog's default logger
  ServiceLimits limits;
};

class Server {
 public:
  explicit Server(Backend backend, ServerOptions options = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The port it listens on. io: the address is taken or forbidden.
  Result<int> bind();
  // Answers until stop(); requests that are being answered then are answered to their end. Precondition: bind() succeeded.
  Result<void> serve();
  // May be called from any thread, also before serve().
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace relata
