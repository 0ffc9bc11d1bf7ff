// Relations told together, so that what their statements say is read from the store at once and in the store's order.
//
//   RelationBatch batch(view, {.each = 1, .polarity = {}});
//   for (const Group& group : groups) batch.add(group);
//   if (Result<void> done = batch.read(); !done) return done;
//   for (std::size_t i = 0; i < batch.size(); ++i) batch.tell(i, relation);
#pragma once

#include <memory_resource>

#include "graph/relations.h"
#include "graph/telling.h"

namespace relata {

// What of its statements a relation is told with as evidence: the best ones, in the order of relation().
struct Proofs {
  std::size_t each = 1;               // at most
  std::optional<Polarity> polarity;   // absent: both
  bool speakers = true;               // with Evidence::attribution
};

// Not for threads to share. Its memory: some 150 bytes a statement, and the words of the evidence.
class RelationBatch {
 public:
  // `view` outlives it.
  RelationBatch(const GraphView& view, Proofs proofs) : view_(view), proofs_(proofs) {}

  void add(const Group& group);
  std::size_t size() const { return planned_.size(); }
  std::size_t statements() const { return reads_.size(); }  // to be read

  // Once, after the last add(). Errors as of GraphView::evidence.
  Result<void> read();
  // The relation of the i-th group; overwrites all of `into`, whose strings it uses again. Precondition: read() succeeded.
  void tell(std::size_t i, Relation& into) const;

 private:
  struct Planned {
    RelationKey key;
    Version version;
    std::size_t first_edge, end_edge;  // into edges_, the best first
    std::size_t first, end;            // into reads_, in that order
  };
  struct Read {
    const Edge* edge;
    bool counts;    // for predicates, times and confidence
    bool evidence;
  };
  std::span<const Edge* const> edges(const Planned& planned) const { return std::span(edges_).subspan(planned.first_edge, planned.end_edge - planned.first_edge); }
  void keep(std::size_t read, const Telling& told);
  // Valid as long as the batch and `verbs`, which it fills.
  Telling kept(std::size_t read, std::vector<std::string_view>& verbs) const;
  void tell_counts(const Planned& planned, const Summary& summary, Relation& into) const;
  void tell_evidence(const Planned& planned, Relation& into) const;

  const GraphView& view_;
  Proofs proofs_;
  std::vector<Planned> planned_;
  std::vector<const Edge*> edges_;
  std::vector<Read> reads_;
  std::vector<const char*> tellings_;  // of reads_: the packed bytes of each
  std::pmr::monotonic_buffer_resource bytes_;
};

}  // namespace relata
