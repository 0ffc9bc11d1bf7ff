// How soon an article that comes in is found: bench_live STORE FOLDER [ARTICLES]
//
// STORE: a graph that bench_peer made of FOLDER; what is added is retracted again at the end. Applies ARTICLES (100) new articles of ten statements one by one, while
// a thread asks without pause, and tells: from the call to the moment another reader finds a statement of it, the longest that a question took
// before and meanwhile, and how many of the views that were current in between are still held.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>

#include "bench/peer/facts.h"
#include "graph/identity.h"
#include "graph/ids.h"
#include "query/walk.h"
#include "storage/store.h"

namespace {

using namespace relata;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kStatements = 10;

double milliseconds(Clock::time_point since) { return std::chrono::duration<double, std::milli>(Clock::now() - since).count(); }

double at(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

Extraction article(const bench::Facts& facts, std::size_t number) {
  Extraction made;
  made.extractor = "live 1";
  made.article.uri = "live:" + std::to_string(number);
  made.article.publisher = "Agency";
  made.article.published = make_day(2025, 1, 1);
  made.article.published_from = PublishedFrom::metadata;
  for (std::size_t i = 0; i <= kStatements; ++i) {
    Actor actor = facts.actor(static_cast<std::uint32_t>((number * 7919 + i * 104729) % facts.entities()));
    const auto begin = static_cast<std::uint32_t>(made.article.text.size());
    made.article.text += actor.name + ". ";
    actor.mentions.push_back({{begin, begin + static_cast<std::uint32_t>(actor.name.size())}, MentionKind::name});
    made.actors.push_back(std::move(actor));
  }
  for (ActorIndex i = 0; i < kStatements; ++i) {
    Statement& statement = made.statements.emplace_back();
    statement.subject = i;
    statement.object = i + 1;
    statement.type = "meets";
    statement.predicate = "meet";
    statement.confidence = 1;
    statement.evidence = {0, 1};
  }
  made.article.id = article_id(made.article);
  return made;
}

// Asks until told to stop; each question takes the view that is newest then.
class Asker {
 public:
  explicit Asker(const Store& store) : store_(store), thread_([this] { run(); }) {}
  std::vector<double> stop() {
    stop_ = true;
    thread_.join();
    return std::move(latencies_);
  }

 private:
  void run() {
    for (std::uint32_t step = 1; !stop_; step = step * 1664525u + 1013904223u) {
      const auto began = Clock::now();
      const auto view = store_.view();
      std::vector<const Edge*> found;
      newest(*view, step % static_cast<std::uint32_t>(view->nodes()), EdgeTest({}, *view), 50, found);
      latencies_.push_back(milliseconds(began));
    }
  }
  const Store& store_;
  std::vector<double> latencies_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

void print(const char* what, const std::vector<double>& values) { std::printf("%s: p50 %.3f ms, p99 %.3f ms, longest %.3f ms\n", what, at(values, 0.5), at(values, 0.99), at(values, 1)); }

int run(Store& store, const bench::Facts& facts, std::size_t articles) {
  const auto began = Clock::now();
  if (const auto ready = store.apply({}); !ready) return std::fprintf(stderr, "%s\n", ready.error().message.c_str()), 3;
  std::printf("ready for the first article, in the background of a service: %.0f ms\n", milliseconds(began));
  Asker before(store);
  std::this_thread::sleep_for(std::chrono::seconds(1));
  print("a question while nothing comes", before.stop());
  std::vector<double> visible;
  std::vector<std::weak_ptr<const GraphView>> views;
  Batch back;
  Asker meanwhile(store);
  for (std::size_t i = 0; i < articles; ++i) {
    views.push_back(store.view());
    Batch batch{{article(facts, i)}, {}};
    back.retract.push_back(batch.add[0].article.id);
    const auto called = Clock::now();
    const auto receipt = store.apply(batch);
    if (!receipt) return std::fprintf(stderr, "%s\n", receipt.error().message.c_str()), 3;
    if (!store.view()->statement({back.retract.back(), 0})) return std::fprintf(stderr, "article %zu is not found\n", i), 1;
    visible.push_back(milliseconds(called));
  }
  print("a question while articles come", meanwhile.stop());
  std::printf("the first article: found after %.1f ms\n", visible.front());
  print("an article of 10 statements, from the call to being found", visible);
  const auto held = std::count_if(views.begin(), views.end(), [](const auto& view) { return !view.expired(); });
  std::printf("views that were newest meanwhile: %zu, still in memory: %zu\n", views.size(), static_cast<std::size_t>(held));
  const auto undone = store.apply(back);
  return undone ? 0 : (std::fprintf(stderr, "%s\n", undone.error().message.c_str()), 3);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return std::fprintf(stderr, "usage: %s STORE FOLDER [ARTICLES]\n", arguments[0]), 2;
  const bench::Facts facts(arguments[2]);
  OpenOptions options;
  options.create = false;
  options.image_worth = 0;
  const auto began = Clock::now();
  const auto store = open_rocks(arguments[1], options);
  if (!store) return std::fprintf(stderr, "%s\n", store.error().message.c_str()), 3;
  std::printf("%zu statements, opened for writing in %.0f ms\n", (*store)->view()->statements(), milliseconds(began));
  return run(**store, facts, count > 3 ? static_cast<std::size_t>(std::atoi(arguments[3])) : 100);
}
