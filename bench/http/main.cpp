// What HTTP costs: every class of the peer benchmark over the service, beside the same questions in process and beside a bare
// cpp-httplib server that gives prepared bytes of the same length, asked by the same clients in turns of the same run.
//
//   bench_http STORE FOLDER QUERIES.tsv [CLIENTS=8] [SECONDS=2 of each turn] [again|cold] [logged]
//
// Every question is computed each time, from relations and entities of which the service keeps the JSON; with `cold` it keeps none of that
// either; with `again`, questions asked before are answered from the service's cache of answers. In real use both are kept. With `logged`
// the service logs each request to standard error, as it does by default.
// STORE, FOLDER, QUERIES.tsv: as of bench_peer, which makes the store.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>
#include <thread>

#include <httplib.h>

#include "bench/http/asker.h"
#include "bench/peer/facts.h"
#include "query/answer.h"
#include "query/parameters.h"
#include "query/server.h"
#include "storage/store.h"

namespace {

using namespace relata;
using Clock = std::chrono::steady_clock;
using Cells = std::vector<std::string>;

double milliseconds(Clock::time_point since) { return std::chrono::duration<double, std::milli>(Clock::now() - since).count(); }

double at(std::vector<double>& times, double share) {
  std::sort(times.begin(), times.end());
  return times[std::min(times.size() - 1, static_cast<std::size_t>(share * static_cast<double>(times.size())))];
}

// One question: where it lives, and the same for asking in process.
struct Asked {
  std::string target, form;
  Given given;
};

class Addresses {
 public:
  Addresses(const GraphView& view, const bench::Facts& facts) : view_(view), facts_(facts) {}

  Asked of(const Cells& cells) const {
    switch (cells[0][0]) {
      case 'a': return entity("/neighbourhood", "neighbourhood", cells[1], {{"from", day(cells[2])}, {"until", day(cells[3])}, {"limit", "50"}});
      case 'b': return entity("/neighbourhood", "neighbourhood", cells[1], {{"depth", "2"}, {"limit", "50"}});
      case 'c': return path(cells, {});
      case 'd': return path(cells, {{"from", day(cells[3])}, {"until", day(cells[4])}, {"relation", cells[5]}});
      case 'e': return path(cells, {{"mode", "time_respecting"}, {"from", day(cells[3])}, {"until", day(cells[4])}});
      case 'f': return asked("/v1/entities", "find", {{"q", cells[1]}, {"limit", "20"}});
      default: return entity("/timeline", "timeline", cells[1], {{"known_at", day(cells[2])}, {"limit", "25"}});
    }
  }

 private:
  using Fields = std::vector<std::pair<std::string, std::string>>;

  std::string id(const std::string& number) const {
    const auto found = view_.named(facts_.actor(static_cast<std::uint32_t>(std::stoul(number))).name, 1);
    if (found.empty()) std::exit(std::fprintf(stderr, "entity %s is not in the store\n", number.c_str()) > 0 ? 2 : 3);
    return to_string(view_.entity_id(found.front().node));
  }
  static std::string day(const std::string& number) {
    Day day = *parse_day("2015-01-01");  // the benchmark's day 0
    day.number += std::stoi(number);
    return to_string(day);
  }
  static Asked asked(const std::string& path, const std::string& form, const Fields& fields) {
    Asked one{path, form, {}};
    char sign = '?';
    for (const auto& [name, value] : fields) {
      one.target += sign + name + "=" + httplib::detail::encode_query_param(value);
      one.given[name] = {value};
      sign = '&';
    }
    return one;
  }
  Asked entity(const std::string& part, const std::string& form, const std::string& number, const Fields& fields) const {
    Asked one = asked("/v1/entities/" + id(number) + part, form, fields);
    one.given["id"] = {id(number)};
    return one;
  }
  Asked path(const Cells& cells, Fields fields) const {
    fields.insert(fields.begin(), {{"source", id(cells[1])}, {"target", id(cells[2])}});
    return asked("/v1/paths", "path", fields);
  }

