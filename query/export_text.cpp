// Graphviz DOT and the two tables of Neo4j's bulk import (neo4j-admin database import).
#include "query/attributes.h"
#include "query/exporter.h"

namespace relata {
namespace {

// Inside of a double-quoted DOT string: only quotes and backslashes need care; control characters become spaces.
void append_dot(std::string& to, std::string_view text) {
  for (const char c : text) {
    if (c == '"' || c == '\\') to += '\\';
    to += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
}

std::string dot_text(std::string_view text) {
  std::string safe = "\"";
  append_dot(safe, text);
  return safe + "\"";
}

class Dot final : public Exporter {
 public:
  using Exporter::Exporter;
  void begin() override { out_ << "digraph relata {\n"; }
  void entity(const Entity& entity, std::string_view status) override {
    out_ << '"' << entity.id << "\" [label=" << dot_text(entity.name);
    rest(entity_attributes(marked_), row_.of(entity, status));
  }
  void relation(const Relation& relation, std::string_view status) override {
    const std::string when = relation.time ? " " + relation.time->value : "";
    out_ << '"' << relation.source << "\" -> \"" << relation.target << "\" [id=" << dot_text(relation.id)
         << ", label=" << dot_text((relation.predicates.empty() ? relation.type : relation.predicates.front()) + when);
    rest(relation_attributes(marked_), row_.of(relation, status));
  }
  Result<void> finish() override {
    out_ << "}\n";
    return {};
  }

 private:
  void rest(std::span<const Attribute> attributes, std::span<const Value> values) {
    for (std::size_t i = 0; i < attributes.size(); ++i) {
      if (is_empty(values[i])) continue;
      out_ << ", relata_" << attributes[i].name << "=\"";
      write_value(out_, values[i], append_dot);
      out_ << '"';
    }
    out_ << "];\n";
  }
  Row row_;
};

void append_csv(std::string& to, std::string_view text) {
  for (const char c : text) {
    if (c == '"') to += '"';
    to += c;
  }
}

std::string csv_text(std::string_view text) {
  std::string safe = "\"";
  append_csv(safe, text);
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
void write_csv(TextOut& out, const Value& value) {
  const auto* items = std::get_if<Items>(&value);
  if (!items) return write_value(out, value, append_csv);
  bool any = false;
  for (std::string item : *items) {
    for (char& c : item)
      if (c == ';') c = ',';
    if (any) out << ';';
    append_csv(out.text(), item);
    any |= !item.empty();
  }
}

class Csv : public Exporter {
 public:
  using Exporter::Exporter;

 protected:
  void header(std::span<const Attribute> attributes) {
    for (const Attribute& one : attributes) out_ << ',' << one.name << csv_type(one.type);
  }
  void row(std::span<const Attribute> attributes, std::span<const Value> values) {
    for (std::size_t i = 0; i < attributes.size(); ++i) {
      out_ << ',';
      if (is_empty(values[i])) continue;
      out_ << '"';
      write_csv(out_, values[i]);
      out_ << '"';
    }
  }
  Row row_;
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
    out_ << entity.id;
    row(entity_attributes(marked_), row_.of(entity, status));
    out_ << ",Entity;" << to_string(entity.type) << "\r\n";
  }
  void relation(const Relation&, std::string_view) override {}
  bool relations_wanted() const override { return false; }
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
    out_ << relation.source << ',' << relation.target << ',' << csv_text(relation.type) << ',' << csv_text(relation.id);
    row(relation_attributes(marked_), row_.of(relation, status));
    out_ << "\r\n";
  }
};

}  // namespace

std::unique_ptr<Exporter> dot_exporter(std::ostream& out, bool marked) { return std::make_unique<Dot>(out, marked); }
std::unique_ptr<Exporter> csv_nodes_exporter(std::ostream& out, bool marked) { return std::make_unique<CsvNodes>(out, marked); }
std::unique_ptr<Exporter> csv_relations_exporter(std::ostream& out, bool marked) { return std::make_unique<CsvRelations>(out, marked); }

}  // namespace relata
