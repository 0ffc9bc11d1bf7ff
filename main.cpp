// relata: the only file that sees extraction, storage and questions; it joins them and does nothing else.
#include <chrono>
#include <cstdio>
#include <future>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands/ask.h"
#include "commands/export.h"
#include "commands/extract.h"
#include "query/clock.h"
#include "commands/graph.h"
#include "commands/history.h"
#include "commands/identity.h"
#include "commands/mcp.h"
#include "commands/ontology.h"
#include "commands/move.h"
#include "commands/page.h"
#include "commands/series.h"
#include "commands/serve.h"
#include "commands/token.h"
#include "commands/vocabulary.h"
#include "commands/write.h"
#include "extract/pipeline/extractor.h"
#include "extract/reading/article_source.h"
#include "graph/ids.h"
#include "storage/postgres/connection.h"
#include "storage/store.h"

namespace relata {
namespace {

// A view to read, which keeps its store open as long as it lives.
Result<std::shared_ptr<const GraphView>> view_of(Result<std::unique_ptr<Store>> store) {
  if (!store) return store.error();
  const std::shared_ptr<Store> kept = std::move(*store);
  const auto view = kept->view();
  return std::shared_ptr<const GraphView>(view.get(), [kept, view](const GraphView*) {});
}

Result<std::shared_ptr<const GraphView>> open_view(const std::string& db) { return view_of(open_to_read(db)); }
Result<std::shared_ptr<const GraphView>> open_share(const std::string& db, const Share& share) { return view_of(open_to_read(db, share)); }

// A graph that can be asked where it lies, unless it was just copied there.
Result<std::shared_ptr<const GraphView>> ask_view(const std::string& db) {
  auto store = open_to_ask(db);
  return !store && store.error().fault == Fault::not_found ? open_view(db) : view_of(std::move(store));
}

std::string to_json(const Receipt& receipt) {
  nlohmann::ordered_json json{{"version", receipt.version}};
  const auto list = [&](const char* name, const std::vector<ArticleId>& ids) {
    auto& out = json[name] = nlohmann::ordered_json::array();
    for (const ArticleId id : ids) out.push_back(to_string(id));
  };
  list("added", receipt.added);
  list("already", receipt.already);
  list("retracted", receipt.retracted);
  list("outdated", receipt.outdated);
  return json.dump();
}

// What an HTTP service works with: one extractor, one store.
struct Workplace {
  Extractor extractor;
  std::unique_ptr<Store> store;
  std::future<void> ready;  // the store for writing: a batch that comes earlier waits for it

  void make_ready() {
    ready = std::async(std::launch::async, [this] { (void)store->apply({}); });  // what is wrong the next batch tells
  }

  Result<std::string> ingest(std::string_view body, std::string_view media_type) const {
    auto articles = read_bytes(std::string(body), media_type, "posted");
    if (!articles) return articles.error();
    if (articles->empty()) return bad_input("body: holds no article");
    const auto receipt = store->apply({extractor.extract(*std::move(articles)), {}});
    if (!receipt) return receipt.error();
    return to_json(*receipt);
  }

  Result<Decision> decide(const Decision& decision) const {
    const auto receipt = store->apply({{}, {}, {decision}});
    if (!receipt) return receipt.error();
    return receipt->decided.front();
  }

