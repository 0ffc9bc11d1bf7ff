// RDF 1.1: N-Quads, Turtle and JSON-LD.
//
// An entity is a urn:relata:entity:<id> with rdfs:label and its type as class. A relation is an rdf:Statement of its own name,
// with what is known of it; in N-Quads the plain triple also stands in the graph of that name. Provenance is PROV-O: the
// relation prov:wasDerivedFrom each article whose words are its evidence; the article prov:wasAttributedTo its publisher and
// prov:generatedAtTime is its publication.
#include <array>
#include <cctype>
#include <functional>

#include "query/address.h"
#include "query/attributes.h"
#include "query/exporter.h"
#include "query/json.h"
#include "query/utf8.h"

namespace relata {
namespace {

constexpr std::size_t kEvidence = 20;
constexpr std::string_view kXsd = "http://www.w3.org/2001/XMLSchema#";
constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view kRdfs = "http://www.w3.org/2000/01/rdf-schema#";
constexpr std::string_view kProv = "http://www.w3.org/ns/prov#";
constexpr std::string_view kSkos = "http://www.w3.org/2004/02/skos/core#";
constexpr std::string_view kOwl = "http://www.w3.org/2002/07/owl#";
constexpr std::string_view kWikidata = "http://www.wikidata.org/";
constexpr std::string_view kOurs = "urn:relata:vocabulary:";

std::string name(std::string_view space, std::string_view local) { return std::string(space).append(local); }
std::string entity_name(EntityId id) { return "urn:relata:entity:" + to_string(id); }
std::string relation_name(const Relation& relation) { return "urn:relata:relation:" + escape(relation.id); }
std::string article_name(ArticleId id) { return "urn:relata:article:" + to_string(id); }
std::string type_name(std::string_view type) { return name(kOurs, escape(type)); }

// A term of RDF: an IRI, or a literal with its datatype.
struct Term {
  std::string text;
  std::string datatype = {};  // empty: `text` is an IRI
};
Term literal(std::string text, std::string_view type = "string") { return {std::move(text), name(kXsd, type)}; }

// Takes a triple: subject and predicate are IRIs.
using Sink = std::function<void(const std::string&, const std::string&, const Term&)>;

void literals(const std::string& subject, std::span<const Attribute> attributes, std::span<const Value> values, const Sink& to) {
  static constexpr std::array<std::string_view, 6> kTypes = {"string", "string", "integer", "decimal", "boolean", "date"};
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    const std::string predicate = name(kOurs, attributes[i].name);
    if (const auto* items = std::get_if<Items>(&values[i])) {
      for (const std::string& item : *items) to(subject, predicate, literal(item));
    } else if (!std::holds_alternative<std::monostate>(values[i])) {
      to(subject, predicate, literal(text_of(values[i]), kTypes[static_cast<std::size_t>(attributes[i].type)]));
    }
  }
}

void vocabulary_triples(const Vocabulary& vocabulary, const Sink& to) {
  const auto tell = [&](const std::vector<TypeWords>& types, std::string_view space, std::string_view kind, std::string_view wikidata) {
    for (const TypeWords& type : types) {
      to(type_name(type.name), name(kRdf, "type"), {name(space, kind)});
      to(type_name(type.name), name(kRdfs, "label"), literal(type.label));
      if (!type.wikidata.empty()) to(type_name(type.name), name(kSkos, "closeMatch"), {name(kWikidata, std::string(wikidata) + escape(type.wikidata))});
    }
  };
  tell(vocabulary.entity_types, kRdfs, "Class", "entity/");
  tell(vocabulary.relation_types, kRdf, "Property", "prop/direct/");
}

void entity_triples(const Entity& entity, std::string_view status, const Sink& to) {
  const std::string subject = entity_name(entity.id);
  to(subject, name(kRdf, "type"), {type_name(to_string(entity.type))});
  to(subject, name(kRdfs, "label"), literal(entity.name));
  literals(subject, entity_attributes(true), Row().of(entity, status), to);
  if (const auto known = entity.external.find("wikidata"); known != entity.external.end())
    to(subject, name(kOwl, "sameAs"), {name(kWikidata, "entity/" + escape(known->second))});
}

void article_triples(const Evidence& proof, const Sink& to) {
  const std::string article = article_name(proof.statement.article);
  to(article, name(kRdf, "type"), {name(kProv, "Entity")});
  if (!proof.uri.empty()) to(article, name(kOurs, "uri"), literal(proof.uri));
  if (!proof.title.empty()) to(article, name(kRdfs, "label"), literal(proof.title));
  if (proof.published) to(article, name(kProv, "generatedAtTime"), literal(to_string(*proof.published) + "T00:00:00Z", "dateTime"));
  if (proof.publisher.empty()) return;
  const std::string publisher = "urn:relata:publisher:" + escape(proof.publisher);
  to(article, name(kProv, "wasAttributedTo"), {publisher});
  to(publisher, name(kRdf, "type"), {name(kProv, "Agent")});
  to(publisher, name(kRdfs, "label"), literal(proof.publisher));
}

void relation_triples(const Relation& relation, std::string_view status, const Sink& to) {
  const std::string subject = relation_name(relation);
  to(subject, name(kRdf, "type"), {name(kRdf, "Statement")});
  to(subject, name(kRdf, "type"), {name(kProv, "Entity")});
  to(subject, name(kRdf, "subject"), {entity_name(relation.source)});
  to(subject, name(kRdf, "predicate"), {type_name(relation.type)});
  to(subject, name(kRdf, "object"), {entity_name(relation.target)});
  literals(subject, relation_attributes(true), Row().of(relation, status), to);
  for (const Evidence& proof : relation.evidence) {
    to(subject, name(kProv, "wasDerivedFrom"), {article_name(proof.statement.article)});
    article_triples(proof, to);
  }
}

// Quoted string of N-Triples and Turtle.
std::string rdf_string(std::string_view text) {
  std::string safe = "\"";
  while (!text.empty()) {
    const std::size_t length = utf8_sequence(text);
    const std::string_view one = text.substr(0, length == 0 ? 1 : length);
    text.remove_prefix(one.size());
    const auto byte = static_cast<unsigned char>(one[0]);
    std::array<char, 8> code{};
    if (length == 0)
      safe += "\\uFFFD";
    else if (byte == '"' || byte == '\\')
      (safe += '\\') += one;
    else if (byte == '\n')
      safe += "\\n";
    else if (byte == '\r')
      safe += "\\r";
    else if (byte < 0x20 || byte == 0x7F) {
      std::snprintf(code.data(), code.size(), "\\u%04X", static_cast<unsigned>(byte));
      safe += code.data();
    } else
      safe += one;
  }
  return safe + "\"";
}

std::string long_form(const Term& term) {
  if (term.datatype.empty()) return "<" + term.text + ">";
  return rdf_string(term.text) + (term.datatype == name(kXsd, "string") ? "" : "^^<" + term.datatype + ">");
}

// Begins with the words of the vocabulary.
class Rdf : public Exporter {
 public:
  Rdf(std::ostream& out, bool marked, const Vocabulary& vocabulary) : Exporter(out, marked), vocabulary_(vocabulary) {}
  Proofs proofs() const override { return {.each = kEvidence, .polarity = {}, .speakers = false}; }

