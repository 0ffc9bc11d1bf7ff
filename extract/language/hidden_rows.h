// What a transition system reads of every token: the token vectors of a sequence of texts, taken down to 64 numbers, as they are needed.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "extract/language/kernels.h"
#include "extract/language/token_vectors.h"

namespace relata {

// Computes ahead in windows and keeps the rows of the last kKept positions; older ones are computed again, with the same result. Memory
// does not depend on the length of the texts. For one thread; used for one sequence after the other.
class HiddenRows {
 public:
  static constexpr std::size_t kKept = 1u << 16;

  // Receives, for each position in order, the columns of the product behind the first kHidden.
  using Others = std::function<void(std::size_t position, const float* columns)>;

  // `keep` (at least 1024) is for tests.
  explicit HiddenRows(std::size_t keep = kKept) : keep_(keep) {}

  // `vectors`, `input` (panels of kHidden columns over token vectors) and `sequence` are used until the next start.
  void start(const TokenVectors& vectors, const kernels::Product& input, std::span<const Position> sequence, Others others = {});

  // The rows of positions [first, first + count) for some count from 1 to `most`, one after the other, valid until the next call.
  // Precondition: first is not among the positions of padding at the ends.
  std::span<const float> ahead(std::size_t first, std::size_t most);

  // The kHidden floats of any position up to those computed so far.
  const float* row(std::size_t position);

  // Computes all positions before `end` that are not computed yet.
  void compute_to(std::size_t end);

 private:
  // Old positions come back from a deep stack, one below the other: they are computed again in blocks.
  static constexpr std::size_t kBlock = 64, kBlocks = 8;

  void compute(std::size_t first, std::size_t count);

  const std::size_t keep_;
  const TokenVectors* vectors_ = nullptr;
  const kernels::Product* input_ = nullptr;
  std::span<const Position> sequence_;
  Others others_;
  TokenVectors::Workspace workspace_;
  std::size_t computed_ = 0;   // positions below have been computed
  std::size_t ring_size_ = 1;  // rows of ring_, by position modulo this
  std::vector<float> ring_, product_, distant_;
  std::vector<std::size_t> distant_blocks_;  // which block is where, by its number modulo kBlocks
};

}  // namespace relata
