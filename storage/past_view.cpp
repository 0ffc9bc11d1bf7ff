#include "storage/past_view.h"

#include <algorithm>
#include <tuple>

namespace relata::storage {
namespace {

constexpr std::size_t kMostRecords = 10'000;

}  // namespace

PastView::PastView(std::shared_ptr<const StoredView> newest, std::shared_ptr<const ExtractionSource> source, Database::Snapshot at, StateRow state, Version oldest)
    : newest_(std::move(newest)), source_(std::move(source)), past_(source_->database(), std::move(at)), state_(state), oldest_(oldest) {}

Result<std::shared_ptr<const GraphView>> PastView::open(std::shared_ptr<const StoredView> newest, Version version) {
  const auto refuse = [&](const std::string& why) { return bad_input("version=" + std::to_string(version) + ": " + why); };
  if (version > newest->version()) return refuse("the newest is " + std::to_string(newest->version()));
  auto source = newest->source();
  if (!source) return io_error("version=" + std::to_string(version) + ": the store is closed; open it again");
  const Database::Snapshot at = source->database().snapshot();
  const auto oldest = load_oldest(source->database(), at);
  if (!oldest) return oldest.error();
  if (version < *oldest) return refuse("the oldest that is kept is " + std::to_string(*oldest));
  const auto state = Past(source->database(), at).state(version);
  if (!state) return state.error();
  StateRow row = state->value_or(StateRow{});
  if (!*state && version > 0) return corrupt(name_of(Family::past, past_state_key(version)) + ": missing; the store is damaged, restore it from a backup");
  return std::shared_ptr<const GraphView>(new PastView(std::move(newest), std::move(source), at, row, *oldest));
}

Result<std::shared_ptr<const GraphView>> PastView::at(Version version) const {
  if (version > state_.version) return bad_input("version=" + std::to_string(version) + ": the newest is " + std::to_string(state_.version));
  return open(newest_, version);
}

std::vector<Decision> PastView::decisions() const {
  std::vector<Decision> made = newest_->decisions();
  std::erase_if(made, [&](const Decision& decision) { return decision.version > state_.version; });
  return made;
}

template <typename T>
const Result<T>& PastView::noted(const Result<T>& read) const {
  if (read) return read;
  const std::lock_guard lock(mutex_);
  if (!fault_) fault_ = read.error();
  return read;
}

Result<void> PastView::fetched() const {
  const std::lock_guard lock(mutex_);
  if (fault_) return *fault_;
  return {};
}

Result<std::optional<std::string>> PastView::record(EntityId id) const {
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = records_.find(id); known != records_.end()) return known->second;
  }
  auto read = past_.record(id, state_.version);
  if (!noted(read)) return read;
  const std::lock_guard lock(mutex_);
  if (records_.size() >= kMostRecords) records_.clear();
  records_.emplace(id, *read);
  return read;
}

std::optional<Node> PastView::node(EntityId id) const {
  // An id that is nobody's redirect now never was one: the row stays when a merge is taken back.
  const auto was = newest_->tables().find_redirect(id) != IdIndex::kNowhere ? noted(past_.redirect(id, state_.version)) : Result<std::optional<EntityId>>(std::nullopt);
  const EntityId entity = was && *was ? **was : newest_->tables().entity_now(id);
  const Node node = newest_->tables().find_node(entity);
  if (node == IdIndex::kNowhere) return std::nullopt;
  const auto record = this->record(entity);
  if (record && *record && (*record)->empty()) return std::nullopt;
  return node;
}

Entity PastView::entity(Node node) const {
  const EntityId id = entity_id(node);
  const auto bytes = record(id);
  if (bytes && !*bytes) return newest_->entity(node);
  const auto was = bytes ? decode_entity_record(**bytes) : std::nullopt;
  if (bytes && !was && !(*bytes)->empty())
    noted(Result<void>(corrupt(name_of(Family::past, past_record_key(id, state_.version)) + ": does not decode; restore the store from a backup")));
  if (!was) {
    Entity none;
    none.id = id;
    return none;
  }
  Entity entity = was->entity(id);
  if (const auto& known = newest_->tables().known) known->add_external(entity, was->named());
  return entity;
}

EntityType PastView::entity_type(Node node) const {
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = types_.find(node); known != types_.end()) return known->second;
  }
  const auto bytes = record(entity_id(node));
  const EntityType type = bytes && *bytes ? type_of_record(**bytes).value_or(EntityType::org) : newest_->entity_type(node);
  const std::lock_guard lock(mutex_);
  types_.emplace(node, type);
  return type;
}

