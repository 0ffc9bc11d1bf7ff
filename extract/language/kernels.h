// The arithmetic of the networks, for the best instruction set the processor has (AVX-512, AVX2, SSE4, plain), chosen when run.
//
// Every output is one sum in a fixed order, whatever the width of a vector, the number of rows or their place: the same input
// gives the same bits in any batch and any thread, and on all processors with fused multiply-add.
// Pure functions of their arguments; buffers of weights and rows need no alignment beyond float, rows may overlap.
#pragma once

#include <cstddef>
#include <cstdint>

namespace relata::kernels {

inline constexpr std::size_t kWidth = 96;  // of a token's vector
inline constexpr std::size_t kPieces = 3;  // of a maxout unit
inline constexpr std::size_t kMaxout = kWidth * kPieces;
inline constexpr std::size_t kBlock = 16;   // columns; a whole number of vectors everywhere
inline constexpr std::size_t kHidden = 64;  // units of a transition head

// weights[panel][input][width]: y[panel * width + column] = bias + sum over inputs, in their order.
struct Product {
  const float* weights = nullptr;
  const float* bias = nullptr;  // panels * width, or null for zeros
  std::size_t panels = 0, inputs = 0;
};

// A product of 6 panels of 48 columns (3 pieces of 16 outputs each), the largest piece, then layer normalization.
struct MaxoutLayer {
  Product product;
  const float* gain = nullptr;   // kWidth
  const float* shift = nullptr;  // kWidth
};

// out[r] = product of in[r]; a panel has 48 (`product48`) or 64 columns. Strides count floats. `out` overlaps nothing.
void product48(const Product& product, const float* in, std::size_t stride, std::size_t rows, float* out, std::size_t out_stride);
void product64(const Product& product, const float* in, std::size_t stride, std::size_t rows, float* out, std::size_t out_stride);

// out[r] = residual[r] + layer(in[r]); rows of `out` and `residual` are kWidth floats apart; residual may be null.
void maxout_layer(const MaxoutLayer& layer, const float* in, std::size_t stride, std::size_t rows, const float* residual, float* out);

// The second half of a layer: out[r] = residual[r] + out[r] normalized.
void normalize_rows(const MaxoutLayer& layer, std::size_t rows, const float* residual, float* out);

// What one word form contributes to the first window layer wherever it stands: its vector, and the products with the weights
// of the previous, own and next position.
struct Word {
  float vector[kWidth];
  float before[kMaxout], own[kMaxout], after[kMaxout];
};

// out[r] = vector of words[r + 1] + layer(words[r], words[r + 1], words[r + 2]) for the words around; of `layer` only the bias, gain
// and shift are used. words has rows + 2 entries, none null.
void first_layer(const MaxoutLayer& layer, const Word* const* words, std::size_t rows, float* out);

// Sum of the rows (2 * kHidden floats each) and the bias; the larger of each pair (unit, unit + kHidden) times the upper weights.
struct Head {
  const float* bias = nullptr;        // 2 * kHidden
  const float* upper = nullptr;       // [kHidden][columns]
  const float* upper_bias = nullptr;  // columns
  std::size_t columns = 0;            // a multiple of kBlock, at most 112
};

// Which columns to look at: `blocks` (1, 3 or 7) blocks of 16 from `first`, each column's score raised by mask[column]
// (0, or minus infinity to forbid it).
struct Choice {
  std::size_t first = 0, blocks = 0;
  const float* mask = nullptr;  // of all columns of the head
};

// hidden[kHidden] of a state given by `count` rows.
void hidden_layer(const Head& head, const float* const* rows, std::size_t count, float* hidden);
// Adds the allowed columns' scores; returns the column with the highest score, the lowest on ties.
struct Best {
  std::uint32_t column = 0;
  float score = 0;
};
Best best_column(const Head& head, const float* hidden, Choice choice);

// Index of the largest of the first `count` (at most 64) floats; the lowest on ties.
std::uint32_t largest(const float* values, std::size_t count);

// sums[kWidth] = rows a, b, c, d added in this order.
void add_rows(const float* a, const float* b, const float* c, const float* d, float* sums);

// For tests and measurements: the instruction sets of this processor that the kernels were built for, best first.
std::size_t targets(std::int64_t* out, std::size_t capacity);
const char* target_name(std::int64_t target);
void use_only(std::int64_t target);  // 0: the best again. Not while another thread computes.
std::int64_t current_target();

}  // namespace relata::kernels
