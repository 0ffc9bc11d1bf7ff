#include "extract/names/span_book.h"

#include <algorithm>
#include <array>

namespace relata::names {

SpanBook::SpanBook(const Document& text, const Lexicon& words)
    : document(text), tokens(text.tokens), lexicon(words), taken(text.tokens.size(), kNoToken) {}

bool SpanBook::free(TokenRange range) const {
  for (TokenIndex i = range.first; i < range.last; ++i)
    if (taken[i] != kNoToken) return false;
  return true;
}

void SpanBook::take(Candidate candidate) {
  for (TokenIndex i = candidate.tokens.first; i < candidate.tokens.last; ++i) taken[i] = static_cast<TokenIndex>(found.size());
  candidate.titled = title_before(candidate.tokens.first);
  found.push_back(candidate);
}

bool SpanBook::title_before(TokenIndex first) const {
  return first > sentence.first && lexicon.title(tokens[first - 1].text) != nullptr && tokens[first - 1].pos != Pos::VERB;
}

bool SpanBook::in_run(TokenIndex i) const {
  const Token& token = tokens[i];
  if (token.is_space || !is_capitalized(token) || never_named(token)) return false;
  return is_proper(token) || (token.tag == Tag::NN || token.tag == Tag::JJ || token.tag == Tag::NNS);
}

TokenIndex SpanBook::run_end(TokenIndex i) const {
  const TokenIndex limit = std::min(sentence.last, i + kLongestName);
  while (i < limit && in_run(i)) ++i;
  return i;
}

bool SpanBook::never_named(const Token& token) const {
  const std::string_view text = token.text;
  if (lexicon.no_name(text) || text.find('@') != std::string_view::npos || text.find("://") != std::string_view::npos) return true;
  for (std::size_t i = 0; i + 3 < text.size(); ++i)
    if (text[i] == text[i + 1] && text[i] == text[i + 2] && text[i] == text[i + 3]) return true;
  if (text.ends_with("px") && text.size() > 2 && text[0] >= '0' && text[0] <= '9') return true;  // the width of a picture
  const auto dot = text.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  const std::string_view end = text.substr(dot + 1);
  return end == "doc" || end == "pdf" || end == "jpg" || end == "xls" || end == "gif" || end == "png" || end == "html";
}

std::optional<EntityType> SpanBook::recognized_in(TokenRange range) const {
  return type_of(tokens[range.last - 1].ner) ? type_of(tokens[range.last - 1].ner) : type_of(tokens[range.first].ner);
}

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

bool is_particle(std::string_view word) {
  static constexpr std::array<std::string_view, 22> kParticles = {"al", "el", "bin", "bint", "ibn", "abu", "de", "del", "della", "di", "da",
                                                                  "dos", "du", "la", "le", "van", "von", "der", "den", "ter", "ben", "y"};
  return std::find(kParticles.begin(), kParticles.end(), word) != kParticles.end();
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace relata::names
