// Turns a batch into the keys and values to write and the tables of the view that shows them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "storage/database.h"
#include "storage/derive.h"
#include "storage/extraction_source.h"
#include "storage/view_builder.h"

namespace relata::storage {

std::string type_key(std::size_t place);  // key in "meta" of a relation type's name
inline constexpr std::string_view kTypePrefix = "type/";
inline constexpr std::string_view kStateKey = "state";

class BatchWriter {
 public:
  // `newest` are the tables of what is stored now; what to write goes to `writes`. All must outlive the writer.
  BatchWriter(const Database& database, const ExtractionSource& source, const ViewTables& newest, WriteSet& writes);

  // First the retractions, then the additions. An error ends the writer's use; nothing is written yet.
  Result<void> retract(ArticleId id);        // not_found when it is not held
  Result<bool> add(const Extraction& extraction);  // false: is held already. Precondition: valid

  // Puts the rest into the writes and tells the tables to show once they are written.
  Result<ViewTables> finish();

  Version version() const { return version_; }

 private:
  void put_actors(const ArticleKey& key, const Derived& derived, Version removed);
  Result<EntityRecord> recount(EntityId key) const;
  EntityRecord continued(EntityId key) const;
  Result<void> put_records();

  const Database& database_;
  const ExtractionSource& source_;
  const ViewTables& newest_;
  WriteSet& writes_;
  Version version_;
  ViewBuilder builder_;
  TypeTable types_;
  std::set<ArticleKey> closed_;                        // lifetimes this batch ends
  std::set<EntityId> recounted_;                       // keys that lose an actor
  std::map<EntityId, std::vector<ActorRow>> gained_;   // actors that keys get
};

}  // namespace relata::storage
