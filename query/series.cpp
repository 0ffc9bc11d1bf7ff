#include "query/series.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <unordered_map>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/core_numbers.hpp>
#include <boost/graph/page_rank.hpp>
#include <boost/property_map/property_map.hpp>

#include "query/check.h"
#include "query/resolve.h"

namespace relata {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;

struct Happening {
  const Edge* edge;
  Node from;
  Day begin, end;
};

Day first_of(Day day, Step every) {
  const YearMonthDay date = civil(day);
  switch (every) {
    case Step::day: return day;
    case Step::week: return {day.number - weekday(day)};
    case Step::month: return *make_day(date.year, date.month, 1);
    case Step::quarter: return *make_day(date.year, (date.month - 1) / 3 * 3 + 1, 1);
    case Step::year: return *make_day(date.year, 1, 1);
  }
  return day;
}

// The first day of the step that is `steps` later, or earlier.
Day shifted(Day first, Step every, int steps) {
  const YearMonthDay date = civil(first);
  const int months = every == Step::month ? 1 : every == Step::quarter ? 3 : 12;
  if (every == Step::day) return {first.number + steps};
  if (every == Step::week) return {first.number + 7 * steps};
  const int month = date.year * 12 + date.month - 1 + months * steps;
  return make_day(std::clamp(month / 12, 1, 9999), month % 12 + 1, 1).value_or(first);
}

std::string name_of(Day first, Step every) {
  const std::string day = to_string(first);
  switch (every) {
    case Step::month: return day.substr(0, 7);
    case Step::quarter: return day.substr(0, 4) + "-Q" + std::to_string((civil(first).month - 1) / 3 + 1);
    case Step::year: return day.substr(0, 4);
    case Step::day:
    case Step::week: break;
  }
  return day;
}

// Every selected statement with its days on the clock of the series, each once.
std::vector<Happening> happenings(const SeriesQuestion& question, const GraphView& view) {
  Filter filter = question.filter;
  if (question.by == SeriesClock::published) filter.from.reset(), filter.until.reset();
  Grouping grouping(view, filter);
  std::vector<Happening> all;
  for (Node node = 0; node < view.nodes(); ++node) {
    std::size_t budget = view.edges(node).size();
    for (const Group& group : grouping.around(node, budget))
      for (const Edge* edge : group.edges) {
        if (!edge->outgoing || group.key.source != node) continue;
        if (question.by == SeriesClock::published ? !edge->published_known : !edge->dated()) continue;
        const bool published = question.by == SeriesClock::published;
        all.push_back({edge, node, published ? edge->published : edge->begin, published ? edge->published : edge->end});
      }
  }
  return all;
}

// A value for each vertex, as Boost.Graph takes it.
template <typename T>
auto by_vertex(std::vector<T>& values, const Graph& graph) {
  return boost::make_iterator_property_map(values.begin(), boost::get(boost::vertex_index, graph));
}

class StepGraph {
 public:
  StepGraph(const std::vector<const Happening*>& chosen) {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (const Happening* one : chosen) {
      const std::size_t a = place(one->from), b = place(one->edge->other);
      ++statements_[a];
      ++statements_[b];
      pairs.push_back(std::minmax(a, b));
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    graph_ = Graph(pairs.begin(), pairs.end(), statements_.size());
    const std::size_t size = statements_.size();
    component_.resize(size);
    core_.resize(size);
    if (size == 0) return;
    components_ = static_cast<std::size_t>(boost::connected_components(graph_, by_vertex(component_, graph_)));
    sizes_.resize(components_);
    for (const int component : component_) ++sizes_[static_cast<std::size_t>(component)];
    boost::core_numbers(graph_, by_vertex(core_, graph_));
  }

  void describe(SeriesRow& row) const {
    const double n = static_cast<double>(statements_.size());
    row.entities = statements_.size();
    row.edges = boost::num_edges(graph_);
    row.density = n < 2 ? 0 : 2 * static_cast<double>(row.edges) / (n * (n - 1));
    row.components = components_;
    for (const std::size_t size : sizes_) row.largest_component = std::max(row.largest_component, size);
    for (const int core : core_) row.degeneracy = std::max(row.degeneracy, static_cast<std::size_t>(core));
  }

  // False when betweenness was left out.
  bool place(const std::vector<Node>& wanted, std::vector<EntityFigures>& figures) const {
    figures.resize(wanted.size());
    if (wanted.empty() || statements_.empty()) return true;
    std::vector<double> rank(statements_.size()), between(statements_.size());
    boost::graph::page_rank(graph_, by_vertex(rank, graph_), boost::graph::n_iterations(100), 0.85);
    const bool affordable = std::uint64_t{statements_.size()} * std::max<std::uint64_t>(1, boost::num_edges(graph_)) <= kMostBetweenness;
    if (affordable) {
      boost::brandes_betweenness_centrality(graph_, by_vertex(between, graph_));
      boost::relative_betweenness_centrality(graph_, by_vertex(between, graph_));
    }
    double total = 0;
    for (const double one : rank) total += one;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const auto at = places_.find(wanted[i]);
      if (at == places_.end()) continue;
      const std::size_t vertex = at->second;
      figures[i].degree = boost::out_degree(vertex, graph_);
      figures[i].statements = statements_[vertex];
      figures[i].pagerank = total > 0 ? rank[vertex] / total : 0;
      if (affordable) figures[i].betweenness = std::isfinite(between[vertex]) ? between[vertex] : 0;
      figures[i].core = static_cast<std::size_t>(core_[vertex]);
      figures[i].component = sizes_[static_cast<std::size_t>(component_[vertex])];
    }
    return affordable;
  }

