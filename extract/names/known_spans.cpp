// Names that the lexicon knows.
#include <algorithm>
#include <cctype>

#include "extract/names/span_book.h"

namespace relata::names {
namespace {

constexpr TokenIndex kLongestKnown = 8;  // tokens of a name of the lexicon

bool has_lower_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c & 0x80) != 0; });
}

class KnownSpans {
 public:
  explicit KnownSpans(SpanBook& book) : book_(book), tokens_(book.tokens), lexicon_(book.lexicon), sentence_(book.sentence) {}

  void add(bool several) {
    std::string key;
    for (TokenIndex i = sentence_.first; i < sentence_.last; ++i) {
      if (book_.taken[i] != kNoToken || !may_begin(tokens_[i])) continue;
      key.clear();
      TokenRange best;
      const Known* known = nullptr;
      const TokenIndex limit = std::min(sentence_.last, i + kLongestKnown);
      for (TokenIndex end = i; end < limit && book_.taken[end] == kNoToken; ++end) {
        if (end > i && !may_continue(end)) break;
        if (key.size() + tokens_[end].text.size() > kLongestKey) break;
        key += tokens_[end].text;
        const Known* hit = lexicon_.known(key);
        if (hit == nullptr && is_plural_model(key)) hit = lexicon_.known(std::string_view(key).substr(0, key.size() - 1));
        if (hit != nullptr && is_whole(end)) {
          known = hit;
          best = {i, end + 1};
        }
      }
      if (known == nullptr || !believable(best, *known, several)) continue;
      book_.take({best, book_.recognized_in(best), known, std::nullopt, false});
      i = best.last - 1;
    }
  }

 private:
  // "A320s", "F-16s"
  static bool is_plural_model(std::string_view key) {
    return key.size() > 2 && key.back() == 's' && key[key.size() - 2] >= '0' && key[key.size() - 2] <= '9';
  }

  bool may_begin(const Token& token) const {
    if (token.is_space || token.text.empty()) return false;
    const auto c = static_cast<unsigned char>(token.text[0]);
    if (std::isupper(c) || std::isdigit(c) || c >= 0x80) return true;
    return token.text.size() > 1 && (token.ner != Ner::none || is_proper(token));
  }

  bool may_continue(TokenIndex i) const {
    const Token& token = tokens_[i];
    if (token.is_space) return false;
    if (is_capitalized(token) || is_particle(token.lower)) return true;
    if (token.text.size() > 12) return false;
    return token.tag == Tag::HYPH || token.tag == Tag::CD || token.tag == Tag::IN || token.tag == Tag::DT || token.tag == Tag::CC ||
           is_proper(token) || is_possessive(token) || token.text == "." || token.text == "!" || token.text == "," ||
           token.tag == Tag::NN || token.tag == Tag::NNS || token.text == "-";
  }

  // The name does not end inside a hyphenated word of two capitals ("Paris-Roubaix").
  bool is_whole(TokenIndex end) const {
    if (end + 1 >= sentence_.last || tokens_[end].space_after) return true;
    if (tokens_[end + 1].text != "-") return true;
    return end + 2 >= sentence_.last || !is_capitalized(tokens_[end + 2]);
  }

  bool believable(TokenRange range, const Known& known, bool several) const {
    const Token& first = tokens_[range.first];
    const bool one = range.last - range.first == 1;
    if (several) return !one && known.strength >= 2 && !(known.adjective);
    const bool recognized = first.ner != Ner::none && type_of(first.ner).has_value();
    if (known.adjective) return is_capitalized(first) && first.text != first.lower;
    if (known.strength >= 2) {
      if (known.type == EntityType::vehicle && is_capitalized(first) && has_digit(tokens_[range.last - 1].text)) return true;
      if (is_proper(first) || recognized) return has_lower_letter(first.text) || !one || !shouted();
      return one && first.text.size() >= 3 && !has_lower_letter(first.text) && !shouted();
    }
    return recognized || (!one && is_proper(first));
  }

  // A sentence in capitals only: acronyms cannot be told from words.
  bool shouted() const {
    unsigned upper = 0, lower = 0;
    for (TokenIndex i = sentence_.first; i < std::min(sentence_.last, sentence_.first + 40); ++i) {
      if (tokens_[i].text.size() < 3) continue;
      (has_lower_letter(tokens_[i].text) ? lower : upper) += std::isalpha(static_cast<unsigned char>(tokens_[i].text[0])) != 0;
    }
    return upper > 3 && lower == 0;
  }

  SpanBook& book_;
  const std::vector<Token>& tokens_;
  const Lexicon& lexicon_;
  const TokenRange& sentence_;
};

}  // namespace

void add_known(SpanBook& book, bool several) { KnownSpans(book).add(several); }

}  // namespace relata::names
