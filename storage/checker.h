// The steps of checking a store; see check.h.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "storage/check.h"
#include "storage/derive.h"
#include "storage/extraction_source.h"
#include "storage/rows.h"
#include "storage/stored_view.h"

namespace relata::storage {

// For one run. What an earlier step has counted, later ones expect.
class Checker {
 public:
  Checker(const Database& database, const ExtractionSource& source, const StoredView& view, std::shared_ptr<const NameForms> names);

  Result<CheckReport> run();

 private:
  static constexpr std::size_t kMostFaults = 100;

  void fault(std::string what) {
    if (report_.faults.size() < kMostFaults) report_.faults.push_back(std::move(what));
  }
  void fault(Family family, std::string_view key, const std::string& what) { fault(name_of(family, key) + ": " + what); }

  // That a derived row is stored as it should be.
  Result<void> expect(Family family, const std::string& key, const std::string& value);

  Result<void> state();
  Result<void> articles();
  Result<void> article(const ArticleKey& key, const ArticleRow& row);
  // What is kept of its text; a store that older programs wrote has it of newer articles only.
  Result<void> sketch(const Article& article);

  // What it says people are; a store that older programs wrote has it of newer articles only.
  Result<void> ties(const Extraction& extraction);

  // What the actors of a lifetime are now, or were last.
  std::vector<EntityId> entities_of(const ArticleKey& key) const;
  // What the log says its actors were when it was added.
  Result<std::vector<EntityId>> first_entities_of(const ArticleKey& key) const;
  Result<void> derived_rows(const ArticleKey& key, const ArticleRow& row, const Derived& derived);

  // Which article is a copy of which.
  Result<void> copies();
  // Every entity that an actor has left keeps a row of it.
  Result<void> moves();
  // The actors of each entity, which lie together, against its record.
  Result<void> actors();
  Result<void> close(EntityId entity, RecordCount& group);
  // The keys of all names, and those made for actors that were told from others of their name.
  Result<void> keys();
  // Decisions in their order, and what becomes of them and the actors.
  Result<void> identity();
  // Whatever was overwritten decodes and was so until a version of the graph; the newest state stands there too.
  Result<void> past();
  Result<void> snapshots();
  // Of the content itself, against the one that was kept up from batch to batch.
  Result<void> hash();
  // Nothing is there that does not follow from a body.
  Result<void> counts();

  const Database& database_;
  const ExtractionSource& source_;
  const StoredView& view_;
  const std::shared_ptr<const NameForms> names_;
  Database::Snapshot at_;
  CheckReport report_;
  TypeTable types_;
  std::size_t known_types_ = 0;
  std::map<ArticleKey, std::uint32_t> lifetimes_;  // places in the tables of the view
  std::unordered_map<EntityId, KeyRow> known_keys_;
  std::set<std::string> addresses_;
  ContentHash hash_;
  bool forgotten_ = false;
  std::uint64_t homes_rows_ = 0, past_rows_ = 0;
  std::set<ArticleId> sketches_, ties_;
  std::uint64_t bodies_ = 0, log_rows_ = 0, actor_rows_ = 0, entities_ = 0, keys_ = 0, identity_rows_ = 0;
};

}  // namespace relata::storage
