// Token -> vector: hash embeddings and static vectors of a word form, mixed, then four layers over the neighbouring tokens.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "extract/language/kernels.h"
#include "extract/language/model_file.h"
#include "extract/language/reduced.h"
#include "extract/tokens/lexeme.h"

namespace relata {

// One place of a sequence of texts. Padding has no lexeme.
struct Position {
  const Lexeme* lexeme = nullptr;
  bool space_after = false;
};

// What a word form is asked for. SPACY and IS_SPACE are the numbers 0 and 1, the others ids of texts.
enum class Feature : std::uint8_t { norm, prefix, suffix, shape, space_after, is_space };

// One of the two networks (the parser's and the recognizer's). Shared by all threads: what a word form contributes to the first
// layer is kept for forms that come again, in a table that is read without locks and never grows beyond its bound.
class TokenVectors {
 public:
  // Rows of padding before the first, between two, and after the last text of a sequence: enough that no text sees another.
  static constexpr std::size_t kPadding = 4;
  // Positions computed at once at most: their rows stay in the second-level cache together with the weights of a layer.
  static constexpr std::size_t kWindow = 500;

  struct Memory {
    std::uint32_t slots = 0;  // of the word store: lexeme slots that may be kept
    std::uint32_t words = 0;  // kept at most, 3840 bytes each
  };

  // From now on the window layers but the first round their inputs (reduced.h). Precondition: kernels::has_bfloat16().
  void reduce();

  // Buffers of one thread.
  class Workspace {
   public:
    Workspace();

   private:
    friend class TokenVectors;
    struct Pending {
      Position position;
      std::atomic<std::uintptr_t>* cell;  // where to keep the word, or null
    };
    std::vector<const kernels::Word*> words;
    std::vector<kernels::Word> fresh;
    std::vector<Pending> pending;
    std::vector<std::uint32_t> found;  // hash table of this window's fresh words
    std::vector<float> inputs, vectors, one, two;
    std::vector<std::uint16_t> rounded;
  };

  static Result<TokenVectors> load(const ModelFile& model, std::string_view prefix, std::vector<Feature> features, Memory memory);

  // The vectors (kernels::kWidth floats each) of positions [first, first + count) of a sequence, valid until the workspace is used again.
  // Those of padding are without meaning. Preconditions: kPadding <= first, 0 < count <= kWindow, first + count + kPadding <=
  // sequence.size(); the sequence has kPadding padding around each text.
  const float* window(std::span<const Position> sequence, std::size_t first, std::size_t count, Workspace& workspace) const;

 private:
  TokenVectors() = default;
  void find_words(std::span<const Position> window, Workspace& workspace) const;
  const kernels::Word* find_fresh(Position position, std::atomic<std::uintptr_t>* keep, Workspace& workspace) const;
  void make_words(Workspace& workspace) const;
  void mixing_input(Position position, float* input) const;
  const float* static_vector(std::uint64_t id) const;
  void layer(std::size_t number, const float* in, std::size_t rows, float* out, Workspace& workspace) const;

  struct Table {
    Feature feature;
    std::uint32_t seed;
    std::uint32_t rows;
    const float* data;
  };
  std::vector<Table> tables_;
  std::span<const std::uint64_t> vector_keys_;  // ascending
  std::span<const std::uint16_t> vector_rows_;
  std::span<const float> static_rows_;
  kernels::MaxoutLayer mix_, layers_[4];
  std::vector<kernels::ReducedProduct> reduced_;  // of layers 2 to 4, or empty
  bool knows_space_ = false;                      // whether space_after makes another word

  std::uint32_t slots_ = 0;
  // By slot (and space_after): never seen, seen once, not to be kept, or the address of the kept word.
  std::unique_ptr<std::atomic<std::uintptr_t>[]> cells_;
  std::unique_ptr<kernels::Word[]> kept_;
  std::uint32_t most_kept_ = 0;
  std::unique_ptr<std::atomic<std::uint32_t>> kept_count_;
};

}  // namespace relata
