#include "extract/language/kernels.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "extract/language/kernels.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace relata::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using D = hn::CappedTag<float, kBlock>;
using V = hn::Vec<D>;
constexpr D d;
constexpr std::size_t kLanes = hn::MaxLanes(d);
constexpr std::size_t kParts = kBlock / kLanes;  // vectors of one block

// Rows computed together: as many accumulators as registers allow.
#if HWY_TARGET <= HWY_AVX3
template <std::size_t pieces>
constexpr std::size_t kRows = pieces == 3 ? 8 : 6;
#elif HWY_TARGET == HWY_AVX2
template <std::size_t pieces>
constexpr std::size_t kRows = pieces == 3 ? 4 : 2;
#else
template <std::size_t pieces>
constexpr std::size_t kRows = 2;
#endif

// acc[r][p] = bias + sum over inputs of in[r] with one vector of each piece.
template <std::size_t pieces, std::size_t rows>
HWY_INLINE void accumulate(const float* HWY_RESTRICT weights, const float* bias, std::size_t inputs, const float* HWY_RESTRICT in,
                           std::size_t stride, V (&acc)[rows][pieces]) {
#pragma GCC unroll 8
  for (std::size_t r = 0; r < rows; ++r) {
#pragma GCC unroll 8
    for (std::size_t p = 0; p < pieces; ++p) acc[r][p] = bias == nullptr ? hn::Zero(d) : hn::LoadU(d, bias + p * kBlock);
  }
  for (std::size_t k = 0; k < inputs; ++k) {
    V w[pieces];
#pragma GCC unroll 8
    for (std::size_t p = 0; p < pieces; ++p) w[p] = hn::LoadU(d, weights + k * pieces * kBlock + p * kBlock);
#pragma GCC unroll 8
    for (std::size_t r = 0; r < rows; ++r) {
      const V x = hn::Set(d, in[r * stride + k]);
#pragma GCC unroll 8
      for (std::size_t p = 0; p < pieces; ++p) acc[r][p] = hn::MulAdd(x, w[p], acc[r][p]);
    }
  }
}

// One panel of `pieces` blocks for a few rows.
template <std::size_t pieces, std::size_t rows, bool maxout>
HWY_INLINE void tile(const float* weights, const float* bias, std::size_t inputs, const float* in, std::size_t stride, float* out,
                     std::size_t out_stride) {
  for (std::size_t part = 0; part < kParts; ++part) {
    V acc[rows][pieces];
    const std::size_t lane = part * kLanes;
    accumulate<pieces, rows>(weights + lane, bias == nullptr ? nullptr : bias + lane, inputs, in, stride, acc);
#pragma GCC unroll 8
    for (std::size_t r = 0; r < rows; ++r) {
      if constexpr (maxout) {
        V most = acc[r][0];
#pragma GCC unroll 8
        for (std::size_t p = 1; p < pieces; ++p) most = hn::Max(most, acc[r][p]);
        hn::StoreU(most, d, out + r * out_stride + lane);
      } else {
#pragma GCC unroll 8
        for (std::size_t p = 0; p < pieces; ++p) hn::StoreU(acc[r][p], d, out + r * out_stride + p * kBlock + lane);
      }
    }
  }
}

template <std::size_t size>
using Size = std::integral_constant<std::size_t, size>;

template <std::size_t pieces, bool maxout>
void multiply(const Product& product, const float* in, std::size_t stride, std::size_t rows, float* out, std::size_t out_stride) {
  constexpr std::size_t kPanel = pieces * kBlock, kOut = maxout ? kBlock : kPanel, kTile = kRows<pieces>;
  for (std::size_t panel = 0; panel < product.panels; ++panel) {
    const float* weights = product.weights + panel * product.inputs * kPanel;
    const float* bias = product.bias == nullptr ? nullptr : product.bias + panel * kPanel;
    float* to = out + panel * kOut;
    const auto compute = [&](auto size, std::size_t r) {
      tile<pieces, decltype(size)::value, maxout>(weights, bias, product.inputs, in + r * stride, stride, to + r * out_stride, out_stride);
    };
    if (rows < kTile) {
      for (std::size_t r = 0; r < rows; ++r) compute(Size<1>(), r);
      continue;
    }
    // The last tile may begin before the end of the one before it: computing a row twice is faster than rows alone.
    for (std::size_t r = 0; r + kTile < rows; r += kTile) compute(Size<kTile>(), r);
    compute(Size<kTile>(), rows - kTile);
  }
}

