#include "query/json_values.h"

#include <cmath>

namespace relata {

double rounded(float confidence) { return std::round(static_cast<double>(confidence) * 1e4) / 1e4; }

void write(JsonOut& out, const EntityId& id) { out.put(to_string(id)); }
void write(JsonOut& out, const StatementId& id) { out.put(to_string(id)); }
void write(JsonOut& out, const ArticleId& id) { out.put(to_string(id)); }
void write(JsonOut& out, const Day& day) { out.put(to_string(day)); }

void write(JsonOut& out, const When& when) {
  const auto object = out.object();
  out.field("value", when.value);
  out.field("begin", when.begin);
  out.field("end", when.end);
  out.field("precision", to_string(when.precision));
  if (!when.mod.empty()) out.field("mod", when.mod);
}

void write(JsonOut& out, const Entity& entity) {
  const auto object = out.object();
  out.field("id", entity.id);
  out.field("name", entity.name);
  out.field("type", to_string(entity.type));
  out.field("aliases", entity.aliases);
  out.key("external");
  {
    const auto external = out.object();
    for (const auto& [source, id] : entity.external) out.field(source, id);
  }
  out.field("articles", entity.articles);
  out.field("statements", entity.statements);
  out.field("first", entity.first);
  out.field("last", entity.last);
}

void write(JsonOut& out, const Evidence::Source& source) {
  const auto object = out.object();
  out.field("source", source.entity);
  out.field("name", source.name);
  out.field("verb", source.verb);
}

void write(JsonOut& out, const Evidence& proof) {
  const auto object = out.object();
  out.field("statement", proof.statement);
  out.field("article", proof.statement.article);
  out.field("uri", proof.uri);
  out.field("title", proof.title);
  out.field("published", proof.published);
  out.field("publisher", proof.publisher);
  out.field("begin", proof.span.begin);
  out.field("end", proof.span.end);
  out.field("text", proof.text);
  out.field("polarity", to_string(proof.polarity));
  out.field("modality", to_string(proof.modality));
  out.field("confidence", rounded(proof.confidence));
  out.field("attribution", proof.attribution);
}

void write_fields(JsonOut& out, const Relation& relation) {
  out.field("id", relation.id);
  out.field("source", relation.source);
  out.field("target", relation.target);
  out.field("type", relation.type);
  out.field("predicates", relation.predicates);
  out.field("time", relation.time);
  out.field("asserted", relation.asserted);
  out.field("denied", relation.denied);
  out.key("modalities");
  {
    const auto modalities = out.object();
    for (int m = 0; m < kModalities; ++m)
      if (const auto count = relation.modalities[static_cast<std::size_t>(m)]; count > 0) out.field(to_string(static_cast<Modality>(m)), count);
  }
  out.field("contested", relation.contested);
  out.field("publishers", relation.publishers);
  out.field("confidence", rounded(relation.confidence));
  out.field("evidence", relation.evidence);
}

void write(JsonOut& out, const Relation& relation) {
  const auto object = out.object();
  write_fields(out, relation);
}

void write(JsonOut& out, const StatementRow& row) {
  const Evidence& proof = row.evidence;
  const auto object = out.object();
  out.field("id", proof.statement);
  out.field("subject", row.subject.id);
  out.field("subject_name", row.subject.name);
  out.field("object", row.object.id);
  out.field("object_name", row.object.name);
  out.field("type", row.statement.type);
  out.field("predicate", row.statement.predicate);
  out.field("time", row.statement.time);
  out.field("polarity", to_string(row.statement.polarity));
  out.field("modality", to_string(row.statement.modality));
  out.field("attribution", proof.attribution);
  out.key("roles");
  {
    const auto roles = out.object();
    for (const auto& [name, value] : row.roles) out.field(name, value);
  }
  out.field("confidence", rounded(row.statement.confidence));
  out.key("evidence");
  {
    const auto evidence = out.object();
    out.field("begin", proof.span.begin);
    out.field("end", proof.span.end);
    out.field("text", proof.text);
  }
  out.field("article", proof.statement.article);
  out.field("uri", proof.uri);
  out.field("publisher", proof.publisher);
  out.field("published", proof.published);
  out.field("recorded", row.added);
}

}  // namespace relata
