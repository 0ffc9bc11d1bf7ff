#include "query/desk.h"

#include <unistd.h>

#include <fstream>

namespace relata {
namespace {

double resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  double pages = 0, resident = 0;
  statm >> pages >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

std::vector<Figure> figures(const Desk& desk, const Backend& backend) {
  const auto view = backend.view();
  const Counts counts = view->counts();
  std::vector<Figure> all{{"relata_graph_version", "Newest version of the graph", static_cast<double>(view->version())},
                          {"relata_graph_articles", "Articles in the graph", static_cast<double>(counts.articles)},
                          {"relata_graph_entities", "Entities in the graph", static_cast<double>(counts.entities)},
                          {"relata_graph_relations", "Relations in the graph", static_cast<double>(counts.relations)},
                          {"relata_graph_statements", "Statements in the graph", static_cast<double>(counts.statements)},
                          {"relata_jobs_waiting", "Bodies accepted and not yet begun", static_cast<double>(desk.jobs.waiting())},
                          {"process_resident_memory_bytes", "Memory of the process", resident_bytes()}};
  const auto add = [&](std::vector<Figure> more) { all.insert(all.end(), more.begin(), more.end()); };
  if (backend.figures)
    for (const auto& [name, value] : backend.figures()) all.push_back({"relata_store_" + name, "Of RocksDB: " + name, value});
  if (desk.more_figures) add(desk.more_figures());
  return all;
}

}  // namespace relata
