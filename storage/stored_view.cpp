#include "storage/stored_view.h"

#include <algorithm>
#include <cassert>
#include <future>
#include <mutex>
#include <tuple>
#include <unordered_map>

#include "storage/extraction_bytes.h"
#include "storage/past_view.h"

namespace relata::storage {
namespace {

struct Ranked {
  Node node = 0;
  std::uint32_t articles = 0;
  bool exact = false;
};

// What the names of one entity say about a prefix, for nodes whose index entries may be out of date.
void match_names(const Entity& entity, std::string_view folded, bool& begins, bool& exact) {
  begins = exact = false;
  for (const std::string& alias : entity.aliases) {
    const std::string name = fold_name(alias);
    begins |= name.starts_with(folded);
    exact |= name == folded;
  }
}

bool has_name(const Entity& entity, std::string_view folded) {
  return std::any_of(entity.aliases.begin(), entity.aliases.end(), [&](const std::string& alias) { return fold_name(alias) == folded; });
}

}  // namespace

std::optional<Node> StoredView::node(EntityId id) const {
  const Node node = tables_.find_node(tables_.entity_now(id));
  return node == IdIndex::kNowhere ? std::nullopt : std::optional(node);
}

Result<std::shared_ptr<const GraphView>> StoredView::at(Version version) const {
  if (version == tables_.version) return std::shared_ptr<const GraphView>(shared_from_this());
  return PastView::open(shared_from_this(), version);
}

Version StoredView::oldest() const {
  const auto source = source_.lock();
  const auto oldest = source ? load_oldest(source->database()) : Result<Version>(io_error("the store is closed"));
  return oldest ? std::min(*oldest, tables_.version) : tables_.version;
}

std::vector<Node> StoredView::bearers(std::string_view folded_prefix) const {
  std::vector<Node> nodes;
  for (const NameIndex::Match& match : tables_.names.find(folded_prefix))
    if (match.node < tables_.nodes.size()) nodes.push_back(match.node);
  return nodes;
}

std::vector<std::uint32_t> StoredView::sources_of(StatementIndex index) const {
  std::vector<std::uint32_t> sources;
  const std::size_t next = std::size_t{index} + 1;
  const std::size_t last = next < tables_.statements.size() ? tables_.statements[next].attribution : tables_.sources.size();
  for (std::size_t i = tables_.statements[index].attribution; i < last; ++i) sources.push_back(tables_.sources[i]);
  return sources;
}

Entity StoredView::entity(Node node) const {
  const NodeTable::Row row = tables_.nodes[node];
  const auto record = decode_entity_record(row.record_view());
  assert(record);  // decoded once when the row was made
  if (!record) return {};
  Entity entity = record->entity(row.id);
  if (tables_.known) tables_.known->add_external(entity, record->named());
  return entity;
}

std::vector<EntityMatch> StoredView::named(std::string_view prefix, std::size_t limit) const {
  const std::string folded = fold_name(prefix);
  if (folded.empty()) return {};
  std::vector<Ranked> ranked;
  for (const NameIndex::Match& match : tables_.names.find(folded)) {
    if (match.node >= tables_.nodes.size()) continue;
    const NodeTable::Row row = tables_.nodes[match.node];
    bool begins = true, exact = match.exact;
    if (row.narrowed) match_names(entity(match.node), folded, begins, exact);
    if (begins) ranked.push_back({match.node, articles_of_record(row.record_view()).value_or(0), exact});
  }
  std::unordered_map<Node, std::string> names;  // of those that tie
  const auto name = [&](Node node) -> const std::string& {
    const auto [at, fresh] = names.try_emplace(node);
    if (fresh) at->second = entity(node).name;
    return at->second;
  };
  const auto before = [&](const Ranked& a, const Ranked& b) {
    if ((a.articles == 0) != (b.articles == 0)) return b.articles == 0;
    if (a.exact != b.exact) return a.exact;
    if (a.articles != b.articles) return a.articles > b.articles;
    if (const int order = name(a.node).compare(name(b.node)); order != 0) return order < 0;
    return entity_id(a.node) < entity_id(b.node);
  };
  const auto end = ranked.begin() + static_cast<std::ptrdiff_t>(std::min(limit, ranked.size()));
  std::partial_sort(ranked.begin(), end, ranked.end(), before);
  std::vector<EntityMatch> matches;
  for (auto each = ranked.begin(); each != end; ++each) matches.push_back({each->node, each->exact});
  return matches;
}

std::vector<NearMatch> StoredView::near_named(std::string_view text, std::size_t limit) const {
  const TypedName typed(text);
  if (typed.empty()) return {};
  const std::string folded = fold_name(text);
  std::vector<Node> begun;
  for (const NameIndex::Match& match : tables_.names.find(folded)) begun.push_back(match.node);
  std::vector<NearCandidate> candidates;
  for (const NameIndex::Near& near : tables_.names.find_near(typed)) {
    if (near.node >= tables_.nodes.size()) continue;
    const NodeTable::Row row = tables_.nodes[near.node];
    const std::uint32_t articles = articles_of_record(row.record_view()).value_or(0);
    if (!row.narrowed) {
      if (!std::binary_search(begun.begin(), begun.end(), near.node)) candidates.push_back({near.nearness, near.node, articles});
    } else if (const std::optional<Nearness> fit = typed.fit(entity(near.node))) {
      candidates.push_back({*fit, near.node, articles});
    }
  }
  return best_near(*this, std::move(candidates), limit);
}

std::vector<EntityMatch> StoredView::listed(std::string_view prefix, std::size_t limit) const {
  const std::string folded = fold_name(prefix);
  std::vector<EntityMatch> matches;
  std::size_t same = 0;  // the first match that has the name the walk is at
  std::string_view at;
  const auto settle = [&] {
    std::sort(matches.begin() + static_cast<std::ptrdiff_t>(same), matches.end(),
              [this](const EntityMatch& a, const EntityMatch& b) { return entity_id(a.node) < entity_id(b.node); });
    same = matches.size();
  };
  if (folded.empty() || limit == 0) return {};
  tables_.names.walk(folded, [&](std::string_view name, Node node) {
    if (name != at) {
      settle();
      if (matches.size() >= limit) return false;
      at = name;
    }
    if (node >= tables_.nodes.size()) return true;
    const NodeTable::Row row = tables_.nodes[node];
    const bool known = std::any_of(matches.begin(), matches.end(), [&](const EntityMatch& match) { return match.node == node; });
    if (!known && articles_of_record(row.record_view()).value_or(0) > 0 && (!row.narrowed || has_name(entity(node), name)))
      matches.push_back({node, name.size() == folded.size()});
    return true;
  });
  settle();
  matches.resize(std::min(limit, matches.size()));
  return matches;
}

StatementId StoredView::statement_id(StatementIndex index) const {
  const ArticleEntry& article = tables_.articles[tables_.statements[index].article];
  return {article.id, index - article.first_statement};
}

std::optional<StatementIndex> StoredView::statement(StatementId id) const {
  const std::uint32_t place = tables_.find_article(id.article);
  if (place == IdIndex::kNowhere || id.ordinal >= tables_.articles[place].statements) return std::nullopt;
  return tables_.articles[place].first_statement + id.ordinal;
}

GraphView::Ends StoredView::ends(StatementIndex index) const {
  const StatementEntry& statement = tables_.statements[index];
  Ends ends{tables_.actor_nodes[statement.subject], tables_.actor_nodes[statement.object], {}};
  for (const std::uint32_t source : sources_of(index)) ends.attribution.push_back(tables_.actor_nodes[source]);
  return ends;
}

Result<std::shared_ptr<const Extraction>> StoredView::read(const ArticleEntry& entry) const {
  const auto source = source_.lock();
  if (!source) return io_error("article " + to_string(entry.id) + ": the store is closed; open it again");
  return source->read({entry.id, entry.added});
}

Result<std::shared_ptr<const Extraction>> StoredView::told_by(StatementIndex index) const {
  const ArticleEntry& article = tables_.articles[tables_.statements[index].article];
  auto extraction = read(article);
  if (extraction && (*extraction)->statements.size() != article.statements)
    return corrupt("article " + to_string(article.id) + ": its extraction and the log disagree on the number of statements; run check");
  return extraction;
}

Result<Evidence> StoredView::evidence(StatementIndex index) const {
  const auto extraction = told_by(index);
  if (!extraction) return extraction.error();
  return evidence_of(*this, **extraction, statement_id(index), ends(index));
}

Evidence evidence_of(const GraphView& view, const Extraction& extraction, StatementId id, const GraphView::Ends& ends) {
  const Article& article = extraction.article;
  const Statement& statement = extraction.statements[id.ordinal];
  Evidence evidence;
  evidence.statement = id;
  evidence.uri = article.uri;
  evidence.title = article.title;
  evidence.publisher = article.publisher;
  evidence.published = article.published;
  evidence.span = statement.evidence;
  evidence.text = text_at(article.text, statement.evidence);
  evidence.polarity = statement.polarity;
  evidence.modality = statement.modality;
  evidence.confidence = statement.confidence;
  for (std::size_t i = 0; i < std::min(ends.attribution.size(), statement.attribution.size()); ++i)
    evidence.attribution.push_back({view.entity_id(ends.attribution[i]), view.entity(ends.attribution[i]).name, statement.attribution[i].verb});
  return evidence;
}

Result<Statement> StoredView::statement_value(StatementIndex index) const {
  const auto extraction = told_by(index);
  if (!extraction) return extraction.error();
  return (*extraction)->statements[statement_id(index).ordinal];
}

Result<void> StoredView::tell(std::span<const StatementIndex> statements, const TellTo& told) const {
  constexpr std::size_t kFew = 4096;    // answers to people: what was read is kept for the next
  constexpr std::size_t kMany = 16384;  // articles: worth a second thread
  const auto source = source_.lock();
  if (!source) return io_error("the store is closed; open it again");
  struct Wanted {
    ArticleKey key;
    std::uint32_t ordinal;
    std::uint32_t place;  // in statements
  };
  std::vector<Wanted> wanted;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const ArticleEntry& article = tables_.articles[tables_.statements[statements[i]].article];
    wanted.push_back({{article.id, article.added}, statements[i] - article.first_statement, static_cast<std::uint32_t>(i)});
  }
  std::sort(wanted.begin(), wanted.end(), [](const Wanted& a, const Wanted& b) { return std::tie(a.key, a.ordinal) < std::tie(b.key, b.ordinal); });
  std::vector<ArticleKey> keys;
  for (const Wanted& one : wanted)
    if (keys.empty() || keys.back() != one.key) keys.push_back(one.key);
  std::mutex telling;
  // What is wanted of one article, from `next` on.
  const auto tell_of = [&](const ArticleKey& key, std::string_view bytes, auto& next) -> Result<void> {
    TellingReader reader(bytes);
    Result<Telling> telling_of = Telling();
    for (std::optional<std::uint32_t> last; next != wanted.end() && next->key == key; last = (next++)->ordinal) {
      if (last != next->ordinal) telling_of = reader.tell(next->ordinal);
      if (!telling_of) return telling_of.error();
      const std::lock_guard lock(telling);
      told(next->place, *telling_of);
    }
    return {};
  };
  if (wanted.size() < kFew) {
    const auto bytes = source->bytes(keys);
    if (!bytes) return bytes.error();
    auto next = wanted.begin();
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (const Result<void> done = tell_of(keys[i], *(*bytes)[i], next); !done)
        return corrupt(name_of(Family::bodies, encode(keys[i])) + ": " + done.error().message);
    return {};
  }
  const auto read = [&](std::span<const ArticleKey> part) {
    auto next = std::lower_bound(wanted.begin(), wanted.end(), part.front(), [](const Wanted& one, const ArticleKey& key) { return one.key < key; });
    return source->read_each(part, [&](std::size_t i, std::string_view bytes) { return tell_of(part[i], bytes, next); });
  };
  const std::span<const ArticleKey> all = keys;
  if (all.size() < kMany) return read(all);
  std::future<Result<void>> half = std::async(std::launch::async, read, all.subspan(all.size() / 2));
  const Result<void> first = read(all.first(all.size() / 2)), second = half.get();
  return first ? second : first;
}

