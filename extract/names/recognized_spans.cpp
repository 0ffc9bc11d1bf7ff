// The recognizer's spans: their boundaries mended, titles cut off, lists parted.
#include <algorithm>
#include <cctype>

#include "extract/names/span_book.h"

namespace relata::names {
namespace {

class RecognizedSpans {
 public:
  explicit RecognizedSpans(SpanBook& book) : book_(book), tokens_(book.tokens), lexicon_(book.lexicon), sentence_(book.sentence) {}

  void add() {
    for (TokenIndex i = sentence_.first; i < sentence_.last;) {
      const auto type = type_of(tokens_[i].ner);
      TokenIndex end = i + 1;
      if (type) {
        while (end < sentence_.last && tokens_[end].ner == tokens_[i].ner && !tokens_[end].ner_begins) ++end;
        add_pieces({i, end}, *type);
      }
      i = end;
    }
  }

 private:
  // The parts of a recognized span that are free and hold no line break or list.
  void add_pieces(TokenRange span, EntityType type) {
    TokenIndex begin = span.first;
    for (TokenIndex i = span.first; i <= span.last; ++i) {
      if (i < span.last && book_.taken[i] == kNoToken && !divides(i, span, type)) continue;
      mend({begin, i}, type);
      begin = i + 1;
    }
  }

  bool divides(TokenIndex i, TokenRange span, EntityType type) const {
    const Token& token = tokens_[i];
    if (token.is_space) return true;
    const bool outer = i == span.first || i + 1 >= span.last;
    if (token.text == "," || token.text == ";" || token.text == "/" || token.text == "(" || token.text == ")" || token.text == "\"") {
      if (!outer && token.text == "," && lexicon_.head(tokens_[i + 1].text) != nullptr && type == EntityType::org) return false;
      return type != EntityType::work && type != EntityType::event && type != EntityType::law && !(type == EntityType::org && token.text == ",");
    }
    if (spaced_dash(i)) return type != EntityType::work && type != EntityType::event;
    if (type == EntityType::person) return token.lower == "and" || token.lower == "of" || is_possessive(token);
    return false;
  }

  bool titles_only(TokenRange span) const {
    for (TokenIndex i = span.first; i < span.last; ++i) {
      const std::string_view word = tokens_[i].text;
      if (lexicon_.title(word) == nullptr || lexicon_.given(word) != nullptr || lexicon_.known(word) != nullptr) return false;
    }
    return !span.empty();
  }

  bool spaced_dash(TokenIndex i) const {
    const std::string_view text = tokens_[i].text;
    return (text == "-" || text == "--" || text == "–" || text == "—") && i > 0 && tokens_[i - 1].space_after;
  }

  void mend(TokenRange span, EntityType type) {
    if (type == EntityType::work) return mend_work(span);
    while (!span.empty() && !begins_name(tokens_[span.first])) ++span.first;
    while (!span.empty() && !ends_name(span)) --span.last;
    const bool counted = type == EntityType::person || type == EntityType::gpe || type == EntityType::norp;  // "Sweden 1"
    while (counted && span.last - span.first > 1 && tokens_[span.last - 1].tag == Tag::CD) --span.last;
    if (type == EntityType::person && titles_only(span)) return;
    if (span.empty() || span.last - span.first > kLongestName) return;
    if (type == EntityType::person) {
      cut_titles(span);
      grow_person(span);
    } else {
      cut_office(span);
    }
    if (span.empty() || names_an_office(span)) return;
    if (type == EntityType::person && span.last - span.first >= 4) {
      const TokenIndex second = next_person(span);
      if (second < span.last) {
        add_mended({span.first, second}, type);
        return mend({second, span.last}, type);
      }
    }
    add_mended(span, type);
  }

  // "Defence" of "Defence Minister Ann Lee", "Fisheries" of "Fisheries Minister".
  bool names_an_office(TokenRange span) const {
    if (span.last >= sentence_.last || lexicon_.title(tokens_[span.last].text) == nullptr || !is_capitalized(tokens_[span.last])) return false;
    const std::string_view word = tokens_[span.first].text;
    const bool unknown = lexicon_.known(word) == nullptr && lexicon_.given(word) == nullptr && !lexicon_.surname(word);
    if (span.last - span.first == 1 && unknown && (tokens_[span.last].lower == "minister" || tokens_[span.last].lower == "secretary")) return true;
    for (TokenIndex i = span.first; i < span.last; ++i)
      if (lexicon_.title(tokens_[i].text) == nullptr) return false;
    return true;
  }

  // "Ann Lee Bob Ray": where the next person's name begins in a list without commas, or the end.
  TokenIndex next_person(TokenRange span) const {
    for (TokenIndex i = span.first + 2; i + 2 <= span.last; ++i)
      if (lexicon_.given(tokens_[span.first].text) && lexicon_.given(tokens_[i].text) && !lexicon_.given(tokens_[i - 1].text) && tokens_[i - 1].space_after &&
          is_capitalized(tokens_[i - 1]) &&
          (i + 2 == span.last || span.last - i >= 4))
        return i;
    return span.last;
  }

