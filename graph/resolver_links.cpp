// The rules by which a key links to others. Each looks at the blocks the key asks, and at nothing else.
#include <algorithm>
#include <optional>

#include "graph/resolver.h"

namespace relata {
namespace {

using Words = std::vector<std::string_view>;

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

// "noa" of "norda airways": the letters in order, the first at the beginning. Schwartz & Hearst (2003), "A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical Text".
bool abbreviates(std::string_view letters, std::string_view name) {
  constexpr std::size_t kMost = 6;
  if (letters.size() < 3 || letters.size() > kMost || letters.find(' ') != std::string_view::npos || letters.size() * 2 > name.size() || letters.front() != name.front()) return false;
  std::size_t at = letters.size();
  for (std::size_t i = name.size(); i > 0 && at > 0; --i) {
    const bool begins = i == 1 || name[i - 2] == ' ';
    if (name[i - 1] == letters[at - 1] && (at > 1 || begins)) --at;
  }
  return at == 0 && words_of(name).size() > 1;
}

bool part_of(const Words& whole, const Words& part) {
  return whole.size() > part.size() && std::search(whole.begin(), whole.end(), part.begin(), part.end()) != whole.end();
}

// Why two names with one plain form are one: what is left off of a place or a group, or the acronym that is told with a group's name.
LinkReason plain_reason(std::string_view family, std::string_view a, std::string_view b, std::string_view plain) {
  if (family != "group") return LinkReason::place_kind;
  const auto told = [&](std::string_view name) { return name.size() > plain.size() && !compact(name).starts_with(plain) && !compact(name).starts_with("the" + std::string(plain)); };
  return told(a) || told(b) ? LinkReason::acronym : LinkReason::legal_form;
}

Words middles(const Words& words) { return {words.begin() + 1, words.end() - 1}; }

}  // namespace

std::vector<Resolver::Candidate> Resolver::links_of(KeyNumber key) const {
  std::vector<Candidate> links;
  const std::vector<KeyNumber> asked = asked_by(key);
  if (!keys_[key].holder.empty()) {
    office_links(asked, links);
    return links;
  }
  if (keys_[key].text.size() > keys_[key].family.size() + 1 + keys_[key].name.size()) return links;  // one of several of a name
  if (!keys_[key].states.empty()) {
    state_links(key, asked, links);
    return links;
  }
  spelling_links(key, asked, links);
  if (keys_[key].family == "person") {
    full_name_links(key, asked, links);
    short_name_link(key, links);
  }
  if (keys_[key].family == "thing") short_name_link(key, links);
  if (links.empty()) alias_link(key, links);
  return links;
}

std::vector<Resolver::KeyNumber> Resolver::asked_by(KeyNumber key) const {
  std::vector<KeyNumber> found;
  for (const Block block : keys_[key].asks)
    (void)in_.each(block, [&](KeyNumber other) {
      if (other != key) found.push_back(other);
      return true;
    });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// Full names of one surname: alike in sound, or with given names that stand for each other and middle names that agree.
void Resolver::full_name_links(KeyNumber key, const std::vector<KeyNumber>& asked, std::vector<Candidate>& links) const {
  const Key& mine = keys_[key];
  const Words words = words_of(mine.name);
  if (words.size() < 2) return;
  std::vector<Candidate> likely;
  for (const KeyNumber other : asked) {
    const Key& theirs = keys_[other];
    const Words others = words_of(theirs.name);
    if (theirs.family != "person" || others.size() < 2) continue;
    if (mine.sounds == theirs.sounds) {
      links.push_back({other, LinkReason::spelling, 0.95});
    } else if (words_of(mine.sounds).back() == words_of(theirs.sounds).back() && middles_agree(middles(words), middles(others))) {
      const bool initial = words.front().size() == 1 || others.front().size() == 1;
      likely.push_back({other, LinkReason::given_name, initial ? 0.7 : 0.85});
    }
  }
  // A writing that fits people who differ ("G. Bush", "George Bush") says nothing.
  for (const Candidate& a : likely)
    for (const Candidate& b : likely) {
      const Words x = words_of(keys_[a.other].name), y = words_of(keys_[b.other].name);
      const bool initial = x.front().size() == 1 || y.front().size() == 1;
      const bool given = initial ? x.front().front() == y.front().front() : keys_[a.other].given == keys_[b.other].given;
      if (!given || !middles_agree(middles(x), middles(y))) return;
    }
  links.insert(links.end(), likely.begin(), likely.end());
}

// Who has a shorter name in common, when all leave out the same; else nobody.
std::vector<Resolver::KeyNumber> Resolver::bearers_of(Block suffix) const {
  std::vector<KeyNumber> bearers;
  const std::string* rest = nullptr;
  const bool one = namesakes_.each(suffix, [&](KeyNumber bearer) {
    for (const Key::Shorter& shorter : keys_[bearer].shorter) {
      if (shorter.namesakes != suffix) continue;
      if (rest != nullptr && *rest != shorter.rest) return false;
      rest = &shorter.rest;
    }
    bearers.push_back(bearer);
    return true;
  });
  return one ? bearers : std::vector<KeyNumber>();
}

// The one full name that ends in this one, or of a thing has it for a part. Two people may share a surname: then it means neither.
void Resolver::short_name_link(KeyNumber key, std::vector<Candidate>& links) const {
  if (keys_[key].sounds.empty()) return;
  const std::vector<KeyNumber> bearers = bearers_of(block(keys_[key].family == "thing" ? "suffix thing" : "suffix", keys_[key].sounds));
  if (bearers.empty()) return;
  const KeyNumber best = *std::min_element(bearers.begin(), bearers.end(), [&](KeyNumber a, KeyNumber b) {
    return keys_[a].actors != keys_[b].actors ? keys_[a].actors > keys_[b].actors : fuller(a, b);
  });
  if (best != key) links.push_back({best, LinkReason::short_name, words_of(keys_[key].name).size() == 1 ? 0.8 : 0.9});
}

// The holder of the office, by whatever spelling of his name.
void Resolver::office_links(const std::vector<KeyNumber>& asked, std::vector<Candidate>& links) const {
  for (const KeyNumber other : asked)
    if (keys_[other].family == "person") links.push_back({other, LinkReason::office, 0.9});
}

// Of an office whose holder is not known: the one state whose it is.
void Resolver::state_links(KeyNumber key, const std::vector<KeyNumber>& asked, std::vector<Candidate>& links) const {
  const std::vector<std::string>& states = keys_[key].states;
  for (const KeyNumber other : asked)
    if (keys_[other].family == "place" && std::find(states.begin(), states.end(), keys_[other].plain) != states.end()) links.push_back({other, LinkReason::office, 0.6});
  if (std::any_of(links.begin(), links.end(), [&](const Candidate& link) { return keys_[link.other].plain != keys_[links.front().other].plain; })) links.clear();
}

// Names that differ in blanks, plural, legal form or type.
void Resolver::spelling_links(KeyNumber key, const std::vector<KeyNumber>& asked, std::vector<Candidate>& links) const {
  const Key& mine = keys_[key];
  for (const KeyNumber other : asked) {
    const Key& theirs = keys_[other];
    if (mine.known != KnownNames::kNobody && mine.known == theirs.known) {
      links.push_back({other, LinkReason::known, 0.98});
      continue;
    }
    const bool alike = mine.squeezed == theirs.squeezed && mine.squeezed.size() >= 3;
    if (mine.family == theirs.family) {
      if (alike) links.push_back({other, LinkReason::squeezed, 0.9});
      else if (!mine.usual.empty() && mine.usual == theirs.usual) links.push_back({other, LinkReason::spelling, 0.95});
      else if (!mine.plain.empty() && mine.plain == theirs.plain)
        links.push_back({other, plain_reason(mine.family, mine.name, theirs.name, mine.plain), 0.9});
      continue;
    }
    if (!alike) continue;
    // Extraction types a name now this way, now that. A name of several words is hardly two things; a single word may be.
    if (words_of(mine.name).size() > 1) {
      if (theirs.actors > mine.actors || (theirs.actors == mine.actors && theirs.text < mine.text)) links.push_back({other, LinkReason::other_type, 0.8});
    } else if (mine.family != "person" && theirs.family != "person" && theirs.actors >= 5 * mine.actors) {
      links.push_back({other, LinkReason::other_type, 0.6});
    }
  }
}

// A name that articles give as another name of a fuller one, when it is a part or the acronym of it and they nearly all agree.
void Resolver::alias_link(KeyNumber key, std::vector<Candidate>& links) const {
  const Key& mine = keys_[key];
  const auto bearers = bearers_.find(block("bearer", mine.text));
  if (bearers == bearers_.end()) return;
  std::int64_t votes = 0, most = 0;
  std::optional<KeyNumber> best;
  for (const auto& [other, actors] : bearers->second) {
    if (other == key || keys_[other].actors <= 0) continue;
    votes += actors;
    if (!best || actors > most || (actors == most && fuller(other, *best))) {
      best = other;
      most = actors;
    }
  }
  if (!best || most * 5 < votes * 4) return;
  const Words whole = words_of(keys_[*best].name);
  if (acronym_of(compact(mine.name), whole)) links.push_back({*best, LinkReason::acronym, 0.9});
  else if (part_of(whole, words_of(mine.name))) links.push_back({*best, LinkReason::short_name, 0.75});
  else if (mine.family == "group" && abbreviates(mine.name, keys_[*best].name)) links.push_back({*best, LinkReason::acronym, 0.85});
}

}  // namespace relata
