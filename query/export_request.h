// What is to be exported, from the parameters that the command line and HTTP share: the whole graph, the neighbourhood of an
// entity (`entity`, `depth`), or the paths between two (`source`, `target`, ...), each within the filters.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/export.h"
#include "query/parameters.h"

namespace relata {

struct Part {
  std::vector<Entity> entities;
  std::vector<Relation> relations;
};

struct ExportRequest {
  ExportFormat format = ExportFormat::graphml;
  Filter filter;
  std::optional<Part> part;  // absent: the whole graph
};

const std::vector<Parameter>& export_parameters();

// Precondition: `given` passed check_given with export_parameters(). All that can be wrong with the request shows here, but for
// the size of a picture. Errors as of answer().
Result<ExportRequest> export_request(const Given& given, const GraphView& view);

Result<void> write_export(const ExportRequest& request, const GraphView& view, const Vocabulary& vocabulary, std::ostream& out);

}  // namespace relata
