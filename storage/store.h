// Where a graph is kept. One Store a database; apply() may be called from any thread (calls are serialized inside), views
// are handed out to any thread and stay valid after the store moved on.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/batch.h"
#include "graph/history.h"
#include "graph/ids.h"
#include "graph/known_names.h"
#include "graph/name_forms.h"
#include "graph/resolver.h"
#include "graph/result.h"
#include "graph/view.h"

namespace relata {

// What a batch did.
struct Receipt {
  Version version = 0;          // of the graph after it; unchanged if nothing changed
  std::vector<ArticleId> added;
  std::vector<ArticleId> already;    // were there, left as they are
  std::vector<ArticleId> retracted;  // those the batch names, then those a new wording replaced
  std::vector<ArticleId> outdated = {};  // left out: a later wording of the same uri is held, or comes with the batch
  std::vector<Decision> decided = {};  // with their ids
};

struct CheckReport {
  std::uint64_t articles = 0, statements = 0, entities = 0, keys = 0;
  std::vector<std::string> faults;  // empty: everything is consistent
};

struct SnapshotOrder {
  std::string name, note;
  std::string time;                         // ISO 8601, by the caller's clock
  std::optional<Version> version = {};      // absent: the newest
};

// What forgetting gave back.
struct ForgetReport {
  std::uint64_t articles = 0;  // lifetimes that ended before
  std::uint64_t keys = 0;      // of the store
};

class Store {
 public:
  virtual ~Store() = default;

  // When it returns a receipt the batch is on disk (synced) and in view(). On error nothing of it is; only after an io error
  // while the disk wrote may it show, whole, when the store is opened or written again.
  // An article whose id is already held is left alone; retracting an unknown one is not_found and refuses the whole batch, as
  // does a decision that makes no sense (see IdentityBook::check). The first batch, even an empty one, loads what later ones need: some five seconds of processor time a million statements.
  virtual Result<Receipt> apply(const Batch& batch) = 0;

  // The articles of a load, portion after portion. A portion is made by calling it: once, on any thread, while others are made; its articles
  // come behind those of the portion before it. An empty function ends the load. An error, of either, ends it too, and nothing is kept.
  // Precondition: the articles are valid.
  using Portion = std::function<Result<std::vector<Extraction>>()>;
  using Supply = std::function<Result<Portion>()>;
  // As one batch that adds all the articles, all of them or, on error, none is kept. A store without
  // articles takes millions so at several times the speed of batches.
  virtual Result<Receipt> load(const Supply& next);

  // The newest committed graph. Never null, never blocks on apply().
  virtual std::shared_ptr<const GraphView> view() const = 0;

  // Every decision on identity, in the order they were made; those taken back too (see undone() of graph/decision.h).
  virtual std::vector<Decision> decisions() const = 0;
  // Why the names of an entity are one, strongest link first: by any id it ever had. Empty when it has one name, is unknown, or
  // the store was opened without names. Waits for a batch that is being written, and the first time reads all actors.
  virtual std::vector<Link> reasons(EntityId id) const = 0;

  // Gives the newest version, or an older one, a name. conflict: the name is taken; bad_input: no name, or no such version.
  virtual Result<Snapshot> take_snapshot(const SnapshotOrder& order) = 0;
  virtual Result<std::vector<Snapshot>> snapshots() const = 0;  // by version, then name
  virtual Result<void> remove_snapshot(const std::string& name) = 0;  // not_found

  // What versions (after, until] changed, ascending, versions without a change left out; at most `most` versions. `until` above
  // the newest is the newest. bad_input: `after` is older than view()->oldest().
  virtual Result<std::vector<VersionChanges>> changes(Version after, Version until, std::size_t most) const = 0;

  // Makes versions before `oldest` unreadable and gives back what only they held; nothing else ever loses history. conflict: a
  // snapshot names one of them; bad_input: newer than the newest. Views given out before stay as they are.
  virtual Result<ForgetReport> forget(Version oldest) = 0;

  // A copy of the store as it is now, in a folder that is missing or empty, while reading and writing go on. The copy is a store.
  virtual Result<void> backup(const std::string& folder) const = 0;

  // Reads everything: every reference resolves, counts agree, checksums hold.
  virtual Result<CheckReport> check() const = 0;

  // What the store tells about itself for monitoring: name in snake_case and value.
  virtual std::vector<std::pair<std::string, double>> figures() const { return {}; }
};

// A part of a graph, for a view on a machine that cannot hold all of it: articles published in some days, or that say something of some
// entities. Names and counts of an entity stay those of the whole graph; relations have the evidence of these articles alone.
struct Share {
  std::optional<Day> from = {}, until = {};  // of publication, both inclusive; an article without a date is in no window
  std::uint32_t part = 0, of = 1;            // every `of`th entity by its id
  bool everything() const { return !from && !until && of <= 1; }
};

struct OpenOptions {
  // What is known about names; without it, entities are by their own key alone. A store once written with names takes batches
  // only with names (else bad_input), and may be read without.
  std::shared_ptr<const NameForms> names = nullptr;
  // The user's own entities (graph/known_names.h). Absent: those that the store was last written with. Others than those: the next batch,
  // be it empty, settles all anew and keeps them. bad_input when it is opened read-only, which cannot settle.
  std::shared_ptr<const KnownNames> known = nullptr;
  bool create = true;      // make it if the folder is missing or empty
  bool read_only = false;  // beside a running writer
  // Of PostgreSQL, and read-only: views fetch what a question touches instead of holding the graph (GraphView::whole() is false), and each
  // call of Store::view() sees what is newest then. Not for more than reading and asking.
  bool distant = false;
  // Read-only: views hold this alone.
  Share share = {};
  // Of PostgreSQL: view() comes to show what other processes write within about this time. 0: only when this one writes.
  std::chrono::milliseconds follow{0};
  // A new image of the view (FORMAT.md, VIEW) is written in the background once the log has about this many statements more than the last
  // image, and a quarter more than it; when a store is closed, once it has a quarter of this many more. 0: never.
  std::uint64_t image_worth = 200'000;
  // Told what is worth a line of a log: an image that could not be written, or is not trusted. From any thread.
  std::function<void(const std::string&)> tell = {};
};

// A RocksDB folder. io: cannot be read or written, or is locked by another process; corrupt: foreign, damaged, or of a newer format.
Result<std::unique_ptr<Store>> open_rocks(const std::string& folder, const OpenOptions& options = {});
// Puts a backup where a store shall be: copies it into a folder that is missing or empty and reads everything. bad_input: the
// folder is in use; corrupt: the backup is damaged, and nothing is left in the folder.
Result<CheckReport> restore(const std::string& backup, const std::string& folder);

// A PostgreSQL server, or what speaks its protocol: "postgresql://host:port/database?schema=name" (docs/postgresql.md). Several processes
// may write at once. io: no such server, or it is lost and does not come back in RELATA_DB_PATIENCE seconds (30).
Result<std::unique_ptr<Store>> open_postgres(const std::string& url, const OpenOptions& options = {});
// Whichever of the two `db` names.
Result<std::unique_ptr<Store>> open_store(const std::string& db, const OpenOptions& options = {});
// Same meaning, nothing kept: tests, small runs, and the oracle for the others.
std::unique_ptr<Store> open_memory(std::shared_ptr<const NameForms> names = nullptr, std::shared_ptr<const KnownNames> known = nullptr);

}  // namespace relata
