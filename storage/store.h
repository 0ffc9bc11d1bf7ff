// Where a graph is kept. One Store a database; apply() may be called from any thread (calls are serialized inside), views
// are handed out to any thread and stay valid after the store moved on.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "graph/batch.h"
#include "graph/ids.h"
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
  std::vector<ArticleId> retracted;
  std::vector<Decision> decided = {};  // with their ids
};

struct CheckReport {
  std::uint64_t articles = 0, statements = 0, entities = 0, keys = 0;
  std::vector<std::string> faults;  // empty: everything is consistent
};

class Store {
 public:
  virtual ~Store() = default;

  // When it returns a receipt the batch is on disk (synced) and in view(). On error nothing of it is; only after an io error
  // while the disk wrote may it show, whole, when the store is opened or written again.
  // An article whose id is already held is left alone; retracting an unknown one is not_found and refuses the whole batch, as
  // does a decision that makes no sense (see IdentityBook::check).
  virtual Result<Receipt> apply(const Batch& batch) = 0;

  // The newest committed graph. Never null, never blocks on apply().
  virtual std::shared_ptr<const GraphView> view() const = 0;

  // Every decision on identity, in the order they were made; those taken back too (see undone() of graph/decision.h).
  virtual std::vector<Decision> decisions() const = 0;
  // Why the names of an entity are one, strongest link first: by any id it ever had. Empty when it has one name, is unknown, or
  // the store was opened without names. Waits for a batch that is being written, and the first time reads all actors.
  virtual std::vector<Link> reasons(EntityId id) const = 0;

  // Reads everything: every reference resolves, counts agree, checksums hold.
  virtual Result<CheckReport> check() const = 0;
};

struct OpenOptions {
  // What is known about names; without it, entities are by their own key alone. A store once written with names takes batches
  // only with names (else bad_input), and may be read without.
  std::shared_ptr<const NameForms> names = nullptr;
  bool create = true;      // make it if the folder is missing or empty
  bool read_only = false;  // beside a running writer
};

// A RocksDB folder. io: cannot be read or written, or is locked by another process; corrupt: foreign, damaged, or of a newer format.
Result<std::unique_ptr<Store>> open_rocks(const std::string& folder, const OpenOptions& options = {});
// Same meaning, nothing kept: tests, small runs, and the oracle for the others.
std::unique_ptr<Store> open_memory(std::shared_ptr<const NameForms> names = nullptr);

}  // namespace relata
