// Articles in, extractions out: all stages of reading, in their order.
//
//   auto extractor = Extractor::load({});
//   std::vector<Extraction> read = extractor->extract(std::move(articles));
//
// Const use is safe from any number of threads. Extractions depend on the article and version() alone: not on the batch an
// article is read in, nor on the thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "extract/language/language.h"
#include "extract/mentions.h"
#include "extract/stance/stance.h"
#include "graph/extraction.h"
#include "graph/result.h"

namespace relata {

// What the stages make of one article. Indexes into `actors` are those of Speech and of `statements`.
struct Reading {
  Document document;
  std::vector<Name> names;
  Actors actors;
  std::vector<TimeExpression> times;
  Speech speech;
  std::vector<Statement> statements;
};

class Extractor {
 public:
  static Result<Extractor> load(const Language::Options& options = {});

  std::vector<Extraction> extract(std::vector<Article> articles) const;

  // The stages one by one, for `extract --show`.
  std::vector<Document> parse(std::vector<Article> articles) const;  // with noise marked
  Reading read(Document document) const;
  Extraction settle(const Reading& reading) const;

  // Release and a hash of the rules' data: changes whenever the same article could read otherwise.
  const std::string& version() const { return version_; }

 private:
  Extractor(Language language, std::string version) : language_(std::move(language)), version_(std::move(version)) {}

  Language language_;
  std::string version_;
};

}  // namespace relata
