// Statements and articles of a graph that stays on the server: their lifetimes in the log and their bodies.
#include <algorithm>

#include "storage/batch_writer.h"
#include "storage/extraction_bytes.h"
#include "storage/postgres/distant_view.h"
#include "storage/stored_view.h"

namespace relata::storage {

// Each lifetime has at least one place among the statements, so that they tell lifetimes apart.
StatementIndex DistantView::first_statement(const ArticleKey& key, std::uint32_t statements, std::uint64_t publisher) const {
  StatementIndex& first = firsts_.at(key.id.value, key.added);
  if (first != Numbering::kNone) return first;
  const std::uint32_t places = std::max(statements, 1u);
  if (statements_ >= Numbering::kNone - places) {
    fail(bad_input("the question touches more articles than are fetched for one: narrow it by from, until or fewer hops"));
    return first = 0;
  }
  first = statements_;
  tellings_.push_back({key, first, statements, publisher});
  statements_ += places;
  return first;
}

std::uint32_t DistantView::telling_of(StatementIndex index) const {
  const auto after = std::upper_bound(tellings_.begin(), tellings_.end(), index, [](StatementIndex at, const Told& one) { return at < one.first; });
  return static_cast<std::uint32_t>(after - tellings_.begin()) - 1;
}

StatementId DistantView::statement_id(StatementIndex index) const {
  const std::lock_guard lock(mutex_);
  const Told& one = tellings_[telling_of(index)];
  return {one.key.id, index - one.first};
}

std::uint64_t DistantView::publisher_key(StatementIndex index) const {
  const std::lock_guard lock(mutex_);
  return tellings_[telling_of(index)].publisher;
}

std::uint64_t DistantView::voice_key(StatementIndex index, Version version) const {
  const std::lock_guard lock(mutex_);
  const std::uint32_t at = telling_of(index);
  if (const auto voices = voices_.find(at); voices != voices_.end())
    for (auto voice = voices->second.rbegin(); voice != voices->second.rend(); ++voice)
      if (voice->first <= version) return voice->second;
  return tellings_[at].publisher;
}

void DistantView::fetch_lifetimes(const std::vector<ArticleId>& articles) const {
  constexpr std::size_t kAtOnce = 2000;
  std::vector<std::int64_t> missing;
  for (const ArticleId id : articles)
    if (lifetimes_.try_emplace(id).second) missing.push_back(static_cast<std::int64_t>(id.value));
  for (std::size_t begin = 0; begin < missing.size() && !error_; begin += kAtOnce) {
    const auto end = missing.begin() + static_cast<std::ptrdiff_t>(std::min(missing.size(), begin + kAtOnce));
    const auto rows = read("SELECT key, value FROM log WHERE shard = ANY($1::bigint[])", Parameters().numbers({missing.begin() + static_cast<std::ptrdiff_t>(begin), end}));
    if (!rows) return fail(rows.error());
    std::map<ArticleKey, Lifetime> met;
    for (int i = 0; i < rows->size(); ++i)
      if (auto taken = take_log_row(rows->bytes(i, 0), rows->bytes(i, 1), met); !taken) return fail(taken.error());
    for (auto& [key, lifetime] : met) {
      const std::uint32_t at = telling_of(first_statement(key, static_cast<std::uint32_t>(lifetime.columns.statements.size()), lifetime.columns.publisher));
      lifetimes_[key.id].push_back(at);
      materials_[at].lifetime = std::make_shared<const Lifetime>(std::move(lifetime));
    }
  }
}

const Lifetime* DistantView::lifetime(std::uint32_t telling) const {
  fetch_lifetimes({tellings_[telling].key.id});
  const Lifetime* const told = materials_[telling].lifetime.get();
  if (told == nullptr && !error_) fail(corrupt("article " + to_string(tellings_[telling].key) + ": has edges but no row in the log; run check"));
  return told;
}

std::vector<EntityId> DistantView::homes(const Lifetime& lifetime) const {
  std::vector<EntityId> homes = lifetime.columns.entities;
  for (const auto& [version, moved] : lifetime.moves)
    for (const MovedActor& each : moved)
      if (version <= state().version && each.actor < homes.size()) homes[each.actor] = each.entity;
  return homes;
}

std::optional<std::uint32_t> DistantView::newest_lifetime(ArticleId id) const {
  fetch_lifetimes({id});
  std::optional<std::uint32_t> newest;
  for (const std::uint32_t at : lifetimes_[id])
    if (tellings_[at].key.added <= state().version && (!newest || tellings_[*newest].key.added < tellings_[at].key.added)) newest = at;
  return newest;
}

std::optional<StatementIndex> DistantView::statement(StatementId id) const {
  const std::lock_guard lock(mutex_);
  const auto at = newest_lifetime(id.article);
  if (!at || id.ordinal >= tellings_[*at].statements) return std::nullopt;
  return tellings_[*at].first + id.ordinal;
}

GraphView::Ends DistantView::ends(StatementIndex index) const {
  const std::lock_guard lock(mutex_);
  const std::uint32_t at = telling_of(index);
  const Lifetime* const told = lifetime(at);
  if (told == nullptr) return {};
  const std::vector<EntityId> now = homes(*told);
  const StatementColumns& statement = told->columns.statements[index - tellings_[at].first];
  Ends ends{number(now[statement.subject]), number(now[statement.object]), {}};
  for (const ActorIndex source : statement.attribution) ends.attribution.push_back(number(now[source]));
  return ends;
}

void DistantView::fetch_bodies(const std::vector<std::uint32_t>& wanted) const {
  constexpr std::size_t kAtOnce = 200;
  std::vector<std::uint32_t> missing;
  for (const std::uint32_t at : wanted)
    if (!materials_[at].extraction) missing.push_back(at);
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  if (body_bytes_ > limits_.body_bytes) {
    for (auto& [at, material] : materials_) material.extraction.reset();
    body_bytes_ = 0;
  }
  for (std::size_t begin = 0; begin < missing.size() && body_bytes_ <= limits_.body_bytes && !error_; begin += kAtOnce) {
    std::vector<std::string> keys;
    for (std::size_t i = begin; i < std::min(missing.size(), begin + kAtOnce); ++i) keys.push_back(encode(tellings_[missing[i]].key));
    const auto rows = read("SELECT key, value FROM bodies WHERE key = ANY($1::bytea[])", Parameters().bytes_list({keys.begin(), keys.end()}));
    if (!rows) return fail(rows.error());
    for (int i = 0; i < rows->size(); ++i) {
      const auto key = decode_article_key(rows->bytes(i, 0));
      auto extraction = decode_extraction(rows->bytes(i, 1));
      const StatementIndex first = key ? firsts_.find(key->id.value, key->added) : Numbering::kNone;
      if (first == Numbering::kNone || !extraction) return fail(corrupt(name_of(Family::bodies, rows->bytes(i, 0)) + ": does not decode; restore the store from a backup"));
      body_bytes_ += rows->bytes(i, 1).size();
      materials_[telling_of(first)].extraction = std::make_shared<const Extraction>(std::move(*extraction));
    }
  }
}

Result<std::shared_ptr<const Extraction>> DistantView::told_by(std::uint32_t at) const {
  if (!materials_[at].extraction) fetch_bodies({at});
  if (error_) return *error_;
  const Told& one = tellings_[at];
  const std::shared_ptr<const Extraction>& extraction = materials_[at].extraction;
  if (!extraction) return corrupt(name_of(Family::bodies, encode(one.key)) + ": missing, though the article is listed; restore the store from a backup");
  if (extraction->statements.size() != one.statements)
    return corrupt("article " + to_string(one.key.id) + ": its extraction and the log disagree on the number of statements; run check");
  return extraction;
}

void DistantView::expect_statements(std::span<const StatementIndex> statements) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::uint32_t> wanted;
  std::vector<ArticleId> articles;
  for (const StatementIndex index : statements) {
    wanted.push_back(telling_of(index));
    articles.push_back(tellings_[wanted.back()].key.id);
  }
  fetch_bodies(wanted);
  fetch_lifetimes(articles);
  std::vector<EntityId> speakers;
  for (const StatementIndex index : statements) {
    const std::uint32_t at = telling_of(index);
    const Lifetime* const told = materials_[at].lifetime.get();
    if (told == nullptr) continue;
    const StatementColumns& statement = told->columns.statements[index - tellings_[at].first];
    if (statement.attribution.empty()) continue;
    const std::vector<EntityId> now = homes(*told);
    for (const ActorIndex source : statement.attribution) speakers.push_back(now[source]);
  }
  fetch_records(speakers);
}

