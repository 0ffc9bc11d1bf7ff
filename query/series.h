// The graph over time, for researchers: figures of a graph for each step of the calendar, and the place of entities in it.
//
// A step's graph has an edge between two entities when a selected statement joins them; directions and repetitions do not
// count. PageRank (damping 0.85), betweenness (Brandes 2001, normalised to 0..1), connected components and core numbers
// (Batagelj & Zaversnik 2003) are Boost.Graph's. Betweenness costs entities times edges and is left out of steps where that is
// more than kMostBetweenness.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "graph/filter.h"
#include "graph/relations.h"
#include "query/parameters.h"

namespace relata {

enum class Step { day, week, month, quarter, year };
enum class SeriesClock { published, happened };

struct SeriesQuestion {
  Step every = Step::month;
  SeriesClock by = SeriesClock::published;
  // Days before the end of a step that its graph looks at, as a number of steps; 0: everything up to there.
  std::size_t window = 1;
  std::vector<std::string> entities = {};  // ids or names
  Filter filter = {};                      // from and until bound the steps, on the clock of `by`
};
inline constexpr std::size_t kMostSteps = 5000;
inline constexpr std::uint64_t kMostBetweenness = 200'000'000;

struct EntityFigures {
  std::size_t degree = 0;      // entities it is joined with
  std::size_t statements = 0;  // that join it
  double pagerank = 0;
  std::optional<double> betweenness;
  std::size_t core = 0;       // the largest k of a k-core that has it
  std::size_t component = 0;  // entities it is connected with, itself among them; 0: it is not in this step
};

struct SeriesRow {
  std::string step;  // "2024-03"
  Day from, until;   // of the window
  std::size_t entities = 0, edges = 0, relations = 0, statements = 0, components = 0, largest_component = 0, degeneracy = 0;
  double density = 0;
  std::vector<EntityFigures> figures;  // of the entities asked for, in their order
};

struct SeriesAnswer {
  std::vector<Entity> entities;
  std::vector<SeriesRow> rows;
  bool betweenness_left_out = false;
};

const std::vector<Parameter>& series_parameters();
Result<SeriesQuestion> series_question(const Given& given, const GraphView& view);

// `each`, if given, gets the relations of every step.
using SeriesVisitor = std::function<Result<void>(const SeriesRow& row, const std::vector<Group>& relations)>;
Result<SeriesAnswer> series(const SeriesQuestion& question, const GraphView& view, const SeriesVisitor& each = {});

std::string to_csv(const SeriesAnswer& answer);

}  // namespace relata
