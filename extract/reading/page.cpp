// Which blocks of a page are the article.
#include <algorithm>

#include "extract/reading/draft.h"
#include "extract/reading/lines.h"
#include "extract/reading/noise_lines.h"
#include "extract/reading/page_metadata.h"
#include "extract/reading/page_model.h"

namespace relata {
namespace {

using Kind = PageBlock::Kind;
using Role = PageElement::Role;

constexpr std::size_t kRunningText = 60;  // bytes from which a paragraph counts as running text

double link_share(const PageBlock& block) { return static_cast<double>(block.link_bytes) / static_cast<double>(block.text.size() + 1); }

bool is_running(const PageBlock& block) {
  return block.kind != Kind::heading && block.text.size() >= kRunningText && link_share(block) < 0.4 && count_words(block.text) >= 8 && ends_a_sentence(block.text);
}

// Elements from 0 down to `element`.
bool below(const PageModel& page, int element, int above) {
  for (; element >= above; element = page.elements[static_cast<std::size_t>(element)].parent)
    if (element == above) return true;
  return false;
}

void measure(PageModel& page) {
  for (const PageBlock& block : page.blocks) {
    if (!is_running(block)) continue;
    bool hinted = false;
    for (int e = block.element; e >= 0; e = page.elements[static_cast<std::size_t>(e)].parent) {
      PageElement& element = page.elements[static_cast<std::size_t>(e)];
      hinted = hinted || element.hinted;
      element.all_volume += block.text.size();
      if (!hinted) element.volume += block.text.size();
    }
  }
}

// A hint on what holds most of the page's text is about something else ("has-sidebar", a form around the whole page).
void doubt_hints(PageModel& page) {
  const std::size_t all = page.elements[0].all_volume;
  for (PageElement& element : page.elements)
    if (element.hinted && element.all_volume * 2 > all) element.hinted = false;
  for (PageElement& element : page.elements) element.volume = element.all_volume = 0;
  measure(page);
}

// The element the page itself calls its article, if it holds a good part of the text; else the deepest one that holds most of it.
int main_element(const PageModel& page) {
  const std::size_t total = page.elements[0].volume;
  const auto best = [&](Role role, double share) {
    int found = -1;
    for (std::size_t i = 0; i < page.elements.size(); ++i) {
      const PageElement& e = page.elements[i];
      if (e.role != role || static_cast<double>(e.volume) < share * static_cast<double>(total) || e.volume == 0) continue;
      if (found < 0 || e.volume > page.elements[static_cast<std::size_t>(found)].volume) found = static_cast<int>(i);
    }
    return found;
  };
  if (const int body = best(Role::article_body, 0.3); body >= 0) return body;
  if (const int article = best(Role::article, 0.4); article >= 0) return article;
  // Children come after their parents, so one pass goes down as far as most of the text is in one child that is no paragraph itself.
  std::vector<bool> is_paragraph(page.elements.size(), false);
  for (const PageBlock& block : page.blocks) is_paragraph[static_cast<std::size_t>(block.element)] = block.kind == Kind::paragraph;
  int at = 0;
  for (std::size_t i = 1; i < page.elements.size(); ++i) {
    const PageElement& e = page.elements[i];
    if (!is_paragraph[i] && e.parent == at && e.volume * 10 > page.elements[static_cast<std::size_t>(at)].volume * 7) at = static_cast<int>(i);
  }
  return at;
}

bool is_hinted(const PageModel& page, const PageBlock& block) {
  for (int e = block.element; e >= 0; e = page.elements[static_cast<std::size_t>(e)].parent)
    if (page.elements[static_cast<std::size_t>(e)].hinted) return true;
  return false;
}

class Selection {
 public:
  Selection(const PageModel& page, const ReadingWords& words) : page_(page), words_(words), main_(main_element(page)) {
    const auto& blocks = page.blocks;
    choose_headline();
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (below(page, blocks[i].element, main_) && is_running(blocks[i])) {
        if (first_ == kNone) first_ = i;
        last_ = i;
      }
    }
  }

