// Turns a batch into the keys and values to write and the tables of the view that shows them.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "graph/copies.h"
#include "graph/identity_book.h"
#include "storage/copy_rows.h"
#include "storage/database.h"
#include "storage/derive.h"
#include "storage/extraction_source.h"
#include "storage/view_builder.h"

namespace relata::storage {

std::string type_key(std::size_t place);  // key in "meta" of a relation type's name
inline constexpr std::string_view kTypePrefix = "type/";
inline constexpr std::string_view kStateKey = "state";
inline constexpr std::string_view kCopyingKey = "copying";  // there while a copy is made (copy.h): the state it will have

// What a book of identity made of a batch.
struct Settlement {
  const IdentityBook* book = nullptr;  // none: every actor is the entity of its own key
  std::vector<ActorRef> moved;         // actors that may be other entities now; may name some of retracted articles
  std::vector<EntityId> redirected;    // ids that may be other entities now
  std::vector<Decision> decided;
  const CopyBook* copies = nullptr;       // never none
  std::vector<SketchRow> sketches;        // of what the writer adds, in that order
  std::vector<ArticleId> copied;          // articles that may have another original now; may name retracted ones
};

// The row of state that tables make.
StateRow state_of(const ViewTables& tables);

class BatchWriter {
 public:
  // `newest` are the tables of what is stored now; what to write goes to `writes`. All must outlive the writer.
  BatchWriter(const Database& database, const ExtractionSource& source, const ViewTables& newest, WriteSet& writes);

  // First the retractions, then the additions. An error ends the writer's use; nothing is written yet.
  Result<void> retract(ArticleId id);        // not_found when it is not held
  Result<bool> add(const Extraction& extraction);  // false: is held already. Precondition: valid; must outlive the writer

  std::vector<const Extraction*> retracted() const;
  const std::vector<const Extraction*>& added() const { return added_; }

  // Puts everything into the writes and tells the tables to show once they are written.
  Result<ViewTables> finish(const Settlement& settlement);

  Version version() const { return version_; }

 private:
  struct Retracted {
    ArticleKey key;
    std::shared_ptr<const Extraction> extraction;
  };
  using Moves = std::map<ArticleId, std::vector<MovedActor>>;

  std::vector<EntityId> entities_of(ArticleId id) const;
  void put_retracted(const Retracted& retracted);
  Result<void> put_added(const Extraction& extraction, const IdentityBook* book);
  Moves moves(const Settlement& settlement) const;
  Result<void> put_moved(ArticleId id, const std::vector<MovedActor>& moved);
  void put_identity(const Settlement& settlement);
  Result<void> put_copies(const Settlement& settlement);
  using Pending = std::map<ActorKey, ActorRow>;
  Result<EntityRecord> recount(EntityId entity, Pending::const_iterator begin, Pending::const_iterator end) const;
  EntityRecord continued(EntityId entity) const;
  Result<void> put_actors_and_records();
  void decided(const std::vector<Decision>& fresh, ViewTables& tables);

  const Database& database_;
  const ExtractionSource& source_;
  const ViewTables& newest_;
  WriteSet& writes_;
  Version version_;
  ContentHash hash_;
  ViewBuilder builder_;
  TypeTable types_;
  std::vector<Retracted> retracted_;
  std::vector<const Extraction*> added_;
  std::set<ArticleId> closed_, opened_;  // of retracted_ and added_
  Pending pending_;                      // rows of "actors" that this batch writes
  std::set<EntityId> recounted_;         // entities that lose an actor, or have one that gives something else
};

}  // namespace relata::storage
