#include "extract/pipeline/paragraphs.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "extract/pipeline/datelines.h"
#include "extract/pipeline/wordless.h"
#include "extract/tokens/scratch.h"

namespace relata {
namespace {

struct LineBreak {
  std::size_t next = 0;  // first byte of the line that follows
  bool empty_line = false;
  bool small_letter = false;  // the line that follows begins with one
};

bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::vector<LineBreak> line_breaks(std::string_view text) {
  std::vector<LineBreak> breaks;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at)) {
    std::size_t ends = 0;
    for (; at < text.size() && blank(text[at]); ++at) ends += text[at] == '\n';
    if (at == text.size()) break;
    breaks.push_back({at, ends > 1, text[at] >= 'a' && text[at] <= 'z'});
  }
  return breaks;
}

std::uint32_t code_points(std::string_view text) {
  return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Puts the paragraphs' documents together as the document of their article.
class Joiner {
 public:
  explicit Joiner(Article article) {
    whole_.source = std::make_unique<const Article>(std::move(article));
    scratches_ = std::make_shared<std::vector<std::shared_ptr<Scratch>>>();
  }

  // `byte`: where the paragraph begins in the article. What lies between it and the one before has no tokens.
  void add(const Document& part, std::size_t byte) {
    const std::string_view text = whole_.article().text, from = part.article().text, to = text.substr(byte);
    points_ += code_points(text.substr(byte_, byte - byte_));
    byte_ = byte + from.size();
    const auto first = static_cast<TokenIndex>(whole_.tokens.size());
    for (Token token : part.tokens) {
      // Forms and lemmas may be views of the paragraph's text, which goes away.
      for (std::string_view* view : {&token.text, &token.lower, &token.lemma})
        if (view->data() >= from.data() && view->data() <= from.data() + from.size()) *view = to.substr(static_cast<std::size_t>(view->data() - from.data()), view->size());
      token.head += first;
      token.byte_begin += static_cast<std::uint32_t>(byte);
      token.span.begin += points_;
      token.span.end += points_;
      whole_.tokens.push_back(token);
    }
    if (!part.tokens.empty()) whole_.tokens[first].sentence_start = true;
    points_ += code_points(from);
    if (part.scratch) scratches_->push_back(part.scratch);
  }

  Document take() {
    if (!scratches_->empty()) whole_.scratch = std::shared_ptr<Scratch>(scratches_, scratches_->front().get());
    index_tree(whole_);
    return std::move(whole_);
  }

 private:
  Document whole_;
  std::shared_ptr<std::vector<std::shared_ptr<Scratch>>> scratches_;
  std::size_t byte_ = 0;  // where the last paragraph ended, and the code points before it
  std::uint32_t points_ = 0;
};

Article paragraph(std::string_view text) {
  Article part;
  part.text = text;
  return part;
}

constexpr std::size_t kLongestSentence = 4096;  // bytes: ten times the longest of news; what a longer one says would be told with all of it

// A full stop (or a quotation mark after it) before white space, and no small letter after it.
bool ends_sentence(std::string_view text, std::size_t at) {
  if (!blank(text[at]) || at == 0) return false;
  std::size_t mark = at - 1;
  while (mark > 0 && at - mark < 4 && (text[mark] == '"' || text[mark] == ')' || (text[mark] & 0x80) != 0)) --mark;
  if (text[mark] != '.' && text[mark] != '!' && text[mark] != '?') return false;
  while (at < text.size() && blank(text[at])) ++at;
  return at == text.size() || !(text[at] >= 'a' && text[at] <= 'z');
}

// Adds the piece, cut between words where it goes on and on without a full stop.
void add_piece(std::vector<ByteRange>& pieces, std::string_view text, ByteRange piece) {
  std::size_t sentence = piece.begin, space = piece.begin;
  for (std::size_t at = piece.begin; at < piece.end; ++at) {
    if (ends_sentence(text, at)) sentence = at;
    if (blank(text[at])) space = at + 1;
    if (at - sentence < kLongestSentence || space <= piece.begin || at + 1 >= piece.end) continue;
    pieces.push_back({piece.begin, space});
    piece.begin = sentence = space;
  }
  pieces.push_back(piece);
}

// The paragraph, and before it its dateline, which is no part of the first sentence.
void add_paragraph(std::vector<ByteRange>& pieces, std::string_view text, ByteRange paragraph) {
  const std::size_t dateline = dateline_bytes(text.substr(paragraph.begin, paragraph.end - paragraph.begin));
  if (dateline > 0) pieces.push_back({paragraph.begin, paragraph.begin + dateline});
  add_piece(pieces, text, {paragraph.begin + dateline, paragraph.end});
}

// The paragraphs without the stretches that hold no words.
std::vector<ByteRange> pieces_of(std::string_view text) {
  std::vector<std::size_t> starts = paragraph_starts(text);
  starts.push_back(text.size());
  const std::vector<ByteRange> wordless = wordless_stretches(text);
  std::vector<ByteRange> pieces;
  auto gap = wordless.begin();
  for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
    std::size_t begin = starts[i];
    for (; gap != wordless.end() && gap->begin < starts[i + 1]; ++gap) {
      if (gap->begin > begin) add_paragraph(pieces, text, {begin, gap->begin});
      begin = std::max(begin, gap->end);
      if (gap->end > starts[i + 1]) break;  // the next paragraph begins inside it
    }
    if (begin < starts[i + 1]) add_paragraph(pieces, text, {begin, starts[i + 1]});
  }
  return pieces;
}

bool is_whole(const std::vector<ByteRange>& pieces, std::string_view text) {
  return text.empty() || (pieces.size() == 1 && pieces[0] == ByteRange{0, text.size()});
}

}  // namespace

std::vector<std::size_t> paragraph_starts(std::string_view text) {
  std::vector<std::size_t> starts;
  if (text.empty()) return starts;
  starts.push_back(0);
  const std::vector<LineBreak> breaks = line_breaks(text);
  std::size_t single = 0, small = 0;
  for (const LineBreak& line : breaks) {
    single += !line.empty_line;
    small += !line.empty_line && line.small_letter;
  }
  const bool wrapped = small * 5 >= single;  // a fifth: in wrapped text it is most, elsewhere hardly any
  for (const LineBreak& line : breaks)
    if (line.empty_line || !wrapped) starts.push_back(line.next);
  return starts;
}

std::vector<Document> parse_paragraphs(const Language& language, std::vector<Article> articles) {
  std::vector<std::vector<ByteRange>> pieces;
  std::vector<bool> whole;
  std::vector<Article> parts;
  for (Article& article : articles) {
    const std::string_view text = article.text;
    pieces.push_back(pieces_of(text));
    whole.push_back(is_whole(pieces.back(), text));
    if (whole.back()) parts.push_back(std::move(article));
    else for (const ByteRange piece : pieces.back()) parts.push_back(paragraph(text.substr(piece.begin, piece.end - piece.begin)));
  }
  std::vector<Document> parsed = language.parse(std::move(parts));
  std::vector<Document> documents;
  auto next = parsed.begin();
  for (std::size_t a = 0; a < articles.size(); ++a) {
    if (whole[a]) {
      documents.push_back(*std::make_move_iterator(next++));
      continue;
    }
    Joiner joiner(std::move(articles[a]));
    for (const ByteRange piece : pieces[a]) {
      const Document part = *std::make_move_iterator(next++);  // freed as soon as it is joined: a long text is not held twice
      joiner.add(part, piece.begin);
    }
    documents.push_back(joiner.take());
  }
  return documents;
}

}  // namespace relata
