#include "commands/history.h"

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <thread>

#include "query/clock.h"
#include "commands/command.h"
#include "commands/graph.h"
#include "commands/options.h"
#include "commands/patch.h"
#include "commands/vocabulary.h"
#include "query/history.h"

namespace relata {
namespace {

constexpr std::size_t kAll = 4'000'000'000u;

struct Options {
  std::string db = "relata.db", format = "text", output, name, note, folder, since = "0";
  std::size_t limit = 50;
  Version version = 0;
  bool json = false, patch = false, follow = false, whole = false;
  std::shared_ptr<Given> given = std::make_shared<Given>();
};

History history_of(const std::shared_ptr<const Store>& store) {
  return {[store] { return store->view(); }, [store] { return store->snapshots(); },
          [store](Version after, Version until, std::size_t most) { return store->changes(after, until, most); }};
}

// Where a command writes: a file, or standard output.
class Output {
 public:
  explicit Output(const std::string& path) : path_(path) {
    if (!path.empty()) file_.open(path, std::ios::binary);
  }
  std::ostream& stream() { return path_.empty() ? std::cout : file_; }
  int finish() { return stream().flush() ? 0 : report(io_error((path_.empty() ? "standard output" : path_) + ": cannot be written")); }

 private:
  std::string path_;
  std::ofstream file_;
};

void print(const Snapshot& snapshot) {
  std::printf("%s  version %u  %llu articles, %llu entities, %llu relations, %llu statements  %s  %s%s%s\n", snapshot.name.c_str(), snapshot.version,
              static_cast<unsigned long long>(snapshot.counts.articles), static_cast<unsigned long long>(snapshot.counts.entities),
              static_cast<unsigned long long>(snapshot.counts.relations), static_cast<unsigned long long>(snapshot.counts.statements), to_string(snapshot.hash).c_str(), snapshot.time.c_str(),
              snapshot.note.empty() ? "" : "  ", snapshot.note.c_str());
}

void print(const Snapshot& snapshot, bool json) {
  if (json)
    std::cout << to_json(snapshot).dump(2) << "\n";
  else
    print(snapshot);
}

int take(const Options& options) {
  const auto store = open_to_write(options.db, false);
  if (!store) return report(store.error());
  const auto taken = (*store)->take_snapshot({options.name, options.note, now(), options.version > 0 ? std::optional(options.version) : std::nullopt});
  if (!taken) return report(taken.error());
  print(*taken, options.json);
  return 0;
}

int list(const Options& options) {
  const auto store = open_to_read(options.db);
  if (!store) return report(store.error());
  const auto all = (*store)->snapshots();
  if (!all) return report(all.error());
  Json list = Json::array();
  for (const Snapshot& snapshot : *all) {
    if (!options.name.empty() && snapshot.name != options.name) continue;
    if (options.json)
      list.push_back(to_json(snapshot));
    else
      print(snapshot);
    if (!options.name.empty()) {
      if (options.json) std::cout << list.front().dump(2) << "\n";
      return 0;
    }
  }
  if (!options.name.empty()) return report(not_found("snapshot '" + options.name + "': there is none of this name"));
  if (options.json) std::cout << Json{{"snapshots", list}}.dump(2) << "\n";
  return all->empty() ? 1 : 0;
}

int remove(const Options& options) {
  const auto store = open_to_write(options.db, false);
  if (!store) return report(store.error());
  const auto removed = (*store)->remove_snapshot(options.name);
  if (!removed) return report(removed.error());
  std::printf("%s removed\n", options.name.c_str());
  return 0;
}

int write_diff(const Options& options, const DiffQuestion& question, const History& history, std::ostream& out) {
  if (options.format == "text" || options.format == "json") {
    const auto answer = diff(question, history);
    if (!answer) return report(answer.error());
    out << (options.format == "json" ? to_json(*answer).dump(2) + "\n" : to_text(*answer));
    return answer->rows.empty() ? 1 : 0;
  }
  const auto found = find_diff(question, history);
  if (!found) return report(found.error());
  if (const auto format = graph_format(options.format)) {
    const auto vocabulary = read_vocabulary();
    if (!vocabulary) return report(vocabulary.error());
    const auto exported = export_diff(*found, *format, *vocabulary, out);
    if (!exported) return report(exported.error());
    return found->diff.lines.empty() ? 1 : 0;
  }
  const bool csv = options.format == "csv";
  if (csv) out << diff_csv_header();
  const auto walked = for_each_row(*found, [&](const DiffRow& row) { return static_cast<bool>(out << (csv ? to_csv(row) : dump(to_json(row)) + "\n")); });
  if (!walked) return report(walked.error());
  return found->diff.lines.empty() ? 1 : 0;
}

int print_changes(const Store& store, Version after, std::size_t most, bool json) {
  const auto view = store.view();
  const auto changes = store.changes(after, view->version(), most);
  if (!changes) return report(changes.error());
  for (const VersionChanges& one : *changes) {
    if (json) {
      std::cout << dump(to_json(one, *view)) << "\n";
    } else {
      std::printf("version %u: %zu articles added, %zu retracted, %zu mentions moved, %zu decisions\n", one.version, one.added.size(), one.retracted.size(), one.moved.size(), one.decided.size());
    }
  }
  std::cout.flush();
  std::fflush(stdout);
  return changes->empty() ? 1 : 0;
}

// Looks again every second; a store that is being written is opened beside its writer each time.
int follow(const Options& options, Version seen) {
  for (;; std::this_thread::sleep_for(std::chrono::seconds(1))) {
    const auto store = open_to_read(options.db);
    if (!store) return report(store.error());
    const Version newest = (*store)->view()->version();
    if (newest > seen)
      if (const int exit = print_changes(**store, seen, kAll, true); exit > 1) return exit;
    seen = std::max(seen, newest);
    if (!std::cout) return 0;
  }
}

int run_diff(Options options) {
  if (options.json) options.format = "json";
  auto opened = open_to_read(options.db);
  if (!opened) return report(opened.error());
  const std::shared_ptr<const Store> store = std::move(*opened);
  const History history = history_of(store);
  if (options.follow && !options.given->contains("before")) return follow(options, store->view()->version());
  if (const auto checked = check_given(diff_parameters(), *options.given); !checked) return report(checked.error());
  const auto question = diff_question(*options.given, *store->view());
  if (!question) return report(question.error());
  Output output(options.output);
  if (options.follow || options.patch) {
    const auto before = moment(question->before, "before", history, question->filter), after = moment(question->after, "after", history, question->filter);
    if (!before) return report(before.error());
    if (!after) return report(after.error());
    if (before->moment.known_at || after->moment.known_at) return report(bad_input("--patch and --follow go from version to version, not between days of publication"));
    if (options.follow) return follow(options, before->moment.view->version());
    const auto written = write_patch(*store, before->moment.view->version(), after->moment.view->version(), output.stream());
    return written ? output.finish() : report(written.error());
  }
  const int exit = write_diff(options, *question, history, output.stream());
  return exit > 1 ? exit : std::max(exit, output.finish());
}

int apply(const Options& options) {
  auto store = open_to_write(options.db, true);
  if (!store) return report(store.error());
  std::ifstream file;
  if (!options.name.empty() && options.name != "-") {
    file.open(options.name);
    if (!file) return report(not_found(options.name + ": cannot be opened"));
  }
  const auto applied = apply_patch(**store, file.is_open() ? file : std::cin);
  if (!applied) return report(applied.error());
  std::printf("version %u, content %s\n", *applied, to_string((*store)->view()->content_hash()).c_str());
  return 0;
}

int changes(const Options& options) {
  Version since = 0;
  const auto [end, fault] = std::from_chars(options.since.data(), options.since.data() + options.since.size(), since);
  if (fault != std::errc() || end != options.since.data() + options.since.size()) return report(bad_input("--since '" + options.since + "': a version, such as 17"));
  if (options.follow) return follow(options, since);
  const auto store = open_to_read(options.db);
  if (!store) return report(store.error());
  return print_changes(**store, since, options.limit, options.json);
}

int backup(const Options& options) {
  auto store = open_to_write(options.db, false);
  if (!store) return report(store.error());
  const auto made = (*store)->backup(options.folder);
  if (!made) return report(made.error());
  std::printf("%s: version %u, content %s\n", options.folder.c_str(), (*store)->view()->version(), to_string((*store)->view()->content_hash()).c_str());
  return 0;
}

int restore_backup(const Options& options) {
  const auto restored = restore(options.folder, options.db);
  if (!restored) return report(restored.error());
  std::printf("%s: %llu articles, %llu statements, clean\n", options.db.c_str(), static_cast<unsigned long long>(restored->articles), static_cast<unsigned long long>(restored->statements));
  return 0;
}

int forget(const Options& options) {
  auto store = open_to_write(options.db, false);
  if (!store) return report(store.error());
  const auto forgotten = (*store)->forget(options.version);
  if (!forgotten) return report(forgotten.error());
  std::printf("versions before %u are forgotten: %llu articles that had ended, %llu keys\n", (*store)->view()->oldest(), static_cast<unsigned long long>(forgotten->articles),
              static_cast<unsigned long long>(forgotten->keys));
  return 0;
}

int migrate(const Options& options) {
  auto store = open_to_write(options.db, false);
  if (!store) return report(store.error());
  std::printf("%s: of this format, version %u\n", options.db.c_str(), (*store)->view()->version());
  return 0;
}

CLI::App* command(CLI::App& program, const std::shared_ptr<Options>& options, const char* name, const char* help, const char* example) {
  CLI::App* made = program.add_subcommand(name, help);
  made->footer(std::string("Example: ") + example);
  add_db_option(made, options->db);
  return made;
}

void add_snapshots(CLI::App& program, int& exit) {
  CLI::App* snapshot = program.add_subcommand("snapshot", "Versions with names");
  snapshot->require_subcommand(1);
  snapshot->footer("Example: relata snapshot take before-the-vote --note \"all wires read\"");
  const auto make = [&](const char* name, const char* help, const char* example, int (*run)(const Options&), bool named) {
    const auto options = std::make_shared<Options>();
    CLI::App* made = command(*snapshot, options, name, help, example);
    if (named) made->add_option("name", options->name, "Name of the snapshot")->required();
    if (std::string_view(name) != "remove") made->add_flag("--json", options->json, "As JSON");
    if (std::string_view(name) == "take") {
      made->add_option("--note", options->note, "What it is for");
      made->add_option("--version", options->version, "An older version; absent: the newest");
    }
    run_as(made, exit, [options, run] { return run(*options); });
  };
  make("take", "Give the newest version a name", "relata snapshot take spring", take, true);
  make("list", "All snapshots", "relata snapshot list --json", list, false);
  make("show", "One snapshot: its counts and content hash", "relata snapshot show spring", list, true);
  make("remove", "Take the name away; the version stays", "relata snapshot remove spring", remove, true);
}

void add_diff(CLI::App& program, int& exit) {
  const auto options = std::make_shared<Options>();
  CLI::App* diff = command(program, options, "diff", "What changed between two moments, and why",
                           "relata diff spring newest --what relation_added,relation_contested   (also: relata diff 2024-10 2024-11; relata diff v3 v7 --patch | relata apply --db copy)");
  for (const Parameter& parameter : diff_parameters()) {
    if (parameter.name == "before" || parameter.name == "after") {
      Parameter positional = parameter;
      positional.required = false;  // --follow needs none
      add_parameter(diff, positional, true, options->given);
    } else {
      add_parameter(diff, parameter, false, options->given);
    }
  }
  const std::vector<std::string> formats(diff_formats().begin(), diff_formats().end());
  diff->add_option("--format", options->format, "Format; those of graphs have a status to colour by")->check(CLI::IsMember(formats))->capture_default_str();
  diff->add_option("-o,--output", options->output, "File; absent: standard output");
  diff->add_flag("--json", options->json, "The same as --format json");
  diff->add_flag("--patch", options->patch, "The batches that made it, for relata apply");
  diff->add_flag("--follow", options->follow, "Each new version as a line of JSON as it comes, from BEFORE on");
  run_as(diff, exit, [options] { return run_diff(*options); });
}

}  // namespace

void add_history(CLI::App& program, int& exit) {
  add_snapshots(program, exit);
  add_diff(program, exit);
  const auto options = std::make_shared<Options>();

  CLI::App* apply_command = command(program, options, "apply", "Make one version into another by a patch", "relata diff v3 newest --patch --db graph | relata apply --db copy-of-v3");
  apply_command->alias("import");  // of a patch from version 0: the whole graph
  apply_command->add_option("patch", options->name, "File; absent: standard input");
  run_as(apply_command, exit, [options] { return apply(*options); });

  CLI::App* changes_command = command(program, options, "changes", "What each version did", "relata changes --since 17 --json");
  changes_command->add_option("--since", options->since, "Versions after this one")->capture_default_str();
  changes_command->add_option("--limit", options->limit, "At most so many")->capture_default_str();
  changes_command->add_flag("--json", options->json, "One JSON object a line");
  changes_command->add_flag("--follow", options->follow, "Go on as new versions come");
  run_as(changes_command, exit, [options] { return changes(*options); });

  CLI::App* backup_command = command(program, options, "backup", "Copy a graph; while it is served, POST /v1/backup does it", "relata backup /backups/monday --db graph");
  backup_command->add_option("folder", options->folder, "Folder that is missing or empty")->required();
  run_as(backup_command, exit, [options] { return backup(*options); });

  CLI::App* restore_command = command(program, options, "restore", "Make a graph of a backup, after reading all of it", "relata restore /backups/monday --db graph");
  restore_command->add_option("folder", options->folder, "The backup")->required();
  run_as(restore_command, exit, [options] { return restore_backup(*options); });

  CLI::App* forget_command = command(program, options, "forget", "Make old versions unreadable and give back their space", "relata forget --before 1000");
  forget_command->add_option("--before", options->version, "The oldest version to keep")->required();
  run_as(forget_command, exit, [options] { return forget(*options); });

  CLI::App* migrate_command = command(program, options, "migrate", "Bring a graph of an older format to this one", "relata migrate --db graph");
  run_as(migrate_command, exit, [options] { return migrate(*options); });
}

}  // namespace relata
