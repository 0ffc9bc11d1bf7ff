#include "storage/bulk_graph.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace relata::storage {
namespace {

// Takes an article's actors, statements and sources over, behind those of the articles before it.
void append(const BulkArticles::Portion& from, const BulkArticle& article, BulkGraph& to) {
  BulkArticle moved = article;
  moved.first_actor = static_cast<std::uint32_t>(to.forms_of.size());
  moved.first_statement = static_cast<std::uint32_t>(to.statements.size());
  to.articles.push_back(moved);
  const auto actors = from.actors.begin() + article.first_actor;
  to.forms_of.insert(to.forms_of.end(), actors, actors + article.actors);
  for (std::uint32_t i = article.first_statement; i < article.first_statement + article.statements; ++i) {
    BulkStatement statement = from.statements[i];
    const std::size_t end = i + std::size_t{1} < from.statements.size() ? from.statements[i + 1].first_source : from.sources.size();
    const std::uint32_t first = statement.first_source;
    statement.first_source = static_cast<std::uint32_t>(to.sources.size());
    to.sources.insert(to.sources.end(), from.sources.begin() + first, from.sources.begin() + static_cast<std::ptrdiff_t>(end));
    to.statements.push_back(statement);
  }
}

// Statements by the day they begin, equal ones in their order: counted, for the days are few.
std::vector<StatementIndex> by_begin(const std::vector<BulkStatement>& statements) {
  Day first = kLastDay, last = kFirstDay;
  for (const BulkStatement& statement : statements) {
    first = std::min(first, statement.begin);
    last = std::max(last, statement.begin);
  }
  if (statements.empty()) return {};
  std::vector<std::uint32_t> ends(static_cast<std::size_t>(last.number - first.number) + 2);
  const auto day = [&](const BulkStatement& statement) { return static_cast<std::size_t>(statement.begin.number - first.number); };
  for (const BulkStatement& statement : statements) ++ends[day(statement) + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  std::vector<StatementIndex> order(statements.size());
  for (StatementIndex i = 0; i < statements.size(); ++i) order[ends[day(statements[i])]++] = i;
  return order;
}

// Distinct relations among the outgoing edges of one run.
std::uint64_t relations_in(std::span<const Edge> run, const BulkGraph& graph) {
  struct Key {
    Node object;
    TypeIndex type;
    std::uint32_t time_hash;
    auto operator<=>(const Key&) const = default;
  };
  static thread_local std::vector<Key> keys;
  std::uint64_t count = 0;
  for (std::size_t first = 0, last = 0; first < run.size(); first = last) {
    keys.clear();
    for (; last < run.size() && run[last].begin == run[first].begin; ++last)
      if (run[last].outgoing) keys.push_back({run[last].other, run[last].type, graph.statements[run[last].statement].time_hash});
    if (keys.size() > 1) std::sort(keys.begin(), keys.end());
    count += static_cast<std::uint64_t>(std::unique(keys.begin(), keys.end()) - keys.begin());
  }
  return count;
}

}  // namespace

BulkGraph arrange(BulkArticles&& articles) {
  BulkGraph graph;
  std::vector<std::pair<ArticleId, std::uint32_t>> order;
  for (std::uint32_t i = 0; i < articles.articles.size(); ++i)
    if (!articles.articles[i].outdated) order.emplace_back(articles.articles[i].id, i);
  std::sort(order.begin(), order.end());
  graph.articles.reserve(order.size());
  graph.statements.reserve(articles.statements);
  graph.sources.reserve(articles.sources);
  graph.forms_of.reserve(articles.actors);
  for (const auto& [id, place] : order) append(articles.portions[articles.articles[place].portion], articles.articles[place], graph);
  graph.forms = std::move(articles.forms);
  graph.sketches = std::move(articles.sketches);
  graph.types = articles.types.names();
  articles = {};
  return graph;
}

std::vector<std::uint32_t> actors_of_forms(const BulkGraph& graph) {
  std::vector<std::uint32_t> actors(graph.forms.size());
  for (const std::uint32_t form : graph.forms_of) ++actors[form];
  return actors;
}

void house_actors(BulkGraph& graph, const std::vector<EntityId>& homes) {
  graph.nodes = homes;
  std::sort(graph.nodes.begin(), graph.nodes.end());
  graph.nodes.erase(std::unique(graph.nodes.begin(), graph.nodes.end()), graph.nodes.end());
  graph.actor_nodes.reserve(homes.size());
  for (const EntityId id : homes) graph.actor_nodes.push_back(static_cast<Node>(std::lower_bound(graph.nodes.begin(), graph.nodes.end(), id) - graph.nodes.begin()));
}

void house(BulkGraph& graph, const std::vector<EntityId>& homes) {
  const std::vector<std::uint32_t> actors = actors_of_forms(graph);
  for (std::size_t form = 0; form < actors.size(); ++form)
    if (actors[form] > 0) graph.nodes.push_back(homes[form]);
  std::sort(graph.nodes.begin(), graph.nodes.end());
  graph.nodes.erase(std::unique(graph.nodes.begin(), graph.nodes.end()), graph.nodes.end());
  std::vector<Node> places;
  places.reserve(homes.size());
  for (const EntityId id : homes) places.push_back(static_cast<Node>(std::lower_bound(graph.nodes.begin(), graph.nodes.end(), id) - graph.nodes.begin()));
  graph.actor_nodes.reserve(graph.forms_of.size());
  for (const std::uint32_t form : graph.forms_of) graph.actor_nodes.push_back(places[form]);
}

void log_columns(const BulkGraph& graph, const BulkArticle& article, ArticleColumns& columns) {
  columns.published = article.day();
  columns.publisher = article.publisher;
  columns.entities.clear();
  for (ActorIndex i = 0; i < article.actors; ++i) columns.entities.push_back(graph.nodes[graph.node(article, i)]);
  columns.statements.resize(article.statements);
  for (std::uint32_t i = 0; i < article.statements; ++i) {
    const std::size_t index = std::size_t{article.first_statement} + i;
    const BulkStatement& from = graph.statements[index];
    StatementColumns& to = columns.statements[i];
    to.type = from.type;
    to.subject = from.subject;
    to.object = from.object;
    to.begin = from.begin;
    to.end = from.end;
    to.polarity = from.polarity;
    to.modality = from.modality;
    to.confidence = from.confidence;
    to.time_hash = from.time_hash;
    to.attribution.assign(graph.sources.begin() + from.first_source, graph.sources.begin() + static_cast<std::ptrdiff_t>(graph.end_of_sources(index)));
  }
}

// Statements are walked by their begin, and within it as the articles lie: so every run gets its edges in their order.
BulkEdges link(const BulkGraph& graph, Version version) {
  BulkEdges linked;
  std::vector<std::uint32_t> article_of(graph.statements.size());
  linked.first.assign(graph.nodes.size() + 1, 0);
  const auto ends = [&](StatementIndex index) {
    const BulkArticle& article = graph.articles[article_of[index]];
    return std::pair(graph.node(article, graph.statements[index].subject), graph.node(article, graph.statements[index].object));
  };
  for (std::uint32_t place = 0; place < graph.articles.size(); ++place) {
    const BulkArticle& article = graph.articles[place];
    for (std::uint32_t i = article.first_statement; i < article.first_statement + article.statements; ++i) {
      article_of[i] = place;
      const auto [subject, object] = ends(i);
      if (subject == object) continue;
      ++linked.first[subject + std::size_t{1}];
      ++linked.first[object + std::size_t{1}];
    }
  }
  std::partial_sum(linked.first.begin(), linked.first.end(), linked.first.begin());
  linked.edges = std::make_unique<Edge[]>(linked.first.back());
  linked.longest.assign(graph.nodes.size(), 0);
  std::vector<std::uint64_t> next(linked.first.begin(), linked.first.end() - 1);
  for (const StatementIndex index : by_begin(graph.statements)) {
    const auto [subject, object] = ends(index);
    if (subject == object) continue;
    const BulkStatement& from = graph.statements[index];
    const BulkArticle& article = graph.articles[article_of[index]];
    Edge edge;
    edge.statement = index;
    edge.begin = from.begin;
    edge.end = from.end;
    edge.published = article.published;
    edge.published_known = article.published_known;
    edge.added = version;
    edge.type = from.type;
    edge.polarity = from.polarity;
    edge.modality = from.modality;
    edge.confidence = from.confidence;
    edge.other = object;
    edge.outgoing = true;
    linked.edges[next[subject]++] = edge;
    edge.other = subject;
    edge.outgoing = false;
    linked.edges[next[object]++] = edge;
    if (!edge.dated()) continue;
    for (const Node node : {subject, object}) linked.longest[node] = std::max(linked.longest[node], edge.end.number - edge.begin.number);
  }
  for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    linked.relations += relations_in({linked.edges.get() + linked.first[node], linked.first[node + 1] - linked.first[node]}, graph);
  return linked;
}

}  // namespace relata::storage
