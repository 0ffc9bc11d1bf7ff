#include <algorithm>
#include <map>
#include <optional>

#include "extract/stance/content.h"
#include "extract/stance/headline.h"
#include "extract/stance/quotation.h"
#include "extract/stance/report.h"
#include "extract/stance/source.h"
#include "extract/stance/speakers.h"
#include "extract/stance/stance.h"
#include "extract/stance/tree.h"

namespace relata {
namespace {

using namespace stance;

constexpr std::size_t kLongestChain = 8;

// One stretch of one report.
struct Piece {
  TokenRange range;
  std::uint32_t report = 0;  // or kGranted
};
constexpr std::uint32_t kGranted = 0xffffffffu;

bool is_first_person(const Token& t) {
  return t.lower == "i" || t.lower == "we" || t.lower == "me" || t.lower == "us" || t.lower == "my" || t.lower == "our";
}

// Plans and wishes are told of somebody, not by somebody; promises and threats are said. A quote tells of them, no statement is theirs.
bool attributes(const Report& report) { return report.kind != CueClass::intend; }

// For every token, how many of the given ranges hold it.
std::vector<std::uint32_t> depth_of(const std::vector<Piece>& pieces, std::size_t tokens) {
  std::vector<std::uint32_t> depth(tokens + 1, 0);
  for (const Piece& piece : pieces) {
    ++depth[piece.range.first];
    --depth[piece.range.last];  // wraps, and back when summed up
  }
  for (std::size_t i = 1; i < depth.size(); ++i) depth[i] += depth[i - 1];
  return depth;
}

// Who has whose words inside whose: chains of speakers, nearest first, for every token.
class Chains {
 public:
  Chains(const Document& document, const Actors& actors, const std::vector<Report>& reports)
      : document_(document), reports_(reports), actors_(actors) {
    chains.emplace_back();
    of_token.assign(document.tokens.size(), 0);
  }

  // Called with the pieces of direct speech first, then with all.
  void add(std::vector<Piece> pieces) {
    spoken_ = of_token;
    std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
      if (a.range.first != b.range.first) return a.range.first < b.range.first;
      if (a.range.last != b.range.last) return a.range.last > b.range.last;
      if ((a.report == kGranted) != (b.report == kGranted)) return b.report == kGranted;
      return a.report > b.report;  // outer reports of the same words were found later
    });
    std::size_t next = 0;
    open_.clear();
    for (TokenIndex i = 0; i < of_token.size(); ++i) {
      while (!open_.empty() && open_.back().end <= i) open_.pop_back();
      for (; next < pieces.size() && pieces[next].range.first == i; ++next) push(pieces[next]);
      of_token[i] = open_.empty() ? 0 : open_.back().chain;
    }
  }

  std::vector<std::vector<Attribution>> chains;
  std::vector<std::uint32_t> of_token;

 private:
  struct Open {
    TokenIndex end;
    std::uint32_t chain;
  };

  void push(const Piece& piece) {
    const std::uint32_t outer = open_.empty() ? 0 : open_.back().chain;
    TokenIndex end = piece.range.last;
    if (!open_.empty()) end = std::min(end, open_.back().end);
    // Inside what is taken for granted only those speak whose very words are quoted.
    open_.push_back({end, piece.report == kGranted ? spoken_[piece.range.first] : chain_with(reports_[piece.report], outer)});
  }

  std::uint32_t chain_with(const Report& report, std::uint32_t outer) {
    std::vector<Attribution> chain;
    for (const TokenIndex source : report.sources) {
      if (is_first_person(document_.tokens[source])) continue;  // whoever speaks around it
      if (const auto actor = speaking_actor(document_, actors_, source)) chain.push_back({*actor, report.lemma});
    }
    for (const Attribution& a : chains[outer]) {
      const bool again = std::any_of(chain.begin(), chain.end(), [&](const Attribution& b) { return a.source == b.source; });
      if (!again && chain.size() < kLongestChain) chain.push_back(a);
    }
    const auto [place, is_new] = known_.try_emplace(key(chain), static_cast<std::uint32_t>(chains.size()));
    if (is_new) chains.push_back(std::move(chain));
    return place->second;
  }

