// Lines of a text and their plain wording.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relata {

// The lines that are not blank, without white space at their ends; views of `text`. At most `most` of them.
std::vector<std::string_view> filled_lines(std::string_view text, std::size_t most = static_cast<std::size_t>(-1));

// Lower case (ASCII), white space as single spaces, without list marks before and punctuation behind: what word lists are compared with.
// At most `longest` bytes of the line are looked at.
std::string plain_wording(std::string_view line, std::size_t longest = 400);

std::string_view trimmed(std::string_view text);

// Bytes of a list mark ("- ", "• ", "* ", "– ") at the beginning of a trimmed line, 0 if there is none.
std::size_t list_mark(std::string_view line);

// Bytes of a dash that stands for a pause at `at`: an em or en dash, "--", or a hyphen.
std::size_t dash_at(std::string_view text, std::size_t at);

// Ends in a full stop, question or exclamation mark, ellipsis or colon, quotation marks and brackets behind it not counting.
bool ends_a_sentence(std::string_view line);

std::size_t count_words(std::string_view line);

}  // namespace relata