 protected:
  const Vocabulary& vocabulary_;
};

class NQuads final : public Rdf {
 public:
  using Rdf::Rdf;
  void begin() override { vocabulary_triples(vocabulary_, plain()); }
  void entity(const Entity& entity, std::string_view status) override { entity_triples(entity, status, plain()); }
  void relation(const Relation& relation, std::string_view status) override {
    out_ << '<' << entity_name(relation.source) << "> <" << type_name(relation.type) << "> <" << entity_name(relation.target) << "> <" << relation_name(relation) << "> .\n";
    relation_triples(relation, status, plain());
  }

 private:
  Sink plain() {
    return [this](const std::string& s, const std::string& p, const Term& o) { out_ << '<' << s << "> <" << p << "> " << long_form(o) << " .\n"; };
  }
};

// One subject's triples together: "s p o ; p o ." A change of subject ends the sentence.
class Turtle final : public Rdf {
 public:
  using Rdf::Rdf;
  void begin() override {
    out_ << "@prefix rdf: <" << kRdf << "> .\n@prefix rdfs: <" << kRdfs << "> .\n@prefix xsd: <" << kXsd << "> .\n@prefix prov: <" << kProv << "> .\n@prefix skos: <" << kSkos << "> .\n";
    vocabulary_triples(vocabulary_, sink());
    close();
  }
  void entity(const Entity& entity, std::string_view status) override {
    entity_triples(entity, status, sink());
    close();
  }
  void relation(const Relation& relation, std::string_view status) override {
    relation_triples(relation, status, sink());
    close();
  }

