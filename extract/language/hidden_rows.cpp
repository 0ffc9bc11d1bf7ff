#include "extract/language/hidden_rows.h"

#include <algorithm>
#include <utility>

namespace relata {

using kernels::kHidden;

void HiddenRows::start(const TokenVectors& vectors, const kernels::Product& input, std::span<const Position> sequence, Others others) {
  vectors_ = &vectors;
  input_ = &input;
  sequence_ = sequence;
  others_ = std::move(others);
  computed_ = TokenVectors::kPadding;
  ring_size_ = std::clamp<std::size_t>(sequence.size(), 1, keep_);
  ring_.resize(ring_size_ * kHidden);
  product_.resize(TokenVectors::kWindow * input.panels * kHidden);
  distant_.resize(kBlocks * kBlock * kHidden);
  distant_blocks_.assign(kBlocks, sequence.size());  // none
}

// The product for positions [first, first + count), into product_.
void HiddenRows::compute(std::size_t first, std::size_t count) {
  const float* vectors = vectors_->window(sequence_, first, count, workspace_);
  kernels::product64(*input_, vectors, kernels::kWidth, count, product_.data(), input_->panels * kHidden);
}

void HiddenRows::compute_to(std::size_t end) {
  const std::size_t width = input_->panels * kHidden;
  const std::size_t last = sequence_.size() - TokenVectors::kPadding;
  while (computed_ < std::min(end, last)) {
    const std::size_t count = std::min(TokenVectors::kWindow, last - computed_);
    compute(computed_, count);
    for (std::size_t i = 0; i < count; ++i) {
      std::copy_n(product_.data() + i * width, kHidden, ring_.data() + (computed_ + i) % ring_size_ * kHidden);
      if (others_) others_(computed_ + i, product_.data() + i * width + kHidden);
    }
    computed_ += count;
  }
}

std::span<const float> HiddenRows::ahead(std::size_t first, std::size_t most) {
  compute_to(first + most);
  const std::size_t place = first % ring_size_;
  return {ring_.data() + place * kHidden, std::min({most, computed_ - first, ring_size_ - place}) * kHidden};
}

const float* HiddenRows::row(std::size_t position) {
  if (computed_ - position <= ring_size_) return ring_.data() + position % ring_size_ * kHidden;
  const std::size_t block = position / kBlock, place = block % kBlocks;
  float* rows = distant_.data() + place * kBlock * kHidden;
  if (std::exchange(distant_blocks_[place], block) != block) {
    const std::size_t first = std::max(block * kBlock, TokenVectors::kPadding);
    const std::size_t count = std::min((block + 1) * kBlock, sequence_.size() - TokenVectors::kPadding) - first;
    compute(first, count);
    for (std::size_t i = 0; i < count; ++i) {
      std::copy_n(product_.data() + i * input_->panels * kHidden, kHidden, rows + (first + i) % kBlock * kHidden);
    }
  }
  return rows + position % kBlock * kHidden;
}

}  // namespace relata
