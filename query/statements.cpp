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
};

void take(const GraphView& view, const Filter& filter, const std::vector<Group>& groups, std::vector<Told>& all) {
  for (const Group& group : groups)
    for (const Edge* edge : group.edges)
      if ((!filter.polarity || edge->polarity == *filter.polarity) && edge->confidence >= filter.min_confidence * 255 - 0.5)
        all.push_back({view.statement_id(edge->statement), edge});
}

std::vector<Told> collect(const GraphView& view, const Filter& filter, const NamedEnds& ends, std::size_t& budget, const Budget& whole, bool& cut) {
  Filter grouped = filter;
  grouped.min_confidence = 0;  // of the statement here, not of its relation
  Grouping grouping(view, grouped, ends.nodes());
  std::vector<Told> all;
  if (!ends.nodes().empty()) {
    take(view, filter, groups_of(view, grouping, ends, budget), all);
  } else {
    for (const Node node : nodes_by_id(view)) {
      if (grouping.cut() || (cut = whole.late())) break;
      if (!grouping.node_test()(node)) continue;
      std::vector<Group> groups = grouping.around(node, budget);
      std::erase_if(groups, [&](const Group& group) { return group.key.source != node; });
      take(view, filter, groups, all);
    }
  }
  cut |= grouping.cut();
  std::sort(all.begin(), all.end(), [](const Told& a, const Told& b) { return std::tie(a.id, a.edge->added) < std::tie(b.id, b.edge->added); });
  return all;
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
  const std::vector<Told> all = collect(view, filter, *ends, left, budget, told.cut);
  budget.tell(left, ends->nodes().size(), all.size());
  const std::size_t first = std::min(where->offset, all.size());
  const std::size_t last = first + std::min(question.page.limit, all.size() - first);
  std::vector<StatementIndex> page;
  for (std::size_t i = first; i < last; ++i) page.push_back(all[i].edge->statement);
  view.expect_statements(page);
  for (std::size_t i = first; i < last; ++i) {
    Result<StatementRow> one = row(view, *all[i].edge);
    if (!one) return one.error();
    told.statements.push_back(*std::move(one));
  }
  told.left_out = all.size() - last;
  if (told.left_out > 0) told.next = cursor({where->version, last}, print);
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
