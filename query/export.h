// The graph, or what filters select of it, in the formats of other tools. Written piece by piece: memory does not grow with
// the graph, but for a number a node. The same graph gives the same bytes: everything is in the order of ids.
//
//   Result<void> done = export_graph(view, filter, *parse_export_format("graphml"), std::cout);
//
// Without filters all entities that hold are exported, else those that selected relations join. Each relation is an edge
// with its type, time, counts and the statement that shows it best; jsonl has all evidence.
#pragma once

#include <iosfwd>
#include <optional>
#include <string_view>
#include <vector>

#include "graph/filter.h"
#include "graph/result.h"
#include "graph/view.h"
#include "query/vocabulary.h"

namespace relata {

enum class ExportFormat {
  graphml,        // GraphML 1.0, typed attributes
  gexf,           // GEXF 1.3, dynamic: edges start and end when they happened, nodes when they were in the news
  cytoscape,      // Cytoscape JSON, as Cytoscape.js and networkx read it
  nodelink,       // node-link JSON of networkx and d3
  dot,            // Graphviz
  csv_nodes,      // Neo4j bulk import: the nodes
  csv_relations,  // Neo4j bulk import: the relationships
  nquads,         // RDF 1.1 with a named graph for each relation; provenance by PROV-O
  turtle,         // RDF 1.1 with reified relations; provenance by PROV-O
  jsonld,         // JSON-LD 1.1 of the same
  svg,            // a picture of a small part
  jsonl,          // one entity or relation a line, in the shapes of the service
  articles,       // one extracted article a line, input of `relata load`; takes no filters
};
inline constexpr int kExportFormats = 13;

std::string_view to_string(ExportFormat format);  // "graphml", "csv_nodes", ...
std::optional<ExportFormat> parse_export_format(std::string_view name);
std::string_view media_type(ExportFormat format);

// bad_input: the filter contradicts itself, or the format cannot hold so much; io: `out` failed; corrupt, io: the store did.
Result<void> export_graph(const GraphView& view, const Filter& filter, ExportFormat format, std::ostream& out, const Vocabulary& vocabulary = {});

// The entities and relations of an answer. Precondition: not ExportFormat::articles.
Result<void> export_part(const std::vector<Entity>& entities, const std::vector<Relation>& relations, ExportFormat format, std::ostream& out, const Vocabulary& vocabulary = {});

}  // namespace relata