  void add_mended(TokenRange span, EntityType type) {
    const HeadWord* head = lexicon_.head(tokens_[span.last - 1].text);
    const bool given = type == EntityType::person && lexicon_.given(tokens_[span.first].text) != nullptr;  // "Nathan Law"
    const bool headed = head != nullptr && !given && head->place != HeadPlace::first && span.last - span.first > 1;
    book_.take({span, type, lexicon_.known(name_key(book_.document, span)), headed ? std::optional(head->type) : std::nullopt, false});
  }

  void mend_work(TokenRange span) {
    while (!span.empty() && tokens_[span.first].pos == Pos::PUNCT) ++span.first;
    while (!span.empty() && (tokens_[span.last - 1].pos == Pos::PUNCT || is_possessive(tokens_[span.last - 1]))) --span.last;
    if (!span.empty()) book_.take({span, EntityType::work, lexicon_.known(name_key(book_.document, span)), std::nullopt, false});
  }

  bool begins_name(const Token& token) const {
    if (is_determiner(token) || token.pos == Pos::PUNCT || token.pos == Pos::SPACE || book_.never_named(token)) return false;
    if (is_capitalized(token)) return true;
    if (is_particle(token.lower) || is_proper(token)) return true;
    return token.text.size() > 1 && (std::isdigit(static_cast<unsigned char>(token.text[0])) || has_upper(token.text));
  }

  static bool has_upper(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  }

  bool ends_name(TokenRange span) const {
    const Token& token = tokens_[span.last - 1];
    if (is_possessive(token) || token.is_space || token.pos == Pos::PUNCT || book_.never_named(token)) return false;
    if (is_capitalized(token) || is_proper(token) || token.tag == Tag::CD || token.tag == Tag::NNS || token.tag == Tag::NN) return true;
    return has_upper(token.text) || std::isdigit(static_cast<unsigned char>(token.text[0])) != 0;
  }

  // Titles, and what stands before them, are no part of a person's name.
  void cut_titles(TokenRange& span) const {
    for (TokenIndex i = span.last - 1; i-- > span.first;) {
      const Title* title = lexicon_.title(tokens_[i].text);
      if (title == nullptr) continue;
      const bool may_be_given = i == span.first && lexicon_.given(tokens_[i].text) != nullptr && title->kind == TitleKind::office &&
                                span.last - span.first > 1 && tokens_[span.last - 1].text != tokens_[i].text && !is_title_context(i);
      if (may_be_given) continue;
      span.first = i + 1;
      return;
    }
    while (span.last - span.first > 1) {
      const Known* known = lexicon_.known(tokens_[span.first].text);
      if (known == nullptr || !(known->adjective || (known->strength == 3 && known->type == EntityType::org)) ||
          lexicon_.given(tokens_[span.first].text) != nullptr)
        break;
      ++span.first;
    }
  }

  // "Dean" and "Judge" are given names too: a title when a modifier stands before them.
  bool is_title_context(TokenIndex i) const {
    return i > sentence_.first && (tokens_[i - 1].pos == Pos::ADJ || tokens_[i - 1].lower == "the") && !is_capitalized(tokens_[i - 1]);
  }

  // Hyphenated parts the recognizer left out, given names and initials before, "al-" and the like.
  void grow_person(TokenRange& span) {
    if (span.empty()) return;
    while (span.last + 1 < sentence_.last && tokens_[span.last].text == "-" && !tokens_[span.last - 1].space_after &&
           !tokens_[span.last].space_after && book_.free({span.last, span.last + 2}) && tokens_[span.last + 1].pos != Pos::VERB)
      span.last += 2;
    while (span.last < sentence_.last && book_.free({span.last, span.last + 1}) && tokens_[span.last].ner == Ner::none &&
           tokens_[span.last].tag == Tag::NNP && is_capitalized(tokens_[span.last]) && tokens_[span.last].head < span.last + 2 &&
           lexicon_.surname(tokens_[span.last].text) && !lexicon_.title(tokens_[span.last].text) && tokens_[span.last - 1].space_after)
      ++span.last;
    while (span.first > sentence_.first && book_.free({span.first - 1, span.first}) && is_given(tokens_[span.first - 1])) --span.first;
  }

  bool is_given(const Token& token) const {
    if (token.tag != Tag::NNP || !is_capitalized(token) || !token.space_after || lexicon_.title(token.text) != nullptr) return false;
    if (token.text.size() == 2 && token.text[1] == '.') return true;
    return lexicon_.given(token.text) != nullptr && lexicon_.known(token.text) == nullptr && type_of(token.ner).has_value();
  }

  // "Russian President" and the like are no names.
  void cut_office(TokenRange& span) const {
    while (span.last - span.first > 1) {
      const Title* title = lexicon_.title(tokens_[span.last - 1].text);
      if (title == nullptr || title->kind == TitleKind::honorific || lexicon_.head(tokens_[span.last - 1].text) != nullptr) return;
      --span.last;
    }
  }

  SpanBook& book_;
  const std::vector<Token>& tokens_;
  const Lexicon& lexicon_;
  const TokenRange& sentence_;
};

}  // namespace

void add_recognized(SpanBook& book) { RecognizedSpans(book).add(); }

}  // namespace relata::names
