// The pieces of any text are the text, whether the store keeps its words or has no room for them.
#include "extract/reading/encoding.h"
#include "extract/tokens/tokenizer.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/texts.h"

std::vector<std::string> relata::fuzz::seeds() {
  std::vector<std::string> all = texts();
  all.push_back("Don't! (\"U.S.-led\" e-mail: a.b@c.example, http://d.example/?q=1&r=2) 10km/h, $3.5bn... :-) \t\n\n--x'y/z— cannot gonna 5pm A.M.");
  return all;
}

namespace {

void check(const std::string& text, relata::LexemeStore& store) {
  using namespace relata;
  Scratch scratch;
  std::vector<Piece> pieces;
  Tokenizer(store).tokenize(text, scratch, pieces);
  std::size_t byte = 0, point = 0;
  for (const Piece& piece : pieces) {
    const std::string_view form = piece.lexeme->text;
    fuzz::expect(!form.empty() && piece.byte_begin == byte && piece.begin == point, "pieces follow each other");
    fuzz::expect(text.compare(byte, form.size(), form) == 0, "a piece is its part of the text");
    byte += form.size();
    for (const char c : form) point += (c & 0xC0) != 0x80;
    fuzz::expect(piece.end == point, "code points agree with bytes");
    if (!piece.space_after) continue;
    fuzz::expect(byte < text.size() && text[byte] == ' ', "a space after a piece is in the text");
    ++byte;
    ++point;
  }
  fuzz::expect(byte == text.size(), "pieces cover the text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace relata;
  static LexemeStore roomy, full(64);
  const std::string text = clean_utf8(fuzz::bytes_of(data, size));
  check(text, roomy);
  check(text, full);
  return 0;
}
