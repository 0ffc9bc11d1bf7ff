// The rows of actors and entities.
#include <algorithm>
#include <numeric>

#include "storage/bulk_files.h"
#include "storage/bytes.h"

namespace relata::storage {
namespace {

void count_statements(const BulkGraph& graph, const BulkArticle& article, std::vector<std::uint32_t>& statements) {
  statements.assign(article.actors, 0);
  for (std::uint32_t i = article.first_statement; i < article.first_statement + article.statements; ++i) {
    const BulkStatement& statement = graph.statements[i];
    if (graph.node(article, statement.subject) == graph.node(article, statement.object)) continue;
    ++statements[statement.subject];
    ++statements[statement.object];
  }
}

// The actors of one entity after another, as rows.
class EntityWriter {
 public:
  EntityWriter(const BulkPlace& place, const BulkGraph& graph, const Cast& cast, Version version, const std::string& part)
      : graph_(graph), cast_(cast), version_(version), actors_(place, Family::actors, part), entities_(place, Family::entities, part) {
    articles_.reserve(graph.articles.size());
    for (const BulkArticle& article : graph.articles) articles_.push_back({article.id, article.day()});
  }

  Result<void> write(Node node, BulkRecords& records) {
    EntityRecord record;
    std::uint32_t last_article = ~0u, form = ~0u;
    int alike = 0;  // actors of `form` that the record does not have yet
    for (std::uint64_t i = cast_.first[node]; i < cast_.first[node + std::size_t{1}]; ++i) {
      if (i + kAhead < cast_.parts.size()) __builtin_prefetch(&articles_[cast_.parts[i + kAhead].article]);
      const Cast::Part& part = cast_.parts[i];
      if (part.form != form) {
        if (alike > 0) record.name(graph_.forms[form].actor, alike);
        alike = 0;
        form = part.form;
        naming_.clear();
        encode_naming(graph_.forms[form].actor, naming_);
      }
      ++alike;
      row_.share = {articles_[part.article].day, part.statements, part.article != last_article};
      last_article = part.article;
      record.tally(row_.share);
      if (auto put = put_actor({graph_.nodes[node], {articles_[part.article].id, version_}, part.actor}); !put) return put;
    }
    if (alike > 0) record.name(graph_.forms[form].actor, alike);
    records.first.push_back(records.bytes.size());
    records.bytes += encode(record);
    return entities_.put(encode(graph_.nodes[node]), std::string_view(records.bytes).substr(records.first.back()));
  }

  Result<void> finish(SortedFiles& files) {
    if (auto finished = actors_.finish(files); !finished) return finished;
    return entities_.finish(files);
  }

 private:
  static constexpr std::uint64_t kAhead = 12;
  struct Article {
    ArticleId id;
    std::optional<Day> day;
  };

  Result<void> put_actor(const ActorKey& key) {
    key_.clear();
    encode(key, key_);
    value_.clear();
    encode_share(row_, value_);
    value_.raw(naming_.bytes());
    return actors_.put(key_.bytes(), value_.bytes());
  }

  const BulkGraph& graph_;
  const Cast& cast_;
  Version version_;
  std::vector<Article> articles_;  // what is needed of each, close together: they are looked up in no order
  SortedRows actors_, entities_;
  ActorRow row_;  // without its actor
  ByteWriter key_, value_, naming_;
};

}  // namespace

// Counted first, so that every actor is moved once.
Cast cast_of(const BulkGraph& graph) {
  Cast cast;
  cast.first.resize(graph.nodes.size() + 1);
  cast.parts.resize(graph.actor_nodes.size());
  for (const Node node : graph.actor_nodes) ++cast.first[node + std::size_t{1}];
  std::partial_sum(cast.first.begin(), cast.first.end(), cast.first.begin());
  std::vector<std::uint64_t> next(cast.first.begin(), cast.first.end() - 1);
  std::vector<std::uint32_t> statements;
  for (std::uint32_t place = 0; place < graph.articles.size(); ++place) {
    const BulkArticle& article = graph.articles[place];
    count_statements(graph, article, statements);
    for (std::uint32_t i = 0; i < article.actors; ++i)
      cast.parts[next[graph.node(article, i)]++] = {place, i, graph.forms_of[std::size_t{article.first_actor} + i], statements[i]};
  }
  return cast;
}

Result<WrittenEntities> write_entities(const BulkPlace& place, const BulkGraph& graph, const Cast& cast, Version version, Slice slice) {
  // Slices of as many actors, whole nodes each.
  const auto node_at = [&](std::size_t actor) { return static_cast<Node>(std::lower_bound(cast.first.begin(), cast.first.end() - 1, actor) - cast.first.begin()); };
  const Node begin = slice.number == 0 ? 0 : node_at(slice.begin(cast.parts.size()));
  const Node end = slice.number + 1 == slice.of ? static_cast<Node>(graph.nodes.size()) : node_at(slice.end(cast.parts.size()));
  EntityWriter writer(place, graph, cast, version, std::to_string(slice.number));
  WrittenEntities written;
  for (Node node = begin; node < end; ++node)
    if (auto done = writer.write(node, written.records); !done) return done.error();
  if (auto finished = writer.finish(written.files); !finished) return finished.error();
  return written;
}

}  // namespace relata::storage
