#include "storage/bulk_files.h"

#include <algorithm>

#include "storage/bytes.h"
#include "storage/copy_rows.h"

namespace relata::storage {

Result<void> SortedRows::put(std::string_view key, std::string_view value) {
  if (files_.empty() || files_.back().bytes() >= kFull) {
    if (!files_.empty())
      if (auto finished = files_.back().finish(); !finished) return finished;
    auto file = place_.database.sorted_file(family_, place_.folder + "/" + to_string(family_) + "-" + part_ + "-" + std::to_string(files_.size()) + ".sst");
    if (!file) return file.error();
    files_.push_back(std::move(*file));
  }
  return files_.back().put(key, value);
}

Result<void> SortedRows::finish(SortedFiles& files) {
  if (!files_.empty())
    if (auto finished = files_.back().finish(); !finished) return finished;
  for (SortedFile& file : files_) files.push_back(std::move(file));
  files_.clear();
  return {};
}

Result<SortedFiles> write_bodies(const BulkPlace& place, const BulkGraph& graph, const BodySpool& bodies, Version version, Slice slice) {
  constexpr std::size_t kParts = BodySpool::kParts;
  SortedRows rows(place, Family::bodies, std::to_string(slice.number));
  const ArticleId first{slice.number == 0 ? 0 : static_cast<std::uint64_t>(slice.begin(kParts)) * (~std::uint64_t{0} / kParts + 1)};
  auto article = std::lower_bound(graph.articles.begin(), graph.articles.end(), first, [](const BulkArticle& a, ArticleId id) { return a.id < id; });
  const auto written = bodies.each(slice.begin(kParts), slice.end(kParts), [&](ArticleId id, std::string_view body) -> Result<void> {
    if (article == graph.articles.end() || article->id != id) return {};  // outdated
    ++article;
    return rows.put(encode(ArticleKey{id, version}), body);
  });
  if (!written) return written.error();
  SortedFiles files;
  if (auto finished = rows.finish(files); !finished) return finished.error();
  return files;
}

namespace {

Result<void> write_addresses(const BulkPlace& place, const BulkGraph& graph, SortedFiles& files) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> addresses;
  for (const BulkArticle& article : graph.articles) addresses.emplace_back(article.address, article.id.value);
  std::sort(addresses.begin(), addresses.end());
  SortedRows rows(place, Family::addresses, "all");
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

Result<SortedFiles> write_articles(const BulkPlace& place, const BulkGraph& graph, Version version) {
  SortedFiles files;
  SortedRows articles(place, Family::articles, "all"), sketches(place, Family::identity, "sketches");
  for (const BulkArticle& article : graph.articles) {
    if (auto put = articles.put(encode(ArticleKey{article.id, version}), encode(ArticleRow{kForever, article.actors, article.statements})); !put) return put.error();
    if (auto put = sketches.put(sketch_key(article.id), encode(graph.sketch(article))); !put) return put.error();
  }
  for (SortedRows* rows : {&articles, &sketches})
    if (auto finished = rows->finish(files); !finished) return finished.error();
  if (auto addressed = write_addresses(place, graph, files); !addressed) return addressed.error();
  return files;
}

Result<WrittenLog> write_log(const BulkPlace& place, const BulkGraph& graph, Version version) {
  SortedRows rows(place, Family::log, "all");
  WrittenLog written;
  ArticleColumns columns;
  ByteWriter value;
  for (const BulkArticle& article : graph.articles) {
    written.hash += hash_of_article(graph, article);
    log_columns(graph, article, columns);
    value.clear();
    encode(columns, value);
    if (auto put = rows.put(encode(LogKey{version, Change::article_added, {article.id, version}}), value.bytes()); !put) return put.error();
  }
  for (const CopyOf& copy : graph.copies) {
    const LogKey key{version, Change::original_changed, {graph.articles[copy.copy].id, version}};
    if (auto put = rows.put(encode(key), encode_original(graph.articles[copy.original].id)); !put) return put.error();
  }
  if (auto finished = rows.finish(written.files); !finished) return finished.error();
  return written;
}

}  // namespace relata::storage
