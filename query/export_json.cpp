// Cytoscape JSON, node-link JSON and lines of JSON.
#include <utility>

#include "query/attributes.h"
#include "query/exporter.h"
#include "query/json.h"
#include "query/json_out.h"
#include "query/json_values.h"

namespace relata {
namespace {

struct PutValue {
  JsonOut& out;
  void operator()(std::monostate) const { out.put(nullptr); }
  void operator()(Items items) const {
    const auto all = out.array();
    for (const std::string& item : items) out.put(item);
  }
  void operator()(double x) const { out.put(rounded(static_cast<float>(x))); }
  void operator()(const auto& plain) const { out.put(plain); }
};

// An object whose members `fill` writes.
template <typename Fill>
struct Object {
  const Fill& fill;
};
template <typename Fill>
void write(JsonOut& out, const Object<Fill>& object) {
  const auto all = out.object();
  object.fill(out);
}
template <typename Fill>
std::string object(const Fill& fill) {
  return written(Object<Fill>{fill});
}

void write_members(JsonOut& out, std::span<const Attribute> attributes, std::span<const Value> values) {
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    if (std::holds_alternative<std::monostate>(values[i])) continue;
    out.key(attributes[i].name);
    std::visit(PutValue{out}, values[i]);
  }
}

// Comes before each item of an array.
class Separator {
 public:
  void reset() { first_ = true; }
  std::string_view next() { return std::exchange(first_, false) ? "\n" : ",\n"; }

 private:
  bool first_ = true;
};

class NodeLink final : public Exporter {
 public:
  using Exporter::Exporter;
  void begin() override { out_ << R"({"directed":true,"multigraph":true,"graph":{"generator":"relata"},"nodes":[)"; }
  void entity(const Entity& entity, std::string_view status) override {
    out_ << items_.next() << object([&](JsonOut& out) {
      out.field("id", to_string(entity.id));
      write_members(out, entity_attributes(marked_), row_.of(entity, status));
    });
  }
  void between() override {
    out_ << "\n],\"links\":[";
    items_.reset();
  }
  void relation(const Relation& relation, std::string_view status) override {
    out_ << items_.next() << object([&](JsonOut& out) {
      out.field("source", to_string(relation.source));
      out.field("target", to_string(relation.target));
      out.field("key", relation.id);
      write_members(out, relation_attributes(marked_), row_.of(relation, status));
    });
  }
  Result<void> finish() override {
    out_ << "\n]}\n";
    return {};
  }

 private:
  Separator items_;
  Row row_;
};

class Cytoscape final : public Exporter {
 public:
  using Exporter::Exporter;
  void begin() override { out_ << R"({"format_version":"1.0","generated_by":"relata","data":{"name":"relata"},"directed":true,"multigraph":true,"elements":{"nodes":[)"; }
  void entity(const Entity& entity, std::string_view status) override {
    out_ << items_.next() << "{\"data\":" << object([&](JsonOut& out) {
      out.field("id", to_string(entity.id));
      out.field("value", to_string(entity.id));
      write_members(out, entity_attributes(marked_), row_.of(entity, status));
    }) << '}';
  }
  void between() override {
    out_ << "\n],\"edges\":[";
    items_.reset();
  }
  void relation(const Relation& relation, std::string_view status) override {
    out_ << items_.next() << "{\"data\":" << object([&](JsonOut& out) {
      out.field("id", relation.id);
      out.field("key", relation.id);
      out.field("source", to_string(relation.source));
      out.field("target", to_string(relation.target));
      out.field("interaction", relation.type);
      write_members(out, relation_attributes(marked_), row_.of(relation, status));
    }) << '}';
  }
  Result<void> finish() override {
    out_ << "\n]}}\n";
    return {};
  }

 private:
  Separator items_;
  Row row_;
};

class Lines final : public Exporter {
 public:
  using Exporter::Exporter;
  void entity(const Entity& entity, std::string_view status) override { write("entity", to_json_text(entity), status); }
  void relation(const Relation& relation, std::string_view status) override { write("relation", to_json_text(relation), status); }
  Proofs proofs() const override { return {.each = static_cast<std::size_t>(-1), .polarity = {}, .speakers = true}; }

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
