#include "extract/language/reduced.h"

#include <bit>
#include <type_traits>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace relata::kernels {

ReducedProduct reduce(const Product& product, std::size_t width) {
  ReducedProduct reduced{std::vector<std::uint16_t>(product.panels * product.inputs * width), product.bias, product.panels, product.inputs};
  for (std::size_t panel = 0; panel < product.panels; ++panel) {
    for (std::size_t k = 0; k < product.inputs; ++k) {
      for (std::size_t column = 0; column < width; ++column) {
        const auto bits = std::bit_cast<std::uint32_t>(product.weights[(panel * product.inputs + k) * width + column]);
        // To the nearest, halves to even; weights are finite.
        const std::uint32_t rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
        reduced.weights[(panel * product.inputs + k / 2 * 2) * width + 2 * column + k % 2] = static_cast<std::uint16_t>(rounded);
      }
    }
  }
  return reduced;
}

#if defined(__x86_64__)

bool has_bfloat16() {
  return __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}

#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,fma")

namespace {

template <std::size_t size>
using Size = std::integral_constant<std::size_t, size>;

// `count` is a multiple of 16.
void round_all(const float* in, std::size_t count, std::uint16_t* out) {
  for (std::size_t i = 0; i < count; i += 16) {
    const __m256bh rounded = _mm512_cvtneps_pbh(_mm512_loadu_ps(in + i));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i), (__m256i)rounded);
  }
}

// Masked, because the plain one reads a variable that the compiler takes for uninitialised.
inline __attribute__((always_inline)) __m512 larger(__m512 a, __m512 b) { return _mm512_maskz_max_ps(0xFFFF, a, b); }

template <std::size_t pieces, std::size_t rows, bool maxout>
inline __attribute__((always_inline)) void tile(const std::uint16_t* weights, const float* bias, std::size_t inputs,
                                                const std::uint16_t* in, std::size_t stride, float* out, std::size_t out_stride) {
  __m512 acc[rows][pieces];
#pragma GCC unroll 8
  for (std::size_t r = 0; r < rows; ++r) {
#pragma GCC unroll 8
    for (std::size_t p = 0; p < pieces; ++p) acc[r][p] = bias == nullptr ? _mm512_setzero_ps() : _mm512_loadu_ps(bias + p * kBlock);
  }
  for (std::size_t k = 0; k < inputs; k += 2) {
    __m512bh w[pieces];
#pragma GCC unroll 8
    for (std::size_t p = 0; p < pieces; ++p) w[p] = (__m512bh)_mm512_loadu_si512(weights + k * pieces * kBlock + p * 2 * kBlock);
#pragma GCC unroll 8
    for (std::size_t r = 0; r < rows; ++r) {
      std::int32_t pair;
      __builtin_memcpy(&pair, in + r * stride + k, sizeof pair);
      const auto x = (__m512bh)_mm512_set1_epi32(pair);
#pragma GCC unroll 8
      for (std::size_t p = 0; p < pieces; ++p) acc[r][p] = _mm512_dpbf16_ps(acc[r][p], x, w[p]);
    }
  }
#pragma GCC unroll 8
  for (std::size_t r = 0; r < rows; ++r) {
    if constexpr (maxout) {
      _mm512_storeu_ps(out + r * out_stride, larger(larger(acc[r][0], acc[r][1]), acc[r][2]));
    } else {
#pragma GCC unroll 8
      for (std::size_t p = 0; p < pieces; ++p) _mm512_storeu_ps(out + r * out_stride + p * kBlock, acc[r][p]);
    }
  }
}

template <std::size_t pieces, bool maxout>
void multiply(const ReducedProduct& product, const std::uint16_t* in, std::size_t stride, std::size_t rows, float* out,
              std::size_t out_stride) {
  constexpr std::size_t kPanel = pieces * kBlock, kOut = maxout ? kBlock : kPanel, kTile = pieces == 3 ? 8 : 6;
  for (std::size_t panel = 0; panel < product.panels; ++panel) {
    const std::uint16_t* weights = product.weights.data() + panel * product.inputs * kPanel;
    const float* bias = product.bias == nullptr ? nullptr : product.bias + panel * kPanel;
    float* to = out + panel * kOut;
    const auto compute = [&](auto size, std::size_t r) {
      tile<pieces, decltype(size)::value, maxout>(weights, bias, product.inputs, in + r * stride, stride, to + r * out_stride, out_stride);
    };
    if (rows < kTile) {
      for (std::size_t r = 0; r < rows; ++r) compute(Size<1>(), r);
      continue;
    }
    for (std::size_t r = 0; r + kTile < rows; r += kTile) compute(Size<kTile>(), r);
    compute(Size<kTile>(), rows - kTile);
  }
}

const std::uint16_t* rounded(const float* in, std::size_t stride, std::size_t rows, std::size_t inputs,
                             std::vector<std::uint16_t>& scratch) {
  const std::size_t count = (rows - 1) * stride + inputs;  // rows that overlap there overlap here
  if (scratch.size() < count) scratch.resize(count);
  round_all(in, count, scratch.data());
  return scratch.data();
}

}  // namespace

void product64(const ReducedProduct& product, const float* in, std::size_t stride, std::size_t rows, float* out, std::size_t out_stride,
               std::vector<std::uint16_t>& scratch) {
  if (rows == 0) return;
  multiply<4, false>(product, rounded(in, stride, rows, product.inputs, scratch), stride, rows, out, out_stride);
}

void maxout_layer(const MaxoutLayer& layer, const ReducedProduct& product, const float* in, std::size_t stride, std::size_t rows,
                  const float* residual, float* out, std::vector<std::uint16_t>& scratch) {
  if (rows == 0) return;
  multiply<3, true>(product, rounded(in, stride, rows, product.inputs, scratch), stride, rows, out, kWidth);
  normalize_rows(layer, rows, residual, out);
}

#pragma GCC pop_options

#else

bool has_bfloat16() { return false; }
void product64(const ReducedProduct&, const float*, std::size_t, std::size_t, float*, std::size_t, std::vector<std::uint16_t>&) {}
void maxout_layer(const MaxoutLayer&, const ReducedProduct&, const float*, std::size_t, std::size_t, const float*, float*,
                  std::vector<std::uint16_t>&) {}

#endif

}  // namespace relata::kernels
