// Graphviz DOT and the two tables of Neo4j's bulk import (neo4j-admin database import).
#include "query/attributes.h"
#include "query/exporter.h"

namespace relata {
namespace {

// A double-quoted DOT string: only quotes and backslashes need care; control characters become spaces.
std::string dot_text(std::string_view text) {
  std::string safe = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') safe += '\\';
    safe += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return safe + "\"";
}

class Dot final : public Exporter {
 public:
  using Exporter::Exporter;
  void begin() override { out_ << "digraph relata {\n"; }
  void entity(const Entity& entity, std::string_view status) override {
    out_ << dot_text(to_string(entity.id)) << " [label=" << dot_text(entity.name);
    rest(entity_attributes(marked_), entity_values(entity, status));
  }
  void relation(const Relation& relation, std::string_view status) override {
    const std::string when = relation.time ? " " + relation.time->value : "";
    out_ << dot_text(to_string(relation.source)) << " -> " << dot_text(to_string(relation.target)) << " [id=" << dot_text(relation.id)
         << ", label=" << dot_text((relation.predicates.empty() ? relation.type : relation.predicates.front()) + when);
    rest(relation_attributes(marked_), relation_values(relation, status));
  }
  Result<void> end() override {
    out_ << "}\n";
    return {};
  }

 private:
  void rest(std::span<const Attribute> attributes, const std::vector<Value>& values) {
    for (std::size_t i = 0; i < attributes.size(); ++i)
      if (const std::string text = text_of(values[i]); !text.empty()) out_ << ", relata_" << attributes[i].name << '=' << dot_text(text);
    out_ << "];\n";
  }
};

std::string csv_text(std::string_view text) {
  std::string safe = "\"";
  for (const char c : text) {
    if (c == '"') safe += '"';
    safe += c;
  }
  return safe + "\"";
}

std::string_view csv_type(AttributeType type) {
  switch (type) {
    case AttributeType::text: return "";
    case AttributeType::list: return ":string[]";
    case AttributeType::whole: return ":long";
    case AttributeType::fraction: return ":double";
    case AttributeType::flag: return ":boolean";
    case AttributeType::date: return ":date";
  }
  return "";
}

// Neo4j separates the items of an array by ";" and cannot escape one.
std::string csv_value(const Value& value) {
  const auto* items = std::get_if<std::vector<std::string>>(&value);
  if (!items) return text_of(value);
  std::string all;
  for (std::string item : *items) {
    for (char& c : item)
      if (c == ';') c = ',';
    (all += all.empty() ? "" : ";") += item;
  }
  return all;
}

class Csv : public Exporter {
 public:
  using Exporter::Exporter;

 protected:
  void header(std::span<const Attribute> attributes) {
    for (const Attribute& one : attributes) out_ << ',' << one.name << csv_type(one.type);
  }
  void row(std::span<const Attribute> attributes, const std::vector<Value>& values) {
    for (std::size_t i = 0; i < attributes.size(); ++i) {
      const std::string text = csv_value(values[i]);
      out_ << ',' << (text.empty() ? "" : csv_text(text));
    }
  }
};

class CsvNodes final : public Csv {
 public:
  using Csv::Csv;
  void begin() override {
    out_ << "id:ID";
    header(entity_attributes(marked_));
    out_ << ",:LABEL\r\n";
  }
  void entity(const Entity& entity, std::string_view status) override {
    out_ << to_string(entity.id);
    row(entity_attributes(marked_), entity_values(entity, status));
    out_ << ",Entity;" << to_string(entity.type) << "\r\n";
  }
  void relation(const Relation&, std::string_view) override {}
  std::size_t evidence_wanted() const override { return 0; }
};

class CsvRelations final : public Csv {
 public:
  using Csv::Csv;
  void begin() override {
    out_ << ":START_ID,:END_ID,:TYPE,id";
    header(relation_attributes(marked_));
    out_ << "\r\n";
  }
  void entity(const Entity&, std::string_view) override {}
  void relation(const Relation& relation, std::string_view status) override {
    out_ << to_string(relation.source) << ',' << to_string(relation.target) << ',' << csv_text(relation.type) << ',' << csv_text(relation.id);
    row(relation_attributes(marked_), relation_values(relation, status));
    out_ << "\r\n";
  }
};

}  // namespace

std::unique_ptr<Exporter> dot_exporter(std::ostream& out, bool marked) { return std::make_unique<Dot>(out, marked); }
std::unique_ptr<Exporter> csv_nodes_exporter(std::ostream& out, bool marked) { return std::make_unique<CsvNodes>(out, marked); }
std::unique_ptr<Exporter> csv_relations_exporter(std::ostream& out, bool marked) { return std::make_unique<CsvRelations>(out, marked); }

}  // namespace relata
