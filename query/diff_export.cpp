// A diff as a graph, with a status to colour by.
#include <map>

#include "query/exporter.h"
#include "query/history.h"

namespace relata {
namespace {

// What became of something: "added", "merged", "better_supported"...
std::string status(DiffKind kind) {
  const std::string text(to_string(kind));
  return text.substr(text.find('_') + 1);
}

}  // namespace

const std::vector<std::string_view>& diff_formats() {
  static const std::vector<std::string_view> all = [] {
    std::vector<std::string_view> names{"json", "jsonl", "csv", "text"};
    for (int i = 0; i < kExportFormats; ++i)
      if (const auto format = static_cast<ExportFormat>(i); format != ExportFormat::articles && format != ExportFormat::jsonl) names.push_back(to_string(format));
    return names;
  }();
  return all;
}

std::optional<ExportFormat> graph_format(std::string_view name) {
  const auto format = parse_export_format(name);
  return format && *format != ExportFormat::jsonl && *format != ExportFormat::articles ? format : std::nullopt;
}

Result<void> export_diff(const FoundDiff& found, ExportFormat format, const Vocabulary& vocabulary, std::ostream& out) {
  const auto exporter = make_exporter(format, out, vocabulary, true);
  std::map<EntityId, std::pair<Entity, std::string>> entities;
  std::vector<std::pair<Relation, std::string>> relations;
  const auto walked = for_each_row(found, [&](const DiffRow& row) {
    for (const auto* list : {&row.line.before, &row.line.after})
      for (const Entity& entity : *list) entities[entity.id] = {entity, status(row.line.what)};
    for (const Entity& entity : row.ends) entities.try_emplace(entity.id, entity, "kept");
    if (!row.was && !row.is) return true;
    Relation relation = row.is ? *row.is : *row.was;
    relation.evidence = row.evidence;
    relations.emplace_back(std::move(relation), status(row.line.what));
    return true;
  });
  if (!walked) return walked.error();
  exporter->begin();
  for (const auto& [id, entity] : entities) exporter->entity(entity.first, entity.second);
  exporter->between();
  for (const auto& [relation, what] : relations) exporter->relation(relation, what);
  return exporter->end();
}

}  // namespace relata
