// Family "past" (FORMAT.md has it byte by byte): what was overwritten, under the version until which it held, so that any
// version is read with one seek. The first row of a thing whose `until` is above a version tells what it was in that version;
// when there is none, it was what it is now.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/ids.h"
#include "graph/result.h"
#include "storage/database.h"
#include "storage/identity_rows.h"
#include "storage/rows.h"

namespace relata::storage {

std::string past_record_key(EntityId entity, Version until);     // value: an EntityRecord, or empty: there was none
std::string past_redirect_key(EntityId id, Version until);       // value: Redirect
std::string past_homes_key(const ArticleKey& key, Version until);  // value: MovedActors, with what they were
std::string past_state_key(Version version);                     // value: StateRow of that very version

// The version at the end of a key of any of these.
Version until_of(std::string_view key);

// Key of "addresses": the articles of a uri. No value.
std::string address_prefix(std::string_view uri);
std::string address_key(std::string_view uri, ArticleId article);
std::optional<ArticleId> article_of_address(std::string_view key);

// What is read of the past. `at` fixes what is seen; all must be given one and the same.
class Past {
 public:
  Past(const Database& database, Database::Snapshot at) : database_(database), at_(std::move(at)) {}

  Result<std::optional<StateRow>> state(Version version) const;
  // Nothing: as it is now. An empty record: there was none.
  Result<std::optional<std::string>> record(EntityId entity, Version version) const;
  Result<std::optional<EntityId>> redirect(EntityId id, Version version) const;
  // Those actors that have become another entity since.
  Result<std::vector<MovedActor>> homes(const ArticleKey& key, Version version) const;

 private:
  Result<std::optional<std::string>> first(const std::string& from) const;

  const Database& database_;
  Database::Snapshot at_;
};

// The oldest version that can be read.
inline constexpr std::string_view kOldestKey = "oldest";
Result<Version> load_oldest(const Database& database, const Database::Snapshot& at = nullptr);

}  // namespace relata::storage
