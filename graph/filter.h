// The filters every question takes (DESIGN 3.3), and the part of them that an Edge alone can decide.
//
// A statement is selected when all filters that are given agree with it; relations are then formed from the selected
// statements alone, so a relation read under `publisher=X` is what X says. Two exceptions, because they speak of the whole
// relation: `contested`, `min_publishers` and `min_confidence` are decided after grouping, and `polarity` picks the
// evidence but not the counts of who asserts and who denies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/view.h"

namespace relata {

struct Filter {
  std::vector<EntityType> types = {};       // of entities other than those the question names; empty: all
  std::vector<std::string> relations = {};  // relation types, any letter case; empty: all
  // Happened: the statement's days touch [from, until], both inclusive. An undated statement passes only when neither is
  // given: nothing says that it happened then.
  std::optional<Day> from = {}, until = {};
  std::optional<Day> known_at = {};     // published on that day or before; an article without a date was known at no day
  std::optional<Version> version = {};  // as recorded then; default: the view's newest
  std::optional<Polarity> polarity = {};
  std::vector<Modality> modalities = {};      // empty: all
  std::optional<EntityId> attributed_to = {};  // somebody the statement is said to come from
  std::string publisher = {};                  // compared folded (fold_name); empty: all
  double min_confidence = 0;              // of a relation, 0..1; in lists of statements: of the statement
  std::uint32_t min_publishers = 0;       // independent ones
  std::optional<bool> contested = {};
  std::string fold = {};  // "governments": the view that is asked is one of fold_governments() (query/folded_view.h)

  bool operator==(const Filter&) const = default;
};

// `Filter` made ready for one view. Cheap to call: no store, no allocation, no virtual call. Copyable; threads may share it.
class EdgeTest {
 public:
  EdgeTest(const Filter& filter, const GraphView& view);

  // Everything but polarity, publisher, attribution, entity types and what speaks of whole relations.
  bool operator()(const Edge& edge) const {
    return edge.added <= version_ && version_ < edge.removed && (!known_ || (edge.published_known && edge.published <= known_at_)) &&
           touches(edge) && (modalities_ >> static_cast<unsigned>(edge.modality) & 1u) != 0 && (types_.empty() || types_[edge.type] != 0);
  }
  // Whether its days are welcome: which edges edges_touching() gives beyond them differs from view to view.
  bool touches(const Edge& edge) const { return !timed_ || (edge.dated() && edge.begin <= until_ && from_ <= edge.end); }
  bool timed() const { return timed_; }  // an undated edge does not pass
  Version version() const { return version_; }
  Day from() const { return from_; }
  Day until() const { return until_; }

 private:
  Version version_;
  bool known_, timed_;
  Day known_at_, from_, until_;
  unsigned modalities_ = ~0u;
  std::vector<std::uint8_t> types_;  // by TypeIndex; empty: all
};

// Decides the entity types of a filter; the nodes a question names are always welcome, those it avoids never.
class NodeTest {
 public:
  NodeTest(const Filter& filter, const GraphView& view, std::vector<Node> named = {}, std::vector<Node> avoided = {});
  bool all() const { return mask_ == 0 && avoided_.empty(); }
  bool operator()(Node node) const;

 private:
  const GraphView* view_;
  unsigned mask_ = 0;
  std::vector<Node> named_, avoided_;
};

// Decides publisher and attribution, which need the statement itself; may read the store. Remembers publishers: one a question.
class StatementTest {
 public:
  StatementTest(const Filter& filter, const GraphView& view);
  bool all() const { return publisher_.empty() && !attributed_to_ && !nobody_; }
  bool operator()(StatementIndex index);

 private:
  bool publisher_agrees(StatementIndex index);

  const GraphView* view_;
  std::string publisher_;  // folded
  std::optional<Node> attributed_to_;
  bool nobody_ = false;  // attributed to somebody the view does not know: nothing agrees
  std::vector<std::pair<std::uint64_t, bool>> known_;  // publisher_key -> agrees
};

}  // namespace relata
