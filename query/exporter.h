// What each format does with the entities and relations it is given. Private to the exports.
#pragma once

#include <memory>
#include <ostream>

#include "graph/relation_batch.h"
#include "query/export.h"
#include "query/text_out.h"
#include "query/vocabulary.h"

namespace relata {

// Called in this order: begin, entity..., between, relation..., end. A marked export is of a difference: each entity and
// relation has a status for colouring, such as "added"; in others it is empty and not declared.
class Exporter {
 public:
  Exporter(std::ostream& out, bool marked) : out_(out), marked_(marked) {}
  virtual ~Exporter() = default;

  virtual void begin() {}
  virtual void entity(const Entity& entity, std::string_view status) = 0;
  virtual void between() {}
  virtual void relation(const Relation& relation, std::string_view status) = 0;
  // bad_input: the format cannot hold so much. All is in the stream then, which the caller flushes.
  Result<void> end() {
    const Result<void> done = finish();
    out_.flush();
    return done;
  }

  virtual bool relations_wanted() const { return true; }
  virtual Proofs proofs() const { return {.each = 1, .polarity = {}, .speakers = false}; }  // of each relation

 protected:
  virtual Result<void> finish() { return {}; }

  TextOut out_;
  const bool marked_;
};

// Precondition: not ExportFormat::articles. `out` and `vocabulary` outlive it.
std::unique_ptr<Exporter> make_exporter(ExportFormat format, std::ostream& out, const Vocabulary& vocabulary, bool marked = false);

std::unique_ptr<Exporter> graphml_exporter(std::ostream& out, bool marked);
std::unique_ptr<Exporter> gexf_exporter(std::ostream& out, bool marked);
std::unique_ptr<Exporter> cytoscape_exporter(std::ostream& out, bool marked);
std::unique_ptr<Exporter> nodelink_exporter(std::ostream& out, bool marked);
std::unique_ptr<Exporter> jsonl_exporter(std::ostream& out, bool marked);
std::unique_ptr<Exporter> dot_exporter(std::ostream& out, bool marked);
std::unique_ptr<Exporter> csv_nodes_exporter(std::ostream& out, bool marked);
std::unique_ptr<Exporter> csv_relations_exporter(std::ostream& out, bool marked);
std::unique_ptr<Exporter> nquads_exporter(std::ostream& out, bool marked, const Vocabulary& vocabulary);
std::unique_ptr<Exporter> turtle_exporter(std::ostream& out, bool marked, const Vocabulary& vocabulary);
std::unique_ptr<Exporter> jsonld_exporter(std::ostream& out, bool marked, const Vocabulary& vocabulary);
std::unique_ptr<Exporter> svg_exporter(std::ostream& out, bool marked);

// More than people can make out, and than a layout can be made of in a moment.
inline constexpr std::size_t kPictureEntities = 300, kPictureRelations = 1000;

}  // namespace relata
