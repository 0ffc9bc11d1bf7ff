#include "extract/language/lower_rows.h"

#include <algorithm>
#include <string>

namespace relata {
namespace {

constexpr std::uint32_t kNobody = 0xffffffffu;

}  // namespace

Result<TransitionNetwork> TransitionNetwork::load(const ModelFile& model, const std::string& name, std::size_t slots, std::size_t columns) {
  using kernels::kHidden;
  const auto lower = model.floats(name + ".lower.weights", {2 * slots, kHidden, kHidden});
  const auto missing = model.floats(name + ".lower.missing", {slots, 2 * kHidden});
  const auto bias = model.floats(name + ".lower.bias", {2 * kHidden});
  const auto upper = model.floats(name + ".upper.weights", {kHidden, columns});
  const auto upper_bias = model.floats(name + ".upper.bias", {columns});
  for (const auto* part : {&lower, &missing, &bias, &upper, &upper_bias}) {
    if (!*part) return part->error();
  }
  return TransitionNetwork{{*lower, nullptr, 2 * slots, kHidden}, {}, *missing, {*bias, *upper, *upper_bias, columns}, slots};
}

LowerRows::LowerRows(const TransitionNetwork& network)
    : network_(&network),
      ring_(kRing * network.slots * kRow),
      distant_(kDistant * network.slots * kRow),
      distant_tokens_(kDistant * network.slots, kNobody) {}

void LowerRows::start(HiddenRows& hidden, std::size_t first, std::size_t tokens) {
  hidden_ = &hidden;
  first_ = first;
  tokens_ = tokens;
  computed_ = 0;
  std::fill(distant_tokens_.begin(), distant_tokens_.end(), kNobody);
}

void LowerRows::advance(std::uint32_t token) {
  while (computed_ <= token) {
    const std::size_t left_of_block = kAhead - computed_ % kAhead;
    const std::span<const float> from = hidden_->ahead(first_ + computed_, std::min(left_of_block, tokens_ - computed_));
    const std::size_t count = from.size() / kernels::kHidden;
    float* to = ring_.data() + computed_ % kRing * network_->slots * kRow;
    if (network_->reduced.weights.empty()) {
      kernels::product64(network_->lower, from.data(), kernels::kHidden, count, to, network_->slots * kRow);
    } else {
      kernels::product64(network_->reduced, from.data(), kernels::kHidden, count, to, network_->slots * kRow, rounded_);
    }
    computed_ += count;
  }
}

const float* LowerRows::distant(std::size_t slot, std::uint32_t token) {
  const std::size_t place = slot * kDistant + token % kDistant;
  float* to = distant_.data() + place * kRow;
  if (distant_tokens_[place] != token) {
    distant_tokens_[place] = token;
    // In full precision always: so seldom that it is not worth a second form of the weights.
    kernels::Product part = network_->lower;
    part.weights += 2 * slot * kernels::kHidden * kernels::kHidden;
    part.panels = 2;
    kernels::product64(part, hidden_->row(first_ + token), kernels::kHidden, 1, to, kRow);
  }
  return to;
}

}  // namespace relata
