#include "graph/resolver.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace relata {

std::string_view to_string(LinkReason reason) {
  constexpr std::array<std::string_view, 8> kNames = {"spelling",   "given_name", "short_name", "acronym",
                                                      "legal_form", "squeezed",   "other_type", "decided"};
  return kNames.at(static_cast<std::size_t>(reason));
}

Resolver::Resolver(std::shared_ptr<const NameForms> forms) : forms_(std::move(forms)) {}

Resolver::KeyNumber Resolver::number(const std::string& key) {
  const auto [at, fresh] = numbers_.try_emplace(key, static_cast<KeyNumber>(keys_.size()));
  if (fresh) {
    Key made;
    made.text = key;
    const std::size_t bar = key.find('|');
    made.family = key.substr(0, bar);
    made.name = bar == std::string::npos ? key : key.substr(bar + 1);
    made.root = at->second;
    made.sounds = forms_->skeleton(made.name);
    made.blocks = blocks_of(made);
    keys_.push_back(std::move(made));
  }
  return at->second;
}

std::vector<std::string> Resolver::blocks_of(const Key& key) const {
  std::vector<std::string> blocks{"=" + compact(singular(key.name))};
  if (key.family == "person") blocks.push_back("p" + (words_of(key.sounds).empty() ? key.sounds : std::string(words_of(key.sounds).back())));
  if (key.family == "group") blocks.push_back("g" + compact(forms_->without_legal_form(key.name)));
  return blocks;
}

void Resolver::add(const std::string& key, const std::vector<std::string>& folded_aliases) { count(key, folded_aliases, 1); }
void Resolver::remove(const std::string& key, const std::vector<std::string>& folded_aliases) { count(key, folded_aliases, -1); }

void Resolver::count(const std::string& key, const std::vector<std::string>& folded_aliases, int sign) {
  const KeyNumber at = number(key);
  Key& counted = keys_[at];
  counted.actors += sign;
  for (const std::string& block : counted.blocks) {
    if (counted.actors > 0) blocks_[block].insert(at);
    else if (const auto found = blocks_.find(block); found != blocks_.end() && found->second.erase(at) && found->second.empty()) blocks_.erase(found);
  }
  for (const std::string& alias : folded_aliases) {
    const std::string bearer = counted.family + "|" + alias;
    auto& bearers = bearers_[bearer];
    if ((bearers[at] += sign) <= 0) bearers.erase(at);
    if (bearers.empty()) bearers_.erase(bearer);
    if ((counted.aliases[alias] += sign) <= 0) counted.aliases.erase(alias);
    if (const auto shorter = numbers_.find(bearer); shorter != numbers_.end()) dirty_.insert(shorter->second);
  }
  dirty_.insert(at);
}

void Resolver::decide(const std::string& a, const std::string& b, Verdict verdict) {
  const std::pair<KeyNumber, KeyNumber> pair = std::minmax({number(a), number(b)});
  if (pair.first == pair.second) return;
  if (verdict == Verdict::open) verdicts_.erase(pair);
  else verdicts_[pair] = verdict;
  dirty_.insert(pair.first);
  dirty_.insert(pair.second);
}

bool Resolver::fuller(KeyNumber a, KeyNumber b) const {
  const auto rank = [&](KeyNumber key) {
    return std::tuple(-static_cast<long>(words_of(keys_[key].name).size()), -static_cast<long>(keys_[key].name.size()), keys_[key].text);
  };
  return rank(a) < rank(b);
}

std::set<Resolver::KeyNumber> Resolver::neighbours(KeyNumber key) const {
  std::set<KeyNumber> found{key};
  for (const std::string& block : keys_[key].blocks)
    if (const auto at = blocks_.find(block); at != blocks_.end()) found.insert(at->second.begin(), at->second.end());
  return found;
}

void Resolver::relink(KeyNumber key) {
  for (const Candidate& link : keys_[key].links) keys_[link.other].linked_by.erase(key);
  keys_[key].links = keys_[key].actors > 0 ? links_of(key) : std::vector<Candidate>{};
  for (const Candidate& link : keys_[key].links) keys_[link.other].linked_by.insert(key);
}

// Everything reachable over links in either direction, over verdicts, and over the clusters as they were.
std::set<Resolver::KeyNumber> Resolver::component(KeyNumber start, std::set<KeyNumber>& seen) const {
  std::set<KeyNumber> found;
  std::vector<KeyNumber> open{start};
  while (!open.empty()) {
    const KeyNumber at = open.back();
    open.pop_back();
    if (!seen.insert(at).second) continue;
    found.insert(at);
    for (const Candidate& link : keys_[at].links) open.push_back(link.other);
    open.insert(open.end(), keys_[at].linked_by.begin(), keys_[at].linked_by.end());
    if (const auto cluster = clusters_.find(keys_[at].root); cluster != clusters_.end())
      open.insert(open.end(), cluster->second.begin(), cluster->second.end());
    for (const auto& [pair, verdict] : verdicts_)
      if (pair.first == at || pair.second == at) open.push_back(pair.first == at ? pair.second : pair.first);
  }
  return found;
}