void DistantView::expect_articles(std::span<const ArticleId> articles) const {
  const std::lock_guard lock(mutex_);
  fetch_lifetimes({articles.begin(), articles.end()});
  std::vector<std::uint32_t> wanted;
  for (const ArticleId id : articles)
    if (const auto at = newest_lifetime(id)) wanted.push_back(*at);
  fetch_bodies(wanted);
}

Result<Evidence> DistantView::evidence(StatementIndex index) const {
  const std::lock_guard lock(mutex_);
  const auto extraction = told_by(telling_of(index));
  if (!extraction) return extraction.error();
  return evidence_of(*this, **extraction, statement_id(index), ends(index));
}

Result<Statement> DistantView::statement_value(StatementIndex index) const {
  const std::lock_guard lock(mutex_);
  const auto extraction = told_by(telling_of(index));
  if (!extraction) return extraction.error();
  return (*extraction)->statements[statement_id(index).ordinal];
}

Result<Extraction> DistantView::extraction(ArticleId id) const {
  const std::lock_guard lock(mutex_);
  const auto at = newest_lifetime(id);
  const Lifetime* const told = at ? lifetime(*at) : nullptr;
  if (error_) return *error_;
  if (told == nullptr || told->removed <= state().version)
    return not_found("article " + to_string(id) + ": no such article" + (past() ? " in version " + std::to_string(state().version) : ""));
  const auto extraction = told_by(*at);
  if (!extraction) return extraction.error();
  return **extraction;
}