void Product48(const Product& product, const float* in, std::size_t stride, std::size_t rows, float* out, std::size_t out_stride) {
  multiply<3, false>(product, in, stride, rows, out, out_stride);
}

void Product64(const Product& product, const float* in, std::size_t stride, std::size_t rows, float* out, std::size_t out_stride) {
  multiply<4, false>(product, in, stride, rows, out, out_stride);
}

// The sum of kBlock lanes as a tree over halves: the same on every target.
HWY_INLINE float sum_of_lanes(const V (&parts)[kParts]) {
  HWY_ALIGN float lanes[kBlock];
  for (std::size_t part = 0; part < kParts; ++part) hn::Store(parts[part], d, lanes + part * kLanes);
  for (std::size_t half = kBlock / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
  }
  return lanes[0];
}

// row = residual + normalized row.
HWY_INLINE void normalize(const MaxoutLayer& layer, const float* residual, float* row) {
  constexpr float kEpsilon = 1e-8f;
  V sums[kParts];
  for (std::size_t part = 0; part < kParts; ++part) {
    sums[part] = hn::LoadU(d, row + part * kLanes);
    for (std::size_t i = kBlock; i < kWidth; i += kBlock) sums[part] = hn::Add(sums[part], hn::LoadU(d, row + i + part * kLanes));
  }
  const V mean = hn::Set(d, sum_of_lanes(sums) / static_cast<float>(kWidth));
  for (std::size_t part = 0; part < kParts; ++part) {
    sums[part] = hn::Zero(d);
    for (std::size_t i = 0; i < kWidth; i += kBlock) {
      const V off = hn::Sub(hn::LoadU(d, row + i + part * kLanes), mean);
      sums[part] = hn::MulAdd(off, off, sums[part]);
    }
  }
  const V scale = hn::Set(d, 1.0f / std::sqrt(sum_of_lanes(sums) / static_cast<float>(kWidth) + kEpsilon));
  for (std::size_t i = 0; i < kWidth; i += kLanes) {
    const V unit = hn::Mul(hn::Sub(hn::LoadU(d, row + i), mean), scale);
    V value = hn::MulAdd(unit, hn::LoadU(d, layer.gain + i), hn::LoadU(d, layer.shift + i));
    if (residual != nullptr) value = hn::Add(hn::LoadU(d, residual + i), value);
    hn::StoreU(value, d, row + i);
  }
}

void NormalizeRows(const MaxoutLayer& layer, std::size_t rows, const float* residual, float* out) {
  for (std::size_t r = 0; r < rows; ++r) normalize(layer, residual == nullptr ? nullptr : residual + r * kWidth, out + r * kWidth);
}

void Maxout(const MaxoutLayer& layer, const float* in, std::size_t stride, std::size_t rows, const float* residual, float* out) {
  multiply<3, true>(layer.product, in, stride, rows, out, kWidth);
  NormalizeRows(layer, rows, residual, out);
}

void FirstLayer(const MaxoutLayer& layer, const Word* const* words, std::size_t rows, float* out) {
  for (std::size_t r = 0; r < rows; ++r, out += kWidth) {
    const float* before = words[r]->before;
    const float* own = words[r + 1]->own;
    const float* after = words[r + 2]->after;
    for (std::size_t block = 0; block < kWidth / kBlock; ++block) {
      for (std::size_t lane = 0; lane < kBlock; lane += kLanes) {
        V most = hn::Zero(d);
        for (std::size_t p = 0; p < kPieces; ++p) {
          const std::size_t i = (block * kPieces + p) * kBlock + lane;
          const V sum = hn::Add(hn::Add(hn::Add(hn::LoadU(d, layer.product.bias + i), hn::LoadU(d, before + i)), hn::LoadU(d, own + i)),
                                hn::LoadU(d, after + i));
          most = p == 0 ? sum : hn::Max(most, sum);
        }
        hn::StoreU(most, d, out + block * kBlock + lane);
      }
    }
    normalize(layer, words[r + 1]->vector, out);
  }
}

