#include "commands/export.h"

#include <fstream>
#include <iostream>
#include <memory>

#include "commands/command.h"
#include "commands/options.h"
#include "query/export.h"

namespace relata {
namespace {

struct Options {
  std::string db = "relata.db", format = "graphml", output;
  std::shared_ptr<Given> given = std::make_shared<Given>();
};

std::vector<std::string> formats() {
  std::vector<std::string> names;
  for (int i = 0; i < kExportFormats; ++i) names.emplace_back(to_string(static_cast<ExportFormat>(i)));
  return names;
}

int run_export(const Options& options, const OpenView& open) {
  if (const auto checked = check_given(filter_parameters(), *options.given); !checked) return report(checked.error());
  const auto view = open(options.db);
  if (!view) return report(view.error());
  const auto filter = filter_from(*options.given, **view);
  if (!filter) return report(filter.error());
  std::ofstream file;
  if (!options.output.empty()) file.open(options.output, std::ios::binary);
  std::ostream& out = options.output.empty() ? std::cout : file;
  if (!out) return report(io_error(options.output + ": cannot be written"));
  const auto exported = export_graph(**view, *filter, *parse_export_format(options.format), out);
  if (!exported) return report(exported.error());
  out.flush();
  return out ? 0 : report(io_error((options.output.empty() ? "standard output" : options.output) + ": cannot be written"));
}

}  // namespace

void add_export(CLI::App& program, const OpenView& open, int& exit) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("export", "The graph in the format of another tool");
  command->footer("Example: relata export --format graphml --relation CONSULT --from 2024 -o graph.graphml");
  add_db_option(command, options->db);
  command->add_option("--format", options->format, "Format")->check(CLI::IsMember(formats()))->capture_default_str();
  command->add_option("-o,--output", options->output, "File; absent: standard output");
  for (const Parameter& parameter : filter_parameters()) add_parameter(command, parameter, false, options->given);
  run_as(command, exit, [options, open] { return run_export(*options, open); });
}

}  // namespace relata
