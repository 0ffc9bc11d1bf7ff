#include "storage/postgres/distant_view.h"

#include <algorithm>
#include <tuple>

#include "storage/at_snapshot.h"
#include "storage/batch_writer.h"
#include "storage/bytes.h"
#include "storage/extraction_bytes.h"
#include "storage/known_rows.h"
#include "storage/past_rows.h"
#include "storage/stored_view.h"
#include "storage/view_loader.h"

namespace relata::storage {

std::shared_ptr<const GraphView> DistantView::open(std::shared_ptr<const PostgresDatabase> database, const DistantLimits& limits) {
  auto moment = std::make_shared<Moment>();
  moment->database = std::move(database);
  moment->at = moment->database->snapshot();
  const auto loaded = moment->load();
  const std::shared_ptr<DistantView> view(new DistantView(moment, moment->newest, limits));
  if (!loaded) view->fail(loaded.error());
  return view;
}

Result<void> DistantView::Moment::load() {
  const auto rows = database->read("SELECT key, value FROM meta WHERE key < 'known/' OR key >= 'known0' ORDER BY key", {}, at);
  if (!rows) return rows.error();
  bool names = false;
  std::optional<StateRow> state;
  oldest = 0;
  for (int i = 0; i < rows->size(); ++i) {
    const std::string_view key = rows->bytes(i, 0), value = rows->bytes(i, 1);
    if (key == kStateKey) state = decode_state_row(value);
    if (key.starts_with(kTypePrefix)) types.emplace_back(value);
    if (key == "names") names = !value.empty();
    if (key == kOldestKey) oldest = ByteReader(value).fixed32();
  }
  if (!state) return corrupt(database->folder() + ": the row of state is missing or does not decode; restore the graph from a backup");
  newest = *state;
  if (!names) return {};
  auto settled = load_settled_with(AtSnapshot(*database, at));
  if (!settled) return settled.error();
  known = settled->known;
  return {};
}

Result<std::shared_ptr<const GraphView>> DistantView::at(Version version) const {
  const auto refuse = [&](const std::string& why) { return bad_input("version=" + std::to_string(version) + ": " + why); };
  if (version > state_.version) return refuse("the newest is " + std::to_string(state_.version));
  if (version < moment_->oldest) return refuse("the oldest that is kept is " + std::to_string(moment_->oldest));
  if (version == moment_->newest.version) return std::shared_ptr<const GraphView>(new DistantView(moment_, moment_->newest, limits_));
  const auto state = Past(*moment_->database, moment_->at).state(version);
  if (!state) return state.error();
  if (!*state && version > 0) return corrupt(name_of(Family::past, past_state_key(version)) + ": missing; the store is damaged, restore it from a backup");
  return std::shared_ptr<const GraphView>(new DistantView(moment_, state->value_or(StateRow{}), limits_));
}

void DistantView::fail(const Error& error) const {
  if (!error_) error_ = error;
}

Result<void> DistantView::fetched() const {
  const std::lock_guard lock(mutex_);
  return error_ ? Result<void>(*error_) : Result<void>();
}

std::vector<Decision> DistantView::decisions() const {
  auto made = load_decisions(*moment_->database, moment_->at);
  if (!made) {
    const std::lock_guard lock(mutex_);
    fail(made.error());
    return {};
  }
  std::erase_if(*made, [&](const Decision& decision) { return decision.version > state_.version; });
  return std::move(*made);
}

// ---- entities

Node DistantView::number(EntityId id) const {
  const auto [at, fresh] = numbers_.try_emplace(id, static_cast<Node>(ids_.size()));
  if (!fresh) return at->second;
  if (ids_.size() > limits_.edges) {
    fail(bad_input("the question touches more than " + std::to_string(limits_.edges) + " entities, more than are fetched for one: narrow it by from, until, relation or fewer hops"));
    numbers_.erase(at);
    return 0;
  }
  ids_.push_back(id);
  runs_.emplace_back();
  return at->second;
}

void DistantView::fetch_records(const std::vector<EntityId>& entities) const {
  constexpr std::size_t kAtOnce = 2000;
  std::vector<EntityId> missing;
  for (const EntityId id : entities)
    if (records_.try_emplace(id).second) missing.push_back(id);
  for (std::size_t begin = 0; begin < missing.size() && !error_; begin += kAtOnce) {
    std::vector<std::string> keys;
    for (std::size_t i = begin; i < std::min(missing.size(), begin + kAtOnce); ++i) keys.push_back(encode(missing[i]));
    const auto rows = read("SELECT shard, value FROM entities WHERE key = ANY($1::bytea[])", Parameters().bytes_list({keys.begin(), keys.end()}));
    if (!rows) return fail(rows.error());
    for (int i = 0; i < rows->size(); ++i) records_[EntityId{static_cast<std::uint64_t>(rows->number(i, 0))}] = std::string(rows->bytes(i, 1));
  }
  if (!past()) return;
  const Past then(*moment_->database, moment_->at);
  for (const EntityId id : missing) {
    auto was = then.record(id, state_.version);
    if (!was) return fail(was.error());
    if (!*was) continue;
    if ((*was)->empty()) records_[id].reset();
    else records_[id] = std::move(**was);
  }
}

const std::string* DistantView::record(EntityId entity) const {
  const auto known = records_.find(entity);
  if (known == records_.end()) fetch_records({entity});
  const std::optional<std::string>& bytes = records_[entity];
  return bytes ? &*bytes : nullptr;
}

Entity DistantView::decoded(EntityId id, const std::string* bytes) const {
  const auto decoded = bytes == nullptr ? std::nullopt : decode_entity_record(*bytes);
  Entity entity;
  entity.id = id;
  if (!decoded) return entity;
  entity = decoded->entity(id);
  if (moment_->known) moment_->known->add_external(entity, decoded->named());
  return entity;
}

std::optional<Node> DistantView::node(EntityId id) const {
  const std::lock_guard lock(mutex_);
  EntityId entity = id;
  // An entity that holds has not become another.
  const std::string* const own = past() ? nullptr : record(id);
  if (own == nullptr || articles_of_record(*own).value_or(0) == 0) {
    const auto row = moment_->database->get(Family::identity, redirect_key(id), moment_->at);
    if (!row) return fail(row.error()), std::nullopt;
    if (*row)
      if (const auto redirect = decode_redirect(redirect_key(id), **row)) entity = redirect->entity;
    if (past()) {
      const auto was = Past(*moment_->database, moment_->at).redirect(id, state_.version);
      if (!was) return fail(was.error()), std::nullopt;
      if (*was) entity = **was;
    }
  }
  return record(entity) == nullptr ? std::nullopt : std::optional(number(entity));
}

Entity DistantView::entity(Node node) const {
  const std::lock_guard lock(mutex_);
  const EntityId id = ids_[node];
  return decoded(id, record(id));
}

EntityId DistantView::entity_id(Node node) const {
  const std::lock_guard lock(mutex_);
  return ids_[node];
}

EntityType DistantView::entity_type(Node node) const {
  const std::lock_guard lock(mutex_);
  const std::string* const bytes = record(ids_[node]);
  return bytes == nullptr ? EntityType::org : type_of_record(*bytes).value_or(EntityType::org);
}

void DistantView::expect_entities(std::span<const Node> nodes) const {
  const std::lock_guard lock(mutex_);
  std::vector<EntityId> ids;
  for (const Node node : nodes) ids.push_back(ids_[node]);
  fetch_records(ids);
}

// ---- edges

struct DistantView::Placed {
  std::uint64_t order;  // by begin, then roughly by article
  std::uint32_t telling;
  Edge edge;
};

bool DistantView::take_block(Node node, std::string_view block, std::vector<Placed>& run) const {
  return each_in_block(block, [&](std::string_view place_bytes, std::string_view bytes) {
    const auto place = decode_place(place_bytes);
    const auto adjacent = decode_adjacent(bytes);
    if (!place || !adjacent) return false;
    const std::uint32_t at = telling(place->article, adjacent->statements, adjacent->publisher);
    tellings_[at].voices = adjacent->voices;
    for (const AdjacentEdge& each : adjacent->edges) {
      Edge edge;
      edge.other = number(each.other);
      edge.statement = tellings_[at].first + each.ordinal;
      edge.begin = each.begin;
      edge.end = each.end;
      edge.published = place->published.value_or(kFirstDay);
      edge.published_known = place->published.has_value();
      edge.added = each.added;
      edge.removed = each.removed;
      edge.type = each.type;
      edge.confidence = each.confidence;
      edge.polarity = each.polarity;
      edge.modality = each.modality;
      edge.outgoing = each.outgoing;
      const auto day = static_cast<std::uint32_t>(each.begin.number) ^ 0x80000000u;
      run.push_back({std::uint64_t{day} << 32 | place->article.id.value >> 32, at, edge});
    }
    (void)node;
    return true;
  });
}

void DistantView::keep_run(Node node, std::vector<Placed>& placed, Day from, Day until) const {
  std::sort(placed.begin(), placed.end(), [&](const Placed& a, const Placed& b) {
    if (a.order != b.order) return a.order < b.order;
    const Told &x = tellings_[a.telling], &y = tellings_[b.telling];
    return std::tuple(x.key.id, a.edge.statement - x.first, a.edge.added) < std::tuple(y.key.id, b.edge.statement - y.first, b.edge.added);
  });
  auto run = std::make_unique<Run>();
  run->from = from;
  run->until = until;
  run->edges.reserve(placed.size());
  for (const Placed& each : placed) {
    run->edges.push_back(each.edge);
    if (each.edge.dated()) run->longest = std::max(run->longest, each.edge.end.number - each.edge.begin.number);
  }
  held_ += placed.size();
  if (held_ > limits_.edges)
    fail(bad_input("the question touches more than " + std::to_string(limits_.edges) + " statements, more than are fetched for one: narrow it by from, until, relation or fewer hops"));
  if (runs_[node]) replaced_.push_back(std::move(runs_[node]));
  runs_[node] = std::move(run);
}

void DistantView::fetch_edges(const std::vector<Node>& nodes, Day from, Day until) const {
  constexpr std::size_t kAtOnce = 1000;
  const bool all_days = from == kFirstDay && until == kLastDay;
  const std::string sql = std::string("SELECT shard, value FROM edges WHERE shard = ANY($1::bigint[])") + (all_days ? "" : " AND last_day >= $2::bigint AND first_day <= $3::bigint");
  for (std::size_t begin = 0; begin < nodes.size() && !error_; begin += kAtOnce) {
    const std::size_t end = std::min(nodes.size(), begin + kAtOnce);
    std::vector<std::int64_t> shards;
    std::unordered_map<Node, std::vector<Placed>> placed;
    for (std::size_t i = begin; i < end; ++i) {
      shards.push_back(static_cast<std::int64_t>(ids_[nodes[i]].value));
      placed[nodes[i]];
    }
    Parameters parameters;
    parameters.numbers(shards);
    if (!all_days) parameters.number(from.number).number(until.number);
    const auto rows = read(sql, parameters);
    if (!rows) return fail(rows.error());
    for (int i = 0; i < rows->size(); ++i) {
      const Node node = numbers_.at(EntityId{static_cast<std::uint64_t>(rows->number(i, 0))});
      if (!take_block(node, rows->bytes(i, 1), placed[node])) return fail(corrupt("table edges: a block does not decode; restore the graph from a backup"));
      if (error_) return;
    }
    for (auto& [node, list] : placed) keep_run(node, list, from, until);
  }
}

void DistantView::expect_edges(std::span<const Node> nodes, Day from, Day until) const {
  const std::lock_guard lock(mutex_);
  std::vector<Node> missing;
  for (const Node node : nodes)
    if (const Run* run = runs_[node].get(); run == nullptr || from < run->from || run->until < until) missing.push_back(node);
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  if (!missing.empty() && !error_) fetch_edges(missing, from, until);
}

std::span<const Edge> DistantView::edges_touching(Node node, Day from, Day until) const {
  const std::lock_guard lock(mutex_);
  const Node one[] = {node};
  expect_edges(one, from, until);
  if (error_) return {};
  const Run& run = *runs_[node];
  return from == kFirstDay && until == kLastDay ? std::span<const Edge>(run.edges) : touching(run.edges, from, until, run.longest);
}

// ---- statements and articles

std::uint32_t DistantView::telling(const ArticleKey& key, std::uint32_t statements, std::uint64_t publisher) const {
  const auto [at, fresh] = telling_index_.try_emplace(key, static_cast<std::uint32_t>(tellings_.size()));
  if (!fresh) return at->second;
  if (statements_ > 0xffffffffu - statements) fail(bad_input("the question touches more articles than are fetched for one: narrow it by from, until or fewer hops"));
  Told one;
  one.key = key;
  one.first = statements_;
  one.statements = statements;
  one.publisher = publisher;
  tellings_.push_back(std::move(one));
  statements_ += statements;
  return at->second;
}

std::uint32_t DistantView::telling_of(StatementIndex index) const {
  // Articles without statements have no place of their own: the last that begins here is meant.
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
  const Told& one = tellings_[telling_of(index)];
  for (auto voice = one.voices.rbegin(); voice != one.voices.rend(); ++voice)
    if (voice->first <= version) return voice->second;
  return one.publisher;
}

void DistantView::fetch_lifetimes(const std::vector<ArticleId>& articles) const {
  constexpr std::size_t kAtOnce = 2000;
  std::vector<std::int64_t> missing;
  for (const ArticleId id : articles)
    if (lifetimes_known_.try_emplace(id, true).second) missing.push_back(static_cast<std::int64_t>(id.value));
  for (std::size_t begin = 0; begin < missing.size() && !error_; begin += kAtOnce) {
    const auto end = missing.begin() + static_cast<std::ptrdiff_t>(std::min(missing.size(), begin + kAtOnce));
    const auto rows = read("SELECT key, value FROM log WHERE shard = ANY($1::bigint[])", Parameters().numbers({missing.begin() + static_cast<std::ptrdiff_t>(begin), end}));
    if (!rows) return fail(rows.error());
    std::map<ArticleKey, Lifetime> met;
    for (int i = 0; i < rows->size(); ++i)
      if (auto taken = take_log_row(rows->bytes(i, 0), rows->bytes(i, 1), met); !taken) return fail(taken.error());
    for (auto& [key, lifetime] : met) {
      const std::uint32_t at = telling(key, static_cast<std::uint32_t>(lifetime.columns.statements.size()), lifetime.columns.publisher);
      tellings_[at].lifetime = std::make_shared<const Lifetime>(std::move(lifetime));
    }
  }
}

const Lifetime* DistantView::lifetime(std::uint32_t telling) const {
  fetch_lifetimes({tellings_[telling].key.id});
  if (!tellings_[telling].lifetime && !error_) fail(corrupt("article " + to_string(tellings_[telling].key) + ": has edges but no row in the log; run check"));
  return tellings_[telling].lifetime.get();
}

std::vector<EntityId> DistantView::homes(const Lifetime& lifetime) const {
  std::vector<EntityId> homes = lifetime.columns.entities;
  for (const auto& [version, moved] : lifetime.moves)
    for (const MovedActor& each : moved)
      if (version <= state_.version && each.actor < homes.size()) homes[each.actor] = each.entity;
  return homes;
}

std::optional<std::uint32_t> DistantView::newest_lifetime(ArticleId id) const {
  fetch_lifetimes({id});
  const auto after = telling_index_.upper_bound(ArticleKey{id, state_.version});
  if (after == telling_index_.begin() || std::prev(after)->first.id != id) return std::nullopt;
  return std::prev(after)->second;
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
    if (!tellings_[at].extraction) missing.push_back(at);
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  if (body_bytes_ > limits_.body_bytes) {
    for (Told& each : tellings_) each.extraction.reset();
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
      if (!key || !extraction) return fail(corrupt(name_of(Family::bodies, rows->bytes(i, 0)) + ": does not decode; restore the store from a backup"));
      body_bytes_ += rows->bytes(i, 1).size();
      tellings_[telling_index_.at(*key)].extraction = std::make_shared<const Extraction>(std::move(*extraction));
    }
  }
}

