// Stretches of text between quotation marks.
#pragma once

#include <vector>

#include "extract/document.h"

namespace relata::stance {

struct Quotation {
  TokenRange inside;             // without the marks and white space at the ends
  TokenIndex open = 0;           // the mark before; the one after is inside.last or later
  TokenIndex close = kNoToken;   // kNoToken: ended by its paragraph
  std::uint32_t paragraph = 0;   // where it begins
  bool continues = false;        // the paragraph before ended inside the same speech: marks are opened anew and not closed between
  bool nested = false;           // stands inside another quotation
  bool spoken = false;           // reads as somebody's words, not as a title or a word held at arm's length
};

struct Quotations {
  std::vector<Quotation> all;                     // by opening mark
  std::vector<std::uint32_t> paragraph_of_token;
  std::vector<TokenRange> paragraphs;             // may be empty
};

// Double marks of all styles (“ ” " `` '' « » „), single ones (‘ ’ ') where they cannot be apostrophes. Quotations do not cross
// paragraphs (but lines of one); nesting deeper than eight is not followed. Linear in the text.
Quotations find_quotations(const Document& document);

}  // namespace relata::stance