Result<Extraction> StoredView::extraction(ArticleId id) const {
  const std::uint32_t place = tables_.find_article(id);
  if (place == IdIndex::kNowhere || tables_.articles[place].removed != kForever)
    return not_found("article " + to_string(id) + ": no such article");
  const auto extraction = read(tables_.articles[place]);
  if (!extraction) return extraction.error();
  return **extraction;
}

std::vector<ArticleId> StoredView::articles() const {
  std::call_once(listed_, [this] {
    for (std::size_t i = 0; i < tables_.articles.size(); ++i)
      if (tables_.articles[i].removed == kForever) articles_.push_back(tables_.articles[i].id);
    std::sort(articles_.begin(), articles_.end());
  });
  return articles_;
}

std::vector<ArticleId> StoredView::articles_of(Node node) const {
  const auto source = source_.lock();
  auto mentioned = source ? source->mentioned_by(entity_id(node)) : Result<std::vector<ArticleId>>(io_error("the store is closed"));
  if (!mentioned) return articles();
  std::erase_if(*mentioned, [&](ArticleId id) {
    const std::uint32_t place = tables_.find_article(id);
    return place == IdIndex::kNowhere || tables_.articles[place].removed != kForever;
  });
  return std::move(*mentioned);
}

Node StoredView::node_of(ArticleId article, ActorIndex actor) const {
  const std::uint32_t place = tables_.find_article(article);
  assert(place != IdIndex::kNowhere && actor < tables_.articles[place].actors);
  return tables_.actor_nodes[tables_.articles[place].first_actor + actor];
}

std::vector<Node> StoredView::nodes_of(ArticleId article) const {
  const std::uint32_t place = tables_.find_article(article);
  assert(place != IdIndex::kNowhere);
  const ArticleEntry& entry = tables_.articles[place];
  std::vector<Node> nodes;
  for (std::uint32_t i = 0; i < entry.actors; ++i) nodes.push_back(tables_.actor_nodes[std::size_t{entry.first_actor} + i]);
  return nodes;
}

}  // namespace relata::storage
