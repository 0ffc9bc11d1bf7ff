#include "extract/reading/page_model.h"

#include "extract/reading/limits.h"

#include <gumbo.h>

#include <memory>

#include "extract/reading/lines.h"

namespace relata {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

std::string_view attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found ? std::string_view(found->value) : std::string_view();
}

// Never the words of an article, whatever their classes.
bool never_text(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_MENU: return true;
    default: return false;
  }
}

bool is_inline(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_ABBR:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_Q:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_DFN:
    case GUMBO_TAG_BDO:
    case GUMBO_TAG_BDI:
    case GUMBO_TAG_DATA:
    case GUMBO_TAG_VAR:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_ACRONYM:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_WBR:
    case GUMBO_TAG_UNKNOWN: return true;
    default: return false;
  }
}

int heading_level(GumboTag tag) {
  return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6 ? 1 + static_cast<int>(tag) - static_cast<int>(GUMBO_TAG_H1) : 0;
}

PageBlock::Kind kind_of(GumboTag tag) {
  if (heading_level(tag) != 0) return PageBlock::Kind::heading;
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE: return PageBlock::Kind::paragraph;
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DT: return PageBlock::Kind::item;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH: return PageBlock::Kind::cell;
    default: return PageBlock::Kind::other;
  }
}

// The words of a class or id: "article__relatedLinks main" -> article, related, links, main.
template <typename Visit>
void each_word(std::string_view value, Visit visit) {
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) visit(word);
    word.clear();
  };
  for (const char c : value) {
    const bool capital = c >= 'A' && c <= 'Z', small = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!capital && !small) {
      flush();
      continue;
    }
    if (capital && !word.empty()) flush();
    word += capital ? static_cast<char>(c + 32) : c;
  }
  flush();
}

class Walker {
 public:
  Walker(PageModel& page, const ReadingWords& words) : page_(page), words_(words) { page_.elements.emplace_back(); }

  void walk(const GumboNode& node, int parent) {
    switch (node.type) {
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_WHITESPACE:
      case GUMBO_NODE_CDATA: add_text(node.v.text.text); break;
      case GUMBO_NODE_ELEMENT: element(node.v.element, parent); break;
      case GUMBO_NODE_DOCUMENT:
        for (unsigned i = 0; i < node.v.document.children.length; ++i) walk(child(node.v.document.children, i), parent);
        break;
      default: break;
    }
  }

  void finish() { flush(0, GUMBO_TAG_BODY); }

 private:
  static const GumboNode& child(const GumboVector& children, unsigned i) { return *static_cast<const GumboNode*>(children.data[i]); }

  void children(const GumboElement& e, int parent) {
    // End tags that the tree builder ignores leave elements open, so that its tree may be far deeper than the page was made.
    constexpr int kDeepest = 4 * kDeepestPage;
    if (depth_ >= kDeepest) return;
    ++depth_;
    for (unsigned i = 0; i < e.children.length; ++i) walk(child(e.children, i), parent);
    --depth_;
  }

  int depth_ = 0;  // of walk() in itself

  void element(const GumboElement& e, int parent) {
    switch (e.tag) {
      case GUMBO_TAG_HTML: page_.language = lower(attribute(e, "lang")); break;
      case GUMBO_TAG_META: return meta(e);
      case GUMBO_TAG_LINK:
        if (lower(attribute(e, "rel")) == "canonical" && page_.canonical.empty()) page_.canonical = attribute(e, "href");
        return;
      case GUMBO_TAG_TITLE: return title(e);
      case GUMBO_TAG_BR: line_break(); return;
      default: break;
    }
    if (e.tag == GUMBO_TAG_TIME) page_.times.push_back({std::string(attribute(e, "datetime")), page_.blocks.size()});
    if (lower(attribute(e, "itemprop")) == "datepublished" && page_.date_published.empty()) {
      const std::string_view content = attribute(e, "content");
      page_.date_published = content.empty() ? attribute(e, "datetime") : content;
    }
    if (never_text(e.tag)) return;
    if (is_inline(e.tag)) {
      if (hidden(e) || inline_noise(e) || footnote(e)) return;
      links_ += e.tag == GUMBO_TAG_A;
      children(e, parent);
      links_ -= e.tag == GUMBO_TAG_A;
      return;
    }
    block(e, parent);
  }

  void block(const GumboElement& e, int parent) {
    flush(parent, tag_);
    const GumboTag outer = tag_;
    const int index = static_cast<int>(page_.elements.size());
    PageElement about;
    about.parent = parent;
    about.role = role(e);
    about.hinted = hidden(e) || hinted(e);
    page_.elements.push_back(about);
    // A <div> in an <li> is still the item; a heading or paragraph is what it is anywhere.
    if (kind_of(e.tag) != PageBlock::Kind::other || e.tag == GUMBO_TAG_UL || e.tag == GUMBO_TAG_OL || e.tag == GUMBO_TAG_TABLE || kind_of(tag_) == PageBlock::Kind::heading)
      tag_ = e.tag;
    if (e.tag == GUMBO_TAG_DIV && kind_of(outer) == PageBlock::Kind::paragraph) tag_ = outer;
    children(e, index);
    flush(index, tag_);
    tag_ = outer;
  }