  std::size_t headline() const { return headline_; }
  bool found() const { return first_ != kNone; }
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::vector<std::string> paragraphs() const {
    std::vector<std::string> out;
    std::vector<std::string> waiting;  // headings that stay only if text follows
    OtherArticles others;
    if (headline_ != kNone) out.push_back(page_.blocks[headline_].text);
    for (std::size_t i = 0; i < page_.blocks.size(); ++i) {
      const PageBlock& block = page_.blocks[i];
      if (i == headline_ || belongs_to_others(block, others) || !keeps(i)) continue;
      if (block.kind == Kind::heading) {
        waiting.push_back(block.text);
        continue;
      }
      std::move(waiting.begin(), waiting.end(), std::back_inserter(out));
      waiting.clear();
      add(block, out);
    }
    return out;
  }

 private:
  // The headings of the first level that the page's title repeats or that stand in the article; a site's name in its logo does neither.
  void choose_headline() {
    int best = 0;
    for (std::size_t i = 0; i < page_.blocks.size(); ++i) {
      const PageBlock& block = page_.blocks[i];
      if (block.kind != Kind::heading || is_hinted(page_, block) || link_share(block) >= 0.9) continue;
      const bool titled = count_words(block.text) >= 2 && said_by_title(block.text);
      const bool inside = below(page_, block.element, main_);
      const int score = block.level == 1 ? 1 + inside + 2 * titled + (count_words(block.text) > 3) : titled ? 3 + inside : 0;
      if (score <= best || (block.level == 1 && !titled && !inside && has_title() && count_words(block.text) <= 3)) continue;
      best = score;
      headline_ = i;
    }
  }

  bool has_title() const { return !page_.title.empty() || page_.meta.contains("og:title"); }
  bool said_by_title(const std::string& text) const {
    const auto og = page_.meta.find("og:title");
    return page_.title.starts_with(text) || page_.title.ends_with(text) || (og != page_.meta.end() && og->second.starts_with(text));
  }

  // The part of the page that a heading such as "Related stories" opens.
  struct OtherArticles {
    int level = 0;        // of the heading; 0: none is open
    int element = 0;      // what the heading stands in
    bool running = false; // whether paragraphs in it are others' too
  };

  bool belongs_to_others(const PageBlock& block, OtherArticles& open) const {
    if (open.level != 0 && !below(page_, block.element, open.element)) open.level = 0;
    if (block.kind == Kind::heading) {
      if (open.level != 0 && block.level <= open.level) open.level = 0;
      if (open.level != 0 || !is_list_heading(block.text, words_)) return open.level != 0;
      open.level = block.level;
      open.element = std::max(0, page_.elements[static_cast<std::size_t>(block.element)].parent);
      // Where it stands among the article's own paragraphs, these go on behind it.
      open.running = page_.elements[static_cast<std::size_t>(open.element)].volume * 2 < page_.elements[static_cast<std::size_t>(main_)].volume;
      return true;
    }
    return open.level != 0 && (open.running || !is_running(block));
  }

  bool keeps(std::size_t i) const {
    const PageBlock& block = page_.blocks[i];
    if (is_hinted(page_, block) || is_noise_line(block.text, words_)) return false;
    if (!below(page_, block.element, main_)) return is_standfirst(i);
    if (block.kind == Kind::heading) return link_share(block) < 0.5 && i < last_;
    const std::size_t words = count_words(block.text);
    if (link_share(block) > (words < 25 ? 0.5 : 0.8)) return false;
    if (is_running(block)) return true;
    // Before the first and behind the last running paragraph stand dates, names, tags and prompts.
    if (i > last_) return words >= 3 && block.link_bytes == 0 && ends_a_sentence(block.text) && goes_on(i);
    if (block.kind == Kind::item) return !in_link_list(i) && words >= 2;
    if (block.kind == Kind::paragraph) return words >= 2 && (i > first_ || ends_a_sentence(block.text) || words >= 5);
    return words >= 3 && i > first_ && ends_a_sentence(block.text);
  }

