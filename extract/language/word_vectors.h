// How alike the model thinks two words are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "extract/language/model_file.h"
#include "graph/result.h"

namespace relata {

// The word vectors of the language model, read only; any number of threads. The model keeps them as both of its networks see them (96
// numbers each) and keeps 20,000 apart: many words share the vector of another, so a cosine of 1 does not mean the same word.
class WordVectors {
 public:
  using Row = std::uint16_t;

  // Maps networks.model of `models_folder`/en_core_web_md; the memory is shared with the language runtime. io or corrupt.
  static Result<WordVectors> load(const std::string& models_folder);

  // Where the vector of a form is kept (forms are told apart by case); nothing for a form without one.
  std::optional<Row> row(std::string_view text) const;
  // -1 to 1: the mean of the cosines in both networks. Preconditions: rows come from row().
  float cosine(Row one, Row other) const;
  std::size_t rows() const { return tables_[0].size() / kWidth; }

 private:
  static constexpr std::size_t kWidth = 96;

  explicit WordVectors(ModelFile file) : file_(std::move(file)) {}
  ModelFile file_;
  std::span<const std::uint64_t> keys_;  // ascending
  std::span<const std::uint16_t> rows_;
  std::span<const float> tables_[2];
};

}  // namespace relata
