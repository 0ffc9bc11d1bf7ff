#include "commands/write.h"

#include <atomic>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands/article_input.h"
#include "commands/command.h"
#include "commands/graph.h"
#include "commands/line_input.h"
#include "commands/progress.h"
#include "graph/ids.h"
#include "storage/store.h"

namespace relata {
namespace {

using json = nlohmann::ordered_json;

// Applies batches and says what became of each article, once it is on disk.
class Writer {
 public:
  Writer(Store& store, bool as_json) : store_(store), json_(as_json) {}

  bool apply(const Batch& batch) {
    for (const Extraction& extraction : batch.add) statements_ += extraction.statements.size();
    return take(store_.apply(batch));
  }

  // All of an input at once, all or nothing.
  bool load(const Store::Supply& next) {
    return take(store_.load(next));
  }

  void count_statements(std::uint64_t statements) { statements_ += statements; }

  // The exit code.
  int finish(std::uint64_t faults) const {
    if (error_) return report(*error_);
    if (!json_)
      std::printf("%llu articles added, %llu already there, %llu retracted, %llu outdated, %llu skipped; %llu statements read; version %u\n", count(added_),
                  count(already_), count(retracted_), count(outdated_), count(faults), count(statements_), store_.view()->version());
    return faults > 0 ? 2 : 0;
  }

 private:
  bool take(const Result<Receipt>& receipt) {
    if (!receipt) {
      error_ = receipt.error();
      return false;
    }
    added_ += receipt->added.size();
    already_ += receipt->already.size();
    retracted_ += receipt->retracted.size();
    outdated_ += receipt->outdated.size();
    if (json_) acknowledge(*receipt);
    return true;
  }

  static unsigned long long count(std::uint64_t value) { return value; }

  void acknowledge(const Receipt& receipt) const {
    const auto print = [&](ArticleId id, const char* status) {
      std::cout << json{{"article", to_string(id)}, {"status", status}, {"version", receipt.version}}.dump() << "\n";
    };
    for (const ArticleId id : receipt.added) print(id, "added");
    for (const ArticleId id : receipt.already) print(id, "already");
    for (const ArticleId id : receipt.retracted) print(id, "retracted");
    for (const ArticleId id : receipt.outdated) print(id, "outdated");
    std::cout.flush();
  }

