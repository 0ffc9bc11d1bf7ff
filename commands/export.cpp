#include "commands/export.h"

#include <fstream>
#include <iostream>
#include <memory>

#include "commands/command.h"
#include "commands/graph.h"
#include "commands/options.h"
#include "commands/vocabulary.h"
#include "query/export_request.h"
#include "query/history.h"

namespace relata {
namespace {

struct Options {
  std::string db = "relata.db", output;
  ShareOptions share;
  std::shared_ptr<Given> given = std::make_shared<Given>();
};

int run_export(const Options& options, const OpenShare& open) {
  options.given->try_emplace("format", std::vector<std::string>{"graphml"});
  if (const auto checked = check_given(export_parameters(), *options.given); !checked) return report(checked.error());
  const auto share = parse_share(options.share);
  if (!share) return report(share.error());
  const auto newest = open(options.db, *share);
  if (!newest) return report(newest.error());
  const auto then = view_for(*options.given, *newest);
  if (!then) return report(then.error());
  const auto view = folded(*then, *options.given);
  if (!view) return report(view.error());
  const auto request = export_request(*options.given, **view);
  if (!request) return report(request.error());
  const auto vocabulary = read_vocabulary();
  if (!vocabulary) return report(vocabulary.error());
  std::ofstream file;
  if (!options.output.empty()) file.open(options.output, std::ios::binary);
  std::ostream& out = options.output.empty() ? std::cout : file;
  if (!out) return report(io_error(options.output + ": cannot be written"));
  const auto exported = write_export(*request, **view, *vocabulary, out);
  if (!exported) return report(exported.error());
  return 0;
}

}  // namespace

void add_export(CLI::App& program, const OpenShare& open, int& exit) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("export", "The graph in the format of another tool");
  command->footer("Example: relata export --format graphml --relation CONSULT --from 2024 -o graph.graphml");
  add_db_option(command, options->db);
  command->add_option("-o,--output", options->output, "File; absent: standard output");
  for (const Parameter& parameter : export_parameters()) add_parameter(command, parameter, false, options->given);
  add_share_options(command, options->share);
  run_as(command, exit, [options, open] { return run_export(*options, open); });
}

}  // namespace relata