 private:
  std::size_t place(Node node) {
    const auto [at, fresh] = places_.try_emplace(node, statements_.size());
    if (fresh) statements_.push_back(0);
    return at->second;
  }

  Graph graph_;
  std::unordered_map<Node, std::size_t> places_;
  std::vector<std::size_t> statements_;  // of each vertex
  std::vector<int> component_, core_;
  std::vector<std::size_t> sizes_;
  std::size_t components_ = 0;
};

std::vector<Group> grouped(const std::vector<const Happening*>& chosen) {
  std::map<RelationKey, std::vector<const Edge*>> groups;
  for (const Happening* one : chosen) groups[key_of(one->from, *one->edge)].push_back(one->edge);
  std::vector<Group> all;
  for (auto& [key, edges] : groups) all.push_back({key, std::move(edges)});
  return all;
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string all = "\"";
  for (const char c : text) (all += c == '"' ? "\"" : "") += c;
  return all + "\"";
}

}  // namespace

Result<SeriesAnswer> series(const SeriesQuestion& question, const GraphView& view, const SeriesVisitor& each) {
  if (auto sane = check(question.filter, view); !sane) return sane.error();
  SeriesAnswer answer;
  std::vector<Node> wanted;
  for (const std::string& name : question.entities) {
    const auto node = resolve(view, "entity", name);
    if (!node) return node.error();
    wanted.push_back(*node);
    answer.entities.push_back(view.entity(*node));
  }
  std::vector<Happening> all = happenings(question, view);
  if (all.empty()) return answer;
  Day first = kLastDay, last = kFirstDay;
  for (const Happening& one : all) {
    first = std::min(first, one.begin);
    last = std::max(last, one.end);
  }
  first = first_of(std::max(first, question.filter.from.value_or(kFirstDay)), question.every);
  last = std::min(last, question.filter.until.value_or(kLastDay));
  std::sort(all.begin(), all.end(), [](const Happening& a, const Happening& b) { return a.begin < b.begin; });
  for (Day start = first; start <= last;) {
    if (answer.rows.size() == kMostSteps) return bad_input("every: makes more than " + std::to_string(kMostSteps) + " steps; take longer ones, or bound them with from and until");
    const Day next = shifted(start, question.every, 1);
    SeriesRow row;
    row.step = name_of(start, question.every);
    row.until = {next.number - 1};
    row.from = question.window == 0 ? kFirstDay : shifted(start, question.every, 1 - static_cast<int>(question.window));
    std::vector<const Happening*> chosen;
    for (const Happening& one : all) {
      if (one.begin > row.until) break;
      if (one.end >= row.from) chosen.push_back(&one);
    }
    const StepGraph graph(chosen);
    const std::vector<Group> relations = grouped(chosen);
    graph.describe(row);
    row.statements = chosen.size();
    row.relations = relations.size();
    if (!graph.place(wanted, row.figures)) answer.betweenness_left_out = true;
    if (each)
      if (auto done = each(row, relations); !done) return done.error();
    answer.rows.push_back(std::move(row));
    if (next <= start) break;  // the end of the calendar
    start = next;
  }
  return answer;
}