  Result<std::string> retract(ArticleId id) const {
    const auto receipt = store->apply({{}, {id}});
    if (!receipt) return receipt.error();
    return to_json(*receipt);
  }
};

constexpr std::chrono::milliseconds kFollow{500};      // of what other processes write
constexpr std::uint64_t kLargeGraph = 5'000'000;       // statements; about half a gigabyte in memory

// What questions need; what changes the graph is absent.
Result<Backend> reading_backend(const std::shared_ptr<Store>& store) {
  auto vocabulary = read_vocabulary();
  if (!vocabulary) return vocabulary.error();
  auto fold = folder_of_views();
  if (!fold) return fold.error();
  Backend backend;
  backend.vocabulary = *std::move(vocabulary);
  backend.view = [store] { return store->view(); };
  backend.decisions = [store] { return store->decisions(); };
  backend.fold = *std::move(fold);
  backend.figures = [store] { return store->figures(); };
  backend.page = page_files();
  backend.history = {backend.view, [store] { return store->snapshots(); },
                     [store](Version after, Version until, std::size_t most) { return store->changes(after, until, most); }};
  backend.program_version = RELATA_RELEASE;
  return backend;
}

// Null: the graph shall be held in memory.
Result<std::unique_ptr<Store>> open_if_fetched(const ServeOrder& order) {
  if (!storage::is_postgres(order.db) || order.fetch == "never" || !order.share.everything()) {
    if (order.fetch == "always") return bad_input("fetch=always: only for a whole graph on PostgreSQL");
    return std::unique_ptr<Store>();
  }
  auto store = open_to_ask(order.db);
  if (!store && order.fetch == "auto") return std::unique_ptr<Store>();  // is made, or told why not, by opening it to write
  if (store && order.fetch == "auto" && (*store)->view()->counts().statements <= kLargeGraph) return std::unique_ptr<Store>();
  return store;
}

Result<Backend> open_backend(const ServeOrder& order) {
  auto fetched = open_if_fetched(order);
  if (!fetched) return fetched.error();
  if (*fetched) return reading_backend(*std::move(fetched));
  if (!order.share.everything()) {
    auto part = open_to_read(order.db, order.share, kFollow * 60);
    if (!part) return part.error();
    return reading_backend(*std::move(part));
  }
  auto extractor = Extractor::load();
  if (!extractor) return extractor.error();
  auto store = open_to_write(order.db, true, order.names, true, kFollow);
  if (!store) return store.error();
  const auto place = std::make_shared<Workplace>(Workplace{*std::move(extractor), *std::move(store), {}});
  place->make_ready();
  auto read = reading_backend(std::shared_ptr<Store>(place, place->store.get()));
  if (!read) return read.error();
  Backend backend = *std::move(read);
  backend.ingest = [place](std::string_view body, std::string_view media_type) { return place->ingest(body, media_type); };
  backend.retract = [place](ArticleId id) { return place->retract(id); };
  backend.decide = [place](const Decision& decision) { return place->decide(decision); };
  backend.reasons = [place](EntityId id) { return place->store->reasons(id); };
  backend.take_snapshot = [place](const std::string& name, const std::string& note, std::optional<Version> version) {
    return place->store->take_snapshot({name, note, now(), version});
  };
  backend.remove_snapshot = [place](const std::string& name) { return place->store->remove_snapshot(name); };
  backend.backup = [place, db = order.db](const std::string& name) -> Result<std::string> {
    const std::string folder = db + ".backups/" + name;
    if (auto made = place->store->backup(folder); !made) return made.error();
    return folder;
  };
  return backend;
}

}  // namespace
}  // namespace relata

int main(int argc, char** argv) {
  CLI::App program("Relata: who did what to whom, when, and according to whom");
  program.require_subcommand(1);
  program.set_version_flag("--version", RELATA_RELEASE);
  program.footer("relata COMMAND --help tells more, with an example");
  int exit = 0;
  relata::add_extract(program, exit);
  relata::add_ontology(program, exit);
  relata::add_writing(program, exit);
  relata::add_identity(program, exit);
  relata::add_history(program, exit);
  relata::add_moving(program, exit);
  relata::add_questions(program, relata::ask_view, relata::open_view, exit);
  relata::add_export(program, relata::open_share, exit);
  relata::add_series(program, relata::open_view, exit);
  relata::add_serve(program, relata::open_backend, exit);
  relata::add_token(program, exit);
  relata::add_mcp(program, relata::open_view, exit);
  program.add_subcommand("version", "Print the version")->callback([] { std::puts("relata " RELATA_RELEASE); });
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? 0 : 2;
  }
  return exit;
}
