#include "commands/series.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include "commands/command.h"
#include "commands/options.h"
#include "commands/vocabulary.h"
#include "query/exporter.h"
#include "query/history.h"
#include "query/series.h"

namespace relata {
namespace {

struct Options {
  std::string db = "relata.db", format = "csv", graphs, graph_format = "graphml";
  std::shared_ptr<Given> given = std::make_shared<Given>();
};

Json to_json(const SeriesAnswer& answer) {
  Json rows = Json::array();
  for (const SeriesRow& row : answer.rows) {
    Json one{{"step", row.step},
             {"from", row.from == kFirstDay ? Json(nullptr) : Json(to_string(row.from))},
             {"until", to_string(row.until)},
             {"entities", row.entities},
             {"edges", row.edges},
             {"relations", row.relations},
             {"statements", row.statements},
             {"density", row.density},
             {"components", row.components},
             {"largest_component", row.largest_component},
             {"degeneracy", row.degeneracy}};
    Json figures = Json::array();
    for (std::size_t i = 0; i < row.figures.size(); ++i)
      figures.push_back({{"entity", to_string(answer.entities[i].id)},
                         {"name", answer.entities[i].name},
                         {"degree", row.figures[i].degree},
                         {"statements", row.figures[i].statements},
                         {"pagerank", row.figures[i].pagerank},
                         {"betweenness", row.figures[i].betweenness ? Json(*row.figures[i].betweenness) : Json(nullptr)},
                         {"core", row.figures[i].core},
                         {"component", row.figures[i].component}});
    if (!figures.empty()) one["centralities"] = std::move(figures);
    rows.push_back(std::move(one));
  }
  return {{"steps", std::move(rows)}};
}

Result<void> write_graph(const Options& options, const GraphView& view, const SeriesRow& row, const std::vector<Group>& relations) {
  const std::string path = options.graphs + "/" + row.step + "." + options.graph_format;
  std::ofstream file(path, std::ios::binary);
  const auto vocabulary = read_vocabulary();
  if (!vocabulary) return vocabulary.error();
  const auto exporter = make_exporter(*parse_export_format(options.graph_format), file, *vocabulary);
  std::set<Node> nodes;
  for (const Group& group : relations) nodes.insert({group.key.source, group.key.target});
  exporter->begin();
  for (const Node node : nodes) exporter->entity(view.entity(node), "");
  exporter->between();
  for (const Group& group : relations) {
    const auto told = relation(view, group, 1);
    if (!told) return told.error();
    exporter->relation(*told, "");
  }
  if (auto ended = exporter->end(); !ended) return ended;
  return file.flush() ? Result<void>() : Result<void>(io_error(path + ": cannot be written"));
}

int run(const Options& options, const OpenView& open) {
  if (const auto checked = check_given(series_parameters(), *options.given); !checked) return report(checked.error());
  const auto newest = open(options.db);
  if (!newest) return report(newest.error());
  const auto view = view_for(*options.given, *newest);
  if (!view) return report(view.error());
  const auto question = series_question(*options.given, **view);
  if (!question) return report(question.error());
  SeriesVisitor each;
  if (!options.graphs.empty()) {
    std::error_code error;
    std::filesystem::create_directories(options.graphs, error);
    if (error) return report(io_error(options.graphs + ": " + error.message()));
    each = [&](const SeriesRow& row, const std::vector<Group>& relations) { return write_graph(options, **view, row, relations); };
  }
  const auto answer = series(*question, **view, each);
  if (!answer) return report(answer.error());
  std::cout << (options.format == "json" ? to_json(*answer).dump(2) + "\n" : to_csv(*answer)) << std::flush;
  if (answer->betweenness_left_out)
    std::fprintf(stderr, "relata: betweenness is left out where entities times edges are more than %llu\n", static_cast<unsigned long long>(kMostBetweenness));
  if (!std::cout) return report(io_error("standard output: cannot be written"));
  return answer->rows.empty() ? 1 : 0;
}

}  // namespace

void add_series(CLI::App& program, const OpenView& open, int& exit) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("series", "Figures of the graph over time, and of entities in it");
  command->footer("Example: relata series --every month --window 3 --entity Putin --entity Scholz > series.csv");
  add_db_option(command, options->db);
  command->add_option("--format", options->format, "csv or json")->check(CLI::IsMember({"csv", "json"}))->capture_default_str();
  command->add_option("--graphs", options->graphs, "Folder for the graph of each step");
  command->add_option("--graph-format", options->graph_format, "Format of these graphs")->check(CLI::IsMember({"graphml", "gexf", "nodelink", "cytoscape", "dot"}))->capture_default_str();
  for (const Parameter& parameter : series_parameters()) add_parameter(command, parameter, false, options->given);
  run_as(command, exit, [options, open] { return run(*options, open); });
}

}  // namespace relata
