#include "extract/names/spans.h"

#include <algorithm>
#include <cctype>

namespace relata::names {
namespace {

constexpr TokenIndex kLongestKnown = 8;   // tokens of a name of the lexicon
constexpr TokenIndex kLongestName = 24;   // tokens of any name: longer runs are lists or headlines
constexpr std::size_t kLongestKey = 160;  // bytes

std::optional<EntityType> type_of(Ner label) {
  switch (label) {
    case Ner::PERSON: return EntityType::person;
    case Ner::ORG: return EntityType::org;
    case Ner::GPE: return EntityType::gpe;
    case Ner::LOC: return EntityType::loc;
    case Ner::FAC: return EntityType::fac;
    case Ner::NORP: return EntityType::norp;
    case Ner::PRODUCT: return EntityType::product;
    case Ner::EVENT: return EntityType::event;
    case Ner::LAW: return EntityType::law;
    case Ner::WORK_OF_ART: return EntityType::work;
    default: return std::nullopt;
  }
}

bool is_determiner(const Token& token) { return token.lower == "the" || token.lower == "a" || token.lower == "an"; }

bool is_possessive(const Token& token) { return token.tag == Tag::POS || token.text == "'s" || token.text == "’s"; }

// Lower-case words that may stand inside a name.
bool is_particle(std::string_view word) {
  static constexpr std::array<std::string_view, 22> kParticles = {"al", "el", "bin", "bint", "ibn", "abu", "de", "del", "della", "di", "da",
                                                                  "dos", "du", "la", "le", "van", "von", "der", "den", "ter", "ben", "y"};
  return std::find(kParticles.begin(), kParticles.end(), word) != kParticles.end();
}

bool has_lower_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c & 0x80) != 0; });
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Two to eight capitals.
bool is_acronym(std::string_view text) {
  return text.size() >= 2 && text.size() <= 8 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

class Finder {
 public:
  Finder(const Document& document, const Lexicon& lexicon)
      : document_(document), tokens_(document.tokens), lexicon_(lexicon), taken_(document.tokens.size(), kNoToken) {}

  std::vector<Candidate> find() {
    for (const TokenRange sentence : document_.sentences) {
      sentence_ = sentence;
      add_patterns();
      add_known(true);
      add_recognized();
      add_known(false);
      add_runs();
    }
    std::erase_if(found_, [](const Candidate& c) { return c.tokens.empty(); });
    std::sort(found_.begin(), found_.end(), [](const Candidate& a, const Candidate& b) { return a.tokens < b.tokens; });
    return std::move(found_);
  }

 private:
  bool free(TokenRange range) const {
    for (TokenIndex i = range.first; i < range.last; ++i)
      if (taken_[i] != kNoToken) return false;
    return true;
  }

  void take(Candidate candidate) {
    for (TokenIndex i = candidate.tokens.first; i < candidate.tokens.last; ++i) taken_[i] = static_cast<TokenIndex>(found_.size());
    candidate.titled = title_before(candidate.tokens.first);
    found_.push_back(candidate);
  }

  bool title_before(TokenIndex first) const {
    return first > sentence_.first && lexicon_.title(tokens_[first - 1].text) != nullptr && tokens_[first - 1].pos != Pos::VERB;
  }

  // A word that can be part of a run of a name.
  bool in_run(TokenIndex i) const {
    const Token& token = tokens_[i];
    if (token.is_space || !is_capitalized(token) || never_named(token)) return false;
    return is_proper(token) || (token.tag == Tag::NN || token.tag == Tag::JJ || token.tag == Tag::NNS);
  }

  TokenIndex run_end(TokenIndex i) const {
    const TokenIndex limit = std::min(sentence_.last, i + kLongestName);
    while (i < limit && in_run(i)) ++i;
    return i;
  }

  // "Ministry of Foreign Affairs", "Bank of Japan", "University of California at Davis", "Russian Defense Ministry".
  void add_patterns() {
    for (TokenIndex i = sentence_.first; i < sentence_.last;) {
      if (!in_run(i)) {
        ++i;
        continue;
      }
      const TokenIndex end = run_end(i);
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
    while (whole.last - whole.first > 1 && lexicon_.title(tokens_[whole.first].text) != nullptr &&
           lexicon_.title(tokens_[whole.first].text)->kind != TitleKind::part)
      ++whole.first;
    if (!is_proper(tokens_[run.last - 1])) return;
    if (head->type != EntityType::org && tokens_[run.last - 1].ner == Ner::PERSON && lexicon_.given(tokens_[run.first].text) != nullptr) return;
    // "China Sea" of "South China Sea" is met from its beginning; a state before a common head is not part of it ("Iran War").
    take({whole, recognized_in(whole), lexicon_.known(name_key(document_, whole)), head->type, false});
  }

  // Where the recognizer begins the name that goes on at i, when it joins several parts ("Daughters of the ... Hall").
  TokenIndex recognized_from(TokenIndex i) const {
    TokenIndex first = i;
    for (int step = 0; step < 8 && first > sentence_.first && tokens_[first].ner != Ner::none && tokens_[first].ner != Ner::PERSON && !tokens_[first].ner_begins; ++step) --first;
    return is_capitalized(tokens_[first]) && !is_determiner(tokens_[first]) && (first == i || free({first, i})) ? first : i;
  }

  // The end of "of (the) X (and X)" after i, or i itself.
  TokenIndex after_of(TokenIndex i) const {
    if (i + 1 >= sentence_.last || (tokens_[i].lower != "of" && tokens_[i].lower != "for")) return i;
    TokenIndex next = i + 1;
    if (next < sentence_.last && is_determiner(tokens_[next])) ++next;
    if (next >= sentence_.last || !in_run(next) || !is_proper(tokens_[next])) return i;
    TokenIndex end = run_end(next);
    const bool same_name = lexicon_.known(name_key(document_, {next, end})) == nullptr;
    if (same_name && end + 1 < sentence_.last && tokens_[end].lower == "and" && in_run(end + 1) && is_proper(tokens_[end + 1]) &&
        tokens_[i].lower == "of" && recognized_together(next, end + 1))
      end = run_end(end + 1);
    // "the Superior Court of the District of Columbia"
    if (end + 1 < sentence_.last && tokens_[end].lower == "of" && in_run(end + 1) && is_proper(tokens_[end + 1])) end = run_end(end + 1);
    return end;
  }

  bool recognized_together(TokenIndex first, TokenIndex last) const {
    for (TokenIndex i = first + 1; i <= last; ++i)
      if (tokens_[i].ner == Ner::none || tokens_[i].ner_begins) return false;
    return true;
  }

  std::optional<EntityType> recognized_in(TokenRange range) const {
    return type_of(tokens_[range.last - 1].ner) ? type_of(tokens_[range.last - 1].ner) : type_of(tokens_[range.first].ner);
  }

  // The longest names of the lexicon. `whole`: those of several words, which override the recognizer; else what it left over.
  void add_known(bool several) {
    std::string key;
    for (TokenIndex i = sentence_.first; i < sentence_.last; ++i) {
      if (taken_[i] != kNoToken || !may_begin(tokens_[i])) continue;
      key.clear();
      TokenRange best;
      const Known* known = nullptr;
      const TokenIndex limit = std::min(sentence_.last, i + kLongestKnown);
      for (TokenIndex end = i; end < limit && taken_[end] == kNoToken; ++end) {
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
      take({best, recognized_in(best), known, std::nullopt, false});
      i = best.last - 1;
    }
  }

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

  void add_recognized() {
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

  // The parts of a recognized span that are free and hold no line break or list.
  void add_pieces(TokenRange span, EntityType type) {
    TokenIndex begin = span.first;
    for (TokenIndex i = span.first; i <= span.last; ++i) {
      if (i < span.last && taken_[i] == kNoToken && !divides(i, span, type)) continue;
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
    take({span, type, lexicon_.known(name_key(document_, span)), headed ? std::optional(head->type) : std::nullopt, false});
  }

  void mend_work(TokenRange span) {
    while (!span.empty() && tokens_[span.first].pos == Pos::PUNCT) ++span.first;
    while (!span.empty() && (tokens_[span.last - 1].pos == Pos::PUNCT || is_possessive(tokens_[span.last - 1]))) --span.last;
    if (!span.empty()) take({span, EntityType::work, lexicon_.known(name_key(document_, span)), std::nullopt, false});
  }

  bool begins_name(const Token& token) const {
    if (is_determiner(token) || token.pos == Pos::PUNCT || token.pos == Pos::SPACE || never_named(token)) return false;
    if (is_capitalized(token)) return true;
    if (is_particle(token.lower) || is_proper(token)) return true;
    return token.text.size() > 1 && (std::isdigit(static_cast<unsigned char>(token.text[0])) || has_upper(token.text));
  }

  // Addresses, files, shouted words ("Soooo") and words of data/names/no_names.tsv.
  bool never_named(const Token& token) const {
    const std::string_view text = token.text;
    if (lexicon_.no_name(text) || text.find('@') != std::string_view::npos || text.find("://") != std::string_view::npos) return true;
    for (std::size_t i = 0; i + 3 < text.size(); ++i)
      if (text[i] == text[i + 1] && text[i] == text[i + 2] && text[i] == text[i + 3]) return true;
    const auto dot = text.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return false;
    const std::string_view end = text.substr(dot + 1);
    return end == "doc" || end == "pdf" || end == "jpg" || end == "xls" || end == "gif" || end == "png" || end == "html";
  }

  static bool has_upper(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  }

  bool ends_name(TokenRange span) const {
    const Token& token = tokens_[span.last - 1];
    if (is_possessive(token) || token.is_space || token.pos == Pos::PUNCT || never_named(token)) return false;
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
           !tokens_[span.last].space_after && free({span.last, span.last + 2}) && tokens_[span.last + 1].pos != Pos::VERB)
      span.last += 2;
    while (span.last < sentence_.last && free({span.last, span.last + 1}) && tokens_[span.last].ner == Ner::none &&
           tokens_[span.last].tag == Tag::NNP && is_capitalized(tokens_[span.last]) && tokens_[span.last].head < span.last + 2 &&
           lexicon_.surname(tokens_[span.last].text) && !lexicon_.title(tokens_[span.last].text) && tokens_[span.last - 1].space_after)
      ++span.last;
    while (span.first > sentence_.first && free({span.first - 1, span.first}) && is_given(tokens_[span.first - 1])) --span.first;
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

  // Runs of proper nouns that neither the recognizer nor the lexicon knows.
  void add_runs() {
    for (TokenIndex i = sentence_.first; i < sentence_.last;) {
      if (taken_[i] == kNoToken && in_run(i) && tokens_[i].tag == Tag::NN && tokens_[i].ner == Ner::none && is_acronym(tokens_[i].text)) {
        take({{i, i + 1}, std::nullopt, lexicon_.known(tokens_[i].text), std::nullopt, false});
        ++i;
        continue;
      }
      if (taken_[i] != kNoToken || !in_run(i) || !is_proper(tokens_[i]) || tokens_[i].ner != Ner::none) {
        ++i;
        continue;
      }
      TokenIndex end = i;
      while (end < sentence_.last && end - i < kLongestName && taken_[end] == kNoToken && in_run(end) && is_proper(tokens_[end])) ++end;
      TokenRange run{i, end};
      while (run.last - run.first > 1 && lexicon_.title(tokens_[run.first].text) != nullptr) ++run.first;
      if (run.last - run.first == 1 && lexicon_.title(tokens_[run.first].text) != nullptr) run.last = run.first;
      if (!run.empty()) take({run, std::nullopt, lexicon_.known(name_key(document_, run)), std::nullopt, false});
      i = end;
    }
  }

  const Document& document_;
  const std::vector<Token>& tokens_;
  const Lexicon& lexicon_;
  std::vector<TokenIndex> taken_;  // token -> candidate
  std::vector<Candidate> found_;
  TokenRange sentence_;
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
