#include "bench/peer/classes.h"

#include <algorithm>
#include <cstdlib>

#include "graph/identity.h"
#include "query/arrival.h"
#include "query/walk.h"

namespace relata::bench {
namespace {

const Day kStart = *make_day(2015, 1, 1);  // day 0 of the queries
constexpr std::uint32_t kNone = 0xffffffffu;

Day day(const std::string& text) { return {kStart.number + std::atoi(text.c_str())}; }

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t comma = std::min(text.find(',', begin), text.size());
    parts.push_back(text.substr(begin, comma - begin));
    begin = comma + 1;
  }
  return parts;
}

}  // namespace

Numbers::Numbers(const Facts& facts) {
  for (std::uint32_t entity = 0; entity < facts.entities(); ++entity) {
    ids.push_back(entity_id(entity_key(facts.actor(entity))));
    entities.emplace(ids.back(), entity);
  }
  facts.each([&](const Extraction& extraction, std::size_t first) { first_facts.emplace(extraction.article.id, static_cast<std::uint32_t>(first)); });
}

Classes::Classes(const GraphView& view, const Numbers& numbers) : view_(view), numbers_(numbers) {
  if (!view.whole()) return;
  entities_.resize(view.nodes(), kNone);
  facts_.resize(view.statements(), kNone);
  for (std::uint32_t entity = 0; entity < numbers.ids.size(); ++entity)
    if (const auto found = view.node(numbers.ids[entity])) entities_[*found] = entity;
  for (StatementIndex index = 0; index < view.statements(); ++index) {
    const StatementId id = view.statement_id(index);
    if (const auto first = numbers.first_facts.find(id.article); first != numbers.first_facts.end()) facts_[index] = first->second + id.ordinal;
  }
}

std::uint32_t Classes::fact(StatementIndex index) const {
  if (view_.whole()) return facts_[index];
  const StatementId id = view_.statement_id(index);
  return numbers_.first_facts.at(id.article) + id.ordinal;
}

Node Classes::node(const std::string& entity) const { return view_.node(numbers_.ids[static_cast<std::size_t>(std::atoi(entity.c_str()))]).value_or(0); }

// Of the facts of the last day the benchmark takes those with the highest numbers.
std::vector<const Edge*> Classes::newest_facts(Node node, const Filter& filter, std::size_t limit) const {
  std::vector<const Edge*> found;
  newest(view_, node, EdgeTest(filter, view_), limit, found);
  if (found.size() <= limit) return found;
  const Day last = found.back()->begin;
  const auto tied = std::find_if(found.begin(), found.end(), [&](const Edge* edge) { return edge->begin == last; });
  std::nth_element(tied, found.begin() + static_cast<std::ptrdiff_t>(limit), found.end(),
                   [&](const Edge* a, const Edge* b) { return fact(a->statement) > fact(b->statement); });
  found.resize(limit);
  return found;
}

Classes::Answer Classes::facts_of(const Query& query) const {
  Answer answer;
  for (const Edge* edge : newest_facts(node(query[1]), Filter{.from = day(query[2]), .until = day(query[3])}, 50)) answer.items.push_back(edge->statement);
  return answer;
}

Classes::Answer Classes::within_two(const Query& query) const {
  return {{}, static_cast<std::int64_t>(within(view_, node(query[1]), 2, EdgeTest({}, view_), 200).size())};
}

Classes::Answer Classes::hops(const Query& query) const {
  Filter filter;
  if (query.size() > 3) {
    filter.from = day(query[3]);
    filter.until = day(query[4]);
    filter.relations = split(query[5]);
  }
  std::size_t budget = ~std::size_t{0};
  return {{}, distance(view_, node(query[1]), node(query[2]), EdgeTest(filter, view_), 6, budget).value_or(-1)};
}

Classes::Answer Classes::arrival(const Query& query) const {
  std::size_t budget = ~std::size_t{0};
  const Along along = query[5] == "any" ? Along::either : Along::forward;
  const auto found = earliest_arrival(view_, node(query[1]), node(query[2]), day(query[3]), day(query[4]), along, EdgeTest({}, view_), budget);
  return {{}, found ? found->day.number - kStart.number : -1};
}

Classes::Answer Classes::names(const Query& query) const {
  Answer answer;
  for (const EntityMatch& match : view_.listed(query[1], 20)) answer.items.push_back(match.node);
  return answer;
}

Classes::Answer Classes::around(const Query& query) const {
  const Filter filter{.until = day(query[2])};
  const Node centre = node(query[1]);
  Answer answer;
  std::vector<Node> neighbours;
  for (const Edge* edge : newest_facts(centre, filter, 25)) {
    answer.items.push_back(edge->statement);
    neighbours.push_back(edge->other);
  }
  std::sort(neighbours.begin(), neighbours.end());
  neighbours.erase(std::unique(neighbours.begin(), neighbours.end()), neighbours.end());
  expect_newest(view_, neighbours, EdgeTest(filter, view_), 25);
  for (const Node neighbour : neighbours)
    for (const Edge* edge : newest_facts(neighbour, filter, 25)) answer.items.push_back(edge->statement);
  std::sort(answer.items.begin(), answer.items.end());
  answer.items.erase(std::unique(answer.items.begin(), answer.items.end()), answer.items.end());
  return answer;
}

Classes::Answer Classes::ask(const Query& query) const {
  switch (query[0][0]) {
    case 'a': return facts_of(query);
    case 'b': return within_two(query);
    case 'c':
    case 'd': return hops(query);
    case 'e': return arrival(query);
    case 'f': return names(query);
    default: return around(query);
  }
}

std::string Classes::check_value(const Query& query, const Answer& answer) const {
  const char kind = query[0][0];
  if (kind >= 'b' && kind <= 'e') return std::to_string(answer.number);
  std::uint64_t together = 0;
  for (const std::uint32_t item : answer.items) together ^= kind == 'f' ? entity(item) : fact(item);
  return std::to_string(answer.items.size()) + ":" + std::to_string(together);
}

}  // namespace relata::bench
