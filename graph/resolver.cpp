#include "graph/resolver.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_set>

namespace relata {
namespace {

template <typename T>
void insert_sorted(std::vector<T>& list, const T& value) {
  const auto at = std::lower_bound(list.begin(), list.end(), value);
  if (at == list.end() || *at != value) list.insert(at, value);
}

template <typename T>
void erase_sorted(std::vector<T>& list, const T& value) {
  const auto at = std::lower_bound(list.begin(), list.end(), value);
  if (at != list.end() && *at == value) list.erase(at);
}

template <typename T>
void make_set(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

}  // namespace

std::string_view to_string(LinkReason reason) {
  constexpr std::array<std::string_view, 14> kNames = {"spelling", "given_name", "short_name", "acronym", "legal_form", "squeezed", "other_type",
                                                       "decided",  "place_kind", "known",      "office",  "belonging",  "apart",      "context"};
  return kNames.at(static_cast<std::size_t>(reason));
}

std::vector<std::string> folded_aliases(const Actor& actor) {
  std::vector<std::string> folded;
  const std::string own = fold_name(actor.name);
  for (const std::string& alias : actor.aliases)
    if (std::string name = fold_name(alias); !name.empty() && name != own) folded.push_back(std::move(name));
  std::sort(folded.begin(), folded.end());
  folded.erase(std::unique(folded.begin(), folded.end()), folded.end());
  return folded;
}

Resolver::Resolver(std::shared_ptr<const NameForms> forms, std::shared_ptr<const KnownNames> known) : forms_(std::move(forms)), known_(std::move(known)) {}

std::size_t Resolver::Numbers::place(const std::string& text, const std::vector<Key>& keys) const {
  std::size_t at = XXH3_64bits(text.data(), text.size()) & (slots_.size() - 1);
  while (slots_[at] != kNone && keys[slots_[at]].text != text) at = (at + 1) & (slots_.size() - 1);
  return at;
}

void Resolver::Numbers::add(const std::vector<Key>& keys) {
  if (keys.size() * 2 > slots_.size()) {
    slots_.assign(slots_.size() * 2, kNone);
    for (std::size_t i = 0; i + 1 < keys.size(); ++i) slots_[place(keys[i].text, keys)] = static_cast<KeyNumber>(i);
  }
  slots_[place(keys.back().text, keys)] = static_cast<KeyNumber>(keys.size() - 1);
}

Resolver::KeyNumber Resolver::number(const std::string& key) {
  if (const KeyNumber known = find(key); known != kNone) return known;
  const auto fresh = static_cast<KeyNumber>(keys_.size());
  Key& made = keys_.emplace_back();
  made.text = key;
  const std::size_t bar = key.find('|');
  made.family = key.substr(0, bar);
  made.name = bar == std::string::npos ? key : key.substr(bar + 1);
  made.root = fresh;
  const std::size_t mark = made.name.find_first_of("~@");
  if (mark != std::string::npos && mark > 0 && made.family == "person") {
    const std::string sense = made.name.substr(mark);
    made.name.resize(mark);
    describe_sense(made, sense);
  } else {
    describe(made);
  }
  numbers_.add(keys_);
  return fresh;
}

void Resolver::add(const std::string& key, const std::vector<std::string>& folded_aliases, std::int64_t actors) { count(key, folded_aliases, actors); }
void Resolver::remove(const std::string& key, const std::vector<std::string>& folded_aliases) { count(key, folded_aliases, -1); }

void Resolver::count(const std::string& key, const std::vector<std::string>& folded_aliases, std::int64_t by) {
  const KeyNumber at = number(key);
  const bool was = keys_[at].actors > 0;
  keys_[at].actors += by;
  const bool is = keys_[at].actors > 0;
  if (is && !was) enter(at);
  if (was && !is) leave(at);
  for (const std::string& alias : folded_aliases) {
    const std::string bearer = keys_[at].family + "|" + alias;
    auto& bearers = bearers_[block("bearer", bearer)];
    if ((bearers[at] += by) <= 0) bearers.erase(at);
    if (const KeyNumber shorter = find(bearer); shorter != kNone) dirty_.push_back(shorter);
  }
  dirty_.push_back(at);
}

void Resolver::enter(KeyNumber number) {
  const Key& key = keys_[number];
  for (const Block block : key.in) in_.add(block, number);
  for (const Block block : key.asks) asking_.add(block, number);
  for (const Key::Shorter& shorter : key.shorter) namesakes_.add(shorter.namesakes, number);
}

void Resolver::leave(KeyNumber number) {
  const Key& key = keys_[number];
  for (const Block block : key.in) in_.remove(block, number);
  for (const Block block : key.asks) asking_.remove(block, number);
  for (const Key::Shorter& shorter : key.shorter) namesakes_.remove(shorter.namesakes, number);
}

// Every key whose links may change because a dirty one came, went or was counted anew. Each block is looked at once, however many share it.
std::vector<Resolver::KeyNumber> Resolver::touched() const {
  std::vector<KeyNumber> touched = dirty_;
  if (touched.size() == keys_.size()) return touched;
  std::unordered_set<Block> seen;
  const auto asking = [&](Block block) {
    if (!seen.insert(block).second) return;
    (void)asking_.each(block, [&](KeyNumber key) { return touched.push_back(key), true; });
  };
  for (const KeyNumber number : dirty_) {
    for (const Block block : keys_[number].in) asking(block);
    for (const Key::Shorter& shorter : keys_[number].shorter) asking(shorter.asking);
  }
  make_set(touched);
  return touched;
}

void Resolver::decide(const std::string& a, const std::string& b, Verdict verdict) {
  const KeyNumber x = number(a), y = number(b);
  if (x == y) return;
  for (const auto& [one, other] : {std::pair(x, y), std::pair(y, x)}) {
    if (verdict == Verdict::open) keys_[one].verdicts.erase(other);
    else keys_[one].verdicts[other] = verdict;
    dirty_.push_back(one);
  }
}

void Resolver::stand_in(const std::string& key, const std::string& other) {
  const KeyNumber at = number(key), to = other.empty() || other == key ? kNone : number(other);
  if (keys_[at].stands_for == to) return;
  if (const KeyNumber was = keys_[at].stands_for; was != kNone) {
    erase_sorted(keys_[was].stood_for_by, at);
    dirty_.push_back(was);
  }
  keys_[at].stands_for = to;
  dirty_.push_back(at);
  if (to == kNone) return;
  insert_sorted(keys_[to].stood_for_by, at);
  dirty_.push_back(to);
}

bool Resolver::fuller(KeyNumber a, KeyNumber b) const {
  const auto rank = [&](const Key& key) {
    const bool gone = key.actors <= 0 && key.stands_for != kNone;
    return std::tuple(gone, !key.holder.empty() || !key.states.empty(), -std::count(key.name.begin(), key.name.end(), ' '), -static_cast<long>(key.name.size()), std::string_view(key.text));
  };
  return rank(keys_[a]) < rank(keys_[b]);
}

void Resolver::relink(KeyNumber number) {
  for (const Candidate& link : keys_[number].links) erase_sorted(keys_[link.other].linked_by, number);
  keys_[number].links = keys_[number].actors > 0 ? links_of(number) : std::vector<Candidate>{};
  for (const Candidate& link : keys_[number].links) insert_sorted(keys_[link.other].linked_by, number);
}

// Everything reachable over links in either direction, over verdicts, and over the clusters as they were.
std::vector<Resolver::KeyNumber> Resolver::component(KeyNumber start, std::vector<bool>& seen) const {
  std::vector<KeyNumber> found, open{start};
  while (!open.empty()) {
    const KeyNumber at = open.back();
    open.pop_back();
    if (seen[at]) continue;
    seen[at] = true;
    found.push_back(at);
    for (const Candidate& link : keys_[at].links) open.push_back(link.other);
    open.insert(open.end(), keys_[at].linked_by.begin(), keys_[at].linked_by.end());
    for (const auto& [other, verdict] : keys_[at].verdicts) open.push_back(other);
    if (keys_[at].stands_for != kNone) open.push_back(keys_[at].stands_for);
    open.insert(open.end(), keys_[at].stood_for_by.begin(), keys_[at].stood_for_by.end());
    each_of_cluster(keys_[at].root, [&](KeyNumber member) { open.push_back(member); });
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::pair<Resolver::KeyNumber, Resolver::Candidate>> Resolver::ranked_links(const std::vector<KeyNumber>& component) const {
  std::vector<std::pair<KeyNumber, Candidate>> ranked;
  for (const KeyNumber key : component) {
    for (const Candidate& link : keys_[key].links) ranked.emplace_back(key, link);
    for (const auto& [other, verdict] : keys_[key].verdicts)
      if (verdict == Verdict::same && key < other) ranked.emplace_back(key, Candidate{other, LinkReason::decided, 1});
    if (keys_[key].actors <= 0 && keys_[key].stands_for != kNone) ranked.emplace_back(key, Candidate{keys_[key].stands_for, LinkReason::decided, 2});
  }
  const auto rank = [&](const std::pair<KeyNumber, Candidate>& link) {
    const std::string_view a = keys_[link.first].text, b = keys_[link.second.other].text;
    return std::tuple(link.second.reason != LinkReason::decided, -link.second.score, std::min(a, b), std::max(a, b), link.second.reason);
  };
  std::sort(ranked.begin(), ranked.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return ranked;
}

bool Resolver::parted(const std::vector<KeyNumber>& a, const std::vector<KeyNumber>& b) const {
  return std::any_of(a.begin(), a.end(), [&](KeyNumber key) {
    return std::any_of(keys_[key].verdicts.begin(), keys_[key].verdicts.end(), [&](const auto& verdict) {
      return verdict.second == Verdict::never && std::find(b.begin(), b.end(), verdict.first) != b.end();
    });
  });
}

// Whether both hold names of the user's own entities, and no entity in common.
bool Resolver::different_entries(const std::vector<KeyNumber>& a, const std::vector<KeyNumber>& b) const {
  const auto entries = [&](const std::vector<KeyNumber>& keys) {
    std::vector<std::uint32_t> found;
    for (const KeyNumber key : keys)
      if (keys_[key].known != KnownNames::kNobody) found.push_back(keys_[key].known);
    make_set(found);
    return found;
  };
  const std::vector<std::uint32_t> x = entries(a), y = entries(b);
  return !x.empty() && !y.empty() && std::find_first_of(x.begin(), x.end(), y.begin(), y.end()) == x.end();
}

// Joins along the links, strongest first, but never two clusters that hold a pair an analyst parted, and not by a rule's word two that the
// user knows to be different.
std::map<Resolver::KeyNumber, Resolver::KeyNumber> Resolver::recluster(const std::vector<KeyNumber>& component) const {
  std::map<KeyNumber, KeyNumber> root;
  std::map<KeyNumber, std::vector<KeyNumber>> members;
  for (const KeyNumber key : component) members[root[key] = key] = {key};
  for (const auto& [key, link] : ranked_links(component)) {
    KeyNumber a = root[key], b = root[link.other];
    if (a == b || parted(members[a], members[b])) continue;
    if (known_ != nullptr && link.reason != LinkReason::decided && different_entries(members[a], members[b])) continue;
    if (fuller(b, a)) std::swap(a, b);
    for (const KeyNumber moved : members[b]) {
      root[moved] = a;
      members[a].push_back(moved);
    }
    members.erase(b);
  }
  return root;
}

std::vector<Resolver::Move> Resolver::settle() {
  std::vector<Move> moves;
  settle(&moves);
  std::sort(moves.begin(), moves.end(), [](const Move& a, const Move& b) { return a.key < b.key; });
  return moves;
}

void Resolver::settle_untold() { settle(nullptr); }

void Resolver::settle(std::vector<Move>* moves) {
  make_set(dirty_);
  const std::vector<KeyNumber> touched = this->touched();
  dirty_.clear();
  for (const KeyNumber key : touched) relink(key);
  std::vector<bool> seen(keys_.size());
  rerooted_.clear();
  for (const KeyNumber start : touched)
    if (!seen[start]) settle_component(component(start, seen), moves);
}

void Resolver::settle_component(const std::vector<KeyNumber>& component, std::vector<Move>* moves) {
  const bool alone = component.size() == 1;
  const auto roots = alone ? std::map<KeyNumber, KeyNumber>() : recluster(component);
  const auto root_of = [&](KeyNumber key) { return alone ? key : roots.at(key); };
  std::vector<KeyNumber> old_roots;
  for (const KeyNumber key : component) {
    if (keys_[key].clustered) old_roots.push_back(keys_[key].root);
    if (moves == nullptr) continue;
    const std::string from = keys_[key].clustered ? keys_[keys_[key].root].text : "", to = keys_[key].actors > 0 ? keys_[root_of(key)].text : "";
    if (from != to) moves->push_back({keys_[key].text, from, to});
  }
  // A key without actors stands in no cluster: that of its root may have been settled already without it.
  for (const KeyNumber old_root : old_roots) keys_[old_root].first = kNone;
  for (const KeyNumber number : component) {
    Key& key = keys_[number];
    const KeyNumber root = root_of(number);
    if (key.root != root && moves != nullptr) rerooted_.push_back(key.text);
    key.root = root;
    key.clustered = key.actors > 0;
    if (key.clustered) key.next = std::exchange(keys_[root].first, number);
  }
}

std::string Resolver::representative(const std::string& key) const {
  const KeyNumber found = find(key);
  return found == kNone ? key : keys_[keys_[found].root].text;
}

std::vector<std::string> Resolver::members(const std::string& key) const {
  std::vector<std::string> members;
  const KeyNumber found = find(key);
  if (found == kNone) return members;
  each_of_cluster(keys_[found].root, [&](KeyNumber member) { members.push_back(keys_[member].text); });
  std::sort(members.begin(), members.end());
  return members;
}

std::vector<Link> Resolver::reasons(const std::string& key) const {
  std::vector<Link> reasons;
  const KeyNumber found = find(key);
  if (found == kNone) return reasons;
  const KeyNumber root = keys_[found].root;
  // With keys that no actor has any more but decisions still join to it.
  std::vector<KeyNumber> members;
  each_of_cluster(root, [&](KeyNumber member) { members.push_back(member); });
  for (std::size_t i = 0; i < members.size(); ++i)
    for (const auto& [other, verdict] : keys_[members[i]].verdicts)
      if (keys_[other].root == root && std::find(members.begin(), members.end(), other) == members.end()) members.push_back(other);
  for (const auto& [from, link] : ranked_links(members)) {
    if (keys_[link.other].root != root || link.score > 1) continue;
    const auto [a, b] = std::minmax(keys_[from].text, keys_[link.other].text);
    const bool both_ways = !reasons.empty() && reasons.back().a == a && reasons.back().b == b && reasons.back().reason == link.reason;
    if (!both_ways) reasons.push_back({a, b, link.reason, link.score});
  }
  return reasons;
}

}  // namespace relata
