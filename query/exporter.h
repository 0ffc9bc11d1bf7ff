// What each format does with the entities and relations it is given. Private to the exports.
#pragma once

#include <memory>
#include <ostream>

#include "graph/entity.h"
#include "query/export.h"

namespace relata {

// Called in this order: begin, entity..., between, relation..., end.
class Exporter {
 public:
  explicit Exporter(std::ostream& out) : out_(out) {}
  virtual ~Exporter() = default;

  virtual void begin() {}
  virtual void entity(const Entity& entity) = 0;
  virtual void between() {}
  virtual void relation(const Relation& relation) = 0;
  virtual void end() {}

  // Of each relation; the best come first.
  virtual std::size_t evidence_wanted() const { return 1; }

 protected:
  std::ostream& out_;
};

std::unique_ptr<Exporter> graphml_exporter(std::ostream& out);
std::unique_ptr<Exporter> gexf_exporter(std::ostream& out);
std::unique_ptr<Exporter> cytoscape_exporter(std::ostream& out);
std::unique_ptr<Exporter> nodelink_exporter(std::ostream& out);
std::unique_ptr<Exporter> jsonl_exporter(std::ostream& out);
std::unique_ptr<Exporter> dot_exporter(std::ostream& out);
std::unique_ptr<Exporter> csv_nodes_exporter(std::ostream& out);
std::unique_ptr<Exporter> csv_relations_exporter(std::ostream& out);
std::unique_ptr<Exporter> nquads_exporter(std::ostream& out);
std::unique_ptr<Exporter> turtle_exporter(std::ostream& out);
std::unique_ptr<Exporter> jsonld_exporter(std::ostream& out);

}  // namespace relata
