// Intermediate values of three short texts against the original pipeline.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "extract/language/model_file.h"
#include "extract/language/token_vectors.h"
#include "extract/tokens/lexeme_store.h"
#include "extract/tokens/scratch.h"
#include "extract/tokens/tokenizer.h"
#include "tests/language/goldens.h"

namespace relata {
namespace {

using nlohmann::json;

struct Net {
  const char* prefix;
  const char* golden;
  std::vector<Feature> features;
};

const Net kNets[] = {
    {"tok2vec", "tok2vec", {Feature::norm, Feature::prefix, Feature::suffix, Feature::shape, Feature::space_after, Feature::is_space}},
    {"ner.tok2vec", "ner_tok2vec", {Feature::norm, Feature::prefix, Feature::suffix, Feature::shape}}};

std::vector<Position> positions(const Tokenizer& tokenizer, const std::string& text, Scratch& scratch) {
  std::vector<Piece> pieces;
  tokenizer.tokenize(text, scratch, pieces);
  std::vector<Position> sequence(TokenVectors::kPadding);
  for (const Piece& piece : pieces) sequence.push_back({piece.lexeme, piece.space_after});
  sequence.resize(sequence.size() + TokenVectors::kPadding);
  return sequence;
}

std::vector<float> rows_of(const TokenVectors& vectors, std::span<const Position> sequence) {
  TokenVectors::Workspace workspace;
  std::vector<float> out(sequence.size() * kernels::kWidth);
  const std::size_t end = sequence.size() - TokenVectors::kPadding;
  for (std::size_t first = TokenVectors::kPadding, count = 0; first < end; first += count) {
    count = std::min(TokenVectors::kWindow, end - first);
    std::copy_n(vectors.window(sequence, first, count, workspace), count * kernels::kWidth, out.data() + first * kernels::kWidth);
  }
  return {out.begin() + TokenVectors::kPadding * kernels::kWidth,
          out.end() - static_cast<std::ptrdiff_t>(TokenVectors::kPadding * kernels::kWidth)};
}

}  // namespace

TEST_CASE("token vectors are the original's, but for rounding, with every instruction set") {
  const auto model = ModelFile::open("models/en_core_web_md/networks.model");
  REQUIRE(model.ok());
  const json goldens = json::parse(golden_lines("activations.json.zst").at(0));
  LexemeStore store;
  const Tokenizer tokenizer(store);
  std::array<std::int64_t, 16> targets{};
  const std::size_t count = kernels::targets(targets.data(), targets.size());
  for (std::size_t target = 0; target < count; ++target) {
    kernels::use_only(targets[target]);
    for (const Net& net : kNets) {
      const auto vectors = TokenVectors::load(*model, net.prefix, net.features, {store.capacity(), 100});
      REQUIRE(vectors.ok());
      double most = 0;
      for (const json& golden : goldens) {
        Scratch scratch;
        const std::string text = golden.at("text");
        const std::vector<float> rows = rows_of(*vectors, positions(tokenizer, text, scratch));
        const json& want = golden.at(net.golden);
        REQUIRE(rows.size() == want.size() * kernels::kWidth);
        for (std::size_t i = 0; i < rows.size(); ++i) {
          most = std::max(most, std::abs(static_cast<double>(rows[i]) - want[i / kernels::kWidth][i % kernels::kWidth].get<double>()));
        }
      }
      MESSAGE(std::string(kernels::target_name(targets[target])) << " " << std::string(net.prefix) << ": largest difference " << most);
      CHECK(most < 1e-4);
    }
  }
  kernels::use_only(0);
}

TEST_CASE("processors with fused multiply-add compute the same bits") {
  const auto model = ModelFile::open("models/en_core_web_md/networks.model");
  REQUIRE(model.ok());
  LexemeStore store;
  const Tokenizer tokenizer(store);
  const auto vectors = TokenVectors::load(*model, "tok2vec", kNets[0].features, {0, 0});
  REQUIRE(vectors.ok());
  Scratch scratch;
  const std::vector<Position> sequence = positions(tokenizer, "The ferry to Tallinn, which sank in 1994, carried 989 people.", scratch);
  std::array<std::int64_t, 16> targets{};
  const std::size_t count = kernels::targets(targets.data(), targets.size());
  const std::vector<float> best = rows_of(*vectors, sequence);
  for (std::size_t i = 0; i < count; ++i) {
    if (std::string(kernels::target_name(targets[i])).substr(0, 3) != "AVX") continue;
    kernels::use_only(targets[i]);
    CHECK(rows_of(*vectors, sequence) == best);
  }
  kernels::use_only(0);
}

TEST_CASE("a vector depends on the four tokens on each side, bit for bit, and on nothing else") {
  const auto model = ModelFile::open("models/en_core_web_md/networks.model");
  REQUIRE(model.ok());
  LexemeStore store;
  const Tokenizer tokenizer(store);
  const auto cold = TokenVectors::load(*model, "tok2vec", kNets[0].features, {0, 0});
  const auto warm = TokenVectors::load(*model, "tok2vec", kNets[0].features, {store.capacity(), 20});
  REQUIRE(cold.ok());
  REQUIRE(warm.ok());
  std::string text;
  for (int i = 0; i < 400; ++i) text += "The harbour master of port " + std::to_string(i % 60) + " waved; nobody waved back. ";
  Scratch scratch;
  const std::vector<Position> all = positions(tokenizer, text, scratch);
  const std::vector<float> whole = rows_of(*cold, all);
  SUBCASE("whatever is remembered") {
    CHECK(rows_of(*warm, all) == whole);
    CHECK(rows_of(*warm, all) == whole);
  }
  SUBCASE("wherever the text is cut, if four tokens are added on each side") {
    for (const std::size_t length : {1u, 7u, 8u, 9u, 63u, 501u}) {
      constexpr std::size_t kFirst = 100;  // position, counting the padding
      const std::vector<float> part = rows_of(*cold, std::span(all).subspan(kFirst - 4, length + 8));
      const auto begin = whole.begin() + static_cast<std::ptrdiff_t>((kFirst - 4) * kernels::kWidth);
      CHECK(std::equal(part.begin(), part.end(), begin));
    }
  }
}

}  // namespace relata
