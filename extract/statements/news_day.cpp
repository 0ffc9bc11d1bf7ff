#include "extract/statements/news_day.h"

#include <algorithm>

#include "extract/statements/tree.h"

namespace relata::statements {
namespace {

constexpr std::size_t kHead = 12;             // sentences in which the head of an article ends
constexpr TokenIndex kLongestHeadline = 40;   // tokens

// The sentence without white space and closing quotation marks at its end.
TokenRange trimmed(const Document& document, TokenRange sentence) {
  const auto closes = [&](TokenIndex i) {
    const Token& token = document.tokens[i];
    return token.is_space || token.tag == Tag::CLOSE_QUOTE || token.text == "\"" || token.tag == Tag::RRB;
  };
  while (!sentence.empty() && closes(sentence.last - 1)) --sentence.last;
  return sentence;
}

bool has_verb(const Document& document, TokenRange sentence) {
  for (TokenIndex i = sentence.first; i < std::min(sentence.last, sentence.first + 200); ++i)
    if (is_clause_head(document.tokens[i])) return true;
  return false;
}

// "June 9, 2024", "LONDON, June 9 (Agency) -": a day, and few words beside it.
bool is_date_line(const Document& document, const std::vector<TimeExpression>& times, TokenRange sentence, Day published) {
  if (sentence.last - sentence.first > 16 || has_verb(document, sentence)) return false;
  const auto at = std::lower_bound(times.begin(), times.end(), sentence.first,
                                   [](const TimeExpression& time, TokenIndex token) { return time.tokens.first < token; });
  return at != times.end() && at->tokens.first < sentence.last && at->when && at->when->precision == Precision::day &&
         at->when->begin == published;
}

bool is_finite_past(const Token& verb) { return verb.tag == Tag::VBD; }

struct Auxiliaries {
  bool has = false, had = false, was = false, is = false, modal = false;
};

Auxiliaries auxiliaries(const Document& document, TokenIndex verb) {
  Auxiliaries found;
  for (const TokenIndex child : near_children(document, verb)) {
    const Token& word = document.tokens[child];
    if (word.dep != Dep::aux && word.dep != Dep::auxpass) continue;
    found.modal = found.modal || word.tag == Tag::MD || word.tag == Tag::TO;
    if (word.lemma == "have") (word.tag == Tag::VBD ? found.had : found.has) = true;
    if (word.lemma == "be" || word.lemma == "get") (word.tag == Tag::VBD ? found.was : found.is) = true;
  }
  return found;
}

// "bans", "is banned", "banned by": of now.
bool in_headline_tense(const Document& document, TokenIndex verb) {
  const Token& word = document.tokens[verb];
  const Auxiliaries aux = auxiliaries(document, verb);
  if (aux.modal || aux.had || aux.was) return false;
  return word.tag == Tag::VBZ || word.tag == Tag::VBP || word.tag == Tag::VBN || aux.has || aux.is || is_finite_past(word);
}

// "has banned", "banned", "was banned": what is new is told as over.
bool in_lead_tense(const Document& document, TokenIndex verb) {
  const Token& word = document.tokens[verb];
  const Auxiliaries aux = auxiliaries(document, verb);
  if (aux.modal || aux.had) return false;
  if (word.tag == Tag::VBG) return false;
  return is_finite_past(word) || (word.tag == Tag::VBN && (aux.has || aux.was || aux.is)) || word.tag == Tag::VBZ || word.tag == Tag::VBP;
}

// The main verb of the sentence that the predicate goes with: joined to it, its object, its result. kNoToken: it tells something else.
TokenIndex main_verb(const Document& document, TokenIndex predicate) {
  TokenIndex at = predicate;
  for (int step = 0; step < kMaxClimb; ++step) {
    if (is_root(document, at)) return is_clause_head(document.tokens[at]) ? at : kNoToken;
    const Token& word = document.tokens[at];
    switch (word.dep) {
      case Dep::conj:
        if (is_clause_head(word) && word.tag != document.tokens[word.head].tag && word.tag != Tag::VBD && word.tag != Tag::VBZ &&
            word.tag != Tag::VBN)
          return kNoToken;
        break;
      case Dep::xcomp:
      case Dep::dobj:
      case Dep::nsubjpass:
      case Dep::attr:
        break;
      case Dep::advcl:
        if (word.tag != Tag::VBG) return kNoToken;
        break;
      default:
        return kNoToken;
    }
    at = word.head;
  }
  return kNoToken;
}

}  // namespace

News find_news(const Document& document, const std::vector<TimeExpression>& times) {
  News news;
  const std::optional<Day> published = document.article().published;
  if (!published) return news;
  bool head = !document.article().title.empty();
  for (std::size_t i = 0; i < std::min(kHead, document.sentences.size()); ++i) {
    const TokenRange sentence = trimmed(document, document.sentences[i]);
    news.headline.push_back(false);
    if (sentence.empty()) continue;
    if (is_date_line(document, times, sentence, *published)) {
      head = true;
      continue;
    }
    if (document.noise[i] || !has_verb(document, sentence)) continue;
    if (document.tokens[sentence.last - 1].tag == Tag::PERIOD || sentence.last - sentence.first > kLongestHeadline) {
      news.lead = i;
      break;
    }
    head = news.headline[i] = true;
  }
  if (head) news.day = When{to_string(*published), {}, *published, *published, Precision::day};
  return news;
}

bool tells_news(const Document& document, const News& news, TokenIndex predicate) {
  if (!news.day) return false;
  const std::size_t sentence = document.sentence_of[predicate];
  const bool headline = sentence < news.headline.size() && news.headline[sentence];
  if (!headline && sentence != news.lead) return false;
  const TokenIndex verb = main_verb(document, predicate);
  return verb != kNoToken && (headline ? in_headline_tense(document, verb) : in_lead_tense(document, verb));
}

}  // namespace relata::statements
