// Finding entities by name in table `names`, which has every folded name an entity ever had: what is found is held against its record.
#include <algorithm>
#include <tuple>

#include "graph/identity.h"
#include "graph/near_name.h"
#include "storage/postgres/distant_view.h"
#include "storage/postgres/row_writer.h"

namespace relata::storage {
namespace {

constexpr int kPage = 20'000;
constexpr std::size_t kTail = 9;  // a byte 0 and an entity

struct Names {
  bool begins = false, exact = false;
  std::string first;  // of those that begin so, in byte order
};

Names names_of(const Entity& entity, std::string_view folded) {
  Names names;
  for (const std::string& alias : entity.aliases) {
    std::string name = fold_name(alias);
    names.exact |= name == folded;
    if (!name.starts_with(folded)) continue;
    if (!names.begins || name < names.first) names.first = std::move(name);
    names.begins = true;
  }
  return names;
}

}  // namespace

// Entities that have or had a name that begins so.
std::vector<EntityId> DistantView::bearers(std::string_view folded) const {
  const std::string first(folded.substr(0, kLongestName)), end = after_all(first);
  const auto rows = read("SELECT DISTINCT shard FROM names WHERE key >= $1 AND key < $2 LIMIT " + std::to_string(limits_.names + 1), Parameters().bytes(first).bytes(end));
  std::vector<EntityId> entities;
  if (!rows) return fail(rows.error()), entities;
  if (rows->size() > static_cast<int>(limits_.names)) return fail(bad_input("more than " + std::to_string(limits_.names) + " entities have a name that begins so: type more of it")), entities;
  for (int i = 0; i < rows->size(); ++i) entities.push_back(EntityId{static_cast<std::uint64_t>(rows->number(i, 0))});
  fetch_records(entities);
  return entities;
}

std::vector<EntityMatch> DistantView::named(std::string_view prefix, std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  const std::string folded = fold_name(prefix);
  if (folded.empty()) return {};
  std::vector<std::tuple<bool, bool, std::int64_t, std::string, EntityId>> ranked;
  for (const EntityId id : bearers(folded)) {
    const Entity entity = decoded(id, record(id));
    if (const Names names = names_of(entity, folded); names.begins) ranked.emplace_back(entity.articles == 0, !names.exact, -std::int64_t{entity.articles}, entity.name, id);
  }
  const auto end = ranked.begin() + static_cast<std::ptrdiff_t>(std::min(limit, ranked.size()));
  std::partial_sort(ranked.begin(), end, ranked.end());
  std::vector<EntityMatch> matches;
  for (auto each = ranked.begin(); each != end; ++each) matches.push_back({number(std::get<EntityId>(*each)), !std::get<1>(*each)});
  return matches;
}

// Reads all names, as the view in memory does.
std::vector<NearMatch> DistantView::near_named(std::string_view text, std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  const TypedName typed(text);
  if (typed.empty()) return {};
  std::vector<EntityId> fitting;
  std::string last;
  for (bool more = true; more && !error_;) {
    const auto rows = read("SELECT key FROM names WHERE key > $1 ORDER BY key LIMIT " + std::to_string(kPage), Parameters().bytes(last));
    if (!rows) return fail(rows.error()), std::vector<NearMatch>();
    more = rows->size() == kPage;
    for (int i = 0; i < rows->size(); ++i) {
      const std::string_view key = rows->bytes(i, 0);
      if (key.size() < kTail || !typed.fit(key.substr(0, key.size() - kTail))) continue;
      if (const auto id = decode_entity_id(key.substr(key.size() - kTail + 1))) fitting.push_back(*id);
    }
    if (more) last = rows->bytes(rows->size() - 1, 0);
  }
  std::sort(fitting.begin(), fitting.end());
  fitting.erase(std::unique(fitting.begin(), fitting.end()), fitting.end());
  fetch_records(fitting);
  std::vector<NearCandidate> candidates;
  for (const EntityId id : fitting) {
    const Entity entity = decoded(id, record(id));
    if (const auto fit = typed.fit(entity)) candidates.push_back({*fit, number(id), entity.articles});
  }
  return best_near(*this, std::move(candidates), limit);
}

std::vector<EntityMatch> DistantView::listed(std::string_view prefix, std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  const std::string folded = fold_name(prefix);
  if (folded.empty() || limit == 0) return {};
  if (!past() && folded.size() < kLongestName)
    if (auto matches = listed_by_marks(folded, limit)) return std::move(*matches);
  return listed_by_records(folded, limit);
}

// Of the newest version the marks of the names tell all, unless a name was cut.
std::optional<std::vector<EntityMatch>> DistantView::listed_by_marks(const std::string& folded, std::size_t limit) const {
  static const std::string sql = "SELECT key FROM names WHERE key >= $1 AND key < $2 AND value = '\\x01'::bytea ORDER BY key LIMIT $3::bigint";
  std::vector<EntityMatch> matches;
  const std::string end = after_all(folded);
  std::string last = folded;
  for (bool more = true; more && matches.size() < limit;) {
    const std::size_t page = limit - matches.size();
    const auto rows = read(sql, Parameters().bytes(last).bytes(end).number(static_cast<std::int64_t>(page)));
    if (!rows) return fail(rows.error()), matches;
    more = rows->size() == static_cast<int>(page);
    for (int i = 0; i < rows->size(); ++i) {
      const std::string_view key = rows->bytes(i, 0);
      if (key.size() < kTail || key.size() - kTail >= kLongestName) return std::nullopt;
      const auto id = decode_entity_id(key.substr(key.size() - kTail + 1));
      if (!id) return std::nullopt;
      const Node node = number(*id);  // told where the first of its names stands
      const bool told = std::any_of(matches.begin(), matches.end(), [&](const EntityMatch& match) { return match.node == node; });
      if (!told) matches.push_back({node, key.size() - kTail == folded.size()});
    }
    if (more) last = std::string(rows->bytes(rows->size() - 1, 0)) + '\0';
  }
  return matches;
}

std::vector<EntityMatch> DistantView::listed_by_records(const std::string& folded, std::size_t limit) const {
  std::vector<EntityMatch> matches;
  const std::string end = after_all(folded.substr(0, kLongestName));
  std::string last = folded.substr(0, kLongestName);
  const std::size_t page = std::max<std::size_t>(limit * 2, 20);
  for (bool more = true; more && matches.size() < limit && !error_;) {
    const auto rows = read("SELECT key FROM names WHERE key >= $1 AND key < $2 ORDER BY key LIMIT $3::bigint",
                           Parameters().bytes(last).bytes(end).number(static_cast<std::int64_t>(page)));
    if (!rows) return fail(rows.error()), std::vector<EntityMatch>();
    more = rows->size() == static_cast<int>(page);
    std::vector<EntityId> here;
    for (int i = 0; i < rows->size(); ++i)
      if (const std::string_view key = rows->bytes(i, 0); key.size() >= kTail)
        if (const auto id = decode_entity_id(key.substr(key.size() - kTail + 1))) here.push_back(*id);
    fetch_records(here);
    for (int i = 0; i < rows->size() && matches.size() < limit; ++i) {
      const std::string_view key = rows->bytes(i, 0);
      const auto id = key.size() < kTail ? std::nullopt : decode_entity_id(key.substr(key.size() - kTail + 1));
      const std::string* const bytes = id ? record(*id) : nullptr;
      if (bytes == nullptr || articles_of_record(*bytes).value_or(0) == 0) continue;
      const Names names = names_of(decoded(*id, bytes), folded);
      // Told where the first of its names stands.
      if (names.begins && names.first.substr(0, kLongestName) == key.substr(0, key.size() - kTail)) matches.push_back({number(*id), names.first.size() == folded.size()});
    }
    if (more) last = std::string(rows->bytes(rows->size() - 1, 0)) + '\0';
  }
  return matches;
}

}  // namespace relata::storage