void HiddenLayer(const Head& head, const float* const* rows, std::size_t count, float* hidden) {
  for (std::size_t i = 0; i < kHidden; i += kLanes) {
    V one = hn::LoadU(d, rows[0] + i), two = hn::LoadU(d, rows[0] + kHidden + i);
    for (std::size_t r = 1; r < count; ++r) {
      one = hn::Add(one, hn::LoadU(d, rows[r] + i));
      two = hn::Add(two, hn::LoadU(d, rows[r] + kHidden + i));
    }
    one = hn::Add(one, hn::LoadU(d, head.bias + i));
    two = hn::Add(two, hn::LoadU(d, head.bias + kHidden + i));
    hn::StoreU(hn::Max(one, two), d, hidden + i);
  }
}

// Scores of `blocks` neighbouring blocks; even and odd units are summed apart, so that additions overlap.
template <std::size_t blocks>
HWY_INLINE void scores_of(const Head& head, const float* hidden, const Choice& choice, float* scores) {
  for (std::size_t lane = 0; lane < kBlock; lane += kLanes) {
    const std::size_t first = choice.first * kBlock + lane;
    V even[blocks], odd[blocks];
#pragma GCC unroll 8
    for (std::size_t b = 0; b < blocks; ++b) {
      even[b] = hn::LoadU(d, head.upper_bias + first + b * kBlock);
      odd[b] = hn::Zero(d);
    }
    const float* weights = head.upper + first;
    for (std::size_t k = 0; k < kHidden; k += 2, weights += 2 * head.columns) {
      const V x = hn::Set(d, hidden[k]), y = hn::Set(d, hidden[k + 1]);
#pragma GCC unroll 8
      for (std::size_t b = 0; b < blocks; ++b) {
        even[b] = hn::MulAdd(x, hn::LoadU(d, weights + b * kBlock), even[b]);
        odd[b] = hn::MulAdd(y, hn::LoadU(d, weights + head.columns + b * kBlock), odd[b]);
      }
    }
#pragma GCC unroll 8
    for (std::size_t b = 0; b < blocks; ++b) {
      const V sum = hn::Add(hn::Add(even[b], odd[b]), hn::LoadU(d, choice.mask + first + b * kBlock));
      hn::StoreU(sum, d, scores + lane + b * kBlock);
    }
  }
}

// Position of the first of the largest values; `count` is a multiple of kBlock.
HWY_INLINE std::uint32_t first_largest(const float* values, std::size_t count) {
  V most = hn::LoadU(d, values);
  for (std::size_t i = kLanes; i < count; i += kLanes) most = hn::Max(most, hn::LoadU(d, values + i));
  const V best = hn::MaxOfLanes(d, most);
  for (std::size_t i = 0; i < count; i += kLanes) {
    const std::intptr_t at = hn::FindFirstTrue(d, hn::Eq(hn::LoadU(d, values + i), best));
    if (at >= 0) return static_cast<std::uint32_t>(i + static_cast<std::size_t>(at));
  }
  return 0;  // no number at all: not reached with finite weights
}

Best BestColumn(const Head& head, const float* hidden, Choice choice) {
  HWY_ALIGN float scores[7 * kBlock];
  if (choice.blocks == 7) {
    scores_of<7>(head, hidden, choice, scores);
  } else if (choice.blocks == 3) {
    scores_of<3>(head, hidden, choice, scores);
  } else {
    scores_of<1>(head, hidden, choice, scores);
  }
  const std::uint32_t at = first_largest(scores, choice.blocks * kBlock);
  return {static_cast<std::uint32_t>(choice.first * kBlock) + at, scores[at]};
}

