#include "extract/language/word_vectors.h"

#include <algorithm>
#include <cmath>

#include "extract/tokens/lexeme_store.h"

namespace relata {

Result<WordVectors> WordVectors::load(const std::string& models_folder) {
  Result<ModelFile> file = ModelFile::open(models_folder + "/en_core_web_md/networks.model");
  if (!file) return file.error();
  WordVectors vectors(*std::move(file));
  const auto keys = vectors.file_.keys("vectors.keys");
  if (!keys) return keys.error();
  const auto rows = vectors.file_.rows("vectors.rows");
  if (!rows) return rows.error();
  if (keys->size() != rows->size()) return corrupt(models_folder + ": vectors.keys and vectors.rows differ in length");
  vectors.keys_ = *keys;
  vectors.rows_ = *rows;
  for (std::size_t i = 0; i < 2; ++i) {
    const auto table = vectors.file_.table(i == 0 ? "tok2vec.static" : "ner.tok2vec.static", kWidth);
    if (!table) return table.error();
    vectors.tables_[i] = *table;
  }
  if (vectors.tables_[0].size() != vectors.tables_[1].size()) return corrupt(models_folder + ": the two tables of word vectors differ in length");
  return vectors;
}

std::optional<WordVectors::Row> WordVectors::row(std::string_view text) const {
  const std::uint64_t id = string_id(text);
  const auto found = std::lower_bound(keys_.begin(), keys_.end(), id);
  if (found == keys_.end() || *found != id) return std::nullopt;
  const Row row = rows_[static_cast<std::size_t>(found - keys_.begin())];
  if (row >= rows()) return std::nullopt;
  return row;
}

float WordVectors::cosine(Row one, Row other) const {
  float sum = 0;
  for (const auto& table : tables_) {
    const float* a = table.data() + one * kWidth;
    const float* b = table.data() + other * kWidth;
    float product = 0, a_square = 0, b_square = 0;
    for (std::size_t i = 0; i < kWidth; ++i) {
      product += a[i] * b[i];
      a_square += a[i] * a[i];
      b_square += b[i] * b[i];
    }
    const float length = std::sqrt(a_square * b_square);
    if (length > 0) sum += product / length;
  }
  return sum / 2;
}

}  // namespace relata
