// Statements and quotations one after another.
#include <algorithm>
#include <tuple>

#include "graph/identity.h"
#include "query/answer.h"
#include "query/check.h"
#include "query/cursor.h"
#include "query/ends.h"
#include "query/resolve.h"

namespace relata {
namespace {

struct Told {
  StatementId id;
  const Edge* edge;
  bool operator<(const Told& other) const { return std::tie(id, edge->added) < std::tie(other.id, other.edge->added); }
};

// Which statements a list shows, told by their edges alone once the relations they belong to are welcome.
class Choice {
 public:
  Choice(const GraphView& view, const Filter& filter, const NamedEnds& ends) : view_(view), filter_(filter), grouping_(view, of_relations(filter), ends.nodes()) {}

  Grouping& grouping() { return grouping_; }
  bool operator()(const Edge& edge) const {
    return (!filter_.polarity || edge.polarity == *filter_.polarity) && edge.confidence >= filter_.min_confidence * 255 - 0.5;
  }
  // The edge of a statement if it is chosen. Cost: the edges of its end that has fewer.
  const Edge* edge_of(StatementIndex statement, std::size_t& budget) {
    const GraphView::Ends ends = view_.ends(statement);
    const NodeTest& welcome = grouping_.node_test();
    if (ends.subject == ends.object || !welcome(ends.subject) || !welcome(ends.object) || !test_(statement)) return nullptr;
    const Node node = view_.edges(ends.subject).size() <= view_.edges(ends.object).size() ? ends.subject : ends.object;
    for (const Edge& edge : view_.edges(node)) {
      if (budget == 0) return nullptr;
      --budget;
      if (edge.statement == statement && grouping_.edge_test()(edge)) return (*this)(edge) && relation_is_welcome(node, edge, budget) ? &edge : nullptr;
    }
    return nullptr;
  }

 private:
  bool relation_is_welcome(Node node, const Edge& edge, std::size_t& budget) {
    if (!filter_.contested && filter_.min_publishers <= 1) return true;
    const std::optional<Group> group = grouping_.exactly(key_of(node, edge), node);
    budget -= std::min(budget, group ? group->edges.size() : 1);
    return group.has_value();
  }
  // A statement of the polarity that is asked for makes its relation welcome, and confidence is the statement's here.
  static Filter of_relations(Filter filter) {
    filter.min_confidence = 0;
    if (!filter.contested && filter.min_publishers <= 1) filter.polarity.reset();
    return filter;
  }

