// The rules by which a key links to others. Each looks at the key's blocks alone.
#include <algorithm>
#include <optional>

#include "graph/resolver.h"

namespace relata {
namespace {

using Words = std::vector<std::string_view>;

bool ends_with(const Words& whole, const Words& part) {
  return whole.size() > part.size() && std::equal(part.rbegin(), part.rend(), whole.rbegin());
}

// "imf" of "international monetary fund": initials in order, small words may be left out.
bool acronym_of(std::string_view letters, const Words& words) {
  if (letters.size() < 2 || words.size() < 2) return false;
  std::size_t at = 0;
  for (const std::string_view word : words) {
    if (at < letters.size() && word.front() == letters[at]) ++at;
    else if (word.size() > 3) return false;
  }
  return at == letters.size();
}

bool part_of(const Words& whole, const Words& part) {
  return whole.size() > part.size() && std::search(whole.begin(), whole.end(), part.begin(), part.end()) != whole.end();
}

}  // namespace

std::vector<Resolver::Candidate> Resolver::links_of(KeyNumber key) const {
  std::vector<Candidate> links;
  if (keys_[key].family == "person") person_links(key, links);
  other_links(key, links);
  if (links.empty()) alias_link(key, links);
  return links;
}

// Full names that agree, or the one full name this is the end of.
void Resolver::person_links(KeyNumber key, std::vector<Candidate>& links) const {
  const Words words = words_of(keys_[key].name);
  if (words.empty()) return;
  const std::string& sounds = keys_[key].sounds;
  std::vector<Candidate> likely;
  std::optional<KeyNumber> whole;
  bool one_whole = true;
  for (const KeyNumber other : neighbours(key)) {
    if (other == key || keys_[other].family != "person") continue;
    const Words others = words_of(keys_[other].name);
    if (ends_with(words_of(keys_[other].sounds), words_of(sounds))) {
      // Two people may share a surname: all candidates must bear one given name.
      if (whole && forms_->plain_given_name(others.front()) != forms_->plain_given_name(words_of(keys_[*whole].name).front())) one_whole = false;
      if (!whole || keys_[other].actors > keys_[*whole].actors || (keys_[other].actors == keys_[*whole].actors && fuller(other, *whole))) whole = other;
    }
    if (words.size() < 2 || others.size() < 2) continue;
    if (sounds == keys_[other].sounds) {
      links.push_back({other, LinkReason::spelling, 0.95});
      continue;
    }
    const Words middles(words.begin() + 1, words.end() - 1), others_middles(others.begin() + 1, others.end() - 1);
    if (words_of(sounds).back() != words_of(keys_[other].sounds).back() || !middles_agree(middles, others_middles)) continue;
    const std::string_view first = words.front(), others_first = others.front();
    const bool same = forms_->plain_given_name(first) == forms_->plain_given_name(others_first) || words_of(sounds).front() == words_of(keys_[other].sounds).front();
    const bool initial = (first.size() == 1 || others_first.size() == 1) && first.front() == others_first.front();
    if (same || initial) likely.push_back({other, LinkReason::given_name, same ? 0.85 : 0.7});
  }
  // A shorter writing that fits two people who differ ("G. Bush") says nothing.
  const bool agree = std::all_of(likely.begin(), likely.end(), [&](const Candidate& a) {
    return std::all_of(likely.begin(), likely.end(), [&](const Candidate& b) {
      const Words x = words_of(keys_[a.other].name), y = words_of(keys_[b.other].name);
      return (x.front().front() == y.front().front() || forms_->plain_given_name(x.front()) == forms_->plain_given_name(y.front())) &&
             middles_agree({x.begin() + 1, x.end() - 1}, {y.begin() + 1, y.end() - 1});
    });
  });
  if (agree) links.insert(links.end(), likely.begin(), likely.end());
  if (whole && one_whole) links.push_back({*whole, LinkReason::short_name, words.size() == 1 ? 0.8 : 0.9});
}

void Resolver::other_links(KeyNumber key, std::vector<Candidate>& links) const {
  const Key& mine = keys_[key];
  const std::string squeezed = compact(singular(mine.name));
  for (const KeyNumber other : neighbours(key)) {
    if (other == key) continue;
    const Key& theirs = keys_[other];
    const bool alike = squeezed == compact(singular(theirs.name)) && squeezed.size() >= 3;
    if (mine.family == theirs.family) {
      if (alike) links.push_back({other, LinkReason::squeezed, 0.9});
      else if (mine.family == "group" && compact(forms_->without_legal_form(mine.name)) == compact(forms_->without_legal_form(theirs.name)))
        links.push_back({other, LinkReason::legal_form, 0.9});
      continue;
    }
    if (!alike) continue;
    // Extraction types a name now this way, now that. A name of several words is hardly two things; a single word may be.
    const bool several = words_of(mine.name).size() > 1;
    const bool person = mine.family == "person" || theirs.family == "person";
    const bool dominated = theirs.actors >= 5 * mine.actors;
    if (several ? theirs.actors > mine.actors || (theirs.actors == mine.actors && theirs.text < mine.text) : dominated && !person)
      links.push_back({other, LinkReason::other_type, several ? 0.8 : 0.6});
  }
}

// A name that articles give as another name of a fuller one, when it is a part or the acronym of it and they nearly all agree.
void Resolver::alias_link(KeyNumber key, std::vector<Candidate>& links) const {
  const Key& mine = keys_[key];
  const auto bearers = bearers_.find(mine.text);
  if (bearers == bearers_.end()) return;
  const Words words = words_of(mine.name);
  std::int64_t votes = 0;
  std::optional<std::pair<std::int64_t, KeyNumber>> best;
  for (const auto& [other, actors] : bearers->second) {
    if (other == key || keys_[other].actors <= 0) continue;
    votes += actors;
    if (!best || actors > best->first || (actors == best->first && fuller(other, best->second))) best = {actors, other};
  }
  if (!best || best->first * 5 < votes * 4) return;
  const Words whole = words_of(keys_[best->second].name);
  if (acronym_of(compact(mine.name), whole)) links.push_back({best->second, LinkReason::acronym, 0.9});
  else if (part_of(whole, words)) links.push_back({best->second, LinkReason::short_name, 0.75});
}

}  // namespace relata