  static std::vector<std::pair<ActorIndex, std::string>> key(const std::vector<Attribution>& chain) {
    std::vector<std::pair<ActorIndex, std::string>> made;
    for (const Attribution& a : chain) made.emplace_back(a.source, a.verb);
    return made;
  }

  const Document& document_;
  const std::vector<Report>& reports_;
  const Actors& actors_;
  std::vector<Open> open_;
  std::vector<std::uint32_t> spoken_;  // chains of direct speech alone
  std::map<std::vector<std::pair<ActorIndex, std::string>>, std::uint32_t> known_;
};

// What an indirect report takes for granted is the article's own: titles and affiliations of those it names ("US President"),
// participles before a noun ("US-supplied"), and clauses added after a comma ("the ship, which was built in Peru,").
std::vector<Piece> taken_for_granted(const Document& d) {
  std::vector<Piece> granted;
  for (TokenIndex i = 0; i < d.tokens.size(); ++i) {
    const Token& t = d.tokens[i];
    const bool of_name = t.dep == Dep::compound && d.tokens[t.head].pos == Pos::PROPN;
    if (of_name || t.dep == Dep::appos || (t.dep == Dep::amod && is_verbal(t))) granted.push_back({{i, i + 1}, kGranted});
    const TokenIndex first = d.left_edge[i];
    if (t.dep == Dep::relcl && first > t.head && d.tokens[first - 1].tag == Tag::COMMA) granted.push_back({{first, d.right_edge[i] + 1}, kGranted});
  }
  return granted;
}

void add_quotes(const Document& d, const Actors& actors, const Report& report, std::vector<Quote>& quotes) {
  const TokenIndex head = report.sources.front();
  if (is_first_person(d.tokens[head]) && report.content.front().first > 0 && !speaking_actor(d, actors, head)) return;
  const bool says = report.kind == CueClass::say || report.kind == CueClass::ask;  // "it said", but not "it is hoped"
  if (d.tokens[head].lower == "you" || (d.tokens[head].lower == "it" && !says)) {
    if (!speaking_actor(d, actors, head)) return;
  }
  if (stance_lexicon().marks(d.tokens[head].lower, Marker::negative)) return;  // "nobody said that"
  for (const TokenRange& range : report.content) {
    Quote quote;
    quote.span = d.span_of(range);
    quote.source = speaking_actor(d, actors, head);
    quote.cue = report.lemma;
    quote.speaker = d.span_of(speaker_words(d, head));
    quotes.push_back(std::move(quote));
  }
}

// A line without a full stop runs into the next sentence for the parser; reported speech stays in the paragraph of its reporting word.
void keep_to_paragraph(const Document& d, const Quotations& quotations, Report& report) {
  const TokenRange paragraph = quotations.paragraphs[quotations.paragraph_of_token[report.cue]];
  for (TokenRange& range : report.content) {
    const TokenRange cut{std::max(range.first, paragraph.first), std::min(range.last, paragraph.last)};
    if (cut != range) range = cut.empty() ? TokenRange{} : trimmed(d, cut);
    if (!range.empty()) range = balanced(d, range);
  }
  // One word cut off by the words that report ("which, X said, ...") is no content; a quotation of one word is found by its marks.
  const bool split = report.content.size() > 1;
  std::erase_if(report.content, [&](const TokenRange& range) { return range.empty() || (range.last - range.first == 1 && (split || d.tokens[range.first].tag == Tag::WDT)); });
}

// "Peru, they say, will attack": "they" are not Peru, though the nearest that could be meant.
bool speaks_of_itself(const Document& d, const Actors& actors, const Report& report) {
  const TokenIndex source = report.sources.front();
  if (report.cue == kNoToken || d.tokens[source].lower != "they" || actors.of_token[source] == kNoActor) return false;
  if (report.content.empty() || report.content.front().first > report.cue) return false;
  const TokenIndex main = d.tokens[report.cue].head;
  if (main == report.cue || report.cue > main + 24) return false;
  const TokenIndex subject = child_with(d, main, Dep::nsubj);
  return subject != kNoToken && subject < source && actors.of_token[subject] == actors.of_token[source];
}

