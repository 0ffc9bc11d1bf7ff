#include "extract/reference/office.h"

#include <unordered_set>

#include "extract/data.h"

namespace relata::reference {
namespace {

using Offices = std::unordered_set<std::string>;  // "president"; with those who have a row, "secretary general|nato"

constexpr TokenIndex kWords = 8;  // the longest description that is looked at

// The first column has all writings of an office.
Result<Offices> read_offices() {
  const auto rows = read_rows("identity/offices.tsv", 5);
  if (!rows) return rows.error();
  Offices offices;
  for (const Row& row : *rows) {
    for (std::size_t at = 0; at < row.front().size();) {
      const std::size_t bar = std::min(row.front().find('|', at), row.front().size());
      const std::string office = row.front().substr(at, bar - at);
      std::string whose = row[1];
      std::erase(whose, ' ');
      offices.insert(office);
      offices.insert(office + "|" + whose);
      at = bar + 1;
    }
  }
  return offices;
}

const Result<Offices>& offices() {
  static const Result<Offices> kOffices = read_offices();
  return kOffices;
}

// The words in small letters, hyphens as blanks.
std::string plain(const Document& document, TokenRange range) {
  std::string words;
  for (TokenIndex i = range.first; i < range.last; ++i) {
    for (const char c : document.tokens[i].lower) words += c == '-' ? ' ' : c;
    if (i + 1 < range.last && words.back() != ' ') words += ' ';
  }
  return words;
}

// Any state's office; of an organization one that has a row: every company has a vice president, and more than one.
bool belongs(const Document& document, const names::Lexicon& lexicon, TokenRange office, TokenRange whose) {
  if (!offices().ok()) return false;
  const std::string title = plain(document, office);
  if (!offices()->contains(title)) return false;
  std::string key;
  for (TokenIndex i = whose.first; i < whose.last; ++i) key += document.tokens[i].text;
  const names::Known* known = lexicon.known(key);
  if (known == nullptr || known->group == 0) return false;
  if (known->type == EntityType::gpe || known->type == EntityType::norp) return true;
  std::string folded = plain(document, whose);
  std::erase(folded, ' ');
  return offices()->contains(title + "|" + folded);
}

}  // namespace

std::string office_of(const Document& document, const names::Lexicon& lexicon, TokenRange phrase) {
  TokenIndex first = phrase.first;
  if (first < phrase.last && document.tokens[first].lower == "the") ++first;
  if (first >= phrase.last || phrase.last - first > kWords) return {};
  for (TokenIndex i = first + 1; i < phrase.last; ++i) {
    if (document.tokens[i].lower == "of") {
      const TokenIndex land = i + 1 < phrase.last && document.tokens[i + 1].lower == "the" ? i + 2 : i + 1;
      const bool whole = land < phrase.last && belongs(document, lexicon, {first, i}, {land, phrase.last});
      return whole ? std::string(document.text_of({first, phrase.last})) : std::string();
    }
    if (belongs(document, lexicon, {i, phrase.last}, {first, i})) return std::string(document.text_of({first, phrase.last}));
  }
  return {};
}

Result<void> check_offices() {
  if (!offices()) return offices().error();
  return {};
}

}  // namespace relata::reference
