// All stages on any text: what is extracted is valid, survives being written and read, and can be explained and shown.
#include "extract/pipeline/extractor.h"

#include "extract/pipeline/explain.h"
#include "extract/pipeline/line.h"
#include "extract/pipeline/show.h"
#include "tests/fuzz/parsed.h"
#include "tests/fuzz/texts.h"

std::vector<std::string> relata::fuzz::seeds() { return texts(); }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace relata;
  static const Result<Extractor> extractor = Extractor::load({.known_forms = 2000, .ready_words = 64});
  fuzz::expect(extractor.ok(), "models/ and data/ are in the current folder");
  const std::vector<Article> articles = fuzz::articles_of(data, size);
  for (const Extraction& made : extractor->extract(articles)) {
    fuzz::expect(validate(made).ok(), "an extraction is valid");
    const std::string line = to_line(made);
    const auto back = from_line(line);
    fuzz::expect(back.ok(), "a line that is written can be read");
    fuzz::expect(to_line(*back) == line, "a line comes back as it was");
  }
  for (Document& document : extractor->parse(articles)) fuzz::expect(!explain(std::move(document)).empty(), "an article can be explained");
  for (Document& document : extractor->parse(articles)) fuzz::expect(!show(ShowForm::triples, *extractor, std::move(document), true).empty(), "triples are shown");
  return 0;
}
