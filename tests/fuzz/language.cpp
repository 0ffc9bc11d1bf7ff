// The tree of any text is a tree over its tokens, which are the text.
#include "extract/language/language.h"

#include "tests/fuzz/parsed.h"
#include "tests/fuzz/texts.h"

std::vector<std::string> relata::fuzz::seeds() { return texts(); }

namespace {

void check(const relata::Document& document) {
  using namespace relata;
  std::uint32_t byte = 0, next = 0;
  for (TokenIndex i = 0; i < document.tokens.size(); ++i) {
    const Token& token = document.tokens[i];
    fuzz::expect(token.byte_begin >= byte && token.span.begin >= next && token.span.end > token.span.begin, "tokens follow each other");
    byte = token.byte_begin + static_cast<std::uint32_t>(token.text.size());
    next = token.span.end;
    fuzz::expect(byte <= document.article().text.size() && document.article().text.compare(token.byte_begin, token.text.size(), token.text) == 0,
                 "a token is its part of the text");
    fuzz::expect(token.head < document.tokens.size(), "a head is a token");
    fuzz::expect(document.sentence_of[token.head] == document.sentence_of[i], "a head is of the same sentence");
    fuzz::expect(document.left_edge[i] <= i && i <= document.right_edge[i] && document.right_edge[i] < document.tokens.size(), "edges enclose their token");
  }
  TokenIndex covered = 0;
  for (const TokenRange sentence : document.sentences) {
    fuzz::expect(sentence.first == covered && sentence.last > sentence.first, "sentences follow each other");
    covered = sentence.last;
  }
  fuzz::expect(covered == document.tokens.size(), "sentences cover all tokens");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace relata;
  // Few words are kept, so that the store runs full.
  static const Result<Language> language = Language::load("models", {.known_forms = 2000, .ready_words = 64});
  fuzz::expect(language.ok(), "the models are in the current folder");
  for (const Document& document : language->parse(fuzz::articles_of(data, size))) check(document);
  return 0;
}
