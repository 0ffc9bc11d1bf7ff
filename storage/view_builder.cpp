#include "storage/view_builder.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <tuple>

#include "storage/relation_count.h"

namespace relata::storage {
namespace {

constexpr std::size_t kArenaBytes = 1u << 20;

// Places in an index start anew, twice as many, when half are taken; views that have the old one keep it.
template <typename Table>
void insert(std::shared_ptr<IdIndex>& index, const Table& table, std::uint64_t id, std::uint32_t place) {
  if (index->full()) {
    const IdIndex::Fixed fixed = index->fixed();
    index = std::make_shared<IdIndex>((table.size() - fixed.size) * 2, fixed);
    for (std::uint32_t i = fixed.size; i < place; ++i) index->insert(table[i].id.value, i);
  }
  index->insert(id, place);
}

// Of now and of the past, ascending.
std::vector<std::string> all_names(const EntityRecord& record) {
  std::vector<std::string> names = record.entity({}).aliases;
  names.insert(names.end(), record.former().begin(), record.former().end());
  std::sort(names.begin(), names.end());
  return names;
}

Edge blank_edge(const StatementColumns& columns, std::optional<Day> published) {
  Edge edge;
  edge.begin = columns.begin;
  edge.end = columns.end;
  edge.published = published.value_or(kFirstDay);
  edge.published_known = published.has_value();
  edge.type = columns.type;
  edge.polarity = columns.polarity;
  edge.modality = columns.modality;
  edge.confidence = columns.confidence;
  return edge;
}

}  // namespace

// The order of a run: by begin, then by statement id, then by lifetime, then by stretch.
bool ViewBuilder::before(const Edge& a, const Edge& b) const {
  if (a.begin != b.begin) return a.begin < b.begin;
  const ArticleEntry& of_a = tables_.articles[tables_.statements[a.statement].article];
  const ArticleEntry& of_b = tables_.articles[tables_.statements[b.statement].article];
  if (of_a.id != of_b.id) return of_a.id < of_b.id;
  return std::tuple(a.statement - of_a.first_statement, a.statement, a.added) <
         std::tuple(b.statement - of_b.first_statement, b.statement, b.added);
}

Node ViewBuilder::node_for(EntityId key) {
  const Node found = tables_.find_node(key);
  if (found != IdIndex::kNowhere) return found;
  const Node node = static_cast<Node>(tables_.nodes.size());
  NodeRow row;
  row.id = key;
  tables_.nodes.push_back(std::move(row));
  insert(tables_.node_index, tables_.nodes, key.value, node);
  return node;
}

void ViewBuilder::add(const ArticleKey& key, const ArticleColumns& columns) {
  ArticleEntry article;
  article.id = key.id;
  article.added = key.added;
  article.publisher = columns.publisher;
  article.first_statement = static_cast<StatementIndex>(tables_.statements.size());
  article.statements = static_cast<std::uint32_t>(columns.statements.size());
  article.first_actor = static_cast<std::uint32_t>(tables_.actor_nodes.size());
  article.actors = static_cast<std::uint32_t>(columns.entities.size());
  const auto place = static_cast<std::uint32_t>(tables_.articles.size());
  for (const EntityId actor : columns.entities) tables_.actor_nodes.push_back(node_for(actor));
  for (const StatementColumns& statement : columns.statements) add_statement(statement, key, article, place, columns.published);
  tables_.articles.push_back(article);
  insert(tables_.article_index, tables_.articles, key.id.value, place);
  ++tables_.counts.articles;
  tables_.counts.statements += article.statements;
}

void ViewBuilder::add_statement(const StatementColumns& columns, const ArticleKey& key, const ArticleEntry& article, std::uint32_t place,
                                std::optional<Day> published) {
  const auto index = static_cast<StatementIndex>(tables_.statements.size());
  tables_.statements.push_back({place, article.first_actor + columns.subject, article.first_actor + columns.object,
                                static_cast<std::uint32_t>(tables_.sources.size()), columns.time_hash});
  for (const ActorIndex source : columns.attribution) tables_.sources.push_back(article.first_actor + source);
  Edge edge = blank_edge(columns, published);
  edge.added = key.added;
  newest_.push_back(0);
  open_stretch(index, edge);
}

// Its ends are what its actors are now.
void ViewBuilder::open_stretch(StatementIndex statement, Edge edge) {
  const StatementEntry& entry = tables_.statements[statement];
  edge.statement = statement;
  edge.removed = kForever;
  if (statement >= old_statements_) newest_[statement - old_statements_] = static_cast<std::uint32_t>(added_.size());
  added_.push_back({tables_.actor_nodes[entry.subject], tables_.actor_nodes[entry.object], edge});
}

void ViewBuilder::close_stretch(StatementIndex statement, Node subject, Node object, Version version) {
  if (statement >= old_statements_) {
    added_[newest_[statement - old_statements_]].edge.removed = version;
    return;
  }
  if (subject == object) return;  // has no edges
  retired_.push_back({subject, statement, version});
  retired_.push_back({object, statement, version});
}

bool ViewBuilder::holds(ArticleId id) const {
  const std::uint32_t place = tables_.find_article(id);
  return place != IdIndex::kNowhere && tables_.articles[place].removed == kForever;
}

bool ViewBuilder::remove(ArticleId id, Version version) {
  if (!holds(id)) return false;
  const std::uint32_t place = tables_.find_article(id);
  ArticleEntry& article = tables_.articles.writable(place);
  article.removed = version;
  --tables_.counts.articles;
  tables_.counts.statements -= article.statements;
  for (StatementIndex i = article.first_statement; i - article.first_statement < article.statements; ++i) {
    const StatementEntry& statement = tables_.statements[i];
    close_stretch(i, tables_.actor_nodes[statement.subject], tables_.actor_nodes[statement.object], version);
  }
  return true;
}

bool ViewBuilder::move(const ArticleKey& key, std::span<const MovedActor> moved, Version version, const ArticleColumns* columns) {
  if (!holds(key.id)) return false;
  const ArticleEntry article = tables_.articles[tables_.find_article(key.id)];
  if (article.added != key.added) return false;
  std::vector<Node> before;
  for (std::uint32_t i = 0; i < article.actors; ++i) before.push_back(tables_.actor_nodes[std::size_t{article.first_actor} + i]);
  for (const MovedActor& each : moved) {
    if (each.actor >= article.actors) return false;
    tables_.actor_nodes.writable(std::size_t{article.first_actor} + each.actor) = node_for(each.entity);
  }
  for (StatementIndex i = article.first_statement; i - article.first_statement < article.statements; ++i) {
    const StatementEntry& statement = tables_.statements[i];
    const Node subject = before[statement.subject - article.first_actor], object = before[statement.object - article.first_actor];
    if (subject == tables_.actor_nodes[statement.subject] && object == tables_.actor_nodes[statement.object]) continue;
    close_stretch(i, subject, object, version);
    Edge edge = i >= old_statements_ ? added_[newest_[i - old_statements_]].edge
                                     : blank_edge(columns->statements[i - article.first_statement], columns->published);
    edge.added = version;
    open_stretch(i, edge);
  }
  return true;
}

void ViewBuilder::redirect(const Redirect& redirect) {
  const std::uint32_t known = tables_.redirect_index->find(redirect.id.value, tables_.redirects.size(),
                                                           [this](std::uint32_t at) { return tables_.redirects[at].id.value; });
  if (known != IdIndex::kNowhere) {
    if (tables_.redirects[known].entity != redirect.entity) tables_.redirects.writable(known) = redirect;
    return;
  }
  const auto place = static_cast<std::uint32_t>(tables_.redirects.size());
  tables_.redirects.push_back(redirect);
  insert(tables_.redirect_index, tables_.redirects, redirect.id.value, place);
}

bool ViewBuilder::copy(const ArticleKey& key, ArticleId original, Version version) {
  const std::uint32_t of = tables_.find_article(original);
  if (!holds(key.id) || of == IdIndex::kNowhere) return false;
  ArticleEntry& article = tables_.articles.writable(tables_.find_article(key.id));
  if (article.added != key.added) return false;
  tables_.copies.push_back({version, of, article.copy});
  article.copy = static_cast<std::uint32_t>(tables_.copies.size() - 1);
  return true;
}

std::shared_ptr<const char[]> ViewBuilder::keep(std::string_view bytes) {
  if (scale_ == Scale::batch) {
    const std::shared_ptr<char[]> own = std::make_shared_for_overwrite<char[]>(bytes.size());
    std::memcpy(own.get(), bytes.data(), bytes.size());
    return own;
  }
  if (arena_size_ - arena_used_ < bytes.size()) {
    arena_size_ = std::max(kArenaBytes, bytes.size());
    arena_ = std::make_shared_for_overwrite<char[]>(arena_size_);
    arena_used_ = 0;
  }
  char* const at = arena_.get() + arena_used_;
  std::memcpy(at, bytes.data(), bytes.size());
  arena_used_ += bytes.size();
  return {arena_, at};
}

bool ViewBuilder::record(EntityId key, std::string_view bytes) {
  const auto after = decode_entity_record(bytes);
  if (!after) return false;
  const Node node = node_for(key);
  EntityRecord old;
  if (const NodeTable::Row row = tables_.nodes[node]; row.record != nullptr) {
    const auto record = decode_entity_record(row.record_view());
    if (record && record->holds()) --tables_.counts.entities;
    if (record) old = *record;
  }
  if (after->holds()) ++tables_.counts.entities;
  index_names(node, old, *after);
  NodeRow& row = tables_.nodes.writable(node);
  row.record = keep(bytes);
  row.record_bytes = static_cast<std::uint32_t>(bytes.size());
  return true;
}

void ViewBuilder::index_names(Node node, const EntityRecord& before, const EntityRecord& after) {
  const std::vector<std::string> known = all_names(before);
  for (const std::string& name : all_names(after)) {
    if (std::binary_search(known.begin(), known.end(), name)) continue;
    std::string folded = fold_name(name);
    if (!folded.empty()) names_.push_back({std::move(folded), node});
  }
  if (!after.former().empty()) tables_.nodes.writable(node).narrowed = true;
}

bool ViewBuilder::fits() const {
  constexpr std::size_t kMost = IdIndex::kNowhere;
  return tables_.nodes.size() < kMost && tables_.statements.size() < kMost && tables_.articles.size() < kMost &&
         tables_.actor_nodes.size() < kMost && tables_.sources.size() < kMost && added_.size() < kMost;
}

std::optional<EntityId> ViewBuilder::without_record() const {
  for (std::size_t i = 0; i < tables_.nodes.size(); ++i)
    if (tables_.nodes[i].record == nullptr) return tables_.nodes[i].id;
  return std::nullopt;
}

ViewTables ViewBuilder::finish(Version version) {
  const std::vector<Half> halves = sorted_halves();
  slab_size_ = scale_ == Scale::whole ? halves.size() : 0;
  if (slab_size_ > 0) slab_ = std::make_shared_for_overwrite<Edge[]>(slab_size_);
  std::sort(retired_.begin(), retired_.end(),
            [](const Retired& a, const Retired& b) { return a.node != b.node ? a.node < b.node : a.statement < b.statement; });
  std::size_t h = 0, r = 0;
  while (h < halves.size() || r < retired_.size()) {
    const Node of_half = h < halves.size() ? halves[h].node : IdIndex::kNowhere;
    const Node node = std::min(of_half, r < retired_.size() ? retired_[r].node : IdIndex::kNowhere);
    const std::size_t first_half = h, first_retired = r;
    while (h < halves.size() && halves[h].node == node) ++h;
    while (r < retired_.size() && retired_[r].node == node) ++r;
    rebuild_run(node, std::span(halves).subspan(first_half, h - first_half),
                std::span(retired_).subspan(first_retired, r - first_retired));
  }
  tables_.names = tables_.names.with(std::move(names_));
  tables_.version = version;
  return std::move(tables_);
}

// By node, then in the order of a run. At Scale::whole by counting, which is linear; a batch must not touch every node.
std::vector<ViewBuilder::Half> ViewBuilder::sorted_halves() const {
  std::vector<Half> halves;
  halves.reserve(added_.size() * 2);
  for (std::uint32_t i = 0; i < added_.size(); ++i) {
    if (added_[i].subject == added_[i].object) continue;
    halves.push_back({added_[i].subject, i});
    halves.push_back({added_[i].object, i});
  }
  const auto in_run = [&](const Half& a, const Half& b) { return before(added_[a.stretch].edge, added_[b.stretch].edge); };
  if (scale_ == Scale::batch) {
    std::sort(halves.begin(), halves.end(),
              [&](const Half& a, const Half& b) { return a.node != b.node ? a.node < b.node : in_run(a, b); });
    return halves;
  }
  std::vector<std::size_t> ends(tables_.nodes.size() + 1);
  for (const Half& half : halves) ++ends[half.node + std::size_t{1}];
  for (std::size_t i = 1; i < ends.size(); ++i) ends[i] += ends[i - 1];
  std::vector<Half> sorted(halves.size());
  for (const Half& half : halves) sorted[ends[half.node]++] = half;
  const std::span<Half> all(sorted);
  for (std::size_t i = 0, begin = 0; i < tables_.nodes.size(); begin = ends[i++]) {
    const std::span<Half> run = all.subspan(begin, ends[i] - begin);
    std::sort(run.begin(), run.end(), in_run);
  }
  return sorted;
}

Edge ViewBuilder::edge_of(const Half& half) const {
  const Stretch& stretch = added_[half.stretch];
  Edge edge = stretch.edge;
  edge.outgoing = stretch.subject == half.node;
  edge.other = edge.outgoing ? stretch.object : stretch.subject;
  return edge;
}

const ViewBuilder::Retired* ViewBuilder::find(std::span<const Retired> retired, StatementIndex statement) {
  if (retired.empty()) return nullptr;
  const auto earlier = [](const Retired& a, StatementIndex b) { return a.statement < b; };
  const auto at = std::lower_bound(retired.begin(), retired.end(), statement, earlier);
  return at != retired.end() && at->statement == statement ? &*at : nullptr;
}

void ViewBuilder::rebuild_run(Node node, std::span<const Half> added, std::span<const Retired> retired) {
  NodeRow& row = tables_.nodes.writable(node);
  RelationCount relations(tables_.statements);
  for (const Half& half : added) {
    if (added_[half.stretch].subject == node) relations.touch(edge_of(half));
  }
  for (const Edge& edge : row.run()) {
    if (edge.outgoing && find(retired, edge.statement)) relations.touch(edge);
  }
  const std::size_t held = relations.held(row.run());
  const bool behind = row.size == 0 || added.empty() || before(row.edges[row.size - 1], added_[added.front().stretch].edge);
  if (retired.empty() && behind && row.size + added.size() <= row.capacity) {
    extend(row, added);
  } else {
    replace(row, added, retired);
  }
  for (const Half& half : added) {
    const Edge& edge = added_[half.stretch].edge;
    if (edge.dated()) row.longest = std::max(row.longest, edge.end.number - edge.begin.number);
  }
  tables_.counts.relations += relations.held(row.run());
  tables_.counts.relations -= held;
}

// Behind the end that older views know of, so they do not see it (see Paged).
void ViewBuilder::extend(NodeRow& row, std::span<const Half> added) {
  for (const Half& half : added) row.edges[row.size++] = edge_of(half);
}

void ViewBuilder::replace(NodeRow& row, std::span<const Half> added, std::span<const Retired> retired) {
  const std::span<const Edge> old = row.run();
  const std::size_t size = old.size() + added.size();
  const std::size_t capacity = scale_ == Scale::whole || added.empty() ? size : size + size / 4 + 2;
  const std::shared_ptr<Edge[]> edges = allocate(capacity);
  std::size_t next = 0, o = 0;
  for (const Half& half : added) {
    const Edge edge = edge_of(half);
    while (o < old.size() && before(old[o], edge)) edges[next++] = old[o++];
    edges[next++] = edge;
  }
  while (o < old.size()) edges[next++] = old[o++];
  for (Edge& edge : std::span(edges.get(), next)) {
    if (edge.removed != kForever) continue;  // an earlier stretch
    if (const Retired* end = find(retired, edge.statement); end != nullptr && edge.added < end->version) edge.removed = end->version;
  }
  row.edges = edges;
  row.size = static_cast<std::uint32_t>(size);
  row.capacity = static_cast<std::uint32_t>(capacity);
}

std::shared_ptr<Edge[]> ViewBuilder::allocate(std::size_t edges) {
  if (slab_size_ - slab_used_ < edges || scale_ == Scale::batch) return std::make_shared_for_overwrite<Edge[]>(edges);
  Edge* const at = slab_.get() + slab_used_;
  slab_used_ += edges;
  return {slab_, at};
}

}  // namespace relata::storage