std::vector<std::pair<Resolver::KeyNumber, Resolver::Candidate>> Resolver::ranked_links(const std::set<KeyNumber>& component) const {
  std::vector<std::pair<KeyNumber, Candidate>> ranked;
  for (const KeyNumber key : component)
    for (const Candidate& link : keys_[key].links) ranked.emplace_back(key, link);
  for (const auto& [pair, verdict] : verdicts_)
    if (verdict == Verdict::same && component.contains(pair.first)) ranked.emplace_back(pair.first, Candidate{pair.second, LinkReason::decided, 1});
  std::sort(ranked.begin(), ranked.end(), [&](const auto& a, const auto& b) {
    const auto rank = [&](const auto& link) {
      const auto& [x, y] = std::minmax(keys_[link.first].text, keys_[link.second.other].text);
      return std::tuple(link.second.reason != LinkReason::decided, -link.second.score, x, y);
    };
    return rank(a) < rank(b);
  });
  return ranked;
}

// Joins along the links, strongest first, but never two clusters that hold a pair an analyst parted.
void Resolver::recluster(const std::set<KeyNumber>& component, std::map<KeyNumber, KeyNumber>& root) const {
  std::map<KeyNumber, std::set<KeyNumber>> members;
  for (const KeyNumber key : component) members[root[key] = key].insert(key);
  const auto parted = [&](const std::set<KeyNumber>& a, const std::set<KeyNumber>& b) {
    for (const auto& [pair, verdict] : verdicts_)
      if (verdict == Verdict::never && ((a.contains(pair.first) && b.contains(pair.second)) || (a.contains(pair.second) && b.contains(pair.first))))
        return true;
    return false;
  };
  for (const auto& [key, link] : ranked_links(component)) {
    KeyNumber a = root[key], b = root[link.other];
    if (a == b || (!verdicts_.empty() && parted(members[a], members[b]))) continue;
    if (fuller(b, a)) std::swap(a, b);
    for (const KeyNumber moved : members[b]) root[moved] = a;
    members[a].merge(members[b]);
    members.erase(b);
  }
}

std::vector<Resolver::Move> Resolver::settle() {
  std::set<KeyNumber> touched;
  for (const KeyNumber key : dirty_) touched.merge(neighbours(key));
  for (const KeyNumber key : touched) relink(key);
  std::set<KeyNumber> seen;
  std::vector<Move> moves;
  for (const KeyNumber start : touched) {
    const std::set<KeyNumber> keys = component(start, seen);
    std::map<KeyNumber, KeyNumber> root;
    recluster(keys, root);
    for (const KeyNumber key : keys) {
      Key& moved = keys_[key];
      const auto old = clusters_.find(moved.root);
      const bool was = old != clusters_.end() && old->second.contains(key);
      const bool is = moved.actors > 0;
      const std::string from = was ? keys_[moved.root].text : "", to = is ? keys_[root[key]].text : "";
      if (from != to) moves.push_back({moved.text, from, to});
    }
    for (const KeyNumber key : keys) clusters_.erase(keys_[key].root);
    for (const KeyNumber key : keys) {
      keys_[key].root = root[key];
      if (keys_[key].actors > 0) clusters_[root[key]].insert(key);
    }
  }
  dirty_.clear();
  std::sort(moves.begin(), moves.end(), [](const Move& a, const Move& b) { return a.key < b.key; });
  return moves;
}

std::string Resolver::representative(const std::string& key) const {
  const auto found = numbers_.find(key);
  return found == numbers_.end() ? key : keys_[keys_[found->second].root].text;
}

std::vector<std::string> Resolver::members(const std::string& key) const {
  std::vector<std::string> members;
  const auto found = numbers_.find(key);
  if (found == numbers_.end()) return members;
  if (const auto cluster = clusters_.find(keys_[found->second].root); cluster != clusters_.end())
    for (const KeyNumber member : cluster->second) members.push_back(keys_[member].text);
  std::sort(members.begin(), members.end());
  return members;
}

std::vector<Link> Resolver::reasons(const std::string& key) const {
  std::vector<Link> reasons;
  const auto found = numbers_.find(key);
  if (found == numbers_.end()) return reasons;
  const auto cluster = clusters_.find(keys_[found->second].root);
  if (cluster == clusters_.end()) return reasons;
  for (const auto& [from, link] : ranked_links(cluster->second)) {
    if (!cluster->second.contains(link.other)) continue;
    const auto [a, b] = std::minmax(keys_[from].text, keys_[link.other].text);
    reasons.push_back({a, b, link.reason, link.score});
  }
  return reasons;
}

}  // namespace relata
