// The lower layer of a transition system: for every token and feature slot its part of the hidden layer.
#pragma once

#include <cstdint>
#include <vector>

#include "extract/language/hidden_rows.h"
#include "extract/language/kernels.h"
#include "extract/language/model_file.h"
#include "extract/language/reduced.h"

namespace relata {

// Weights of a transition system's network.
struct TransitionNetwork {
  kernels::Product lower;           // kHidden inputs; two panels of 64 a slot
  kernels::ReducedProduct reduced;  // the same, or empty: full precision
  const float* missing = nullptr;   // per slot the row for "no token"
  kernels::Head head;
  std::size_t slots = 0;

  static Result<TransitionNetwork> load(const ModelFile& model, const std::string& name, std::size_t slots, std::size_t columns);
};

// Rows of one text, computed when first asked for: many tokens at once ahead of the buffer's front. Memory does not depend on the
// text's length; tokens far behind the front are computed again, with the same result.
class LowerRows {
 public:
  explicit LowerRows(const TransitionNetwork& network);

  // The text's tokens are the positions from `first` on of `hidden`, which is used while rows are asked for.
  void start(HiddenRows& hidden, std::size_t first, std::size_t tokens);

  // 2 * kHidden floats, valid until another token is asked for in the same slot, and only up to kAhead tokens further on.
  const float* row(std::size_t slot, std::uint32_t token) {
    if (token >= computed_) advance(token);
    if (computed_ - token <= kRing) return ring_.data() + (token % kRing * network_->slots + slot) * kRow;
    return distant(slot, token);
  }
  const float* missing(std::size_t slot) const { return network_->missing + slot * kRow; }

 private:
  static constexpr std::size_t kRow = 2 * kernels::kHidden;
  static constexpr std::size_t kAhead = 48;
  static constexpr std::size_t kRing = 4 * kAhead;
  static constexpr std::size_t kDistant = 32;  // kept per slot, by token modulo this

  void advance(std::uint32_t token);
  const float* distant(std::size_t slot, std::uint32_t token);

  const TransitionNetwork* network_;
  HiddenRows* hidden_ = nullptr;
  std::size_t first_ = 0;  // position of the first token
  std::size_t tokens_ = 0;
  std::size_t computed_ = 0;  // tokens below have been computed; the last kRing of them are in the ring
  std::vector<float> ring_, distant_;
  std::vector<std::uint32_t> distant_tokens_;
  std::vector<std::uint16_t> rounded_;
};

}  // namespace relata
