#include "extract/language/hidden_rows.h"

#include <doctest/doctest.h>

#include "extract/language/model_file.h"
#include "extract/tokens/lexeme_store.h"
#include "extract/tokens/scratch.h"
#include "extract/tokens/tokenizer.h"

namespace relata {

TEST_CASE("rows that were forgotten are computed again, bit for bit") {
  const auto model = ModelFile::open("models/en_core_web_md/networks.model");
  REQUIRE(model.ok());
  LexemeStore store;
  const auto vectors =
      TokenVectors::load(*model, "ner.tok2vec", {Feature::norm, Feature::prefix, Feature::suffix, Feature::shape}, {1000, 50});
  REQUIRE(vectors.ok());
  const kernels::Product input{*model->floats("ner.input.weights", {1, kernels::kWidth, kernels::kHidden}),
                               *model->floats("ner.input.bias", {kernels::kHidden}), 1, kernels::kWidth};
  std::string text;
  for (int i = 0; i < 600; ++i) text += "Ship " + std::to_string(i) + " left Narvik with ore for Rostock. ";
  Scratch scratch;
  std::vector<Piece> pieces;
  Tokenizer(store).tokenize(text, scratch, pieces);
  std::vector<Position> sequence(TokenVectors::kPadding);
  for (const Piece& piece : pieces) sequence.push_back({piece.lexeme, piece.space_after});
  sequence.resize(sequence.size() + TokenVectors::kPadding);
  const std::size_t end = sequence.size() - TokenVectors::kPadding;

  HiddenRows all, few(1024);
  all.start(*vectors, input, sequence);
  few.start(*vectors, input, sequence);
  all.compute_to(end);
  few.compute_to(end);
  const auto same = [&](std::size_t position) {
    const float* a = all.row(position);
    return std::equal(a, a + kernels::kHidden, few.row(position));
  };
  std::size_t wrong = 0;
  for (std::size_t position = end; position-- > TokenVectors::kPadding;) wrong += !same(position);
  for (std::size_t i = 0; i < 300; ++i) wrong += !same(TokenVectors::kPadding + i * 7919 % (end - TokenVectors::kPadding));
  CHECK(wrong == 0);

  SUBCASE("and those ahead come in order, however they lie in the ring") {
    few.start(*vectors, input, sequence);
    std::size_t position = TokenVectors::kPadding;
    while (position < end) {
      const std::span<const float> rows = few.ahead(position, std::min<std::size_t>(48, end - position));
      REQUIRE(!rows.empty());
      for (std::size_t i = 0; i < rows.size(); i += kernels::kHidden, ++position) {
        wrong += !std::equal(rows.begin() + static_cast<std::ptrdiff_t>(i),
                             rows.begin() + static_cast<std::ptrdiff_t>(i + kernels::kHidden), all.row(position));
      }
    }
    CHECK(wrong == 0);
  }
}

}  // namespace relata
