#include "query/export.h"

#include <algorithm>
#include <array>
#include <limits>
#include <ostream>

#include "query/answer.h"
#include "query/check.h"
#include "query/ends.h"
#include "query/exporter.h"
#include "query/json.h"
#include "query/relation_chunks.h"

namespace relata {
namespace {

constexpr std::array<std::string_view, kExportFormats> kNames = {"graphml",       "gexf",   "cytoscape", "nodelink", "dot",   "csv_nodes",
                                                                 "csv_relations", "nquads", "turtle",    "jsonld",   "svg",    "jsonl", "articles"};
constexpr std::array<std::string_view, kExportFormats> kMedia = {
    "application/graphml+xml", "application/gexf+xml", "application/json",     "application/json", "text/vnd.graphviz", "text/csv",
    "text/csv",                "application/n-quads",  "text/turtle",          "application/ld+json", "image/svg+xml",    "application/x-ndjson", "application/x-ndjson"};

bool wanted(const GraphView& view, Grouping& grouping, const Filter& filter, Node node) {
  if (!grouping.node_test()(node)) return false;
  if (filter == Filter{} && view.entity(node).articles > 0) return true;
  std::size_t all = std::numeric_limits<std::size_t>::max();
  return !grouping.around(node, all).empty();
}

Result<void> flushed(std::ostream& out) {
  if (!out.flush()) return io_error("export: cannot be written, the disk is full or the reader went away");
  return {};
}

Result<void> export_articles(const GraphView& view, std::ostream& out) {
  for (const ArticleId id : view.articles()) {
    const Result<ArticleAnswer> told = article({to_string(id)}, view);
    if (!told) return told.error();
    out << dump(to_json(*told)) << '\n';
    if (!out) break;
  }
  return {};
}

Result<void> export_relations(RelationChunks chunks, Exporter& to, const std::ostream& out) {
  Relation told;
  while (out) {
    const auto chunk = chunks.next();
    if (!chunk) return chunk.error();
    if (!*chunk) break;
    for (std::size_t i = 0; i < (*chunk)->size(); ++i) {
      (*chunk)->tell(i, told);
      to.relation(told, {});
    }
  }
  return {};
}

}  // namespace

std::unique_ptr<Exporter> make_exporter(ExportFormat format, std::ostream& out, const Vocabulary& vocabulary, bool marked) {
  switch (format) {
    case ExportFormat::graphml: return graphml_exporter(out, marked);
    case ExportFormat::gexf: return gexf_exporter(out, marked);
    case ExportFormat::cytoscape: return cytoscape_exporter(out, marked);
    case ExportFormat::nodelink: return nodelink_exporter(out, marked);
    case ExportFormat::dot: return dot_exporter(out, marked);
    case ExportFormat::csv_nodes: return csv_nodes_exporter(out, marked);
    case ExportFormat::csv_relations: return csv_relations_exporter(out, marked);
    case ExportFormat::nquads: return nquads_exporter(out, marked, vocabulary);
    case ExportFormat::turtle: return turtle_exporter(out, marked, vocabulary);
    case ExportFormat::jsonld: return jsonld_exporter(out, marked, vocabulary);
    case ExportFormat::svg: return svg_exporter(out, marked);
    case ExportFormat::jsonl:
    case ExportFormat::articles: break;
  }
  return jsonl_exporter(out, marked);
}

std::string_view to_string(ExportFormat format) { return kNames[static_cast<std::size_t>(format)]; }
std::string_view media_type(ExportFormat format) { return kMedia[static_cast<std::size_t>(format)]; }

std::optional<ExportFormat> parse_export_format(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<ExportFormat>(found - kNames.begin());
}

Result<void> export_graph(const GraphView& view, const Filter& filter, ExportFormat format, std::ostream& out, const Vocabulary& vocabulary) {
  if (Result<void> sane = check(filter, view); !sane) return sane;
  Result<void> done;
  if (format == ExportFormat::articles) {
    if (filter != Filter{}) return bad_input("format=articles: is whole articles, without filters");
    done = export_articles(view, out);
  } else {
    Grouping grouping(view, filter);
    const std::unique_ptr<Exporter> to = make_exporter(format, out, vocabulary);
    const std::vector<Node> nodes = nodes_by_id(view);
    to->begin();
    for (const Node node : nodes)
      if (wanted(view, grouping, filter, node)) to->entity(view.entity(node), {});
    to->between();
    Proofs proofs = to->proofs();
    proofs.polarity = filter.polarity;
    if (to->relations_wanted()) done = export_relations(RelationChunks(view, grouping, nodes, proofs), *to, out);
    if (done) done = to->end();
  }
  if (done) done = view.fetched();
  return done ? flushed(out) : done;
}

Result<void> export_part(const std::vector<Entity>& entities, const std::vector<Relation>& relations, ExportFormat format, std::ostream& out, const Vocabulary& vocabulary) {
  const std::unique_ptr<Exporter> to = make_exporter(format, out, vocabulary);
  to->begin();
  for (const Entity& entity : entities) to->entity(entity, {});
  to->between();
  for (const Relation& relation : relations) to->relation(relation, {});
  const Result<void> done = to->end();
  return done ? flushed(out) : done;
}

}  // namespace relata
