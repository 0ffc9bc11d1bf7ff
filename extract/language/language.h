// The language runtime: English text -> Document, as the pipeline en_core_web_md 3.8 does it.
//
// Start here:
//   Result<Language> language = Language::load(models_folder);
//   Document document = language->parse(article);
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "extract/document.h"
#include "graph/result.h"

namespace relata {

// How exactly the large products are computed.
enum class Arithmetic : std::uint8_t {
  full,     // float32 everywhere: the original's analysis
  reduced,  // inputs of the large products rounded to bfloat16 where the processor can (AVX512_BF16), else full
};

struct LanguageOptions {
  Arithmetic arithmetic = Arithmetic::full;
  // Bounds of what is kept about word forms; more of them make long input faster, fewer save memory.
  std::uint32_t known_forms = 1u << 16;  // with their attributes
  std::uint32_t ready_words = 6144;      // with their products in the first layer: 3840 bytes each, in each of two networks
};

// Immutable to its users: any number of threads may parse with one Language. Documents' words are views of its word store, so it
// outlives them. The same text gives the same Document, whatever was parsed before, beside or in the same batch.
class Language {
 public:
  using Options = LanguageOptions;

  // `models_folder` holds en_core_web_md/. io or corrupt, with the file that is missing or spoilt.
  static Result<Language> load(const std::string& models_folder, const Options& options = {});
  Language(Language&&) noexcept;
  Language& operator=(Language&&) noexcept;
  ~Language();

  // One Document an article, in the same order. Texts are run together, which is faster than one by one.
  std::vector<Document> parse(std::vector<Article> articles) const;
  Document parse(Article article) const;

  // What was asked for, or full where the processor has no reduced one.
  Arithmetic arithmetic() const;

 private:
  struct Parts;
  explicit Language(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace relata
