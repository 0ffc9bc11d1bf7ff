#include "extract/stance/quotation.h"

#include <algorithm>
#include <string_view>

#include "extract/stance/tree.h"

namespace relata::stance {
namespace {

constexpr std::size_t kDeepest = 8;

enum class Mark { none, opens, closes, either };
enum class Style { curly, straight, ticks, angle, low, single, apostrophe };

struct Open {
  Style style;
  TokenIndex token;
  std::size_t quotation;
};

bool space_before(const Document& d, TokenIndex i) { return i == 0 || d.tokens[i - 1].space_after || d.tokens[i - 1].is_space; }
bool space_after(const Document& d, TokenIndex i) {
  return i + 1 == d.tokens.size() || d.tokens[i].space_after || d.tokens[i + 1].is_space;
}
bool after_bracket(const Document& d, TokenIndex i) {
  return i > 0 && (d.tokens[i - 1].tag == Tag::LRB || d.tokens[i - 1].text == "—" || d.tokens[i - 1].text == "–" || d.tokens[i - 1].text == "--" || d.tokens[i - 1].text == "\"");
}

// Closing single marks look like apostrophes: only white space or punctuation after one makes it a mark.
bool ends_word(const Document& d, TokenIndex i) {
  return space_after(d, i) || (i + 1 < d.tokens.size() && d.tokens[i + 1].pos == Pos::PUNCT);
}

Mark by_spaces(const Document& d, TokenIndex i) {
  const bool before = space_before(d, i) || after_bracket(d, i), after = space_after(d, i);
  if (before == after) return Mark::either;
  return before ? Mark::opens : Mark::closes;
}

Mark mark_of_token(const Document& d, TokenIndex i, Style& style) {
  const std::string_view text = d.tokens[i].text;
  if (text.empty() || text.size() > 3) return Mark::none;
  if (text == "\"") return style = Style::straight, by_spaces(d, i);
  if (text == "“" || text == "‟") return style = Style::curly, Mark::opens;
  if (text == "”") return style = Style::curly, Mark::closes;
  if (text == "``") return style = Style::ticks, Mark::opens;
  if (text == "`") {  // two single back quotes, apart
    style = Style::ticks;
    return i > 0 && d.tokens[i - 1].text == "`" && !d.tokens[i - 1].space_after ? Mark::opens : Mark::none;
  }
  if (text == "''") return style = Style::ticks, by_spaces(d, i) == Mark::opens ? Mark::either : Mark::closes;
  if (text == "«" || text == "‹") return style = Style::angle, Mark::opens;
  if (text == "»" || text == "›") return style = Style::angle, Mark::closes;
  if (text == "„") return style = Style::low, Mark::opens;
  if (text == "‘") return style = Style::single, Mark::opens;
  if (text == "’") return style = Style::single, ends_word(d, i) && d.tokens[i].tag != Tag::POS ? Mark::closes : Mark::none;
  if (text == "'") {
    style = Style::apostrophe;
    if (space_before(d, i) && !space_after(d, i) && d.tokens[i].tag != Tag::POS) return Mark::opens;
    return ends_word(d, i) && d.tokens[i].tag != Tag::POS ? Mark::closes : Mark::none;
  }
  return Mark::none;
}

bool closes_style(Style open, Style close) {
  if (open == close) return true;
  const auto loose = [](Style s) { return s == Style::curly || s == Style::straight || s == Style::low || s == Style::ticks; };
  return loose(open) && loose(close);
}

bool is_break(const Token& t, bool double_break) {
  if (!t.is_space) return false;
  const auto newlines = std::count(t.text.begin(), t.text.end(), '\n');
  return newlines >= (double_break ? 2 : 1);
}

class Scan {
 public:
  explicit Scan(const Document& document) : d_(document) {
    double_break_ = d_.article().text.find("\n\n") != std::string::npos;
    found_.paragraph_of_token.resize(d_.tokens.size());
  }

  Quotations run() {
    for (TokenIndex i = 0; i < d_.tokens.size(); ++i) {
      if (is_break(d_.tokens[i], double_break_)) end_paragraph(i);
      found_.paragraph_of_token[i] = paragraph_;
      Style style = Style::curly;
      const Mark mark = mark_of_token(d_, i, style);
      if (mark != Mark::none) meet(i, mark, style);
    }
    end_paragraph(static_cast<TokenIndex>(d_.tokens.size()));
    auto& all = found_.all;
    std::erase_if(all, [](const Quotation& q) { return q.inside.empty(); });
    return std::move(found_);
  }

