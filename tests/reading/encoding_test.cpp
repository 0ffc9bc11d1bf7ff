#include "extract/reading/encoding.h"

#include <doctest/doctest.h>

#include <random>

using namespace relata;
using namespace std::string_literals;

TEST_CASE("valid text stays as it is, byte for byte") {
  for (const char* text : {"", "Plain.\r\nTwo lines\t.", "na\u00EFve \u2014 \u041A\u0438\u0457\u0432 \u4E2D \U0001F600", "\u200Bzero \uFEFFwidth"})
    CHECK(decode_text(text) == text);
}

TEST_CASE("a byte order mark and NUL are dropped, broken sequences replaced") {
  CHECK(clean_utf8("\xEF\xBB\xBFtext") == "text");
  CHECK(clean_utf8("a\0b"s) == "ab");
  CHECK(clean_utf8("a\xFFz") == "a\uFFFDz");
  CHECK(clean_utf8("a\xE2\x82z") == "a\uFFFDz");              // cut off: one mark for the maximal part
  CHECK(clean_utf8("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");  // a surrogate
  CHECK(clean_utf8("\xC0\xAF") == "\uFFFD\uFFFD");            // overlong
  CHECK(clean_utf8("\xF4\x90\x80\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD");
}

TEST_CASE("UTF-16 with a mark, and without one") {
  CHECK(decode_text("\xFF\xFEH\0i\0\xE9\0"s) == "Hi\u00E9");
  CHECK(decode_text("\xFE\xFF\0H\0i\0\xE9"s) == "Hi\u00E9");
  std::string wide;
  for (const char c : "The minister met the envoy."s) wide += std::string{c, '\0'};
  CHECK(decode_text(wide) == "The minister met the envoy.");
}

TEST_CASE("a told charset is believed where the bytes are not UTF-8") {
  CHECK(decode_text("caf\xE9", "ISO-8859-1") == "caf\u00E9");
  CHECK(decode_text("\x93Yes\x94", "latin1") == "\u201CYes\u201D");  // what pages call Latin-1 is windows-1252
  CHECK(decode_text("\xEC\xE8\xF0", "windows-1251") == "\u043C\u0438\u0440");
  CHECK(decode_text("caf\u00E9", "windows-1251") == "caf\u00E9");    // valid UTF-8 is UTF-8
  CHECK(decode_text("caf\xE9 and \x93more\x94 text", "no-such-charset").find("caf\u00E9") == 0);
}

TEST_CASE("an untold charset is guessed by its letters") {
  CHECK(decode_text("The caf\xE9 owner\x92s fianc\xE9 said \x93no\x94 to the d\xE9tente.").find("caf\u00E9 owner\u2019s") != std::string::npos);
  // "Президент провёл встречу с послом и обсудил договор" in windows-1251
  const std::string russian = "\xCF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2 \xEF\xF0\xEE\xE2\xB8\xEB \xE2\xF1\xF2\xF0\xE5\xF7\xF3 \xF1 \xEF\xEE\xF1\xEB\xEE\xEC \xE8 "
                              "\xEE\xE1\xF1\xF3\xE4\xE8\xEB \xE4\xEE\xE3\xEE\xE2\xEE\xF0";
  CHECK(decode_text(russian).find("\u043F\u043E\u0441\u043B\u043E\u043C") != std::string::npos);
}

TEST_CASE("a few broken bytes in UTF-8 are damage, not another encoding") {
  const std::string text = "\u201COne\u201D \u2014 two \u2014 three \u2014 \u201Cfour\u201D \u2014 \xFF five";
  CHECK(decode_text(text) == "\u201COne\u201D \u2014 two \u2014 three \u2014 \u201Cfour\u201D \u2014 \uFFFD five");
}

TEST_CASE("random bytes become valid text without NUL") {
  std::mt19937 random(3);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (auto left = random() % 200; left > 0; --left) bytes += static_cast<char>(random() % (round % 2 ? 256 : 4) + (round % 2 ? 0 : 0xBF));
    const std::string text = decode_text(bytes);
    REQUIRE(is_valid_utf8(text));
    REQUIRE(text.find('\0') == std::string::npos);
  }
}