  const GraphView& view_;
  const Filter& filter_;
  Grouping grouping_;
  StatementTest test_{filter_, view_};
};

struct List {
  std::vector<Told> page;
  std::size_t total = 0;
  std::optional<Mark> next;  // of a list of the whole graph: where the next page begins
  bool cut = false;
};

// Of named ends.
List list_of(const GraphView& view, Choice& choice, const NamedEnds& ends, const Place& where, std::size_t limit, std::size_t& budget) {
  std::vector<Told> all;
  for (const Group& group : groups_of(view, choice.grouping(), ends, budget))
    for (const Edge* edge : group.edges)
      if (choice(*edge)) all.push_back({view.statement_id(edge->statement), edge});
  const std::size_t first = std::min(where.offset, all.size()), last = first + std::min(limit, all.size() - first);
  const auto end = all.begin() + static_cast<std::ptrdiff_t>(last);
  std::partial_sort(all.begin(), end, all.end());
  return {{all.begin() + static_cast<std::ptrdiff_t>(first), end}, all.size(), std::nullopt, false};
}

// Of the whole graph, by looking at all of it: the first page, which counts.
List list_by_nodes(const GraphView& view, Choice& choice, const Place& where, std::size_t limit, std::size_t& budget, const Budget& whole) {
  List list;
  const StatementId from = where.mark ? StatementId{{where.mark->at.value}, static_cast<std::uint32_t>(where.mark->inside)} : StatementId{};
  const std::size_t skipped = where.mark ? 0 : std::min(where.offset, whole.edges), most = skipped + limit + 1;
  std::vector<Told>& heap = list.page;  // the last in order is its front
  for (const Node node : nodes_by_id(view)) {
    if (choice.grouping().cut() || (list.cut = whole.late())) break;
    if (!choice.grouping().node_test()(node)) continue;
    choice.grouping().selected(node, budget, [&](const Edge& edge) {
      if (!edge.outgoing || !choice(edge)) return;
      ++list.total;
      const Told one{view.statement_id(edge.statement), &edge};
      if (one.id < from || (heap.size() == most && !(one < heap.front()))) return;
      if (heap.size() == most) {
        std::pop_heap(heap.begin(), heap.end());
        heap.pop_back();
      }
      heap.push_back(one);
      std::push_heap(heap.begin(), heap.end());
    });
  }
  std::sort_heap(heap.begin(), heap.end());
  heap.erase(heap.begin(), heap.begin() + static_cast<std::ptrdiff_t>(std::min(skipped, heap.size())));
  if (heap.size() > limit) {
    list.next = Mark{{heap[limit].id.article.value}, heap[limit].id.ordinal, 0};
    heap.resize(limit);
  }
  return list;
}

// Later pages: article by article from where the last ended.
List list_by_articles(const GraphView& view, Choice& choice, const Mark& mark, std::size_t limit, std::size_t& budget, const Budget& whole) {
  List list;
  const std::vector<ArticleId> articles = view.articles();
  for (auto id = std::lower_bound(articles.begin(), articles.end(), ArticleId{mark.at.value}); id != articles.end() && !list.next; ++id) {
    for (auto ordinal = static_cast<std::uint32_t>(id->value == mark.at.value ? mark.inside : 0);; ++ordinal) {
      const auto statement = view.statement({*id, ordinal});
      if (!statement) break;
      const Edge* edge = choice.edge_of(*statement, budget);
      if (!edge) continue;
      if (list.page.size() == limit) {
        list.next = Mark{{id->value}, ordinal, 0};
        break;
      }
      list.page.push_back({{*id, ordinal}, edge});
    }
    if ((list.cut = budget == 0 || whole.late())) break;
  }
  return list;
}

List list_all(const GraphView& view, Choice& choice, const Place& where, std::size_t limit, std::size_t& budget, const Budget& whole) {
  const bool by_articles = where.mark && where.version == view.version();
  List list = by_articles ? list_by_articles(view, choice, *where.mark, limit, budget, whole) : list_by_nodes(view, choice, where, limit, budget, whole);
  if (where.mark) list.total = where.mark->total;
  if (list.next) list.next->total = list.total;
  return list;
}

Result<StatementRow> row(const GraphView& view, const Edge& edge) {
  Result<Statement> statement = view.statement_value(edge.statement);
  if (!statement) return statement.error();
  Result<Evidence> proof = view.evidence(edge.statement);
  if (!proof) return proof.error();
  const GraphView::Ends ends = view.ends(edge.statement);
  StatementRow told{view.entity(ends.subject), view.entity(ends.object), *std::move(statement), *std::move(proof), {}, edge.added};
  for (const Role& role : told.statement.roles) {
    const auto* actor = std::get_if<ActorIndex>(&role.value);
    told.roles.emplace_back(role.name, actor ? to_string(view.entity_id(view.node_of(told.evidence.statement.article, *actor))) : std::get<std::string>(role.value));
  }
  return told;
}

struct QuotePlace {
  Day published;
  ArticleId article;
  std::size_t index;
  auto operator<=>(const QuotePlace&) const = default;
};

bool welcome(const Article& article, const Filter& filter) {
  if (filter.known_at && !(article.published && *article.published <= *filter.known_at)) return false;
  return filter.publisher.empty() || fold_name(article.publisher) == fold_name(filter.publisher);
}

// Where `node` is quoted, in the order of the answer.
Result<std::vector<QuotePlace>> quote_places(const GraphView& view, Node node, const Filter& filter, Budget budget, bool& cut) {
  std::vector<QuotePlace> places;
  const std::vector<ArticleId> articles = view.articles_of(node);
  for (std::size_t i = 0, expected = 0; i < articles.size(); ++i) {
    const ArticleId id = articles[i];
    if (i == expected) {
      expected = std::min(articles.size(), i + 64);
      view.expect_articles(std::span(articles).subspan(i, expected - i));
    }
    if (budget.articles-- == 0 || budget.late()) {
      cut = true;
      break;
    }
    const Result<Extraction> extraction = view.extraction(id);
    if (!extraction) return extraction.error();
    if (!welcome(extraction->article, filter)) continue;
    for (std::size_t quote = 0; quote < extraction->quotes.size(); ++quote) {
      const auto source = extraction->quotes[quote].source;
      if (source && view.node_of(id, *source) == node) places.push_back({extraction->article.published.value_or(kLastDay), id, quote});
    }
  }
  std::sort(places.begin(), places.end());
  return places;
}

Result<QuotedWords> quoted(const GraphView& view, const QuotePlace& where) {
  const Result<Extraction> extraction = view.extraction(where.article);
  if (!extraction) return extraction.error();
  const Article& article = extraction->article;
  const Quote& quote = extraction->quotes[where.index];
  return QuotedWords{where.article, article.uri, article.publisher, article.published, quote, text_at(article.text, quote.span)};
}

}  // namespace

Result<StatementsAnswer> statements(const StatementsQuestion& question, const GraphView& view, const Budget& budget) {
  if (Result<void> sane = check(question.filter, view); !sane) return sane.error();
  const Result<NamedEnds> ends = resolve_ends(view, question.entity, question.source, question.target);
  if (!ends) return ends.error();
  const std::string print = fingerprint("statements", ends->prints(view), question.filter);
  const Result<Place> where = place(question.page, print, question.filter, view);
  if (!where) return where.error();
  Filter filter = question.filter;
  filter.version = where->version;
  StatementsAnswer told;
  std::size_t left = budget.edges;
  Choice choice(view, filter, *ends);
  const bool of_all = ends->nodes().empty();
  List list = of_all ? list_all(view, choice, *where, question.page.limit, left, budget) : list_of(view, choice, *ends, *where, question.page.limit, left);
  told.cut = list.cut || choice.grouping().cut();
  budget.tell(left, ends->nodes().size(), list.total);
  std::vector<StatementIndex> page;
  for (const Told& one : list.page) page.push_back(one.edge->statement);
  view.expect_statements(page);
  for (const Told& one : list.page) {
    Result<StatementRow> shown = row(view, *one.edge);
    if (!shown) return shown.error();
    told.statements.push_back(*std::move(shown));
  }
  const std::size_t last = where->offset + list.page.size();
  if (of_all ? !list.next : list.total <= last) return told;
  told.left_out = std::max(list.total, last + 1) - last;
  told.next = cursor({where->version, last, list.next}, print);
  return told;
}

Result<QuotesAnswer> quotes(const QuotesQuestion& question, const GraphView& view, const Budget& budget) {
  if (Result<void> sane = check(question.filter, view); !sane) return sane.error();
  const Result<Node> node = resolve(view, "entity", question.entity);
  if (!node) return node.error();
  const std::string print = fingerprint("quotes", {to_string(view.entity_id(*node))}, question.filter);
  const Result<Place> where = place(question.page, print, question.filter, view);
  if (!where) return where.error();
  QuotesAnswer told{view.entity(*node), {}, {}, false};
  const Result<std::vector<QuotePlace>> places = quote_places(view, *node, question.filter, budget, told.cut);
  if (!places) return places.error();
  const std::size_t first = std::min(where->offset, (*places).size());
  const std::size_t last = first + std::min(question.page.limit, (*places).size() - first);
  for (std::size_t i = first; i < last; ++i) {
    Result<QuotedWords> words = quoted(view, (*places)[i]);
    if (!words) return words.error();
    told.quotes.push_back(*std::move(words));
  }
  if (last < (*places).size()) told.next = cursor({where->version, last}, print);
  return told;
}

}  // namespace relata
