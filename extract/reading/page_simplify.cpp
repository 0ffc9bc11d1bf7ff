#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include "extract/reading/draft.h"
#include "extract/reading/limits.h"
#include "extract/reading/page_model.h"

namespace relata {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

template <std::size_t N>
bool in(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Elements whose content is no text of the page.
constexpr std::array<std::string_view, 17> kOpaque = {"script", "style",  "noscript", "template", "svg",    "math",     "iframe", "object", "canvas",
                                                      "video",  "audio",  "select",   "textarea", "applet", "noframes", "map",    "datalist"};
// Letter styles: the tree builder would open them again in every paragraph that follows an unclosed one.
constexpr std::array<std::string_view, 15> kStyles = {"b", "i", "u", "em", "strong", "font", "small", "big", "s", "strike", "tt", "code", "nobr", "mark", "ins"};
// Without content, or closed by what follows: they add no depth of their own.
constexpr std::array<std::string_view, 30> kNotNesting = {"area", "base", "br",     "col",    "embed", "hr",  "img",   "input", "link",  "meta",
                                                          "param", "source", "track", "wbr",   "p",     "li",  "dt",    "dd",    "td",    "tr",
                                                          "th",    "option", "thead", "tbody", "tfoot", "rp",  "rt",    "html",  "head",  "body"};

// The byte at which `word` (lower case) begins, whatever its case; npos if nowhere.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
  const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(std::min(from, text.size())), text.end(), word.begin(), word.end(),
                                 [](char a, char b) { return lower(a) == b; });
  return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

struct Tag {
  std::string name;
  bool closing = false;
  std::size_t end = 0;  // behind '>'
  std::size_t attributes = 0;  // how many '=' stand in it
};

class Simplifier {
 public:
  explicit Simplifier(std::string_view html) : html_(html) {}

  SimplePage run() {
    while (at_ < html_.size()) {
      const std::size_t open = std::min(html_.find('<', at_), html_.size());
      out_.html.append(html_.substr(at_, open - at_));
      at_ = open;
      if (at_ == html_.size()) break;
      markup();
      if (out_.html.size() > kLargestPage) {
        out_.cut = true;
        out_.html.resize(kLargestPage);
        break;
      }
    }
    return std::move(out_);
  }

 private:
  void skip_behind(std::string_view mark) {
    const std::size_t end = html_.find(mark, at_);
    at_ = end == std::string_view::npos ? html_.size() : end + mark.size();
  }

  void markup() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) return skip_behind("-->");
    if (rest.starts_with("<!") || rest.starts_with("<?")) return skip_behind(">");
    const bool closing = rest.size() > 1 && rest[1] == '/';
    const std::size_t name = closing ? 2 : 1;
    if (rest.size() <= name || !is_letter(rest[name])) {
      out_.html += "&lt;";
      ++at_;
      return;
    }
    const Tag tag = read_tag(name, closing);
    const std::string_view whole = html_.substr(at_, tag.end - at_);
    at_ = tag.end;
    if (in(kStyles, tag.name)) return;
    if (in(kOpaque, tag.name)) return opaque(tag, whole);
    emit(tag, whole);
  }

  Tag read_tag(std::size_t name, bool closing) const {
    Tag tag;
    tag.closing = closing;
    std::size_t at = at_ + name;
    constexpr std::size_t kLongestName = 40;
    for (; at < html_.size() && html_[at] != '>' && html_[at] != ' ' && html_[at] != '/' && html_[at] != '\n' && html_[at] != '\t' && html_[at] != '\r'; ++at)
      if (tag.name.size() < kLongestName) tag.name += lower(html_[at]);
    char quote = '\0', before = '\0';
    for (; at < html_.size(); ++at) {
      const char c = html_[at];
      if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if ((c == '"' || c == '\'') && before == '=') {
        quote = c;
      } else if (c == '>') {
        ++at;
        break;
      } else if (c == '=') {
        ++tag.attributes;
      }
      if (c != ' ' && c != '\n' && c != '\t' && c != '\r') before = c;
    }
    tag.end = at;
    return tag;
  }

  void opaque(const Tag& tag, std::string_view whole) {
    if (tag.closing || whole.ends_with("/>") || unclosed_.contains(tag.name)) return;
    const std::size_t end = find_word(html_, "</" + tag.name, at_);
    if (end == std::string_view::npos) {
      if (tag.name == "script" || tag.name == "style") at_ = html_.size();
      unclosed_.insert(tag.name);
      return;
    }
    constexpr std::size_t kMostData = 64;  // blocks of JSON-LD a page may have
    if (tag.name == "script" && find_word(whole, "ld+json", 0) != std::string_view::npos && out_.json_ld.size() < kMostData)
      out_.json_ld.emplace_back(html_.substr(at_, end - at_));
    at_ = end;
    skip_behind(">");
    out_.html += ' ';
  }

  // Closes the innermost open element of that name. False when the tree builder would ignore the end tag: nothing of that name is open,
  // or a table or its like stands between. Such tags would make the page look shallower than its tree is.
  bool close(const std::string& name) {
    constexpr std::array<std::string_view, 5> kBarriers = {"table", "button", "caption", "marquee", "body"};
    for (std::size_t i = open_.size(); i-- > 0;) {
      if (open_[i] == name) {
        open_.resize(i);
        return true;
      }
      if (in(kBarriers, open_[i])) return false;
    }
    return false;
  }

  void emit(const Tag& tag, std::string_view whole) {
    if (!in(kNotNesting, tag.name)) {
      if (tag.closing) {
        if (too_deep_ > 0) {
          --too_deep_;
          return;
        }
        if (!close(tag.name)) return;
      } else if (open_.size() >= static_cast<std::size_t>(kDeepestPage)) {
        ++too_deep_;
        return;
      } else {
        open_.push_back(tag.name);
      }
    }
    // Honest tags have few and short attributes; the tree builder compares each with all before it.
    constexpr std::size_t kLongestTag = 1 << 15, kMostAttributes = 100;
    if (whole.size() <= kLongestTag && tag.attributes <= kMostAttributes && whole.ends_with('>')) out_.html.append(whole);
    else out_.html.append(tag.closing ? "</" : "<").append(tag.name).append(">");
  }

  std::string_view html_;
  std::size_t at_ = 0;
  SimplePage out_;
  std::vector<std::string> open_;  // elements, outermost first
  std::size_t too_deep_ = 0;
  std::set<std::string> unclosed_;  // opaque elements known to have no end
};

}  // namespace

SimplePage simplify_page(std::string_view html) { return Simplifier(html).run(); }

std::string charset_of(std::string_view text) {
  const std::size_t found = find_word(text, "charset", 0);
  if (found == std::string_view::npos) return {};
  std::size_t at = found + 7;
  while (at < text.size() && std::string_view(" =\"'").find(text[at]) != std::string_view::npos) ++at;
  std::string out;
  constexpr std::size_t kLongest = 30;
  for (; at < text.size() && out.size() < kLongest && (is_letter(text[at]) || (text[at] >= '0' && text[at] <= '9') || text[at] == '-' || text[at] == '_'); ++at)
    out += text[at];
  return out;
}

}  // namespace relata