std::vector<ArticleId> DistantView::articles() const {
  std::vector<ArticleId> ids;
  const auto scanned = moment_->database().scan(Family::articles, "", [&](std::string_view key_bytes, std::string_view value) -> Result<void> {
    const auto key = decode_article_key(key_bytes);
    const auto row = decode_article_row(value);
    if (!key || !row) return corrupt(name_of(Family::articles, key_bytes) + ": does not decode; restore the store from a backup");
    if (key->added <= state().version && state().version < row->removed) ids.push_back(key->id);
    return {};
  }, moment_->at());
  const std::lock_guard lock(mutex_);
  if (!scanned) fail(scanned.error());
  return ids;
}

std::vector<ArticleId> DistantView::articles_of(Node node) const {
  const std::lock_guard lock(mutex_);
  const auto rows = read("SELECT key FROM actors WHERE shard = $1::bigint ORDER BY key", Parameters().number(static_cast<std::int64_t>(ids_[node].value)));
  if (!rows) return fail(rows.error()), std::vector<ArticleId>();
  std::vector<ArticleId> articles;
  for (int i = 0; i < rows->size(); ++i)
    if (const auto key = decode_actor_key(rows->bytes(i, 0)); key && (articles.empty() || articles.back() != key->article.id)) articles.push_back(key->article.id);
  fetch_lifetimes(articles);
  std::erase_if(articles, [&](ArticleId id) {
    const auto at = newest_lifetime(id);
    const Lifetime* const told = at ? lifetime(*at) : nullptr;
    return told == nullptr || told->removed <= state().version;
  });
  return articles;
}

Node DistantView::node_of(ArticleId article, ActorIndex actor) const { return nodes_of(article)[actor]; }

std::vector<Node> DistantView::nodes_of(ArticleId article) const {
  const std::lock_guard lock(mutex_);
  const auto at = newest_lifetime(article);
  const Lifetime* const told = at ? lifetime(*at) : nullptr;
  std::vector<Node> nodes;
  if (told == nullptr) return nodes;
  for (const EntityId home : homes(*told)) nodes.push_back(number(home));
  return nodes;
}

}  // namespace relata::storage
