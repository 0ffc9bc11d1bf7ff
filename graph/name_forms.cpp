#include "graph/name_forms.h"

#include <algorithm>

namespace relata {
namespace {

constexpr std::size_t kMostFields = 254;

}  // namespace

NameForms::NameForms(const NameLore& lore)
    : legal_forms_(lore.legal_forms.begin(), lore.legal_forms.end()),
      place_kinds_(lore.place_kinds.begin(), lore.place_kinds.end()),
      apart_(lore.apart.begin(), lore.apart.end()),
      common_given_(lore.common_given.begin(), lore.common_given.end()),
      common_surnames_(lore.common_surnames.begin(), lore.common_surnames.end()),
      titles_(lore.titles.begin(), lore.titles.end()),
      peoples_(lore.peoples.begin(), lore.peoples.end()) {
  for (const auto& [letters, sound] : lore.sounds) {
    sounds_.emplace(letters, sound);
    std::uint8_t& longest = longest_sounds_[static_cast<unsigned char>(letters.empty() ? 0 : letters.front())];
    longest = static_cast<std::uint8_t>(std::clamp<std::size_t>(letters.size(), longest, 255));
  }
  for (const std::vector<std::string>& group : lore.given_names)
    for (const std::string& name : group) given_names_.emplace(name, group.front());
  for (const std::vector<std::string>& group : lore.spellings)
    for (const std::string& name : group) spellings_.emplace(name, group.front());
  for (const std::string& name : lore.everywhere) everywhere_.insert(body(name));
  for (const auto* names : {&lore.states, &lore.apart})
    for (const std::string& name : *names) states_.insert(body(name));
  for (const OfficeTerm& term : lore.offices) {
    titles_.insert(term.office);
    terms_[term.office + "|" + body(term.body)].push_back(term);
  }
  for (const auto& [word, field] : lore.fields) fields_.push_back(field);
  std::sort(fields_.begin(), fields_.end());
  fields_.erase(std::unique(fields_.begin(), fields_.end()), fields_.end());
  if (fields_.size() > kMostFields) fields_.resize(kMostFields);
  for (const auto& [word, field] : lore.fields)
    if (const auto at = std::lower_bound(fields_.begin(), fields_.end(), field); at != fields_.end())
      field_words_.emplace(word, static_cast<FieldIndex>(at - fields_.begin()));
}

std::string NameForms::sound(std::string_view word) const {
  std::string mapped;
  for (std::size_t i = 0; i < word.size();) {
    std::size_t step = std::min<std::size_t>(longest_sounds_[static_cast<unsigned char>(word[i])], word.size() - i);
    auto found = sounds_.end();
    for (; step > 0 && found == sounds_.end(); --step) found = sounds_.find(word.substr(i, step));
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
    if (!legal_forms_.contains(rest.substr(blank + 1))) break;
  return std::string(rest.empty() ? folded : rest);
}

std::string NameForms::without_place_kind(std::string_view folded) const {
  const std::size_t blank = folded.rfind(' ');
  if (blank == std::string_view::npos || !place_kinds_.contains(folded.substr(blank + 1))) return std::string(folded);
  const std::string bare(folded.substr(0, blank));
  return apart_.contains(bare) ? std::string(folded) : bare;
}

std::string_view NameForms::usual_spelling(std::string_view folded) const {
  const auto found = spellings_.find(folded);
  return found == spellings_.end() ? std::string_view() : std::string_view(found->second);
}

std::string NameForms::body(std::string_view folded) const {
  const std::string_view usual = usual_spelling(folded);
  return compact(without_place_kind(without_legal_form(usual.empty() ? folded : usual)));
}

bool NameForms::common_person(std::string_view folded) const {
  const auto words = words_of(folded);
  return words.size() > 1 && common_given_.contains(words.front()) && common_surnames_.contains(words.back());
}

// A title, or words of which one at either end is one: "foreign minister", "head of mission".
bool NameForms::office(std::string_view folded) const {
  const auto words = words_of(folded);
  if (words.empty() || words.size() > 5) return false;
  return titles_.contains(folded) || titles_.contains(words.front()) || titles_.contains(words.back());
}

std::vector<OfficeName> NameForms::offices_named(std::string_view folded) const {
  constexpr std::size_t kLongest = 8;  // words
  const auto bare = [](std::string_view text) { return text.starts_with("the ") ? text.substr(4) : text; };
  folded = bare(folded);
  const auto words = words_of(folded);
  std::vector<OfficeName> found;
  if (words.size() > kLongest) return found;
  const auto add = [&](std::string_view title, std::string_view whose) {
    whose = bare(whose);
    if (whose.empty() || !office(title)) return;
    // "Jordan King" is a person, unlike the Jordanian king and the king of Jordan.
    if (title.data() > whose.data() && common_surnames_.contains(title) && !peoples_.contains(whose)) return;
    const auto people = peoples_.find(whose);
    found.push_back({std::string(title), body(people == peoples_.end() ? whose : std::string_view(people->second))});
  };
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto at = static_cast<std::size_t>(words[i].data() - folded.data());
    if (words[i] == "of") {
      if (i + 1 < words.size()) add(folded.substr(0, at - 1), folded.substr(at + 3));
    } else {
      add(folded.substr(at), folded.substr(0, at - 1));
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::string NameForms::office_holder(const OfficeName& name, Day day) const {
  const auto terms = terms_.find(name.office + "|" + name.body);
  if (terms == terms_.end()) return "";
  for (const OfficeTerm& term : terms->second)
    if (term.from <= day && day < term.until) return term.holder;
  return "";
}

std::string_view NameForms::plain_given_name(std::string_view word) const {
  const auto found = given_names_.find(word);
  return found == given_names_.end() ? word : std::string_view(found->second);
}

std::string_view NameForms::field_word(std::string_view word) const {
  for (const std::string_view tail : {"", "s", "es"}) {
    if (!word.ends_with(tail)) continue;
    const auto found = field_words_.find(word.substr(0, word.size() - tail.size()));
    if (found != field_words_.end()) return found->first;
  }
  return {};
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
