// Products with inputs rounded to bfloat16 (8 bits of fraction) and sums in float32: about twice as fast, on processors with AVX512_BF16.
// Not the same analysis everywhere: tests/language tells how often it differs from the full precision's.
#pragma once

#include <cstdint>
#include <vector>

#include "extract/language/kernels.h"

namespace relata::kernels {

// Whether this processor can; the others of this file must not be called when it cannot.
bool has_bfloat16();

// A Product's weights, rounded: [panel][input / 2][column][2]. Owns them.
struct ReducedProduct {
  std::vector<std::uint16_t> weights;
  const float* bias = nullptr;
  std::size_t panels = 0, inputs = 0;
};

// `width`: columns of a panel, 48 or 64. The number of inputs is even.
ReducedProduct reduce(const Product& product, std::size_t width);

// As product64 and maxout_layer; `in` is rounded into `scratch` first, which grows to what is needed.
void product64(const ReducedProduct& product, const float* in, std::size_t stride, std::size_t rows, float* out, std::size_t out_stride,
               std::vector<std::uint16_t>& scratch);
void maxout_layer(const MaxoutLayer& layer, const ReducedProduct& product, const float* in, std::size_t stride, std::size_t rows,
                  const float* residual, float* out, std::vector<std::uint16_t>& scratch);

}  // namespace relata::kernels
