#include "extract/statements/term_of_office.h"

#include <algorithm>

namespace relata::statements {
namespace {

constexpr TokenIndex kFar = 10;  // tokens between the office and its years, and before it to the bracket

bool is_year(const TimeExpression& time) { return time.when && time.when->precision == Precision::year && time.when->mod.empty(); }

// Is the token inside brackets that opened not far before?
bool in_brackets(const Document& document, TokenIndex token) {
  for (TokenIndex i = token; i-- > 0 && i + 2 * kFar > token;) {
    if (document.tokens[i].tag == Tag::LRB) return true;
    if (document.tokens[i].tag == Tag::RRB || document.tokens[i].tag == Tag::PERIOD) return false;
  }
  return false;
}

}  // namespace

std::optional<TermOfOffice> term_of_office(const Document& document, const std::vector<TimeExpression>& times, TokenIndex noun) {
  const auto from = std::upper_bound(times.begin(), times.end(), noun, [](TokenIndex i, const TimeExpression& t) { return i < t.tokens.first; });
  if (from == times.end() || from + 1 == times.end() || from->tokens.first > noun + kFar) return std::nullopt;
  const TimeExpression &first = *from, &last = *(from + 1);
  const bool joined = first.when && first.when->precision == Precision::interval;  // the first has the days of both
  if (!(joined || is_year(first)) || !is_year(last) || first.when->begin > last.when->begin || !in_brackets(document, first.tokens.first))
    return std::nullopt;
  // Only a dash stands between them, and the bracket closes behind them.
  if (last.span.begin > first.span.end + 3 || last.tokens.last >= document.tokens.size() || document.tokens[last.tokens.last].tag != Tag::RRB)
    return std::nullopt;
  const std::optional<When> when = joined ? first.when : parse_when(first.when->value + '/' + last.when->value);
  if (!when) return std::nullopt;
  return TermOfOffice{*when, {first.span.begin, last.span.end}};
}

}  // namespace relata::statements