const std::vector<Parameter>& series_parameters() {
  static const std::vector<Parameter> all = [] {
    std::vector<Parameter> own{
        {"every", "the step", ParameterKind::choice, 0, 0, "month", {"day", "week", "month", "quarter", "year"}},
        {"by", "which clock: publication of the article, or when it happened (undated statements are left out)", ParameterKind::choice, 0, 0, "published", {"published", "happened"}},
        {"window", "so many steps back that a step's graph looks at; 0: everything up to its end (cumulative)", ParameterKind::integer, 0, 1000, "1"},
        {"entity", "entity id or name: its centralities too; several may be given", ParameterKind::text, 0, 0, {}, {}, true}};
    own.insert(own.end(), filter_parameters().begin(), filter_parameters().end());
    return own;
  }();
  return all;
}

Result<SeriesQuestion> series_question(const Given& given, const GraphView& view) {
  auto filter = filter_from(given, view);
  if (!filter) return filter.error();
  SeriesQuestion question;
  question.filter = *std::move(filter);
  const auto value = [&](std::string_view name) { const auto found = given.find(name); return found == given.end() ? std::string() : found->second.front(); };
  const std::string every = value("every");
  question.every = every == "day" ? Step::day : every == "week" ? Step::week : every == "quarter" ? Step::quarter : every == "year" ? Step::year : Step::month;
  if (value("by") == "happened") question.by = SeriesClock::happened;
  if (const std::string window = value("window"); !window.empty()) question.window = std::stoul(window);
  if (const auto entities = given.find("entity"); entities != given.end()) question.entities = entities->second;
  return question;
}

std::string to_csv(const SeriesAnswer& answer) {
  std::string text = "step,from,until,entities,edges,relations,statements,density,components,largest_component,degeneracy";
  if (!answer.entities.empty()) text += ",entity,name,degree,entity_statements,pagerank,betweenness,core,component";
  text += "\n";
  for (const SeriesRow& row : answer.rows) {
    std::string head = row.step + "," + (row.from == kFirstDay ? "" : to_string(row.from)) + "," + to_string(row.until);
    for (const std::size_t count : {row.entities, row.edges, row.relations, row.statements}) head += "," + std::to_string(count);
    head += "," + number(row.density);
    for (const std::size_t count : {row.components, row.largest_component, row.degeneracy}) head += "," + std::to_string(count);
    if (answer.entities.empty()) text += head + "\n";
    for (std::size_t i = 0; i < answer.entities.size(); ++i) {
      const EntityFigures& figures = row.figures[i];
      text += head + "," + to_string(answer.entities[i].id) + "," + quoted(answer.entities[i].name) + "," + std::to_string(figures.degree) + "," + std::to_string(figures.statements) + "," +
              number(figures.pagerank) + "," + (figures.betweenness ? number(*figures.betweenness) : "") + "," + std::to_string(figures.core) + "," + std::to_string(figures.component) + "\n";
    }
  }
  return text;
}

}  // namespace relata
