#include "extract/names/spans.h"

#include <algorithm>
#include <cctype>

#include "extract/names/span_book.h"

namespace relata::names {
namespace {

// Two to eight capitals.
bool is_acronym(std::string_view text) {
  return text.size() >= 2 && text.size() <= 8 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

class Finder {
 public:
  Finder(const Document& document, const Lexicon& lexicon)
      : book_(document, lexicon), tokens_(book_.tokens), lexicon_(lexicon), sentence_(book_.sentence) {}

  std::vector<Candidate> find() {
    for (const TokenRange sentence : book_.document.sentences) {
      book_.sentence = sentence;
      add_patterns();
      add_known(book_, true);
      add_recognized(book_);
      add_known(book_, false);
      add_runs();
    }
    add_surnames(book_);
    std::vector<Candidate> found = std::move(book_.found);
    for (Candidate& candidate : found) complete_insertion(candidate, found);
    std::erase_if(found, [&](const Candidate& c) { return c.tokens.empty() || ends_title(c.tokens); });
    std::sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) { return a.tokens < b.tokens; });
    return join_spans(book_.document, lexicon_, std::move(found));
  }

 private:
  // "[Donald] Trump": what an editor put before a name is part of it.
  void complete_insertion(Candidate& inserted, std::vector<Candidate>& found) const {
    const TokenRange range = inserted.tokens;
    if (range.empty() || range.first == 0 || range.last + 1 >= tokens_.size()) return;
    if (tokens_[range.first - 1].text != "[" || tokens_[range.last].text != "]" || !is_capitalized(tokens_[range.last + 1])) return;
    if (inserted.recognized != EntityType::person && lexicon_.given(tokens_[range.first].text) == nullptr) return;
    TokenIndex last = range.last + 2;
    if (const TokenIndex follower = book_.taken[range.last + 1]; follower != kNoToken) {
      last = std::max(last, found[follower].tokens.last);
      found[follower].tokens = {};
    }
    inserted.tokens.last = last;
    inserted.recognized = EntityType::person;
    inserted.known = nullptr;
  }

  // "Secretary of State", "Minister of State": a word of the title.
  bool ends_title(TokenRange range) const {
    if (range.last - range.first != 1 || range.first < 2 || tokens_[range.first].text != "State") return false;
    return tokens_[range.first - 1].lower == "of" && lexicon_.title(tokens_[range.first - 2].text) != nullptr;
  }

  // "Ministry of Foreign Affairs", "Bank of Japan", "University of California at Davis", "Russian Defense Ministry".
  void add_patterns() {
    for (TokenIndex i = sentence_.first; i < sentence_.last;) {
      if (!book_.in_run(i)) {
        ++i;
        continue;
      }
      const TokenIndex end = book_.run_end(i);
      add_pattern({i, end});
      i = end;
    }
  }

  void add_pattern(TokenRange run) {
    const HeadWord* head = lexicon_.head(tokens_[run.last - 1].text);
    if (head == nullptr) return;
    TokenRange whole = run;
    if (head->place != HeadPlace::last) whole.last = after_of(run.last);
    if (head->place != HeadPlace::last && (head->type == EntityType::event || head->type == EntityType::fac || head->type == EntityType::law) &&
        whole.last == run.last && run.last < sentence_.last && tokens_[run.last].tag == Tag::CD)
      ++whole.last;
    whole.first = recognized_from(whole.first);
    if (whole.last == run.last && (whole.last - whole.first < 2 || head->place == HeadPlace::first)) return;
    if (lexicon_.title(tokens_[run.last - 1].text) != nullptr) return;
    if (whole.first == sentence_.first && is_determiner(tokens_[whole.first])) ++whole.first;
    while (whole.last - whole.first > 2 && lexicon_.title(tokens_[whole.first].text) != nullptr &&  // the "Justice" of "Justice Department" stays
           lexicon_.title(tokens_[whole.first].text)->kind != TitleKind::part && !names_as_one(whole))
      ++whole.first;
    if (!is_proper(tokens_[run.last - 1])) return;
    if (head->type != EntityType::org && tokens_[run.last - 1].ner == Ner::PERSON && lexicon_.given(tokens_[run.first].text) != nullptr) return;
    // "China Sea" of "South China Sea" is met from its beginning; a state before a common head is not part of it ("Iran War").
    book_.take({whole, book_.recognized_in(whole), lexicon_.known(name_key(book_.document, whole)), head->type, false});
  }

