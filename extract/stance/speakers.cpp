#include "extract/stance/speakers.h"

#include <algorithm>
#include <optional>

#include "extract/stance/tree.h"

namespace relata::stance {
namespace {

constexpr TokenIndex kWindow = 48;        // tokens looked at on either side of a quotation
constexpr std::uint32_t kNoReport = 0xffffffffu;
constexpr std::size_t kMostContent = 6;
constexpr std::uint32_t kMostParagraphs = 2;  // a free-standing quotation follows its speaker this closely

class Joiner {
 public:
  Joiner(const Document& document, const Quotations& quotations, std::vector<Report>& reports)
      : d_(document), quotations_(quotations), reports_(reports), report_of_cue_(document.tokens.size(), kNoReport), quote_at_(document.tokens.size(), 0) {
    for (std::uint32_t i = 0; i < reports_.size(); ++i) {
      std::uint32_t& slot = report_of_cue_[reports_[i].cue];
      if (slot == kNoReport || reports_[slot].content.empty()) slot = i;
    }
    for (const Quotation& q : quotations_.all) {
      if (q.nested) continue;
      for (TokenIndex i = q.open; i < q.inside.last; ++i) quote_at_[i] = 1;
    }
  }

  void run() {
    std::size_t next_report = 0;
    std::vector<std::uint32_t> by_place(reports_.size());
    for (std::uint32_t i = 0; i < by_place.size(); ++i) by_place[i] = i;
    std::sort(by_place.begin(), by_place.end(), [&](std::uint32_t a, std::uint32_t b) { return reports_[a].cue < reports_[b].cue; });
    for (const Quotation& q : quotations_.all) {
      for (; next_report < by_place.size() && reports_[by_place[next_report]].cue < q.open; ++next_report) note_speaker(by_place[next_report]);
      if (q.nested) continue;
      const std::uint32_t report = report_of(q);
      if (report == kNoReport) continue;
      give(q, report);
      last_quote_ = {report, q.paragraph, q.inside.last};
    }
  }

 private:
  struct Speaker {
    std::uint32_t report = kNoReport;
    std::uint32_t paragraph = 0;
    TokenIndex end = 0;
  };

  bool can_speak(std::uint32_t report) const {
    const CueClass kind = reports_[report].kind;
    return kind == CueClass::say || kind == CueClass::ask || kind == CueClass::judge || kind == CueClass::think;
  }

  void note_speaker(std::uint32_t report) {
    const Report& r = reports_[report];
    if (r.kind != CueClass::say || quote_at_[r.cue] != 0) return;
    last_speaker_ = {report, quotations_.paragraph_of_token[r.cue], r.cue};
  }

  // Reports whose word stands outside the quotation, nearest first, in the given direction, in the same paragraph.
  std::uint32_t before(const Quotation& q) const {
    const std::uint32_t sentence = d_.sentence_of[q.open];
    for (TokenIndex i = q.open, n = 0; i-- > 0 && n < kWindow; ++n) {
      if (quotations_.paragraph_of_token[i] != q.paragraph || d_.sentence_of[i] != sentence) break;
      if (quote_at_[i] != 0) continue;
      if (report_of_cue_[i] != kNoReport && can_speak(report_of_cue_[i])) return report_of_cue_[i];
    }
    return kNoReport;
  }

  std::uint32_t after(const Quotation& q) const {
    if (q.close == kNoToken) return kNoReport;
    for (TokenIndex i = q.close + 1, n = 0; i < d_.tokens.size() && n < kWindow / 2; ++i, ++n) {
      if (quotations_.paragraph_of_token[i] != quotations_.paragraph_of_token[q.close] || quote_at_[i] != 0) break;
      if (d_.tokens[i].tag == Tag::PERIOD) break;
      // A new sentence right after a full stop inside the marks is no tag: "“We won.” He said later that ..."
      const bool tag = is_verbal(d_.tokens[i]) && !is_capital(d_.tokens[i]);  // "said Lima", but not "Asked whether Peru ..., he replied"
      if (n == 0 && d_.tokens[i].sentence_start && ends_sentence(q) && !tag && !tags_quote(i)) break;
      if (report_of_cue_[i] != kNoReport && can_speak(report_of_cue_[i])) return report_of_cue_[i];
    }
    return kNoReport;
  }