  const GraphView& view_;
  const bench::Facts& facts_;
};

std::map<char, std::vector<Asked>> read(const char* path, const Addresses& addresses) {
  constexpr std::size_t kOfEach = 100;
  std::map<char, std::vector<Asked>> classes;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    Cells cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
    if (!cells.empty() && classes[cells[0][0]].size() < kOfEach) classes[cells[0][0]].push_back(addresses.of(cells));
  }
  return classes;
}

struct Measured {
  double a_second = 0;
  double processor = 0;      // µs of it for one question, clients and kernel included
  std::vector<double> times;  // ms
};

// Each client asks one target after another, from a place of its own on.
double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

Measured load(int port, const std::vector<std::string>& targets, int clients, double seconds) {
  std::vector<std::vector<double>> times(static_cast<std::size_t>(clients));
  std::vector<std::thread> threads;
  const double before = processor_seconds();
  const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  for (std::size_t c = 0; c < times.size(); ++c)
    threads.emplace_back([&, c] {
      bench::Asker asker(port);
      for (std::size_t i = c * targets.size() / times.size(); Clock::now() < end; ++i) {
        const auto start = Clock::now();
        asker.ask(targets[i % targets.size()]);
        times[c].push_back(milliseconds(start));
      }
    });
  for (std::thread& one : threads) one.join();
  Measured all;
  all.processor = processor_seconds() - before;
  for (const auto& mine : times) all.times.insert(all.times.end(), mine.begin(), mine.end());
  all.a_second = static_cast<double>(all.times.size()) / seconds;
  all.processor *= 1e6 / static_cast<double>(all.times.size());
  return all;
}

// Every question once, `ask` given its place.
template <typename Ask>
std::vector<double> each(std::size_t count, const Ask& ask) {
  std::vector<double> times;
  for (std::size_t i = 0; i < count; ++i) {
    const auto start = Clock::now();
    ask(i);
    times.push_back(milliseconds(start));
  }
  return times;
}

void in_process(const Asked& asked, const GraphView& view) {
  const auto question = form(asked.form).question(asked.given, view);
  if (!question || !answer(*question, view).ok()) std::exit(std::fprintf(stderr, "%s: not answered\n", asked.target.c_str()) > 0 ? 3 : 3);
}

// A bare server that gives prepared bodies.
class Bare {
 public:
  explicit Bare(int clients) {
    server_.Get("/prepared", [this](const httplib::Request& from, httplib::Response& to) { to.set_content(prepared_[std::stoul(from.get_param_value("n"))], "application/json"); });
    server_.new_task_queue = [clients] { return new httplib::ThreadPool(static_cast<std::size_t>(clients) + 1); };
    server_.set_keep_alive_max_count(100'000'000);
    server_.set_tcp_nodelay(true);
    port_ = server_.bind_to_any_port("127.0.0.1");
    serving_ = std::thread([this] { server_.listen_after_bind(); });
  }
  ~Bare() {
    server_.stop();
    serving_.join();
  }
  int port() const { return port_; }
  // Between two turns. Bodies of these lengths from now on; gives their targets.
  std::vector<std::string> prepare(const std::vector<std::size_t>& lengths) {
    std::vector<std::string> targets;
    prepared_.clear();
    for (const std::size_t length : lengths) {
      targets.push_back("/prepared?n=" + std::to_string(prepared_.size()));
      prepared_.emplace_back(length, ' ');
    }
    return targets;
  }

 private:
  httplib::Server server_;
  std::vector<std::string> prepared_;
  int port_ = 0;
  std::thread serving_;
};

class Relata {
 public:
  Relata(const std::shared_ptr<const GraphView>& view, const std::string& kept, bool logged) : server_(backend(view), options(kept, logged)), port_(*server_.bind()), serving_([this] { (void)server_.serve().ok(); }) {}
  ~Relata() {
    server_.stop();
    serving_.join();
  }
  int port() const { return port_; }