 private:
  void meet(TokenIndex i, Mark mark, Style style) {
    if (mark != Mark::opens) {
      for (std::size_t k = open_.size(); k-- > 0;) {
        if (!closes_style(open_[k].style, style)) continue;
        close(k, i, i);
        return;
      }
      // A mark set on the wrong side of a space opens after a comma or colon: said," We won"
      const bool misplaced = style == Style::straight && i > 0 && (d_.tokens[i - 1].tag == Tag::COMMA || d_.tokens[i - 1].text == ":");
      if (mark == Mark::closes && !misplaced) return;
    } else if (style == Style::straight && !open_.empty() && open_.back().style == Style::straight) {
      close(open_.size() - 1, i, kNoToken);  // an unbalanced mark earlier
    }
    if (open_.size() == kDeepest) return;
    open_.push_back({style, i, found_.all.size()});
    Quotation q;
    q.open = i;
    q.paragraph = paragraph_;
    q.nested = open_.size() > 1;
    q.continues = open_.size() == 1 && left_open_ && i == paragraph_begin_;
    found_.all.push_back(q);
  }

  // Ends the open quotation k, and drops those opened inside and left open.
  void close(std::size_t k, TokenIndex end, TokenIndex mark) {
    Quotation& q = found_.all[open_[k].quotation];
    q.inside = trimmed(open_[k].token + 1, end);
    q.close = mark;
    open_.resize(k);
  }

  TokenRange trimmed(TokenIndex first, TokenIndex last) const {
    while (first < last && d_.tokens[first].is_space) ++first;
    while (last > first && d_.tokens[last - 1].is_space) --last;
    return {first, last};
  }

  // Text with one sentence a line: a quotation whose closing mark follows before another opens goes on.
  bool goes_on(TokenIndex end) {
    constexpr TokenIndex kFar = 400;
    if (double_break_ || open_.size() != 1) return false;
    const Style open = open_.front().style;
    if (open == Style::straight || open == Style::apostrophe || open == Style::single) return false;
    if (end < known_close_) return true;
    for (TokenIndex i = end; i < d_.tokens.size() && i < end + kFar; ++i) {
      Style style = Style::curly;
      const Mark mark = mark_of_token(d_, i, style);
      if (mark == Mark::none || !closes_style(open, style)) continue;
      if (mark != Mark::closes) return false;
      known_close_ = i;
      return true;
    }
    return false;
  }

  void end_paragraph(TokenIndex end) {
    left_open_ = false;
    if (!open_.empty() && !goes_on(end)) {
      const Style style = open_.front().style;
      // An apostrophe never closed was none; a straight mark never closed is trusted at the head of a paragraph only.
      const bool trusted = style != Style::single && style != Style::apostrophe && (style != Style::straight || open_.front().token == paragraph_begin_);
      if (trusted) {
        close(0, end, kNoToken);
        left_open_ = true;
      }
      open_.clear();
    }
    found_.paragraphs.push_back({paragraph_start_, end});
    paragraph_start_ = end;
    ++paragraph_;
    paragraph_begin_ = end + 1;
    while (paragraph_begin_ < d_.tokens.size() && d_.tokens[paragraph_begin_].is_space) ++paragraph_begin_;
  }

  const Document& d_;
  Quotations found_;
  std::vector<Open> open_;
  std::uint32_t paragraph_ = 0;
  TokenIndex paragraph_start_ = 0;  // with the white space before it
  TokenIndex paragraph_begin_ = 0;
  TokenIndex known_close_ = 0;
  bool double_break_ = false;
  bool left_open_ = false;
};

// Somebody's words have a verb or a sentence's end; titles are written with capitals, words held at arm's length are few.
bool reads_as_speech(const Document& d, const Quotation& q) {
  constexpr TokenIndex kEnough = 40;
  std::size_t words = 0, capitals = 0;
  bool verb = false;
  const TokenIndex last = std::min(q.inside.last, q.inside.first + kEnough);
  for (TokenIndex i = q.inside.first; i < last; ++i) {
    const Token& t = d.tokens[i];
    if (t.is_space || t.pos == Pos::PUNCT) continue;
    ++words;
    if (t.text.front() >= 'A' && t.text.front() <= 'Z') ++capitals;
    verb = verb || (is_verbal(t) && t.tag != Tag::VBG && t.tag != Tag::VBN);
  }
  if (q.inside.last - q.inside.first >= kEnough) return true;
  const std::string_view end = d.tokens[q.inside.last - 1].text;
  const bool stops = end == "." || end == "?" || end == "!" || end == "," || end == "…" || end == "..." || end == "—";
  if (words > 1 && words < 8 && capitals + 1 >= words && !stops) return false;
  if (words >= 5 && verb) return true;
  if (words >= 8) return true;
  if (stops && (verb || words >= 2)) return true;
  // "“Vote.”", "“Never!”": one word, but a sentence of its own.
  const bool whole = end == "." || end == "!" || end == "?";
  const bool announced = q.open > 0 && d.tokens[q.open - 1].text == ":";  // "wrote: “Sad!”"
  return whole && words == 1 && capitals == 1 && (announced || q.open == d.sentences[d.sentence_of[q.open]].first);
}

}  // namespace

Quotations find_quotations(const Document& document) {
  Quotations found = Scan(document).run();
  for (Quotation& q : found.all) q.spoken = reads_as_speech(document, q);
  return found;
}

}  // namespace relata::stance