  static bool is_capital(const Token& t) { return t.text[0] >= 'A' && t.text[0] <= 'Z'; }

  bool ends_sentence(const Quotation& q) const {
    const std::string_view end = d_.tokens[q.inside.last - 1].text;
    return end == "." || end == "!" || end == "?";
  }

  // "he said." and nothing more.
  bool tags_quote(TokenIndex first) const {
    for (TokenIndex i = first; i < first + 8 && i < d_.tokens.size(); ++i) {
      if (report_of_cue_[i] != kNoReport) return reports_[report_of_cue_[i]].content.empty();
    }
    return false;
  }

  bool comma_ends(const Quotation& q) const {
    const std::string_view end = d_.tokens[q.inside.last - 1].text;
    if (end == "," || end == "?" || end == "!") return true;
    return q.close != kNoToken && q.close + 1 < d_.tokens.size() && d_.tokens[q.close + 1].text == ",";
  }

  // A report whose content the grammar already saw in or around the quotation.
  std::uint32_t around(const Quotation& q) const {
    std::uint32_t best = kNoReport;
    const auto consider = [&](TokenIndex i) {
      const std::uint32_t r = report_of_cue_[i];
      if (r == kNoReport || quote_at_[i] != 0 || !can_speak(r)) return;
      for (const TokenRange& range : reports_[r].content) {
        if (range.first < q.inside.last && q.inside.first < range.last && best == kNoReport) best = r;
      }
    };
    const TokenIndex first = q.open > kWindow ? q.open - kWindow : 0;
    for (TokenIndex i = q.open; i-- > first;) consider(i);
    const TokenIndex from = q.close == kNoToken ? q.inside.last : q.close;
    for (TokenIndex i = from; i < d_.tokens.size() && i < from + kWindow; ++i) consider(i);
    return best;
  }

  // "He wrote on his page:" in the sentence before.
  std::uint32_t announced(const Quotation& q) const {
    TokenIndex i = q.open;
    while (i > 0 && (d_.tokens[i - 1].is_space || d_.tokens[i - 1].tag == Tag::OPEN_QUOTE)) --i;
    if (i == 0 || d_.tokens[i - 1].text != ":") return kNoReport;
    const std::uint32_t sentence = d_.sentence_of[i - 1];
    for (TokenIndex n = 0; i-- > 0 && n < kWindow && d_.sentence_of[i] == sentence; ++n) {
      if (report_of_cue_[i] != kNoReport && quote_at_[i] == 0 && can_speak(report_of_cue_[i])) return report_of_cue_[i];
    }
    return kNoReport;
  }

  // The subject of the sentence a quotation ends: "She shrugged her shoulders. / The mayor took to the stage: “...”".
  std::uint32_t subject_report(const Quotation& q) {
    const TokenRange sentence = d_.sentences[d_.sentence_of[q.open]];
    if (q.open < sentence.first + 2) return kNoReport;
    const std::string_view mark = d_.tokens[q.open - 1].text;
    if (mark != ":" && mark != ",") return kNoReport;
    for (TokenIndex i = q.open, n = 0; i-- > sentence.first && n < kWindow; ++n) {
      const Token& t = d_.tokens[i];
      if (t.dep == Dep::nsubj && quote_at_[i] == 0 && t.tag != Tag::WDT && t.tag != Tag::WP && is_verbal(d_.tokens[t.head]) && is_root(d_, t.head)) {
        reports_.push_back({{i}, t.head, "", CueClass::say, {}});
        return static_cast<std::uint32_t>(reports_.size() - 1);
      }
    }
    return kNoReport;
  }