  // Behind the last running paragraph: a paragraph close to it, or one that stands where it stands.
  bool goes_on(std::size_t i) const {
    constexpr std::size_t kNear = 2;
    const PageBlock &block = page_.blocks[i], &last = page_.blocks[last_];
    if (block.kind != last.kind && block.kind != Kind::paragraph) return false;
    const auto parent = [&](const PageBlock& of) { return page_.elements[static_cast<std::size_t>(of.element)].parent; };
    const bool beside = block.element == last.element || (block.kind == last.kind && parent(block) == parent(last));
    return beside || (block.kind == Kind::paragraph && i <= last_ + kNear);
  }

  // Between a headline and an article that the page keeps apart.
  bool is_standfirst(std::size_t i) const {
    constexpr std::size_t kLongest = 500;
    const PageBlock& block = page_.blocks[i];
    return headline_ != kNone && i > headline_ && i < first_ && i - headline_ <= 4 && block.text.size() <= kLongest && link_share(block) < 0.2 &&
           count_words(block.text) >= 6 && (block.kind == Kind::paragraph || block.kind == Kind::heading || ends_a_sentence(block.text));
  }

  // Whether most of the items around are links.
  bool in_link_list(std::size_t i) const {
    std::size_t items = 0, linked = 0;
    const std::size_t from = i > 5 ? i - 5 : 0, to = std::min(i + 6, page_.blocks.size());
    for (std::size_t k = from; k < to; ++k) {
      if (page_.blocks[k].kind != Kind::item) continue;
      ++items;
      linked += link_share(page_.blocks[k]) > 0.6;
    }
    return linked * 2 > items;
  }

  // A block's own paragraphs: two line breaks part them, one is a space.
  void add(const PageBlock& block, std::vector<std::string>& out) const {
    for (std::size_t begin = 0; begin < block.text.size();) {
      const std::size_t end = std::min(block.text.find("\n\n", begin), block.text.size());
      std::string part(trimmed(std::string_view(block.text).substr(begin, end - begin)));
      std::replace(part.begin(), part.end(), '\n', ' ');
      if (!part.empty() && (out.empty() || out.back() != part)) out.push_back(std::move(part));
      begin = end + 2;
    }
  }

  const PageModel& page_;
  const ReadingWords& words_;
  int main_;
  std::size_t headline_ = kNone, first_ = kNone, last_ = 0;
};

std::string joined(const std::vector<std::string>& paragraphs) {
  std::string out;
  for (const std::string& paragraph : paragraphs) out += (out.empty() ? "" : "\n\n") + paragraph;
  return out;
}

// A page without running text: whatever stands on it outside of what is hinted.
std::string anything(const PageModel& page, const ReadingWords& words) {
  std::vector<std::string> out;
  for (const PageBlock& block : page.blocks)
    if (link_share(block) < 0.5 && !is_hinted(page, block) && !is_noise_line(block.text, words)) out.push_back(block.text);
  return joined(out);
}

}  // namespace

Draft read_page(std::string_view html, const ReadingWords& words) {
  PageModel page = model_of_page(html, words);
  measure(page);
  doubt_hints(page);
  const Selection selection(page, words);
  const bool has_headline = selection.headline() != Selection::kNone;
  PageMetadata about = metadata_of(page, has_headline ? page.blocks[selection.headline()].text : "", has_headline ? selection.headline() : 0, words);

  Draft draft;
  std::vector<std::string> paragraphs = selection.found() ? selection.paragraphs() : std::vector<std::string>();
  if (!paragraphs.empty() && !has_headline && !about.title.empty() && paragraphs.front() != about.title) paragraphs.insert(paragraphs.begin(), about.title);
  draft.text = joined(paragraphs);
  // Pages that are drawn by scripts have their text in the metadata only.
  if (about.body.size() > 2 * draft.text.size()) draft.text = about.title.empty() ? about.body : about.title + "\n\n" + about.body;
  if (draft.text.empty()) draft.text = anything(page, words);
  draft.title = std::move(about.title);
  draft.publisher = std::move(about.publisher);
  draft.language = std::move(about.language);
  draft.address = std::move(about.address);
  draft.published = about.published;
  if (page.cut) draft.notes.push_back("the page is very long; its end was not read");
  return draft;
}

}  // namespace relata
