#include "graph/identity.h"

#include <xxhash.h>

#include <algorithm>
#include <cassert>

namespace relata {
namespace {

std::string_view family(EntityType type) {
  switch (type) {
    case EntityType::person: return "person";
    case EntityType::gpe:
    case EntityType::loc:
    case EntityType::fac: return "place";
    case EntityType::weapon:
    case EntityType::vehicle:
    case EntityType::product: return "thing";
    case EntityType::org:
    case EntityType::norp: return "group";
    case EntityType::event: return "event";
    case EntityType::law:
    case EntityType::work: return "work";
  }
  return "";
}

template <typename Key>
void bump(std::map<Key, std::int64_t>& counts, const Key& key, std::int64_t by) {
  const auto at = counts.try_emplace(key, 0).first;
  at->second += by;
  assert(at->second >= 0);
  if (at->second == 0) counts.erase(at);
}

// "Norwegian president", "president of Norway": an office, not what anybody or anything is called.
bool describes(std::string_view name) {
  const auto small = [](std::string_view word) { return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; }); };
  const std::size_t last = name.rfind(' ');
  if (last == std::string_view::npos) return false;
  return small(name.substr(last + 1)) || (name.find(" of ") != std::string_view::npos && small(name.substr(0, name.find(' '))));
}

bool better_name(const std::pair<const std::string, std::int64_t>& a, const std::pair<const std::string, std::int64_t>& b) {
  if (const bool described = describes(a.first); described != describes(b.first)) return !described;
  if (a.second != b.second) return a.second > b.second;
  if (a.first.size() != b.first.size()) return a.first.size() > b.first.size();
  return a.first < b.first;
}

}  // namespace

std::string entity_key(EntityType type, std::string_view name) {
  std::string folded = fold_name(name);
  if (folded.empty()) folded = name;  // a name without letters or digits is its own bytes
  return std::string(family(type)) + "|" + folded;
}

EntityId entity_id(std::string_view key) { return {XXH3_64bits(key.data(), key.size())}; }

void NameCounts::count(const Actor& actor, int sign) {
  bump(names, actor.name, sign);
  for (const std::string& alias : actor.aliases) bump(aliases, alias, sign);
  bump(types, actor.type, sign);
}

Entity NameCounts::entity(EntityId id) const {
  Entity entity;
  entity.id = id;
  if (!names.empty()) entity.name = std::min_element(names.begin(), names.end(), better_name)->first;
  if (!types.empty())
    entity.type = std::max_element(types.begin(), types.end(), [](const auto& a, const auto& b) {
      return std::pair(a.second, a.first != EntityType::person) < std::pair(b.second, b.first != EntityType::person);
    })->first;
  for (const auto& [alias, count] : aliases) entity.aliases.push_back(alias);
  for (const auto& [name, count] : names)
    if (!aliases.contains(name)) entity.aliases.push_back(name);
  std::sort(entity.aliases.begin(), entity.aliases.end());
  return entity;
}

void EntityTally::count(const Actor& actor, const Share& share, int sign) {
  named_.count(actor, sign);
  statements_ += sign * static_cast<std::int64_t>(share.statements);
  if (!share.counts_article) return;
  if (share.published) bump(published_, *share.published, sign);
  articles_ += sign;
}

void EntityTally::add(const Actor& actor, const Share& share) { count(actor, share, 1); }
void EntityTally::remove(const Actor& actor, const Share& share) { count(actor, share, -1); }

Entity EntityTally::entity(EntityId id) const {
  Entity entity = named_.entity(id);
  entity.articles = static_cast<std::uint32_t>(articles_);
  entity.statements = static_cast<std::uint32_t>(statements_);
  if (!published_.empty()) {
    entity.first = published_.begin()->first;
    entity.last = published_.rbegin()->first;
  }
  return entity;
}

}  // namespace relata
