// A page as blocks of text in a tree of elements, free of the library that parsed it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extract/reading/words.h"

namespace relata {

struct PageBlock {
  enum class Kind { paragraph, heading, item, cell, other };
  std::string text;            // white space as single spaces; a line break where the page has <br>
  std::size_t link_bytes = 0;  // of text that stands in links
  int element = 0;             // the element it stands in
  Kind kind = Kind::other;
  int level = 0;               // of a heading, 1 to 6
};

struct PageElement {
  enum class Role { other, main, article, article_body };
  int parent = -1;
  Role role = Role::other;
  bool hinted = false;     // its class, id or role says that it is not the article
  std::size_t volume = 0;  // bytes of running text in it and below, outside of what is hinted
  std::size_t all_volume = 0;  // ... with it
};

struct PageTime {
  std::string value;      // of datetime, or the element's text
  std::size_t block = 0;  // number of blocks before it
};

struct PageModel {
  std::vector<PageElement> elements;  // parents before children; [0] is the page
  std::vector<PageBlock> blocks;      // in the order of the page; navigation, footers, asides, figures and forms are left out
  std::map<std::string, std::string> meta;  // name or property in lower case -> content; the first counts
  std::string title, canonical, language, date_published;
  std::vector<PageTime> times;
  std::vector<std::string> json_ld;
  bool cut = false;  // the page was longer than kLargestPage
};

PageModel model_of_page(std::string_view html, const ReadingWords& words);

// The page without comments, scripts, styles, embedded objects and letter styles; no deeper than kDeepestPage, no longer than kLargestPage.
// Linear in the page's length. What remains means the same text, and is safe to build a tree of.
struct SimplePage {
  std::string html;
  std::vector<std::string> json_ld;  // contents of <script type="application/ld+json">
  bool cut = false;
};
SimplePage simplify_page(std::string_view html);

}  // namespace relata
