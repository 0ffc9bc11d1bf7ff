#include <doctest/doctest.h>

#include <chrono>
#include <random>
#include <string>

#include "extract/tokens/affixes.h"
#include "extract/tokens/tokenizer.h"

namespace {

using namespace relata;

std::vector<std::string> tokens_of(const std::string& text) {
  static LexemeStore store;
  Scratch scratch;
  std::vector<Piece> pieces;
  Tokenizer(store).tokenize(text, scratch, pieces);
  std::vector<std::string> out;
  for (const Piece& piece : pieces) out.emplace_back(piece.lexeme->text);
  return out;
}

using Tokens = std::vector<std::string>;

// Every byte belongs to one piece or is the space after one; code points agree with bytes.
void check_cover(const std::string& text, const std::vector<Piece>& pieces) {
  std::size_t byte = 0, point = 0;
  for (const Piece& piece : pieces) {
    const std::string_view form = piece.lexeme->text;
    REQUIRE(!form.empty());
    REQUIRE(piece.byte_begin == byte);
    REQUIRE(piece.begin == point);
    REQUIRE(text.compare(byte, form.size(), form) == 0);
    byte += form.size();
    for (const char c : form) point += (c & 0xC0) != 0x80;
    REQUIRE(piece.end == point);
    if (piece.space_after) {
      REQUIRE(text[byte] == ' ');
      ++byte;
      ++point;
    }
  }
  REQUIRE(byte == text.size());
}

void append(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 63));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 63));
    out += static_cast<char>(0x80 | (c & 63));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 63));
    out += static_cast<char>(0x80 | ((c >> 6) & 63));
    out += static_cast<char>(0x80 | (c & 63));
  }
}

}  // namespace

TEST_CASE("tokens as a reader of English expects them") {
  CHECK(tokens_of("Minister Ann Lee said: \"We won't wait.\"") ==
        Tokens{"Minister", "Ann", "Lee", "said", ":", "\"", "We", "wo", "n't", "wait", ".", "\""});
  CHECK(tokens_of("The U.S. and the U.K. met in St. Paul.") == Tokens{"The", "U.S.", "and", "the", "U.K.", "met", "in", "St.", "Paul", "."});
  CHECK(tokens_of("(Reuters) - $5.2bn, 40%") == Tokens{"(", "Reuters", ")", "-", "$", "5.2bn", ",", "40", "%"});
  CHECK(tokens_of("France's ex-president") == Tokens{"France", "'s", "ex", "-", "president"});
  CHECK(tokens_of("see https://example.org/a?b=c.") == Tokens{"see", "https://example.org/a?b=c", "."});
  CHECK(tokens_of("(fine :)") == Tokens{"(", "fine", ":)"});
  CHECK(tokens_of("") == Tokens{});
  CHECK(tokens_of(" a  b\n") == Tokens{" ", "a", " ", "b", "\n"});
}

TEST_CASE("an address is one token, a private network or a wrong port is none") {
  for (const char* yes : {"example.org", "http://example.org:8080/x", "ftp://user:word@files.example.org", "8.8.8.8", "a@b.co", "223.255.255.254/x"})
    CHECK_MESSAGE(is_address(yes), yes);
  for (const char* no : {"example", "10.0.0.1", "127.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.1.1", "8.8.8.256", "8.8.8.0", "example.org:8", "example.o", "-x.org", "."})
    CHECK_MESSAGE(!is_address(no), no);
}

TEST_CASE("an exception's norm belongs to the token, not to the word") {
  LexemeStore store;
  Scratch scratch;
  std::vector<Piece> pieces;
  Tokenizer(store).tokenize("ca can't ca", scratch, pieces);
  REQUIRE(pieces.size() == 4);
  CHECK(pieces[0].lexeme->norm == "ca");
  CHECK(pieces[1].lexeme->text == "ca");
  CHECK(pieces[1].lexeme->norm == "can");
  CHECK(pieces[2].lexeme->norm == "not");
  CHECK(pieces[3].lexeme == pieces[0].lexeme);
  CHECK(pieces[1].lexeme->slot != pieces[0].lexeme->slot);
}

TEST_CASE("the pieces of any text cover it exactly") {
  std::mt19937 random(5);
  const std::string kPunctuation = ".,;:!?'\"()[]<>-/\\@#$%&*_+=~ \t\n0aA";
  LexemeStore store(512);  // soon full: forms beyond it live in the scratch memory
  const Tokenizer tokenizer(store);
  std::vector<Piece> pieces;
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (auto left = random() % 60; left > 0; --left) {
      switch (random() % 4) {
        case 0: append(text, static_cast<char32_t>(1 + random() % 0x2FF)); break;
        case 1: append(text, static_cast<char32_t>(random() % 2 ? 0x2000 + random() % 0x300 : 0x10000 + random() % 0xFFFFF)); break;
        default: text += kPunctuation[random() % kPunctuation.size()];
      }
    }
    Scratch scratch;
    tokenizer.tokenize(text, scratch, pieces);
    CAPTURE(text);
    check_cover(text, pieces);
  }
  CHECK(store.size() == 512);
}

TEST_CASE("time grows with the length of a text, not faster, whatever it is made of") {
  LexemeStore store;
  const Tokenizer tokenizer(store);
  std::vector<Piece> pieces;
  for (const std::string unit : {"(", ".", "a.", "a@.", "a", "a-", "'", "\u03A3", ":)", " ", "http://", "1.", ".'(", "a--", "\u03A3\u0301", "US$"}) {
    std::string text;
    while (text.size() < 400'000) text += unit;
    Scratch scratch;
    const auto start = std::chrono::steady_clock::now();
    tokenizer.tokenize(text, scratch, pieces);
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    CHECK_MESSAGE(seconds < 20, unit);  // quadratic time would take many minutes; an instrumented build takes seconds
    check_cover(text, pieces);
  }
}