Result<std::shared_ptr<const Extraction>> DistantView::told_by(std::uint32_t at) const {
  if (!tellings_[at].extraction) fetch_bodies({at});
  if (error_) return *error_;
  const Told& one = tellings_[at];
  if (!one.extraction) return corrupt(name_of(Family::bodies, encode(one.key)) + ": missing, though the article is listed; restore the store from a backup");
  if (one.extraction->statements.size() != one.statements)
    return corrupt("article " + to_string(one.key.id) + ": its extraction and the log disagree on the number of statements; run check");
  return one.extraction;
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
    const Told& one = tellings_[telling_of(index)];
    if (!one.lifetime) continue;
    const StatementColumns& statement = one.lifetime->columns.statements[index - one.first];
    if (statement.attribution.empty()) continue;
    const std::vector<EntityId> now = homes(*one.lifetime);
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
  if (told == nullptr || told->removed <= state_.version)
    return not_found("article " + to_string(id) + ": no such article" + (past() ? " in version " + std::to_string(state_.version) : ""));
  const auto extraction = told_by(*at);
  if (!extraction) return extraction.error();
  return **extraction;
}

std::vector<ArticleId> DistantView::articles() const {
  std::vector<ArticleId> ids;
  const auto scanned = moment_->database->scan(Family::articles, "", [&](std::string_view key_bytes, std::string_view value) -> Result<void> {
    const auto key = decode_article_key(key_bytes);
    const auto row = decode_article_row(value);
    if (!key || !row) return corrupt(name_of(Family::articles, key_bytes) + ": does not decode; restore the store from a backup");
    if (key->added <= state_.version && state_.version < row->removed) ids.push_back(key->id);
    return {};
  }, moment_->at);
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
    return told == nullptr || told->removed <= state_.version;
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