  Store& store_;
  bool json_;
  std::optional<Error> error_;
  std::uint64_t added_ = 0, already_ = 0, retracted_ = 0, outdated_ = 0, statements_ = 0;
};

struct Options {
  ArticleInput input;
  std::vector<std::string> names;
  std::string db = "relata.db", known;
  bool json = false, replace = false;
  bool no_names = false;
};

Correction correction(const Options& options) { return options.replace ? Correction::all : Correction::addresses; }

int ingest(const Options& options) {
  const auto extractor = Extractor::load();
  if (!extractor) return report(extractor.error());
  const auto store = open_to_write(options.db, true, options.known);
  if (!store) return report(store.error());
  Writer writer(**store, options.json);
  Progress progress("articles");
  const auto tally = for_each_batch(
      options.input, [&](std::vector<Article> articles) { return extractor->extract(std::move(articles)); },
      [&](std::vector<Extraction> extractions) {
        progress.advance(extractions.size());
        return writer.apply({std::move(extractions), {}, {}, correction(options)});
      });
  if (!tally) return report(tally.error());
  return writer.finish(tally->faults);
}

// In batches, so that each costs one synced write and what is done stays done.
Result<void> load_batches(LineInput& lines, Correction correction, Progress& progress, Writer& writer) {
  constexpr std::size_t kBatch = 256;
  Batch batch;
  batch.correction = correction;
  for (;; batch.add.clear()) {
    while (batch.add.size() < kBatch) {
      auto extraction = lines.next();
      if (!extraction) return extraction.error();
      if (!*extraction) break;
      progress.advance(1);
      batch.add.push_back(std::move(**extraction));
    }
    if (batch.add.empty() || !writer.apply(batch)) return {};
  }
}

// All of an input at once, all or nothing.
void load_whole(LineInput& lines, Progress& progress, Writer& writer) {
  std::atomic<std::uint64_t> articles = 0, statements = 0;
  std::uint64_t shown = 0;
  writer.load([&]() -> Result<Store::Portion> {
    const std::uint64_t read = articles;
    progress.advance(read - shown);
    shown = read;
    auto portion = lines.portion();
    if (!portion || !*portion) return portion;
    return Store::Portion([&, make = *std::move(portion)] {
      auto made = make();
      if (!made) return made;
      for (const Extraction& extraction : *made) statements += extraction.statements.size();
      articles += made->size();
      return made;
    });
  });
  writer.count_statements(statements);
}

// A graph without articles takes all lines at once; another one takes them in batches.
int load(const Options& options) {
  const auto store = open_to_write(options.db, true, options.known, !options.no_names);
  if (!store) return report(store.error());
  Writer writer(**store, options.json);
  Progress progress("articles");
  LineInput lines(options.names);
  if ((*store)->view()->version() == 0 && !options.replace) {
    load_whole(lines, progress, writer);
  } else if (auto loaded = load_batches(lines, correction(options), progress, writer); !loaded) {
    return report(loaded.error());
  }
  return writer.finish(lines.faults());
}

int retract(const Options& options) {
  Batch batch;
  for (const std::string& name : options.names) {
    const auto id = parse_article_id(name);
    if (!id) return report(bad_input("'" + name + "': an article's id is 16 hex digits"));
    batch.retract.push_back(*id);
  }
  const auto store = open_to_write(options.db, false);
  if (!store) return report(store.error());
  Writer writer(**store, options.json);
  writer.apply(batch);
  return writer.finish(0);
}

int check(const Options& options) {
  const auto store = open_to_read(options.db);
  if (!store) return report(store.error());
  const auto checked = (*store)->check();
  if (!checked) return report(checked.error());
  if (options.json)
    std::cout << json{{"articles", checked->articles}, {"statements", checked->statements}, {"entities", checked->entities}, {"keys", checked->keys},
                      {"faults", checked->faults}}
                     .dump(2)
              << "\n";
  else
    std::printf("%llu articles, %llu statements, %llu entities, %llu keys: %s\n", static_cast<unsigned long long>(checked->articles),
                static_cast<unsigned long long>(checked->statements), static_cast<unsigned long long>(checked->entities),
                static_cast<unsigned long long>(checked->keys), checked->faults.empty() ? "clean" : "FAULTS");
  for (const std::string& fault : checked->faults) std::fprintf(stderr, "relata: %s\n", fault.c_str());
  return checked->faults.empty() ? 0 : 3;
}

CLI::App* command(CLI::App& program, const std::shared_ptr<Options>& options, const char* name, const char* help, const char* example) {
  CLI::App* made = program.add_subcommand(name, help);
  made->footer(std::string("Example: ") + example);
  add_db_option(made, options->db);
  made->add_flag("--json", options->json, "As JSON");
  return made;
}

}  // namespace

void add_writing(CLI::App& program, int& exit) {
  const auto options = std::make_shared<Options>();
  CLI::App* ingest_command = command(program, options, "ingest", "Read articles into a graph", "relata ingest articles/ feed.jsonl.gz --db graph");
  options->input.add_options(ingest_command);
  add_names_option(ingest_command, options->known);
  ingest_command->add_flag("--replace", options->replace, "These are the right wordings: articles held under the same uri are taken back");
  run_as(ingest_command, exit, [options] { return ingest(*options); });

  CLI::App* load_command = command(program, options, "load", "Load lines of `relata extract` into a graph", "relata load statements.jsonl --db graph");
  load_command->add_flag("--replace", options->replace, "These are the right wordings: articles held under the same uri are taken back");
  load_command->add_option("lines", options->names, "Files of lines, - for standard input")->required();
  load_command->add_flag("--no-names", options->no_names, "Leave who is who for later: every spelling of a name is an entity of its own until the next batch with names");
  add_names_option(load_command, options->known);
  run_as(load_command, exit, [options] { return load(*options); });

  CLI::App* retract_command = command(program, options, "retract", "Take articles back, with what they alone supported", "relata retract 0123456789abcdef");
  retract_command->add_option("article", options->names, "Ids of articles")->required();
  run_as(retract_command, exit, [options] { return retract(*options); });

  CLI::App* check_command = command(program, options, "check", "Read everything stored and see that it agrees", "relata check --db graph");
  run_as(check_command, exit, [options] { return check(*options); });
}

}  // namespace relata
