#include "extract/times/atoms.h"

#include <algorithm>
#include <memory>

namespace relata::times {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Bytes of the UTF-8 character at `i`; 1 for stray bytes.
std::size_t width(std::string_view text, std::size_t i) {
  const auto lead = static_cast<unsigned char>(text[i]);
  const std::size_t n = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return std::min(n, text.size() - i);
}

// The plain mark a typographic character stands for: '\'' and '-'; 0 when the character is a letter of some script.
char plain_mark(std::string_view character) {
  if (character == "\u2018" || character == "\u2019" || character == "\u02bc") return '\'';
  if (character == "\u2010" || character == "\u2011" || character == "\u2012" || character == "\u2013" || character == "\u2014") return '-';
  if (character == "\u201c" || character == "\u201d" || character == "\u2026" || character == "\u00ab" || character == "\u00bb") return '?';
  if (character == "\u00a0" || character == "\u202f" || character == "\u2009") return ' ';
  return 0;
}

class Splitter {
 public:
  Splitter(const Document& document, Atoms& atoms) : document_(document), atoms_(atoms) {}

  void run() {
    for (TokenIndex t = 0; t < document_.tokens.size(); ++t) {
      const Token& token = document_.tokens[t];
      if (token.is_space) {
        pending_break_ = pending_break_ || token.text.find('\n') != std::string_view::npos;
        continue;
      }
      split_token(t, token);
    }
  }

 private:
  void split_token(TokenIndex t, const Token& token) {
    std::uint32_t point = token.span.begin;
    std::size_t i = 0;
    while (i < token.text.size()) {
      const std::size_t first = i;
      Atom atom;
      atom.begin = point;
      atom.token = atom.last_token = t;
      const std::string_view character = token.text.substr(i, width(token.text, i));
      if (is_digit(token.text[i])) {
        take_number(token.text, i, atom);
        point += static_cast<std::uint32_t>(i - first);
      } else if (is_letter(token.text[i]) || (character.size() > 1 && plain_mark(character) == 0)) {
        atom.kind = AtomKind::word;
        atom.capital = token.text[i] >= 'A' && token.text[i] <= 'Z';
        while (i < token.text.size()) {
          const std::size_t n = width(token.text, i);
          if (n == 1 ? !is_letter(token.text[i]) : plain_mark(token.text.substr(i, n)) != 0) break;
          i += n;
          ++point;
        }
      } else {
        const char plain = character.size() > 1 ? plain_mark(character) : character[0];
        i += character.size();
        ++point;
        if (plain == ' ') continue;
        atom.mark = static_cast<unsigned char>(plain) < 0x80 ? plain : '?';
      }
      atom.end = point;
      atom.lower = std::string_view(atoms_.lower).substr(token.byte_begin + first, i - first);
      push(atom);
    }
  }

  static void take_number(std::string_view text, std::size_t& i, Atom& atom) {
    atom.kind = AtomKind::number;
    std::int64_t value = 0;
    int digits = 0;
    for (; i < text.size() && is_digit(text[i]); ++i) {
      if (digits < 255) ++digits;
      if (digits <= 9) value = value * 10 + (text[i] - '0');
    }
    atom.digits = static_cast<std::uint8_t>(digits);
    atom.number = digits <= 9 ? static_cast<std::int32_t>(value) : -1;
  }

  void push(Atom atom) {
    atom.glued = !atoms_.list.empty() && !pending_break_ && atoms_.list.back().end == atom.begin;
    atom.after_break = pending_break_;
    pending_break_ = false;
    if (atom.glued && atom.kind == AtomKind::word && atoms_.list.back().kind == AtomKind::word) {
      // One word in two tokens.
      Atom& word = atoms_.list.back();
      word.end = atom.end;
      word.last_token = atom.token;
      word.lower = {word.lower.data(), word.lower.size() + atom.lower.size()};
      return;
    }
    atoms_.list.push_back(atom);
  }

  const Document& document_;
  Atoms& atoms_;
  bool pending_break_ = false;
};

}  // namespace

std::unique_ptr<Atoms> split_atoms(const Document& document) {
  auto atoms = std::make_unique<Atoms>();
  atoms->lower = document.article().text;
  std::transform(atoms->lower.begin(), atoms->lower.end(), atoms->lower.begin(), to_lower);
  Splitter(document, *atoms).run();
  return atoms;
}

std::vector<std::string> phrase_words(std::string_view phrase) {
  std::vector<std::string> words;
  std::size_t i = 0;
  while (i < phrase.size()) {
    const auto kind = [&](std::size_t k) {
      const std::size_t n = width(phrase, k);
      if (n > 1) return plain_mark(phrase.substr(k, n)) == 0 ? 1 : 0;
      return is_letter(phrase[k]) ? 1 : is_digit(phrase[k]) ? 2 : 0;
    };
    const int first = kind(i);
    if (first == 0) {
      i += width(phrase, i);
      continue;
    }
    std::string word;
    for (; i < phrase.size() && kind(i) == first; i += width(phrase, i)) {
      for (char c : phrase.substr(i, width(phrase, i))) word += to_lower(c);
    }
    words.push_back(std::move(word));
  }
  return words;
}

}  // namespace relata::times
