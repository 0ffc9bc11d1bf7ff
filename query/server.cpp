#include "query/server.h"

#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <thread>

#include "query/metrics.h"
#include "query/session.h"

namespace relata {
namespace {

using net::ip::tcp;

// Each connection is a descriptor; the usual soft limit is 1,024.
void allow_descriptors() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// What a long search gives back is wanted by the next: returned to the kernel and fetched again page by page it would cost a short
// question more than its answer. Each thread's arena keeps at most so much.
void keep_freed_memory() {
  constexpr int kBytes = 8 << 20;
  mallopt(M_MMAP_THRESHOLD, kBytes);
  mallopt(M_TRIM_THRESHOLD, kBytes);
}

}  // namespace

struct Server::Parts {
  ServerOptions options;
  Service service;
  std::atomic<bool> stopped{false};
  Floor floor{options, service, crew};  // outlives the connections that the crew's contexts hold
  Crew crew{lanes(options), static_cast<std::size_t>(options.threads)};
  net::io_context& context{crew.first()};
  tcp::acceptor acceptor{context};
  net::steady_timer pause{context}, sweep{context};
  std::optional<net::ssl::context> tls;

  Parts(Backend backend, ServerOptions given) : options(sane(std::move(given))), service(that_ends(std::move(backend)), options.limits, options.gate) {
    service.figures_from([this] { return figures(); });
  }

  // Lets those who follow the feed of changes go when the server stops.
  Backend that_ends(Backend backend) const {
    backend.stopping = [this] { return stopped.load(); };
    return backend;
  }

  static ServerOptions sane(ServerOptions given) {
    given.threads = std::clamp(given.threads, 1, 256);
    return given;
  }

  static std::size_t lanes(const ServerOptions& options) {
    return std::clamp(std::thread::hardware_concurrency(), 1u, static_cast<unsigned>(options.threads));
  }

  std::vector<Figure> figures() {
    const auto number = [](std::size_t value) { return static_cast<double>(value); };
    return {{"relata_http_connections", "Open connections", number(floor.count())},
            {"relata_http_requests_answering", "Requests being answered", number(floor.hall.busy())},
            {"relata_http_requests_waiting", "Requests that wait for their turn", number(floor.hall.waiting())},
            {"relata_http_streams", "Answers being written piece by piece", number(floor.streams)}};
  }

  Result<void> load_tls() {
    if (options.tls_cert.empty() != options.tls_key.empty()) return bad_input("TLS: give both a certificate and its key");
    if (options.tls_cert.empty()) return {};
    tls.emplace(net::ssl::context::tls_server);
    tls->set_options(net::ssl::context::default_workarounds | net::ssl::context::no_sslv2 | net::ssl::context::no_sslv3 | net::ssl::context::no_tlsv1 |
                     net::ssl::context::no_tlsv1_1);
    beast::error_code fault;
    tls->use_certificate_chain_file(options.tls_cert, fault);
    if (fault) return bad_input("TLS: " + options.tls_cert + ": " + fault.message());
    tls->use_private_key_file(options.tls_key, net::ssl::context::pem, fault);
    if (fault) return bad_input("TLS: " + options.tls_key + ": " + fault.message());
    return {};
  }

  void accept() {
    Lane& lane = crew.emptiest();
    acceptor.async_accept(net::make_strand(lane.context.get_executor()), [this, &lane](beast::error_code fault, Socket socket) {
      if (stopped || fault == net::error::operation_aborted) return;
      if (fault) return rest();  // no descriptor is free: a moment later one may be
      welcome(std::move(socket), lane);
      accept();
    });
  }

  // Ends connections that have taken too long.
  void look_for_late_ones() {
    sweep.expires_after(std::chrono::milliseconds(250));
    sweep.async_wait([this](beast::error_code fault) {
      if (fault) return;
      each_connection([now = std::chrono::steady_clock::now()](Connection& one) { one.end_if_late(now); });
      look_for_late_ones();
    });
  }

  void rest() {
    pause.expires_after(std::chrono::milliseconds(50));
    pause.async_wait([this](beast::error_code fault) {
      if (!fault && !stopped) accept();
    });
  }

  void welcome(Socket socket, Lane& lane) {
    beast::error_code fault;
    if (floor.count() >= options.max_connections) {
      static constexpr std::string_view kFull = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      socket.non_blocking(true, fault);
      socket.write_some(net::buffer(kFull.data(), kFull.size()), fault);
      return;
    }
    socket.set_option(tcp::no_delay(true), fault);
    const auto from = socket.remote_endpoint(fault);
    if (fault) return;
    const std::string client = from.address().to_string();
    if (tls)
      std::make_shared<Session<SecureSocket>>(SecureSocket(std::move(socket), *tls), floor, lane, client)->start();
    else
      std::make_shared<Session<Socket>>(std::move(socket), floor, lane, client)->start();
  }

  template <typename Tell>
  void each_connection(const Tell& tell) {
    const std::lock_guard lock(floor.mutex);
    for (Connection* connection : floor.connections) tell(*connection);
  }

  // Nobody new comes in; who is being answered has `grace` to take it.
  void wind_down() {
    floor.stopping = true;
    net::post(context, [this] {
      beast::error_code ignored;
      acceptor.close(ignored);
    });
    const auto end = std::chrono::steady_clock::now() + options.grace;
    while (floor.count() > 0 && std::chrono::steady_clock::now() < end) {
      each_connection([](Connection& one) { one.end_when_idle(); });
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    each_connection([](Connection& one) { one.end_now(); });
    // What is being computed, and a stream that has not noticed yet, still use the service.
    while (floor.hall.busy() > 0 || floor.streams > 0) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    service.finish();
  }
};

Server::Server(Backend backend, ServerOptions options) : parts_(std::make_unique<Parts>(std::move(backend), std::move(options))) {}
Server::~Server() { stop(); }

bool Server::guarded() const { return parts_->service.guarded(); }

Result<int> Server::bind() {
  const ServerOptions& options = parts_->options;
  if (Result<void> loaded = parts_->load_tls(); !loaded) return loaded.error();
  beast::error_code fault;
  tcp::resolver resolver(parts_->context);
  const auto found = resolver.resolve(options.host, std::to_string(options.port), tcp::resolver::passive | tcp::resolver::numeric_service, fault);
  tcp::acceptor& acceptor = parts_->acceptor;
  if (!fault) acceptor.open(found.begin()->endpoint().protocol(), fault);
  if (!fault) acceptor.set_option(net::socket_base::reuse_address(true), fault);
  if (!fault) acceptor.bind(found.begin()->endpoint(), fault);
  if (!fault) acceptor.listen(net::socket_base::max_listen_connections, fault);
  if (fault) return io_error("cannot listen on " + options.host + ":" + std::to_string(options.port) + ": " + fault.message());
  return acceptor.local_endpoint().port();
}

Result<void> Server::serve() {
  allow_descriptors();
  keep_freed_memory();
  parts_->accept();
  parts_->look_for_late_ones();
  parts_->crew.start();
  parts_->stopped.wait(false);
  parts_->wind_down();
  parts_->crew.stop();
  flush_log();
  return {};
}

void Server::stop() {
  parts_->stopped = true;
  parts_->stopped.notify_all();
}

}  // namespace relata
