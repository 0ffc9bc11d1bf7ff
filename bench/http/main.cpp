// What HTTP costs: the service against a bare cpp-httplib server in the same run, asked by the same clients in turns. The bare
// server gives prepared bytes of the same length, or computes the same answer; the question alone is timed without sockets.
//
//   bench_http [CLIENTS=16] [SECONDS=2 of each turn]
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>

#include <httplib.h>

#include "query/json.h"
#include "query/server.h"
#include "tests/query/small_graph.h"

namespace {

using namespace relata;
using Clock = std::chrono::steady_clock;

std::shared_ptr<const GraphView> graph() {
  std::mt19937 random(7);
  std::vector<tests::Fact> facts;
  for (int i = 0; i < 20'000; ++i) {
    const auto person = [&] { return "Person " + std::to_string(std::min(random() % 2000, random() % 2000)); };
    tests::Fact fact{person(), i % 3 ? "CONSULT" : "ACCUSE", person(), ""};
    if (fact.subject == fact.object) continue;
    fact.time = "2024-0" + std::to_string(1 + random() % 9) + "-1" + std::to_string(random() % 9);
    fact.publisher = "Paper " + std::to_string(random() % 9);
    facts.push_back(fact);
  }
  return tests::graph_of(facts);
}

// One keep-alive connection that asks the same again and again.
class Asker {
 public:
  Asker(int port, const std::string& target) : socket_(::socket(AF_INET, SOCK_STREAM, 0)), request_("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n") {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int yes = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::exit(2);
  }
  ~Asker() { ::close(socket_); }
  Asker(const Asker&) = delete;
  Asker& operator=(const Asker&) = delete;

  void ask() {
    if (::send(socket_, request_.data(), request_.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request_.size())) std::exit(3);
    std::size_t got = 0, need = 0;
    std::string head;
    while (need == 0 || got < need) {
      const ssize_t size = ::recv(socket_, buffer_.data(), buffer_.size(), 0);
      if (size <= 0) std::exit(4);
      got += static_cast<std::size_t>(size);
      if (need > 0) continue;
      head.append(buffer_.data(), static_cast<std::size_t>(size));
      const std::size_t end = head.find("\r\n\r\n"), length = head.find("Content-Length: ");
      if (end != std::string::npos && length != std::string::npos) need = end + 4 + std::strtoul(head.c_str() + length + 16, nullptr, 10);
    }
  }

 private:
  int socket_;
  std::string request_;
  std::vector<char> buffer_ = std::vector<char>(256 * 1024);
};

struct Measured {
  double a_second = 0, p50 = 0, p99 = 0;  // milliseconds
};

Measured load(int port, const std::string& target, int clients, double seconds) {
  std::vector<std::vector<double>> times(static_cast<std::size_t>(clients));
  std::vector<std::thread> threads;
  const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  for (auto& mine : times)
    threads.emplace_back([&mine, port, &target, end] {
      Asker asker(port, target);
      while (Clock::now() < end) {
        const auto start = Clock::now();
        asker.ask();
        mine.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
      }
    });
  for (std::thread& one : threads) one.join();
  std::vector<double> all;
  for (const auto& mine : times) all.insert(all.end(), mine.begin(), mine.end());
  std::sort(all.begin(), all.end());
  return {static_cast<double>(all.size()) / seconds, all[all.size() / 2], all[all.size() * 99 / 100]};
}

double question_p50(const Service& service, const std::string& target) {
  std::vector<double> times;
  for (int i = 0; i < 2000; ++i) {
    const auto start = Clock::now();
    const Response response = service.handle({"GET", target, {}, {}, "bench"});
    if (response.status != 200) std::exit(5);
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  const int clients = argc > 1 ? std::atoi(argv[1]) : 16;
  const double seconds = argc > 2 ? std::atof(argv[2]) : 2;
  Backend backend;
  backend.view = [view = graph()] { return view; };
  const Service service(backend);
  ServerOptions options;
  options.port = 0;
  options.log_requests = false;
  Server server(backend, options);
  const auto port = server.bind();
  std::thread serving([&] { (void)server.serve().ok(); });
  httplib::Server bare;
  std::string prepared;
  bare.Get("/prepared", [&](const httplib::Request&, httplib::Response& to) { to.set_content(prepared, "application/json"); });
  bare.Get("/computed", [&](const httplib::Request& from, httplib::Response& to) {
    to.set_content(service.handle({"GET", from.get_param_value("target"), {}, {}, "bench"}).body, "application/json");
  });
  bare.new_task_queue = [clients] { return new httplib::ThreadPool(static_cast<std::size_t>(clients) + 1); };
  bare.set_keep_alive_max_count(100'000'000);
  bare.set_tcp_nodelay(true);
  const int bare_port = bare.bind_to_any_port("127.0.0.1");
  std::thread bare_serving([&] { bare.listen_after_bind(); });

  const std::pair<const char*, const char*> questions[] = {{"state", "/healthz"},
                                                          {"one entity", "/v1/entities/Person%2017"},
                                                          {"find", "/v1/entities?q=Person%201&limit=10"},
                                                          {"a (one hop, days, 50)", "/v1/entities/Person%2017/neighbourhood?from=2024-03&until=2024-06&limit=50"},
                                                          {"a, 5 relations", "/v1/entities/Person%2017/neighbourhood?from=2024-03&until=2024-06&limit=5"}};
  std::printf("%d clients, keep-alive, turns of %.0f s\n%-24s %8s %9s %9s %9s %8s %8s %10s %10s\n", clients, seconds, "question", "bytes", "bare/s", "computed/s", "relata/s",
              "of bare", "of comp.", "added p50", "question");
  for (const auto& [name, target] : questions) {
    prepared = service.handle({"GET", target, {}, {}, "bench"}).body;
    const std::string computed = "/computed?target=" + httplib::detail::encode_query_param(target);
    Measured ours, plain, same;
    for (int round = 0; round < 3; ++round) {  // the best of three turns each
      const auto better = [](Measured& best, const Measured& now) {
        if (now.a_second > best.a_second) best = now;
      };
      better(plain, load(bare_port, "/prepared", clients, seconds));
      better(same, load(bare_port, computed, clients, seconds));
      better(ours, load(*port, target, clients, seconds));
    }
    const double alone = question_p50(service, target);
    const double single = load(*port, target, 1, seconds).p50;
    std::printf("%-24s %8zu %9.0f %9.0f %9.0f %7.0f%% %7.0f%% %7.3f ms %7.3f ms   p99 %.2f ms\n", name, prepared.size(), plain.a_second, same.a_second, ours.a_second,
                100 * ours.a_second / plain.a_second, 100 * ours.a_second / same.a_second, single - alone, alone, ours.p99);
  }
  server.stop();
  bare.stop();
  serving.join();
  bare_serving.join();
}
