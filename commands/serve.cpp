#include "commands/serve.h"

#include <pthread.h>

#include <csignal>
#include <cstdio>
#include <memory>
#include <thread>

#include "commands/command.h"
#include "query/server.h"

namespace relata {
namespace {

struct Options {
  ServeOrder order;
  ShareOptions share;
  ServerOptions server;
  bool quiet = false;
  std::size_t max_body_mb = 32;
  int time_ms = 10'000;
};

// SIGINT and SIGTERM, blocked in every thread and waited for by one, so that stopping runs as ordinary code.
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

bool loopback(const std::string& host) { return host == "127.0.0.1" || host == "::1" || host == "localhost"; }

void warn_when_open(const Options& options, bool guarded) {
  if (loopback(options.server.host)) return;
  if (!guarded)
    std::fprintf(stderr, "relata: %s is not loopback and no token guards the graph: whoever reaches this machine can read and change it (relata token add)\n",
                 options.server.host.c_str());
  if (options.server.tls_cert.empty())
    std::fprintf(stderr, "relata: %s is not loopback and there is no TLS: tokens and answers can be read on the way (--tls-cert, --tls-key)\n", options.server.host.c_str());
}

int serve(Options options, const OpenBackend& open) {
  const sigset_t signals = block_stop_signals();  // before any thread is started
  log_to_standard_error();
  const auto share = parse_share(options.share);
  if (!share) return report(share.error());
  options.order.share = *share;
  auto backend = open(options.order);
  if (!backend) return report(backend.error());
  options.server.log_requests = !options.quiet;
  options.server.limits.max_body = options.max_body_mb << 20;
  options.server.limits.time = std::chrono::milliseconds(options.time_ms);
  if (options.server.gate.tokens_file.empty()) options.server.gate.tokens_file = tokens_file(options.order.db);
  if (options.server.gate.rate < 0) options.server.gate.rate = loopback(options.server.host) ? 0 : 50;
  Server server(*std::move(backend), options.server);
  const auto port = server.bind();
  if (!port) return report(port.error());
  warn_when_open(options, server.guarded());
  const bool v6 = options.server.host.find(':') != std::string::npos;
  std::printf("Relata answers at %s://%s%s%s:%d/ (Ctrl-C stops it)\n", options.server.tls_cert.empty() ? "http" : "https", v6 ? "[" : "", options.server.host.c_str(),
              v6 ? "]" : "", *port);
  std::fflush(stdout);
  std::jthread waiter([&](const std::stop_token& done) {
    const timespec moment{0, 200'000'000};
    while (!done.stop_requested())
      if (sigtimedwait(&signals, nullptr, &moment) > 0) return server.stop();
  });
  const auto ended = server.serve();
  return ended ? 0 : report(ended.error());
}

void add_limits(CLI::App* command, Options& options) {
  ServerOptions& server = options.server;
  const auto number = [&](const char* name, auto& value, const char* help, double low, double high) {
    command->add_option(name, value, help)->check(CLI::Range(low, high))->capture_default_str()->group("Limits");
  };
  number("--threads", server.threads, "Requests answered at once", 1, 256);
  number("--max-waiting", server.max_waiting, "Requests that wait for their turn; more get 503", 0, 1e6);
  number("--max-connections", server.max_connections, "Open connections; more get 503", 1, 1e6);
  number("--max-body", options.max_body_mb, "Megabytes of one body; more gets 413", 1, 1024);
  number("--max-time", options.time_ms, "Milliseconds for one question; then it answers what it has, as \"cut\"; 0: no end", 0, 3.6e6);
  command->add_option("--rate", server.gate.rate, "Requests a second of one client; more get 429; 0: any number (default: any number on loopback, else 50)")
      ->check(CLI::Range(0.0, 1e6))
      ->group("Limits");
}

}  // namespace

std::string tokens_file(const std::string& db) { return db + ".tokens"; }

void add_serve(CLI::App& program, const OpenBackend& open, int& exit) {
  const auto options = std::make_shared<Options>();
  options->server.gate.rate = -1;  // not told
  CLI::App* command = program.add_subcommand("serve", "Answer questions over HTTP");
  command->footer("Example: relata serve --db graph --port 8080");
  add_db_option(command, options->order.db);
  add_names_option(command, options->order.names);
  command->add_option("--fetch", options->order.fetch, "Of a graph on PostgreSQL: whether questions fetch what they touch instead of asking a view in memory, read-only then: always, never, auto (above 5 million statements)")
      ->check(CLI::IsMember({"always", "never", "auto"}))
      ->capture_default_str();
  add_share_options(command, options->share);
  command->add_option("--port", options->server.port, "Port; 0 takes a free one")->check(CLI::Range(0, 65535))->capture_default_str();
  command->add_option("--host", options->server.host, "Address to listen at")->capture_default_str();
  command->add_flag("--quiet", options->quiet, "No line in the log for each request");
  command->add_option("--tokens", options->server.gate.tokens_file, "File of tokens (default: the graph's folder and \".tokens\"); see relata token");
  command->add_flag("--public-read", options->server.gate.public_read, "Reading needs no token");
  command->add_option("--cors-origin", options->server.gate.origins, "Origin of web pages that may ask, such as https://page.example; repeatable; * for any");
  command->add_option("--tls-cert", options->server.tls_cert, "Certificate chain, PEM");
  command->add_option("--tls-key", options->server.tls_key, "Its key, PEM");
  add_limits(command, *options);
  run_as(command, exit, [options, open] { return serve(*options, open); });
}

}  // namespace relata
