// The relations of a whole graph, told in chunks: while one is written, another thread reads the next. Private to the exports.
#pragma once

#include <future>
#include <memory>
#include <span>
#include <vector>

#include "graph/relation_batch.h"

namespace relata {

class RelationChunks {
 public:
  // `nodes`: in the order in which their relations are wanted. All outlive it, and `grouping` is its own until then.
  RelationChunks(const GraphView& view, Grouping& grouping, std::span<const Node> nodes, Proofs proofs) : view_(view), grouping_(grouping), nodes_(nodes), proofs_(proofs) {}
  RelationChunks(const RelationChunks&) = delete;
  RelationChunks& operator=(const RelationChunks&) = delete;

  // Null after the last. Relations come by source (in the order given), type, target and time. Errors as of GraphView::evidence.
  using Chunk = std::unique_ptr<RelationBatch>;
  Result<Chunk> next();

 private:
  // Statements to be read at once. The more, the fewer of the store's blocks are unpacked twice; some 400 bytes of memory each, for
  // two chunks. The first is small: most answers end there, and others begin soon.
  static constexpr std::size_t kFirst = 4096, kChunk = 1u << 18;

  Result<Chunk> make(std::size_t statements);
  void collect(Node node);

  const GraphView& view_;
  Grouping& grouping_;
  std::span<const Node> nodes_;  // those to come
  Proofs proofs_;
  std::vector<Group> waiting_;  // of the last node, the next to come at the back
  bool begun_ = false;
  std::future<Result<Chunk>> coming_;  // uses all of the above
};

}  // namespace relata
