// Cytoscape JSON, node-link JSON and lines of JSON.
#include <cmath>

#include "query/attributes.h"
#include "query/exporter.h"
#include "query/json.h"

namespace relata {
namespace {

Json json_of(const Value& value) {
  struct Convert {
    Json operator()(std::monostate) const { return nullptr; }
    Json operator()(const std::string& t) const { return t; }
    Json operator()(const std::vector<std::string>& items) const { return items; }
    Json operator()(std::int64_t n) const { return n; }
    Json operator()(double x) const { return std::round(x * 1e4) / 1e4; }
    Json operator()(bool b) const { return b; }
  };
  return std::visit(Convert{}, value);
}

void add(Json& json, std::span<const Attribute> attributes, const std::vector<Value>& values) {
  for (std::size_t i = 0; i < attributes.size(); ++i)
    if (!std::holds_alternative<std::monostate>(values[i])) json[std::string(attributes[i].name)] = json_of(values[i]);
}

// An array written item by item.
class Items {
 public:
  void reset() { first_ = true; }
  void write(std::ostream& out, const Json& item) {
    out << (first_ ? "\n" : ",\n") << dump(item);
    first_ = false;
  }

 private:
  bool first_ = true;
};

class NodeLink final : public Exporter {
 public:
  using Exporter::Exporter;
  void begin() override { out_ << R"({"directed":true,"multigraph":true,"graph":{"generator":"relata"},"nodes":[)"; }
  void entity(const Entity& entity, std::string_view status) override {
    Json node{{"id", to_string(entity.id)}};
    add(node, entity_attributes(marked_), entity_values(entity, status));
    items_.write(out_, node);
  }
  void between() override {
    out_ << "\n],\"links\":[";
    items_.reset();
  }
  void relation(const Relation& relation, std::string_view status) override {
    Json link{{"source", to_string(relation.source)}, {"target", to_string(relation.target)}, {"key", relation.id}};
    add(link, relation_attributes(marked_), relation_values(relation, status));
    items_.write(out_, link);
  }
  Result<void> end() override {
    out_ << "\n]}\n";
    return {};
  }

 private:
  Items items_;
};

class Cytoscape final : public Exporter {
 public:
  using Exporter::Exporter;
  void begin() override { out_ << R"({"format_version":"1.0","generated_by":"relata","data":{"name":"relata"},"directed":true,"multigraph":true,"elements":{"nodes":[)"; }
  void entity(const Entity& entity, std::string_view status) override {
    Json data{{"id", to_string(entity.id)}, {"value", to_string(entity.id)}};
    add(data, entity_attributes(marked_), entity_values(entity, status));
    items_.write(out_, Json{{"data", std::move(data)}});
  }
  void between() override {
    out_ << "\n],\"edges\":[";
    items_.reset();
  }
  void relation(const Relation& relation, std::string_view status) override {
    Json data{{"id", relation.id}, {"key", relation.id}, {"source", to_string(relation.source)}, {"target", to_string(relation.target)}, {"interaction", relation.type}};
    add(data, relation_attributes(marked_), relation_values(relation, status));
    items_.write(out_, Json{{"data", std::move(data)}});
  }
  Result<void> end() override {
    out_ << "\n]}}\n";
    return {};
  }

 private:
  Items items_;
};

class Lines final : public Exporter {
 public:
  using Exporter::Exporter;
  void entity(const Entity& entity, std::string_view status) override { write("entity", to_json_text(entity), status); }
  void relation(const Relation& relation, std::string_view status) override { write("relation", to_json_text(relation), status); }
  std::size_t evidence_wanted() const override { return static_cast<std::size_t>(-1); }

 private:
  void write(const char* what, std::string json, std::string_view status) {
    if (!status.empty()) add_member(json, "status", Json(status));
    out_ << "{\"" << what << "\":" << json << "}\n";
  }
};

}  // namespace

std::unique_ptr<Exporter> nodelink_exporter(std::ostream& out, bool marked) { return std::make_unique<NodeLink>(out, marked); }
std::unique_ptr<Exporter> cytoscape_exporter(std::ostream& out, bool marked) { return std::make_unique<Cytoscape>(out, marked); }
std::unique_ptr<Exporter> jsonl_exporter(std::ostream& out, bool marked) { return std::make_unique<Lines>(out, marked); }

}  // namespace relata
