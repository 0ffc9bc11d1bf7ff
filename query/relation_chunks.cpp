#include "query/relation_chunks.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace relata {

void RelationChunks::collect(Node node) {
  std::vector<Group> groups = grouping_.leaving(node);
  std::vector<EntityId> targets;
  for (const Group& group : groups) targets.push_back(view_.entity_id(group.key.target));
  std::vector<std::size_t> order(groups.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t i) {
    const RelationKey& one = groups[i].key;
    return std::tuple(std::string_view(view_.relation_types()[one.type]), targets[i], one.begin, one.end);
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(b) < key(a); });
  for (const std::size_t i : order) waiting_.push_back(std::move(groups[i]));
}

Result<RelationChunks::Chunk> RelationChunks::make(std::size_t statements) {
  auto chunk = std::make_unique<RelationBatch>(view_, proofs_);
  while (chunk->statements() < statements) {
    if (waiting_.empty()) {
      if (nodes_.empty()) break;
      if (grouping_.node_test()(nodes_.front())) collect(nodes_.front());
      nodes_ = nodes_.subspan(1);
      continue;
    }
    chunk->add(waiting_.back());
    waiting_.pop_back();
  }
  if (chunk->size() == 0) return Chunk();
  if (Result<void> done = chunk->read(); !done) return done.error();
  return chunk;
}

Result<RelationChunks::Chunk> RelationChunks::next() {
  Result<Chunk> now = begun_ && coming_.valid() ? coming_.get() : make(kFirst);
  begun_ = true;
  if (!now || !*now) return now;
  if (waiting_.empty() && nodes_.empty()) return now;
  coming_ = std::async(std::launch::async, [this] { return make(kChunk); });
  return now;
}

}  // namespace relata