std::vector<EntityMatch> PastView::named(std::string_view prefix, std::size_t limit) const {
  const std::string folded = fold_name(prefix);
  if (folded.empty()) return {};
  struct Ranked {
    EntityMatch match;
    Entity entity;
  };
  std::vector<Ranked> ranked;
  for (const Node node : newest_->bearers(folded)) {
    Ranked one{{node, false}, entity(node)};
    bool begins = false;
    for (const std::string& alias : one.entity.aliases) {
      const std::string name = fold_name(alias);
      begins |= name.starts_with(folded);
      one.match.exact |= name == folded;
    }
    if (begins) ranked.push_back(std::move(one));
  }
  std::sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
    const auto key = [](const Ranked& one) {
      return std::tuple(one.entity.articles == 0, !one.match.exact, -std::int64_t{one.entity.articles}, std::string_view(one.entity.name), one.entity.id);
    };
    return key(a) < key(b);
  });
  std::vector<EntityMatch> matches;
  for (std::size_t i = 0; i < std::min(limit, ranked.size()); ++i) matches.push_back(ranked[i].match);
  return matches;
}

std::uint32_t PastView::lifetime(ArticleId id) const {
  const ViewTables& tables = newest_->tables();
  std::uint32_t place = tables.find_article(id);
  while (place != IdIndex::kNowhere && tables.articles[place].added > state_.version) place = tables.find_article(id, place);
  return place;
}

std::optional<StatementIndex> PastView::statement(StatementId id) const {
  const std::uint32_t place = lifetime(id.article);
  if (place == IdIndex::kNowhere) return std::nullopt;
  const ArticleEntry& article = newest_->tables().articles[place];
  return id.ordinal < article.statements ? std::optional(article.first_statement + id.ordinal) : std::nullopt;
}

std::vector<Node> PastView::homes(const ArticleEntry& article) const {
  const ViewTables& tables = newest_->tables();
  std::vector<Node> nodes;
  for (std::uint32_t i = 0; i < article.actors; ++i) nodes.push_back(tables.actor_nodes[std::size_t{article.first_actor} + i]);
  const auto moved = past_.homes({article.id, article.added}, state_.version);
  if (!noted(moved)) return nodes;
  for (const MovedActor& each : *moved)
    if (const Node node = tables.find_node(each.entity); each.actor < nodes.size() && node != IdIndex::kNowhere) nodes[each.actor] = node;
  return nodes;
}

GraphView::Ends PastView::ends(StatementIndex index) const {
  const ViewTables& tables = newest_->tables();
  const ArticleEntry& article = tables.articles[tables.statements[index].article];
  const std::vector<Node> nodes = homes(article);
  const StatementEntry& statement = tables.statements[index];
  Ends ends{nodes[statement.subject - article.first_actor], nodes[statement.object - article.first_actor], {}};
  for (const std::uint32_t source : newest_->sources_of(index)) ends.attribution.push_back(nodes[source - article.first_actor]);
  return ends;
}

Result<Evidence> PastView::evidence(StatementIndex index) const {
  const auto extraction = newest_->told_by(index);
  if (!extraction) return extraction.error();
  return evidence_of(*this, **extraction, statement_id(index), ends(index));
}

Result<Extraction> PastView::extraction(ArticleId id) const {
  const std::uint32_t place = lifetime(id);
  if (place == IdIndex::kNowhere || !holds(newest_->tables().articles[place]))
    return not_found("article " + to_string(id) + ": no such article in version " + std::to_string(state_.version));
  const auto extraction = newest_->read(newest_->tables().articles[place]);
  if (!extraction) return extraction.error();
  return **extraction;
}

std::vector<ArticleId> PastView::articles() const {
  std::vector<ArticleId> ids;
  const auto& articles = newest_->tables().articles;
  for (std::size_t i = 0; i < articles.size(); ++i)
    if (holds(articles[i])) ids.push_back(articles[i].id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::vector<ArticleId> PastView::articles_of(Node node) const {
  auto mentioned = source_->mentioned_by(entity_id(node));
  if (!noted(mentioned)) return articles();
  std::erase_if(*mentioned, [&](ArticleId id) {
    const std::uint32_t place = lifetime(id);
    return place == IdIndex::kNowhere || !holds(newest_->tables().articles[place]);
  });
  return std::move(*mentioned);
}

Node PastView::node_of(ArticleId article, ActorIndex actor) const { return homes(newest_->tables().articles[lifetime(article)])[actor]; }

}  // namespace relata::storage