std::uint32_t Largest(const float* values, std::size_t count) {
  HWY_ALIGN float padded[4 * kBlock];
  const std::size_t size = (count + kBlock - 1) / kBlock * kBlock;
  std::memcpy(padded, values, count * sizeof(float));
  for (std::size_t i = count; i < size; ++i) padded[i] = -std::numeric_limits<float>::infinity();
  return first_largest(padded, size);
}

void AddRows(const float* a, const float* b, const float* c, const float* e, float* sums) {
  for (std::size_t i = 0; i < kWidth; i += kLanes) {
    const V sum = hn::Add(hn::Add(hn::Add(hn::LoadU(d, a + i), hn::LoadU(d, b + i)), hn::LoadU(d, c + i)), hn::LoadU(d, e + i));
    hn::StoreU(sum, d, sums + i);
  }
}

}  // namespace relata::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace relata::kernels {

HWY_EXPORT(Product48);
HWY_EXPORT(Product64);
HWY_EXPORT(Maxout);
HWY_EXPORT(NormalizeRows);
HWY_EXPORT(FirstLayer);
HWY_EXPORT(HiddenLayer);
HWY_EXPORT(BestColumn);
HWY_EXPORT(Largest);
HWY_EXPORT(AddRows);

void product48(const Product& product, const float* in, std::size_t stride, std::size_t rows, float* out, std::size_t out_stride) {
  HWY_DYNAMIC_DISPATCH(Product48)(product, in, stride, rows, out, out_stride);
}
void product64(const Product& product, const float* in, std::size_t stride, std::size_t rows, float* out, std::size_t out_stride) {
  HWY_DYNAMIC_DISPATCH(Product64)(product, in, stride, rows, out, out_stride);
}
void maxout_layer(const MaxoutLayer& layer, const float* in, std::size_t stride, std::size_t rows, const float* residual, float* out) {
  HWY_DYNAMIC_DISPATCH(Maxout)(layer, in, stride, rows, residual, out);
}
void normalize_rows(const MaxoutLayer& layer, std::size_t rows, const float* residual, float* out) {
  HWY_DYNAMIC_DISPATCH(NormalizeRows)(layer, rows, residual, out);
}
void first_layer(const MaxoutLayer& layer, const Word* const* words, std::size_t rows, float* out) {
  HWY_DYNAMIC_DISPATCH(FirstLayer)(layer, words, rows, out);
}
void hidden_layer(const Head& head, const float* const* rows, std::size_t count, float* hidden) {
  HWY_DYNAMIC_DISPATCH(HiddenLayer)(head, rows, count, hidden);
}
Best best_column(const Head& head, const float* hidden, Choice choice) { return HWY_DYNAMIC_DISPATCH(BestColumn)(head, hidden, choice); }
std::uint32_t largest(const float* values, std::size_t count) { return HWY_DYNAMIC_DISPATCH(Largest)(values, count); }
void add_rows(const float* a, const float* b, const float* c, const float* d, float* sums) {
  HWY_DYNAMIC_DISPATCH(AddRows)(a, b, c, d, sums);
}

std::size_t targets(std::int64_t* out, std::size_t capacity) {
  std::size_t count = 0;
  // Lower bits are better instruction sets.
  for (std::int64_t rest = hwy::SupportedTargets() & HWY_TARGETS; rest != 0 && count < capacity; rest &= rest - 1)
    out[count++] = rest & -rest;
  return count;
}
const char* target_name(std::int64_t target) { return hwy::TargetName(target); }
void use_only(std::int64_t target) { hwy::SetSupportedTargetsForTest(target); }
std::int64_t current_target() {
  const std::int64_t all = hwy::SupportedTargets() & HWY_TARGETS;
  return all & -all;
}

}  // namespace relata::kernels
#endif  // HWY_ONCE