 private:
  static std::string short_form(const std::string& iri) {
    for (const auto& [prefix, space] : {std::pair{"rdf:", kRdf}, std::pair{"rdfs:", kRdfs}, std::pair{"xsd:", kXsd}, std::pair{"prov:", kProv}, std::pair{"skos:", kSkos}})
      if (iri.starts_with(space)) return prefix + iri.substr(space.size());
    return "<" + iri + ">";
  }
  Sink sink() {
    return [this](const std::string& s, const std::string& p, const Term& o) {
      const std::string object = o.datatype.empty() ? short_form(o.text) : rdf_string(o.text) + (o.datatype == name(kXsd, "string") ? "" : "^^" + short_form(o.datatype));
      if (s == subject_)
        out_ << " ;\n  ";
      else
        (close(), out_) << short_form(s) << ' ';
      out_ << short_form(p) << ' ' << object;
      subject_ = s;
    };
  }
  void close() {
    if (!subject_.empty()) out_ << " .\n";
    subject_.clear();
  }
  std::string subject_;
};

class JsonLd final : public Rdf {
 public:
  using Rdf::Rdf;
  void begin() override {
    const Json context{{"rdf", kRdf}, {"rdfs", kRdfs}, {"xsd", kXsd}, {"prov", kProv}, {"relata", kOurs}};
    out_ << "{\"@context\":" << dump(context) << ",\"@graph\":[";
    vocabulary_triples(vocabulary_, sink());
    close();
  }
  void entity(const Entity& entity, std::string_view status) override {
    entity_triples(entity, status, sink());
    close();
  }
  void relation(const Relation& relation, std::string_view status) override {
    relation_triples(relation, status, sink());
    close();
  }
  Result<void> finish() override {
    out_ << "\n]}\n";
    return {};
  }

 private:
  Sink sink() {
    return [this](const std::string& s, const std::string& p, const Term& o) {
      if (node_.empty() || node_["@id"] != s) {
        close();
        node_["@id"] = s;
      }
      if (p == name(kRdf, "type")) {
        node_["@type"].push_back(o.text);
        return;
      }
      Json value = o.datatype.empty() ? Json{{"@id", o.text}} : Json{{"@value", o.text}};
      if (!o.datatype.empty() && o.datatype != name(kXsd, "string")) value["@type"] = o.datatype;
      node_[p].push_back(std::move(value));
    };
  }
  void close() {
    if (node_.empty()) return;
    out_ << (first_ ? "\n" : ",\n") << dump(node_);
    first_ = false;
    node_ = Json::object();
  }
  Json node_ = Json::object();
  bool first_ = true;
};

}  // namespace

std::unique_ptr<Exporter> nquads_exporter(std::ostream& out, bool marked, const Vocabulary& vocabulary) { return std::make_unique<NQuads>(out, marked, vocabulary); }
std::unique_ptr<Exporter> turtle_exporter(std::ostream& out, bool marked, const Vocabulary& vocabulary) { return std::make_unique<Turtle>(out, marked, vocabulary); }
std::unique_ptr<Exporter> jsonld_exporter(std::ostream& out, bool marked, const Vocabulary& vocabulary) { return std::make_unique<JsonLd>(out, marked, vocabulary); }

}  // namespace relata
