#include "extract/tokens/tokenizer.h"

#include <array>

#include "extract/tokens/affixes.h"
#include "extract/tokens/characters.h"
#include "extract/tokens/phrases.h"

namespace relata {
namespace {

enum class Kind : std::uint8_t { letter, other, space, wide };

// ASCII at one look; `wide` bytes begin a longer character.
std::array<Kind, 256> ascii_kinds() {
  std::array<Kind, 256> out{};
  for (std::size_t c = 0; c < 256; ++c) {
    if (c >= 128) out[c] = Kind::wide;
    else if (character_bits(static_cast<char32_t>(c)) & pack::kSpace) out[c] = Kind::space;
    else if ((c | 32) >= 'a' && (c | 32) <= 'z') out[c] = Kind::letter;
    else out[c] = Kind::other;
  }
  return out;
}

// Splits one text. Pieces are appended in text order, so byte and code point of each follow from the one before.
class Splitter {
 public:
  Splitter(std::string_view text, LexemeStore& store, Scratch& scratch, std::vector<Piece>& out)
      : text_(text), store_(store), scratch_(scratch), out_(out) {}

  void run() {
    std::size_t at = 0;
    while (at < text_.size()) {
      std::size_t begin = at;
      if (space_at(at) != 0) {
        for (std::size_t size; (size = space_at(at)) != 0;) at += size;
        if (begin > 0 && text_[begin] == ' ') {  // belongs to the word before
          out_.back().space_after = true;
          ++point_;
          ++begin;
        }
        if (begin < at && !exception(text_.substr(begin, at - begin))) emit(text_.substr(begin, at - begin));
      } else {
        bool letters = true;
        for (; at < text_.size() && space_at(at) == 0; ++at) letters = letters && kind(at) == Kind::letter;
        chunk(text_.substr(begin, at - begin), letters);
      }
    }
  }

 private:
  Kind kind(std::size_t at) const {
    static const std::array<Kind, 256> kKinds = ascii_kinds();
    return kKinds[static_cast<unsigned char>(text_[at])];
  }

  // Bytes of the white-space character at `at`, 0 if there is none. Inside a character there is none.
  std::size_t space_at(std::size_t at) const {
    if (at >= text_.size()) return 0;
    const Kind k = kind(at);
    if (k != Kind::wide) return k == Kind::space ? 1 : 0;
    if ((static_cast<unsigned char>(text_[at]) & 0xC0) == 0x80) return 0;
    const CodePoint c = code_point_at(text_, at);
    return character_bits(c.value) & pack::kSpace ? c.size : 0;
  }

  std::uint32_t byte_of(std::string_view part) const { return static_cast<std::uint32_t>(part.data() - text_.data()); }

  void emit(std::string_view form, std::uint64_t hash, std::uint32_t points) {
    Piece piece;
    piece.lexeme = store_.get(form, hash, scratch_);
    piece.byte_begin = byte_of(form);
    piece.begin = point_;
    piece.end = point_ += points;
    out_.push_back(piece);
  }
  void emit(std::string_view form) { emit(form, murmur64a(form), count_code_points(form)); }

  bool exception(std::string_view form) { return form.size() <= longest_exception() && exception(form, murmur64a(form)); }
  bool exception(std::string_view form, std::uint64_t hash) {
    if (form.size() > longest_exception() || !append_exception(form, hash, byte_of(form), point_, store_, scratch_, out_)) return false;
    point_ = out_.back().end;
    return true;
  }
  static bool is_exception(std::string_view form) {
    return form.size() <= longest_exception() && pack::tables().find(pack::tables().header().exceptions, form) != nullptr;
  }

  void chunk(std::string_view form, bool letters) {
    if (letters) {
      const std::uint64_t hash = murmur64a(form);
      if (!exception(form, hash)) emit(form, hash, static_cast<std::uint32_t>(form.size()));
      return;
    }
    if (exception(form)) return;
    const std::string_view middle = strip_affixes(form);
    if (!middle.empty() && !exception(middle)) {
      if (is_address(middle)) emit(middle);
      else split_infixes(middle);
    }
    for (; !suffixes_.empty(); suffixes_.pop_back()) emit(suffixes_.back());
  }

  // Emits the prefixes, keeps the suffixes, outermost first, and gives what is left between them.
  std::string_view strip_affixes(std::string_view form) {
    std::size_t last = 0;
    while (!form.empty() && form.size() != last && !is_exception(form)) {
      last = form.size();
      const std::size_t pre = prefix_length(form);
      if (pre != 0 && is_exception(form.substr(pre))) {
        emit(form.substr(0, pre));
        return form.substr(pre);
      }
      const std::size_t suf = suffix_length(form.substr(pre));  // its conditions do not see the prefix
      if (suf != 0 && is_exception(form.substr(0, form.size() - suf))) {
        suffixes_.push_back(form.substr(form.size() - suf));
        return form.substr(0, form.size() - suf);
      }
      if (pre != 0) emit(form.substr(0, pre));
      if (suf != 0) suffixes_.push_back(form.substr(form.size() - suf));
      form = form.substr(pre, form.size() - pre - suf);
    }
    return form;
  }

  void split_infixes(std::string_view form) {
    std::size_t done = 0, from = 0;
    for (InfixMatch match; (match = next_infix(form, from)).end != 0; from = match.end) {
      if (match.begin == 0) continue;  // an infix at the very beginning stays part of the first piece
      if (match.begin != done) emit(form.substr(done, match.begin - done));
      emit(form.substr(match.begin, match.end - match.begin));
      done = match.end;
    }
    if (done < form.size()) emit(form.substr(done));
  }

  std::string_view text_;
  LexemeStore& store_;
  Scratch& scratch_;
  std::vector<Piece>& out_;
  std::vector<std::string_view> suffixes_;
  std::uint32_t point_ = 0;
};

}  // namespace

void Tokenizer::tokenize(std::string_view text, Scratch& scratch, std::vector<Piece>& out) const {
  out.clear();
  Splitter(text, *store_, scratch, out).run();
  join_phrases(text, *store_, scratch, out);
}

}  // namespace relata