std::vector<Report> all_reports(const Document& document, const Actors& actors, const Quotations& quotations) {
  std::vector<Report> reports;
  find_verb_reports(document, reports);
  find_phrase_reports(document, reports);
  find_headline_reports(document, actors, quotations, reports);
  for (Report& report : reports) keep_to_paragraph(document, quotations, report);
  join_quotations(document, quotations, reports);
  add_quoting_reports(document, reports);
  std::erase_if(reports, [&](const Report& report) { return report.content.empty() || speaks_of_itself(document, actors, report); });
  return reports;
}

// "X said that Y said that ...": beyond eight speakers nobody is told apart, and a text of nothing else would be repeated in every quote.
void drop_deeply_nested(std::vector<Quote>& quotes) {
  std::vector<Quote> all = std::move(quotes);
  std::stable_sort(all.begin(), all.end(), [](const Quote& a, const Quote& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  quotes.clear();
  std::vector<std::uint32_t> open;  // ends of the kept quotes around the present place, outermost first
  for (Quote& quote : all) {
    while (!open.empty() && open.back() <= quote.span.begin) open.pop_back();
    if (open.size() >= kLongestChain) continue;
    if (open.empty() || quote.span.end <= open.back()) open.push_back(quote.span.end);
    quotes.push_back(std::move(quote));
  }
}

}  // namespace

Speech Speech::find(const Document& document, const Actors& actors) {
  Speech speech;
  const Quotations quotations = find_quotations(document);
  const std::vector<Report> reports = all_reports(document, actors, quotations);
  std::vector<bool> between_marks(document.tokens.size(), false);
  TokenIndex marked = 0;  // quotations come by their opening marks: no token is looked at twice
  for (const Quotation& q : quotations.all) {
    for (marked = std::max(marked, q.inside.first); marked < q.inside.last; ++marked) between_marks[marked] = true;
  }
  std::vector<Piece> pieces, direct;
  for (std::uint32_t i = 0; i < reports.size(); ++i) {
    if (!attributes(reports[i])) continue;
    for (const TokenRange& range : reports[i].content) {
      pieces.push_back({range, i});
      if (between_marks[range.first] && between_marks[range.last - 1]) direct.push_back({range, i});
    }
  }
  const std::vector<std::uint32_t> said = depth_of(pieces, document.tokens.size()), spoken = depth_of(direct, document.tokens.size());
  for (const Report& report : reports) {
    const bool inner = report.kind == CueClass::think || report.kind == CueClass::know || report.kind == CueClass::intend;
    const bool inside = report.cue != kNoToken && (spoken[report.cue] != 0 || (inner && said[report.cue] != 0));
    if (!inside && !report.passes_on) add_quotes(document, actors, report, speech.quotes_);
  }
  Chains chains(document, actors, reports);
  chains.add(std::move(direct));
  const std::vector<Piece> granted = taken_for_granted(document);
  pieces.insert(pieces.end(), granted.begin(), granted.end());
  chains.add(std::move(pieces));
  speech.chains_ = std::move(chains.chains);
  speech.chain_of_token_ = std::move(chains.of_token);
  drop_deeply_nested(speech.quotes_);
  std::sort(speech.quotes_.begin(), speech.quotes_.end(), [](const Quote& a, const Quote& b) {
    return a.span != b.span ? a.span < b.span : a.speaker < b.speaker;
  });
  // Also the same words once with the comma that ends them and once without, found by two ways.
  constexpr std::uint32_t kMarks = 2;
  const auto same = [](const Quote& a, const Quote& b) {
    const bool one_speaker = a.speaker == b.speaker || (a.source && a.source == b.source);
    return one_speaker && a.span.begin == b.span.begin && b.span.end - a.span.end <= kMarks;
  };
  speech.quotes_.erase(std::unique(speech.quotes_.begin(), speech.quotes_.end(), same), speech.quotes_.end());
  return speech;
}

const std::vector<Attribution>& Speech::attribution_of(TokenIndex predicate) const {
  static const std::vector<Attribution> none;
  return predicate < chain_of_token_.size() ? chains_[chain_of_token_[predicate]] : none;
}

}  // namespace relata
