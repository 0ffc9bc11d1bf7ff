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
  std::string db = "relata.db";
  ServerOptions server;
  bool quiet = false;
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

int serve(Options options, const OpenBackend& open) {
  const sigset_t signals = block_stop_signals();  // before any thread is started
  auto backend = open(options.db);
  if (!backend) return report(backend.error());
  options.server.log_requests = !options.quiet;
  Server server(*std::move(backend), options.server);
  const auto port = server.bind();
  if (!port) return report(port.error());
  if (!loopback(options.server.host))
    std::fprintf(stderr, "relata: %s is not loopback: whoever reaches this machine can read and change the graph\n", options.server.host.c_str());
  std::printf("Relata answers at http://%s:%d/ (Ctrl-C stops it)\n", options.server.host.c_str(), *port);
  std::fflush(stdout);
  std::jthread waiter([&](const std::stop_token& done) {
    const timespec moment{0, 200'000'000};
    while (!done.stop_requested())
      if (sigtimedwait(&signals, nullptr, &moment) > 0) return server.stop();
  });
  const auto ended = server.serve();
  return ended ? 0 : report(ended.error());
}

}  // namespace

void add_serve(CLI::App& program, const OpenBackend& open, int& exit) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("serve", "Answer questions over HTTP");
  command->footer("Example: relata serve --db graph --port 8080");
  add_db_option(command, options->db);
  command->add_option("--port", options->server.port, "Port; 0 takes a free one")->check(CLI::Range(0, 65535))->capture_default_str();
  command->add_option("--host", options->server.host, "Address to listen at")->capture_default_str();
  command->add_flag("--quiet", options->quiet, "No line in the log for each request");
  run_as(command, exit, [options, open] { return serve(*options, open); });
}

}  // namespace relata