  PageElement::Role role(const GumboElement& e) const {
    const std::string property = lower(attribute(e, "itemprop"));
    if (property == "articlebody") return PageElement::Role::article_body;
    if (e.tag == GUMBO_TAG_ARTICLE || lower(attribute(e, "role")) == "article") return PageElement::Role::article;
    if (e.tag == GUMBO_TAG_MAIN || lower(attribute(e, "role")) == "main") return PageElement::Role::main;
    return PageElement::Role::other;
  }

  static bool hidden(const GumboElement& e) {
    if (gumbo_get_attribute(&e.attributes, "hidden") || lower(attribute(e, "aria-hidden")) == "true") return true;
    std::string style = lower(attribute(e, "style"));
    std::erase(style, ' ');
    return style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos;
  }

  bool hinted(const GumboElement& e) const {
    if (e.tag == GUMBO_TAG_BODY || e.tag == GUMBO_TAG_HTML || e.tag == GUMBO_TAG_MAIN) return false;
    if (e.tag == GUMBO_TAG_FORM) return true;
    const std::string role = lower(attribute(e, "role"));
    for (const char* other : {"navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar", "tablist", "form"})
      if (role == other) return true;
    bool noise = false, maybe = false, text = false;
    each_hint(e, [&](const std::string& word) {
      noise = noise || words_.page_noise.contains(word);
      maybe = maybe || words_.page_maybe.contains(word);
      text = text || words_.page_text.contains(word);
    });
    return (noise || (maybe && !text)) && heading_level(e.tag) != 1;
  }

  // A credit, a share link inside a paragraph.
  bool inline_noise(const GumboElement& e) const {
    bool noise = false;
    each_hint(e, [&](const std::string& word) { noise = noise || words_.page_inline.contains(word); });
    return noise;
  }

  // <sup><a>[1]</a></sup>
  static bool footnote(const GumboElement& e) {
    if (e.tag != GUMBO_TAG_SUP) return false;
    for (unsigned i = 0; i < e.children.length; ++i)
      if (child(e.children, i).type == GUMBO_NODE_ELEMENT && child(e.children, i).v.element.tag == GUMBO_TAG_A) return true;
    return false;
  }

  template <typename Visit>
  static void each_hint(const GumboElement& e, Visit visit) {
    constexpr std::size_t kLongest = 500;  // bytes of a list of classes
    for (const char* name : {"class", "id"}) each_word(attribute(e, name).substr(0, kLongest), visit);
  }

  void meta(const GumboElement& e) {
    const std::string_view content = attribute(e, "content");
    if (content.empty()) return;
    for (const char* name : {"property", "name", "itemprop", "http-equiv"})
      if (std::string key = lower(attribute(e, name)); !key.empty()) page_.meta.try_emplace(std::move(key), content);
  }

  void title(const GumboElement& e) {
    if (!page_.title.empty()) return;
    for (unsigned i = 0; i < e.children.length; ++i)
      if (child(e.children, i).type == GUMBO_NODE_TEXT) page_.title += child(e.children, i).v.text.text;
    page_.title = trimmed(page_.title);
  }

  void add_text(std::string_view text) {
    constexpr std::string_view kNoBreakSpace = "\u00A0", kSoftHyphen = "\u00AD", kZeroWidth = "\u200B";
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text.substr(at).starts_with(kSoftHyphen)) {
        at += kSoftHyphen.size() - 1;
      } else if (text.substr(at).starts_with(kZeroWidth)) {
        at += kZeroWidth.size() - 1;
      } else if (text.substr(at).starts_with(kNoBreakSpace)) {
        at += kNoBreakSpace.size() - 1;
        gap_ = true;
      } else if (static_cast<unsigned char>(text[at]) <= ' ') {
        gap_ = true;
      } else {
        if (gap_ && !buffer_.empty() && buffer_.back() != '\n') buffer_ += ' ';
        gap_ = false;
        buffer_ += text[at];
        link_bytes_ += links_ > 0;
      }
    }
  }

  // Two in a row end a paragraph that has no element of its own.
  void line_break() {
    gap_ = false;
    if (!buffer_.empty() && !buffer_.ends_with("\n\n")) buffer_ += '\n';
  }

  void flush(int element, GumboTag tag) {
    gap_ = false;
    std::string text(trimmed(buffer_));
    buffer_.clear();
    if (!text.empty()) {
      PageBlock block;
      block.text = std::move(text);
      block.link_bytes = link_bytes_;
      block.element = element;
      block.kind = kind_of(tag);
      block.level = heading_level(tag);
      page_.blocks.push_back(std::move(block));
    }
    link_bytes_ = 0;
  }

  PageModel& page_;
  const ReadingWords& words_;
  std::string buffer_;
  std::size_t link_bytes_ = 0;
  int links_ = 0;
  bool gap_ = false;
  GumboTag tag_ = GUMBO_TAG_BODY;
};

}  // namespace

PageModel model_of_page(std::string_view html, const ReadingWords& words) {
  SimplePage simple = simplify_page(html);
  PageModel page;
  page.json_ld = std::move(simple.json_ld);
  page.cut = simple.cut;
  const auto destroy = [](GumboOutput* output) { gumbo_destroy_output(&kGumboDefaultOptions, output); };
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;  // it would keep a record of each
  const std::unique_ptr<GumboOutput, decltype(destroy)> output(gumbo_parse_with_options(&options, simple.html.data(), simple.html.size()), destroy);
  Walker walker(page, words);
  if (output) walker.walk(*output->root, 0);
  walker.finish();
  return page;
}

}  // namespace relata
