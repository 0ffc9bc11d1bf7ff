#include "storage/bulk_files.h"

#include <algorithm>
#include <numeric>

#include "storage/bytes.h"
#include "storage/copy_rows.h"

namespace relata::storage {

Result<void> SortedRows::put(std::string_view key, std::string_view value) {
  if (files_.empty() || files_.back().bytes() >= kFull) {
    if (!files_.empty())
      if (auto finished = files_.back().finish(); !finished) return finished;
    auto file = database_.sorted_file(family_, folder_ + "/" + to_string(family_) + std::to_string(files_.size()) + ".sst");
    if (!file) return file.error();
    files_.push_back(std::move(*file));
  }
  return files_.back().put(key, value);
}

Result<void> SortedRows::finish(std::vector<SortedFile>& files) {
  if (!files_.empty())
    if (auto finished = files_.back().finish(); !finished) return finished;
  for (SortedFile& file : files_) files.push_back(std::move(file));
  files_.clear();
  return {};
}

namespace {

Result<void> write_addresses(const Database& database, const std::string& folder, const BulkGraph& graph, std::vector<SortedFile>& files) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> addresses;
  for (const BulkArticle& article : graph.articles) addresses.emplace_back(article.address, article.id.value);
  std::sort(addresses.begin(), addresses.end());
  SortedRows rows(database, folder, Family::addresses);
  for (const auto& [address, article] : addresses) {
    ByteWriter key;
    key.big64(address);
    key.big64(article);
    if (auto put = rows.put(key.bytes(), ""); !put) return put;
  }
  return rows.finish(files);
}

ContentHash hash_of_article(const BulkGraph& graph, const BulkArticle& article) {
  ContentHash hash = article.hash;
  for (ActorIndex i = 0; i < article.actors; ++i) hash += hash_of(ActorRef{article.id, i}, graph.nodes[graph.node(article, i)]);
  return hash;
}

}  // namespace

Result<ContentHash> write_articles(const Database& database, const std::string& folder, const BulkGraph& graph, BodySpool& bodies, Version version,
                                   std::vector<SortedFile>& files) {
  SortedRows body_rows(database, folder, Family::bodies), article_rows(database, folder, Family::articles), log_rows(database, folder, Family::log);
  std::size_t place = 0;
  ContentHash hash;
  ArticleColumns columns;
  ByteWriter value;
  const auto written = bodies.each([&](ArticleId id, std::string_view body) -> Result<void> {
    if (place == graph.articles.size() || graph.articles[place].id != id) return {};  // outdated
    const BulkArticle& article = graph.articles[place++];
    const ArticleKey key{id, version};
    hash += hash_of_article(graph, article);
    if (auto put = body_rows.put(encode(key), body); !put) return put;
    if (auto put = article_rows.put(encode(key), encode(ArticleRow{kForever, article.actors, article.statements})); !put) return put;
    log_columns(graph, article, columns);
    value.clear();
    encode(columns, value);
    return log_rows.put(encode(LogKey{version, Change::article_added, key}), value.bytes());
  });
  if (!written) return written.error();
  if (place != graph.articles.size()) return corrupt(folder + " changed while the load was running; load again");
  for (const CopyOf& copy : graph.copies) {
    const LogKey key{version, Change::original_changed, {graph.articles[copy.copy].id, version}};
    if (auto put = log_rows.put(encode(key), encode_original(graph.articles[copy.original].id)); !put) return put.error();
  }
  for (SortedRows* rows : {&body_rows, &article_rows, &log_rows})
    if (auto finished = rows->finish(files); !finished) return finished.error();
  if (auto addressed = write_addresses(database, folder, graph, files); !addressed) return addressed.error();
  return hash;
}

namespace {

// An actor under its node, as its row needs it.
struct CastActor {
  std::uint32_t article = 0;     // place
  std::uint32_t actor = 0;       // place among the article's
  std::uint32_t form = 0;
  std::uint32_t statements = 0;  // that join it to another entity
};

// All actors by node, and those of a node by article and place: counted, so every one is moved once.
struct Cast {
  std::vector<std::uint64_t> first;  // of node i: [first[i], first[i + 1])
  std::vector<CastActor> actors;

  explicit Cast(const BulkGraph& graph) : first(graph.nodes.size() + 1), actors(graph.actor_nodes.size()) {
    for (const Node node : graph.actor_nodes) ++first[node + std::size_t{1}];
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<std::uint64_t> next(first.begin(), first.end() - 1);
    std::vector<std::uint32_t> statements;
    for (std::uint32_t place = 0; place < graph.articles.size(); ++place) {
      const BulkArticle& article = graph.articles[place];
      count(graph, article, statements);
      for (std::uint32_t i = 0; i < article.actors; ++i)
        actors[next[graph.node(article, i)]++] = {place, i, graph.forms_of[std::size_t{article.first_actor} + i], statements[i]};
    }
  }

 private:
  static void count(const BulkGraph& graph, const BulkArticle& article, std::vector<std::uint32_t>& statements) {
    statements.assign(article.actors, 0);
    for (std::uint32_t i = article.first_statement; i < article.first_statement + article.statements; ++i) {
      const BulkStatement& statement = graph.statements[i];
      if (graph.node(article, statement.subject) == graph.node(article, statement.object)) continue;
      ++statements[statement.subject];
      ++statements[statement.object];
    }
  }
};

}  // namespace

Result<BulkRecords> write_entities(const Database& database, const std::string& folder, const BulkGraph& graph, Version version,
                                   std::vector<SortedFile>& files) {
  const Cast cast(graph);
  SortedRows actor_rows(database, folder, Family::actors), entity_rows(database, folder, Family::entities);
  BulkRecords records;
  records.first.reserve(graph.nodes.size() + 1);
  ActorRow row;
  ByteWriter value;
  std::uint32_t form = ~0u;
  for (std::size_t node = 0; node < graph.nodes.size(); ++node) {
    EntityRecord record;
    std::uint32_t last_article = ~0u;
    int alike = 0;  // actors of `form` that the record does not have yet
    for (std::uint64_t i = cast.first[node]; i < cast.first[node + 1]; ++i) {
      const CastActor& actor = cast.actors[i];
      const BulkArticle& article = graph.articles[actor.article];
      if (actor.form != form) {
        if (alike > 0) record.name(row.actor, alike);
        alike = 0;
        row.actor = graph.forms[form = actor.form].actor;
      }
      ++alike;
      row.share = {article.day(), actor.statements, actor.article != last_article};
      last_article = actor.article;
      record.tally(row.share);
      value.clear();
      encode(row, value);
      const ActorKey key{graph.nodes[node], {article.id, version}, actor.actor};
      if (auto put = actor_rows.put(encode(key), value.bytes()); !put) return put.error();
    }
    if (alike > 0) record.name(row.actor, alike);
    records.first.push_back(records.bytes.size());
    records.bytes += encode(record);
    if (auto put = entity_rows.put(encode(graph.nodes[node]), std::string_view(records.bytes).substr(records.first.back())); !put) return put.error();
  }
  records.first.push_back(records.bytes.size());
  for (SortedRows* rows : {&actor_rows, &entity_rows})
    if (auto finished = rows->finish(files); !finished) return finished.error();
  return records;
}

}  // namespace relata::storage
