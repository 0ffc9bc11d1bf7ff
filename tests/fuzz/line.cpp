// Lines of strangers: refused with a message, or valid.
#include "extract/pipeline/line.h"

#include "tests/fuzz/fuzz.h"
#include "tests/support/sample_extraction.h"

std::vector<std::string> relata::fuzz::seeds() {
  Extraction bare;
  bare.article.uri = "b";
  bare.article.text = "No.";
  bare.article.id = article_id(bare.article);
  bare.extractor = "1";
  return {to_line(tests::sample_extraction()), to_line(bare)};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace relata;
  const auto read = from_line(fuzz::bytes_of(data, size));
  if (!read) {
    fuzz::expect(!read.error().message.empty(), "an error says what is wrong");
    return 0;
  }
  fuzz::expect(validate(*read).ok(), "what is read is valid");
  const std::string line = to_line(*read);
  const auto again = from_line(line);
  fuzz::expect(again.ok() && to_line(*again) == line, "what is read can be written and read again");
  return 0;
}
