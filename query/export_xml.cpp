// GraphML 1.0 (graphml.graphdrawing.org) and GEXF 1.3 (gexf.net).
#include "query/attributes.h"
#include "query/exporter.h"
#include "query/xml_text.h"

namespace relata {
namespace {

class GraphMl final : public Exporter {
 public:
  using Exporter::Exporter;
  void begin() override {
    out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
            " xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";
    keys("node", "n_", entity_attributes(marked_));
    keys("edge", "e_", relation_attributes(marked_));
    out_ << "<graph id=\"relata\" edgedefault=\"directed\">\n";
  }
  void entity(const Entity& entity, std::string_view status) override {
    out_ << "<node id=\"" << entity.id << "\">";
    data("n_", entity_attributes(marked_), row_.of(entity, status));
    out_ << "</node>\n";
  }
  void relation(const Relation& relation, std::string_view status) override {
    out_ << "<edge id=\"" << xml(relation.id) << "\" source=\"" << relation.source << "\" target=\"" << relation.target << "\">";
    data("e_", relation_attributes(marked_), row_.of(relation, status));
    out_ << "</edge>\n";
  }
  Result<void> finish() override {
    out_ << "</graph>\n</graphml>\n";
    return {};
  }

 private:
  static std::string_view type_name(AttributeType type) {
    switch (type) {
      case AttributeType::whole: return "long";
      case AttributeType::fraction: return "double";
      case AttributeType::flag: return "boolean";
      default: return "string";
    }
  }
  void keys(std::string_view of, std::string_view prefix, std::span<const Attribute> attributes) {
    for (const Attribute& one : attributes)
      out_ << "<key id=\"" << prefix << one.name << "\" for=\"" << of << "\" attr.name=\"" << one.name << "\" attr.type=\"" << type_name(one.type) << "\"/>\n";
  }
  void data(std::string_view prefix, std::span<const Attribute> attributes, std::span<const Value> values) {
    for (std::size_t i = 0; i < attributes.size(); ++i) {
      if (is_empty(values[i])) continue;
      out_ << "<data key=\"" << prefix << attributes[i].name << "\">";
      write_value(out_, values[i], append_xml);
      out_ << "</data>";
    }
  }
  Row row_;
};

class Gexf final : public Exporter {
 public:
  using Exporter::Exporter;
  void begin() override {
    out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://gexf.net/1.3 "
            "http://gexf.net/1.3/gexf.xsd\" version=\"1.3\">\n<meta><creator>relata</creator></meta>\n"
            "<graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\">\n";
    declare("node", entity_attributes(marked_));
    declare("edge", relation_attributes(marked_));
    out_ << "<nodes>\n";
  }
  void entity(const Entity& entity, std::string_view status) override {
    out_ << "<node id=\"" << entity.id << "\" label=\"" << xml(entity.name) << '"';
    spell(entity.first, entity.last);
    attributes(entity_attributes(marked_), row_.of(entity, status));
    out_ << "</node>\n";
  }
  void between() override { out_ << "</nodes>\n<edges>\n"; }
  void relation(const Relation& relation, std::string_view status) override {
    out_ << "<edge id=\"" << xml(relation.id) << "\" source=\"" << relation.source << "\" target=\"" << relation.target << "\" kind=\"" << xml(relation.type)
         << "\" label=\"" << xml(relation.predicates.empty() ? relation.type : relation.predicates.front()) << "\" weight=\"";
    out_.fraction(static_cast<double>(relation.asserted + relation.denied)) << '"';
    spell(relation.time ? std::optional(relation.time->begin) : std::nullopt, relation.time ? std::optional(relation.time->end) : std::nullopt);
    attributes(relation_attributes(marked_), row_.of(relation, status));
    out_ << "</edge>\n";
  }
  Result<void> finish() override {
    out_ << "</edges>\n</graph>\n</gexf>\n";
    return {};
  }

 private:
  static std::string_view type_name(AttributeType type) {
    switch (type) {
      case AttributeType::whole: return "long";
      case AttributeType::fraction: return "double";
      case AttributeType::flag: return "boolean";
      default: return "string";  // also dates: "date" is known to few readers
    }
  }
  void declare(std::string_view of, std::span<const Attribute> all) {
    out_ << "<attributes class=\"" << of << "\" mode=\"static\">\n";
    for (const Attribute& one : all) out_ << "<attribute id=\"" << one.name << "\" title=\"" << one.name << "\" type=\"" << type_name(one.type) << "\"/>\n";
    out_ << "</attributes>\n";
  }
  void spell(const std::optional<Day>& start, const std::optional<Day>& end) {
    if (start) out_ << " start=\"" << to_string(*start) << '"';
    if (end) out_ << " end=\"" << to_string(*end) << '"';
    out_ << '>';
  }
  void attributes(std::span<const Attribute> all, std::span<const Value> values) {
    out_ << "<attvalues>";
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (is_empty(values[i])) continue;
      out_ << "<attvalue for=\"" << all[i].name << "\" value=\"";
      write_value(out_, values[i], append_xml);
      out_ << "\"/>";
    }
    out_ << "</attvalues>";
  }
  Row row_;
};

}  // namespace

std::unique_ptr<Exporter> graphml_exporter(std::ostream& out, bool marked) { return std::make_unique<GraphMl>(out, marked); }
std::unique_ptr<Exporter> gexf_exporter(std::ostream& out, bool marked) { return std::make_unique<Gexf>(out, marked); }

}  // namespace relata