  // "General Motors", "Prince Rupert Port Authority": the title is a word of the name.
  bool names_as_one(TokenRange whole) const {
    if (lexicon_.known(name_key(book_.document, whole)) != nullptr) return true;
    const Token &first = tokens_[whole.first], &next = tokens_[whole.first + 1];
    const auto type = type_of(first.ner);
    return type && *type != EntityType::person && next.ner == first.ner && !next.ner_begins;
  }

  // Where the recognizer begins the name that goes on at i, when it joins several parts ("Daughters of the ... Hall").
  TokenIndex recognized_from(TokenIndex i) const {
    TokenIndex first = i;
    for (int step = 0; step < 8 && first > sentence_.first && tokens_[first].ner != Ner::none && tokens_[first].ner != Ner::PERSON && !tokens_[first].ner_begins; ++step) --first;
    return is_capitalized(tokens_[first]) && !is_determiner(tokens_[first]) && (first == i || book_.free({first, i})) ? first : i;
  }

  // The end of "of (the) X (and X)" after i, or i itself.
  TokenIndex after_of(TokenIndex i) const {
    if (i + 1 >= sentence_.last || (tokens_[i].lower != "of" && tokens_[i].lower != "for")) return i;
    TokenIndex next = i + 1;
    if (next < sentence_.last && is_determiner(tokens_[next])) ++next;
    if (next >= sentence_.last || !book_.in_run(next) || !is_proper(tokens_[next])) return i;
    TokenIndex end = book_.run_end(next);
    const bool same_name = lexicon_.known(name_key(book_.document, {next, end})) == nullptr;
    if (same_name && end + 1 < sentence_.last && tokens_[end].lower == "and" && book_.in_run(end + 1) && is_proper(tokens_[end + 1]) &&
        tokens_[i].lower == "of" && recognized_together(next, end + 1))
      end = book_.run_end(end + 1);
    // "the Superior Court of the District of Columbia"
    if (end + 1 < sentence_.last && tokens_[end].lower == "of" && book_.in_run(end + 1) && is_proper(tokens_[end + 1])) end = book_.run_end(end + 1);
    return end;
  }

  bool recognized_together(TokenIndex first, TokenIndex last) const {
    for (TokenIndex i = first + 1; i <= last; ++i)
      if (tokens_[i].ner == Ner::none || tokens_[i].ner_begins) return false;
    return true;
  }

  // Runs of proper nouns that neither the recognizer nor the lexicon knows.
  void add_runs() {
    for (TokenIndex i = sentence_.first; i < sentence_.last;) {
      if (book_.taken[i] == kNoToken && book_.in_run(i) && tokens_[i].tag == Tag::NN && tokens_[i].ner == Ner::none && is_acronym(tokens_[i].text)) {
        book_.take({{i, i + 1}, std::nullopt, lexicon_.known(tokens_[i].text), std::nullopt, false});
        ++i;
        continue;
      }
      if (book_.taken[i] != kNoToken || !book_.in_run(i) || !is_proper(tokens_[i]) || tokens_[i].ner != Ner::none) {
        ++i;
        continue;
      }
      TokenIndex end = i;
      while (end < sentence_.last && end - i < kLongestName && book_.taken[end] == kNoToken && book_.in_run(end) && is_proper(tokens_[end])) ++end;
      TokenRange run{i, end};
      while (run.last - run.first > 1 && lexicon_.title(tokens_[run.first].text) != nullptr) ++run.first;
      if (run.last - run.first == 1 && lexicon_.title(tokens_[run.first].text) != nullptr) run.last = run.first;
      if (!run.empty()) book_.take({run, std::nullopt, lexicon_.known(name_key(book_.document, run)), std::nullopt, false});
      i = end;
    }
  }

  SpanBook book_;
  const std::vector<Token>& tokens_;
  const Lexicon& lexicon_;
  const TokenRange& sentence_;
};

}  // namespace

bool is_capitalized(const Token& token) {
  if (token.text.empty()) return false;
  const auto c = static_cast<unsigned char>(token.text[0]);
  if (c < 0x80) return std::isupper(c) != 0;
  return token.text != token.lower;
}

bool is_proper(const Token& token) { return token.tag == Tag::NNP || token.tag == Tag::NNPS; }

std::string name_key(const Document& document, TokenRange range) {
  std::string key;
  for (TokenIndex i = range.first; i < range.last; ++i) {
    if (key.size() + document.tokens[i].text.size() > kLongestKey) return {};
    key += document.tokens[i].text;
  }
  return key;
}

std::vector<Candidate> find_spans(const Document& document, const Lexicon& lexicon) { return Finder(document, lexicon).find(); }

}  // namespace relata::names