 private:
  static Backend backend(const std::shared_ptr<const GraphView>& view) {
    Backend given;
    given.view = [view] { return view; };
    return given;
  }
  static ServerOptions options(const std::string& kept, bool logged) {
    ServerOptions given;
    given.port = 0;
    given.log_requests = logged;
    if (kept != "again") given.limits.cache = 0;
    if (kept == "cold") given.limits.kept_json = 0;
    return given;
  }

  Server server_;
  int port_;
  std::thread serving_;
};

void measure(char name, const std::vector<Asked>& asked, const GraphView& view, const Relata& relata, Bare& bare, int clients, double seconds) {
  std::vector<std::string> targets;
  std::vector<std::size_t> lengths;
  bench::Asker first(relata.port());
  std::size_t bytes = 0;
  for (const Asked& one : asked) {
    targets.push_back(one.target);
    lengths.push_back(first.ask(one.target));
    bytes += lengths.back();
  }
  const std::vector<std::string> plain = bare.prepare(lengths);
  for (const Asked& one : asked) in_process(one, view);
  std::vector<double> alone = each(asked.size(), [&](std::size_t i) { in_process(asked[i], view); });
  bench::Asker other(relata.port());  // the first may have waited too long for the server's patience
  std::vector<double> http = each(asked.size(), [&](std::size_t i) { other.ask(targets[i]); });
  Measured ours, bares;
  ours.processor = bares.processor = std::numeric_limits<double>::max();
  const auto better = [](Measured& best, const Measured& turn) {
    best.a_second = std::max(best.a_second, turn.a_second);
    best.processor = std::min(best.processor, turn.processor);
  };
  for (int round = 0; round < 3; ++round) {  // the best of three turns each
    better(bares, load(bare.port(), plain, clients, seconds));
    better(ours, load(relata.port(), targets, clients, seconds));
  }
  std::printf("%-6c %8zu %9.0f %9.0f %7.0f%% | %8.1f %8.1f %7.0f%% | %7.3f ms %7.3f ms %7.3f ms %7.3f ms\n", name, bytes / asked.size(), bares.a_second, ours.a_second,
              100 * ours.a_second / bares.a_second, bares.processor, ours.processor, 100 * bares.processor / ours.processor, at(alone, 0.5), at(http, 0.5),
              at(http, 0.5) - at(alone, 0.5), at(http, 0.99));
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 4) return std::fprintf(stderr, "usage: %s STORE FOLDER QUERIES.tsv [CLIENTS] [SECONDS] [again|cold] [logged]\n", arguments[0]), 2;
  const int clients = count > 4 ? std::atoi(arguments[4]) : 8;
  const double seconds = count > 5 ? std::atof(arguments[5]) : 2;
  OpenOptions read_only;
  read_only.read_only = true;
  const auto store = open_rocks(arguments[1], read_only);
  if (!store) return std::fprintf(stderr, "%s\n", store.error().message.c_str()), 3;
  const auto view = (*store)->view();
  const auto classes = read(arguments[3], Addresses(*view, bench::Facts(arguments[2])));
  const std::string last = count > 6 ? arguments[count - 1] : "";
  const bool logged = last == "logged";
  if (logged) log_to_standard_error();
  const Relata relata(view, count > 6 ? arguments[6] : "", logged);
  Bare bare(clients);
  std::printf("%d clients, keep-alive, turns of %.0f s; one client for the times\n%-6s %8s %9s %9s %8s | %8s %8s %8s | %10s %10s %10s %10s\n", clients, seconds, "class", "bytes", "bare/s",
              "relata/s", "of bare", "bare µs", "ours µs", "of bare", "asked p50", "HTTP p50", "added p50", "HTTP p99");
  for (const auto& [name, asked] : classes) measure(name, asked, *view, relata, bare, clients, seconds);
}
