#include "graph/context.h"

#include <algorithm>
#include <set>
#include <string>

namespace relata {
namespace {

struct Word {
  std::string text;         // letters only, ASCII in lower case
  std::uint32_t begin = 0;  // code points before it
};

std::vector<Word> words_in(std::string_view utf8) {
  std::vector<Word> words;
  std::string word;
  std::uint32_t at = 0, begin = 0;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back({word, begin});
    word.clear();
  };
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    const bool starts = (byte & 0xC0u) != 0x80u;  // a code point
    const bool letter = byte >= 0x80u || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter) end_word();
    else if (word.empty()) begin = at;
    if (letter) word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (starts) ++at;
  }
  end_word();
  return words;
}

// Which words lie near a mention: both ascend, so one walk over the words is enough.
std::vector<bool> near_mentions(const std::vector<Word>& words, const std::vector<Mention>& mentions) {
  if (mentions.empty()) return std::vector<bool>(words.size(), true);
  std::vector<std::ptrdiff_t> steps(words.size() + 1);
  for (const Mention& mention : mentions) {
    const auto found = std::lower_bound(words.begin(), words.end(), mention.span.begin, [](const Word& word, std::uint32_t begin) { return word.begin < begin; });
    const auto place = static_cast<std::size_t>(found - words.begin());
    ++steps[place - std::min(place, kContextReach)];
    --steps[std::min(place + kContextReach + 1, words.size())];
  }
  std::vector<bool> near(words.size());
  std::ptrdiff_t inside = 0;
  for (std::size_t i = 0; i < words.size(); ++i) near[i] = (inside += steps[i]) > 0;
  return near;
}

}  // namespace

Context context_of(const Extraction& extraction, ActorIndex actor, const NameForms& forms) {
  std::set<std::string_view> seen;
  Context context(forms.fields().size());
  const auto count = [&](std::string_view word) {
    const std::string_view entry = forms.field_word(word);
    if (!entry.empty() && seen.insert(entry).second) ++context[forms.field_of(entry)];
  };
  for (const Word& word : words_in(std::string_view(extraction.article.title).substr(0, kMostContextText))) count(word.text);
  const std::vector<Word> words = words_in(std::string_view(extraction.article.text).substr(0, kMostContextText));
  const std::vector<bool> near = near_mentions(words, extraction.actors[actor].mentions);
  for (std::size_t i = 0; i < words.size(); ++i)
    if (near[i]) count(words[i].text);
  return context;
}

FieldIndex plain_field(const Context& context) {
  const auto most = std::max_element(context.begin(), context.end());
  if (most == context.end() || *most < 2) return kNoField;
  for (auto other = context.begin(); other != context.end(); ++other)
    if (other != most && *other * 3 > *most) return kNoField;
  return static_cast<FieldIndex>(most - context.begin());
}

}  // namespace relata