  std::uint32_t report_of(const Quotation& q) {
    if (q.continues && last_quote_.report != kNoReport) return last_quote_.report;
    if (const std::uint32_t r = around(q); r != kNoReport) return r;
    if (!q.spoken) {
      const std::uint32_t tag = short_answer(q);
      return tag != kNoReport ? tag : called(q);
    }
    const std::uint32_t left = before(q), right = after(q);
    if (left != kNoReport && right != kNoReport) return comma_ends(q) ? right : left;
    if (right != kNoReport) return right;
    if (left != kNoReport && free_before(q, left)) return left;
    if (const std::uint32_t r = announced(q); r != kNoReport) return r;
    if (last_quote_.report != kNoReport && last_quote_.paragraph == q.paragraph) return last_quote_.report;
    if (const std::uint32_t r = subject_report(q); r != kNoReport) return r;
    return free_standing(q);
  }

  // "“No,” he said": a word or two, told by what follows at once.
  std::uint32_t short_answer(const Quotation& q) const {
    constexpr TokenIndex kNear = 4;
    if (q.close == kNoToken || !comma_ends(q) || d_.sentences[d_.sentence_of[q.open]].first + 1 < q.open) return kNoReport;
    for (TokenIndex i = q.close + 1; i < d_.tokens.size() && i < q.close + 1 + kNear; ++i) {
      const std::uint32_t r = report_of_cue_[i];
      if (r != kNoReport && quote_at_[i] == 0 && reports_[r].kind == CueClass::say) return reports_[r].content.empty() ? r : kNoReport;
    }
    return kNoReport;
  }

  // "branded the vote “a sham”": the grammar missed what it was called.
  std::uint32_t called(const Quotation& q) const {
    const std::uint32_t r = before(q);
    constexpr TokenIndex kNear = 12;
    const bool judges = r != kNoReport && reports_[r].kind == CueClass::judge && reports_[r].content.empty();
    return judges && reports_[r].cue + kNear >= q.open ? r : kNoReport;
  }

  // A report before the quotation that has its content already counts only if the quotation follows a mark that opens speech.
  bool free_before(const Quotation& q, std::uint32_t report) const {
    if (reports_[report].content.empty()) return true;
    const std::string_view mark = q.open > 0 ? d_.tokens[q.open - 1].text : std::string_view();
    return mark == "," || mark == ":" || q.open < reports_[report].content.back().last + 2;
  }

  std::uint32_t free_standing(const Quotation& q) const {
    const TokenRange sentence = d_.sentences[d_.sentence_of[q.open]];
    if (q.open > sentence.first + 1) return kNoReport;  // in the midst of somebody's sentence
    Speaker latest = last_speaker_;
    if (last_quote_.report != kNoReport && last_quote_.end > latest.end) latest = last_quote_;
    if (latest.report == kNoReport || q.paragraph - latest.paragraph > kMostParagraphs) return kNoReport;
    return latest.report;
  }

  void give(const Quotation& q, std::uint32_t report) {
    Report& r = reports_[report];
    if (!q.spoken && !r.content.empty()) return;
    if (r.content.size() >= kMostContent) {  // a long speech: the same report again, so that no quotation looks at all the others
      Report more{r.sources, r.cue, r.lemma, r.kind, {q.inside}};
      reports_.push_back(std::move(more));
      return;
    }
    for (TokenRange& range : r.content) {
      if (range.first > q.inside.first || range.last + 1 < q.inside.last) continue;
      if (range.first == q.inside.first && range.last <= q.inside.last) break;  // the quotation itself, with or without its full stop
      if (range.first == q.inside.first) range.first = q.open;
      if (q.close != kNoToken && range.last >= q.inside.last && range.last < q.close + 1) range.last = q.close + 1;
      return;
    }
    std::erase_if(r.content, [&](const TokenRange& range) { return range.first >= q.inside.first && range.last <= q.inside.last + 1; });
    r.content.push_back(q.inside);
  }

  const Document& d_;
  const Quotations& quotations_;
  std::vector<Report>& reports_;
  std::vector<std::uint32_t> report_of_cue_;
  std::vector<std::uint8_t> quote_at_;
  Speaker last_speaker_, last_quote_;
};

}  // namespace

void join_quotations(const Document& document, const Quotations& quotations, std::vector<Report>& reports) {
  Joiner(document, quotations, reports).run();
}

}  // namespace relata::stance
