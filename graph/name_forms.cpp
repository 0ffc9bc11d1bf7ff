#include "graph/name_forms.h"

#include <algorithm>

namespace relata {

NameForms::NameForms(const NameLore& lore)
    : legal_forms_(lore.legal_forms.begin(), lore.legal_forms.end()),
      place_kinds_(lore.place_kinds.begin(), lore.place_kinds.end()),
      apart_(lore.apart.begin(), lore.apart.end()) {
  for (const auto& [letters, sound] : lore.sounds) {
    sounds_.emplace(letters, sound);
    longest_sound_ = std::max(longest_sound_, letters.size());
  }
  for (const std::vector<std::string>& group : lore.given_names)
    for (const std::string& name : group) given_names_.emplace(name, group.front());
  for (const std::vector<std::string>& group : lore.spellings)
    for (const std::string& name : group) spellings_.emplace(name, group.front());
}

std::string NameForms::sound(std::string_view word) const {
  std::string mapped;
  for (std::size_t i = 0; i < word.size();) {
    std::size_t step = std::min(longest_sound_, word.size() - i);
    auto found = sounds_.end();
    for (; step > 0 && found == sounds_.end(); --step) found = sounds_.find(std::string(word.substr(i, step)));
    const std::string_view out = found == sounds_.end() ? word.substr(i, 1) : std::string_view(found->second);
    i += found == sounds_.end() ? 1 : found->first.size();
    if (out.empty()) continue;
    if (mapped.empty() || out.front() != mapped.back()) mapped += out;  // doubled letters are single
    else mapped += out.substr(1);
  }
  return mapped;
}

std::string NameForms::skeleton(std::string_view folded) const {
  std::string joined;
  for (const std::string_view word : words_of(folded)) {
    if (!joined.empty()) joined += ' ';
    joined += sound(word);
  }
  return joined;
}

std::string NameForms::without_legal_form(std::string_view folded) const {
  std::string_view rest = folded;
  if (rest.starts_with("the ")) rest.remove_prefix(4);
  for (std::size_t blank; (blank = rest.rfind(' ')) != std::string_view::npos; rest = rest.substr(0, blank))
    if (!legal_forms_.contains(std::string(rest.substr(blank + 1)))) break;
  return std::string(rest.empty() ? folded : rest);
}

std::string NameForms::without_place_kind(std::string_view folded) const {
  const std::size_t blank = folded.rfind(' ');
  if (blank == std::string_view::npos || !place_kinds_.contains(std::string(folded.substr(blank + 1)))) return std::string(folded);
  const std::string bare(folded.substr(0, blank));
  return apart_.contains(bare) ? std::string(folded) : bare;
}

std::string_view NameForms::usual_spelling(std::string_view folded) const {
  const auto found = spellings_.find(std::string(folded));
  return found == spellings_.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view NameForms::plain_given_name(std::string_view word) const {
  const auto found = given_names_.find(std::string(word));
  return found == given_names_.end() ? word : std::string_view(found->second);
}

std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> words;
  while (!folded.empty()) {
    const std::size_t blank = std::min(folded.find(' '), folded.size());
    if (blank > 0) words.push_back(folded.substr(0, blank));
    folded.remove_prefix(std::min(blank + 1, folded.size()));
  }
  return words;
}

std::string compact(std::string_view folded) {
  std::string joined(folded);
  std::erase(joined, ' ');
  return joined;
}

std::string singular(std::string_view folded) {
  const std::size_t blank = folded.rfind(' ');
  const std::string_view last = folded.substr(blank == std::string_view::npos ? 0 : blank + 1);
  const bool plural = last.size() > 4 && last.back() == 's' && std::string_view("sui").find(last[last.size() - 2]) == std::string_view::npos;
  return std::string(plural ? folded.substr(0, folded.size() - 1) : folded);
}

bool middles_agree(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  if (a.empty() || b.empty()) return true;
  if (a.size() != b.size()) return false;
  return std::equal(a.begin(), a.end(), b.begin(), [](std::string_view x, std::string_view y) {
    return x == y || ((x.size() == 1 || y.size() == 1) && x.front() == y.front());
  });
}

}  // namespace relata
