#include <algorithm>
#include <map>
#include <mutex>

#include "graph/copies.h"
#include "graph/identity_book.h"
#include "graph/memory_graph.h"
#include "storage/corrections.h"
#include "storage/snapshots.h"
#include "storage/store.h"

namespace relata {
namespace {

using namespace storage;

// Everything a batch changes, copied before each batch so that a refused one leaves nothing.
struct History {
  std::vector<HeldExtraction> held;
  Version version = 0;

  HeldExtraction* open_one(ArticleId id) {
    for (HeldExtraction& candidate : held)
      if (candidate.removed == kForever && candidate.extraction->article.id == id) return &candidate;
    return nullptr;
  }

  Result<std::vector<Wording>> held_under(const std::string& uri) const {
    std::vector<Wording> wordings;
    for (const HeldExtraction& each : held)
      if (each.removed == kForever && each.extraction->article.uri == uri) wordings.push_back({each.extraction->article.id, each.extraction->article.published});
    return wordings;
  }
};

class MemoryStore final : public Store {
 public:
  MemoryStore(std::shared_ptr<const NameForms> names, std::shared_ptr<const KnownNames> known) : known_(std::move(known)) {
    if (names) book_.emplace(std::move(names), known_);
  }

  Result<Receipt> apply(const Batch& batch) override {
    const std::lock_guard lock(writing_);
    for (const Extraction& extraction : batch.add)
      if (auto valid = validate(extraction); !valid) return valid.error();
    if (!batch.decide.empty() && !book_) return bad_input("decide: this store keeps no identity decisions");
    History next = history_;
    Receipt receipt;
    receipt.version = history_.version;
    const auto corrected = correct(batch, [&](const std::string& uri) { return next.held_under(uri); });
    if (!corrected) return corrected.error();
    std::vector<ArticleId> retract = batch.retract;
    retract.insert(retract.end(), corrected->retract.begin(), corrected->retract.end());
    std::vector<const Extraction*> retracted, added;
    for (const ArticleId id : retract) {
      HeldExtraction* found = next.open_one(id);
      if (!found) return not_found("article " + to_string(id) + ": cannot be retracted, there is no such article");
      found->removed = history_.version + 1;
      retracted.push_back(found->extraction.get());
      receipt.retracted.push_back(id);
    }
    for (const Extraction& extraction : batch.add) {
      if (corrected->outdated.contains(extraction.article.id)) {
        receipt.outdated.push_back(extraction.article.id);
        continue;
      }
      if (next.open_one(extraction.article.id)) {
        receipt.already.push_back(extraction.article.id);
        continue;
      }
      next.held.push_back({std::make_shared<const Extraction>(extraction), history_.version + 1, kForever, {}, {}});
      added.push_back(next.held.back().extraction.get());
      receipt.added.push_back(extraction.article.id);
    }
    receipt.decided = batch.decide;
    if (auto settled = settle(next, retracted, added, receipt.decided); !settled) return settled.error();
    if (receipt.added.empty() && receipt.retracted.empty() && receipt.decided.empty()) return receipt;
    fold_copies(next, retracted, added);
    receipt.version = ++next.version;
    history_ = std::move(next);
    publish();
    return receipt;
  }

  std::shared_ptr<const GraphView> view() const override {
    const std::lock_guard lock(publishing_);
    return view_;
  }

  std::vector<Decision> decisions() const override {
    const std::lock_guard lock(writing_);
    return book_ ? book_->decisions() : std::vector<Decision>{};
  }

  Result<Snapshot> take_snapshot(const SnapshotOrder& order) override {
    const std::lock_guard lock(writing_);
    auto snapshot = make_snapshot(order, *view());
    if (!snapshot) return snapshot;
    if (!snapshots_.emplace(order.name, *snapshot).second) return snapshot_taken(order.name);
    return snapshot;
  }

  Result<std::vector<Snapshot>> snapshots() const override {
    const std::lock_guard lock(writing_);
    return in_order(snapshots_);
  }

  Result<void> remove_snapshot(const std::string& name) override {
    const std::lock_guard lock(writing_);
    return snapshots_.erase(name) > 0 ? Result<void>() : no_snapshot(name);
  }

  Result<std::vector<VersionChanges>> changes(Version after, Version until, std::size_t most) const override {
    const std::lock_guard lock(writing_);
    std::map<Version, VersionChanges> found;
    const auto at = [&](Version version) -> VersionChanges* {
      return version > after && version <= until && version != kForever ? &found[version] : nullptr;
    };
    for (const HeldExtraction& held : history_.held) {
      const ArticleId id = held.extraction->article.id;
      if (VersionChanges* changes = at(held.added)) changes->added.push_back(id);
      if (VersionChanges* changes = at(held.removed)) changes->retracted.push_back(id);
      for (ActorIndex actor = 0; actor < held.homes.size(); ++actor)
        for (std::size_t i = 1; i < held.homes[actor].size(); ++i)
          if (VersionChanges* changes = at(held.homes[actor][i].since))
            changes->moved.push_back({{id, actor}, held.homes[actor][i - 1].entity, held.homes[actor][i].entity});
    }
    for (const Decision& decision : book_ ? book_->decisions() : std::vector<Decision>{})
      if (VersionChanges* changes = at(decision.version)) changes->decided.push_back(decision);
    std::vector<VersionChanges> ordered;
    for (auto& [version, changes] : found) {
      if (ordered.size() == most) break;
      changes.version = version;
      std::sort(changes.added.begin(), changes.added.end());
      std::sort(changes.retracted.begin(), changes.retracted.end());
      std::sort(changes.moved.begin(), changes.moved.end());
      ordered.push_back(std::move(changes));
    }
    return ordered;
  }

  // It forgets nothing: what it knows ends with it.
  Result<ForgetReport> forget(Version) override { return bad_input("forget: a graph in memory keeps its whole history"); }
  Result<void> backup(const std::string&) const override { return bad_input("backup: a graph in memory has no files; export it"); }

  std::vector<Link> reasons(EntityId id) const override {
    const std::lock_guard lock(writing_);
    return book_ ? book_->reasons(id) : std::vector<Link>{};
  }

  Result<CheckReport> check() const override {
    const auto graph = view();
    return CheckReport{graph->counts().articles, graph->counts().statements, graph->counts().entities, 0, {}};
  }

 private:
  // Gives new actors their homes and moves those whose entity changed.
  Result<void> settle(History& next, const std::vector<const Extraction*>& retracted, const std::vector<const Extraction*>& added,
                      std::vector<Decision>& decided) {
    if (!book_) return {};
    if (auto sensible = book_->check(decided); !sensible) return sensible;
    for (Decision& decision : decided) decision.version = next.version + 1;
    const auto moved = book_->apply(retracted, added, decided);
    for (HeldExtraction& held : next.held) {
      if (held.removed != kForever || !held.homes.empty()) continue;
      for (ActorIndex i = 0; i < held.extraction->actors.size(); ++i)
        held.homes.push_back({{held.added, book_->home({held.extraction->article.id, i})}});
    }
    for (const IdentityBook::Moved& move : moved)
      next.open_one(move.actor.article)->homes[move.actor.actor].push_back({next.version + 1, move.to});
    return {};
  }

  void fold_copies(History& next, const std::vector<const Extraction*>& retracted, const std::vector<const Extraction*>& added) {
    for (const Extraction* each : retracted) copies_.remove(each->article.id);
    for (const Extraction* each : added) copies_.add(each->article.id, each->article.published, sketch_of(each->article.text));
    for (const ArticleId id : copies_.settle()) next.open_one(id)->origins.push_back({next.version + 1, copies_.original(id)});
  }

  void publish() {
    const auto redirect = [&](EntityId id) {
      if (!book_) return;
      std::vector<Home>& known = redirects_[id];
      const EntityId now = book_->entity(id).value_or(id);
      if (known.empty() || known.back().entity != now) known.push_back({history_.version, now});
    };
    for (const HeldExtraction& held : history_.held) {
      for (const Actor& actor : held.extraction->actors) redirect(entity_id(entity_key(actor)));
      for (const auto& homes : held.homes)
        for (const Home& home : homes) redirect(home.entity);
    }
    auto next = std::make_shared<const MemoryGraph>(history_.held, history_.version, redirects_, book_ ? book_->decisions() : std::vector<Decision>{},
                                                    known_);
    const std::lock_guard lock(publishing_);
    view_ = std::move(next);
  }

  const std::shared_ptr<const KnownNames> known_;  // null: none
  mutable std::mutex writing_;
  History history_;                   // guarded by writing_
  std::optional<IdentityBook> book_;  // guarded by writing_
  std::map<EntityId, std::vector<Home>> redirects_;  // guarded by writing_
  std::map<std::string, Snapshot> snapshots_;        // guarded by writing_
  CopyBook copies_;                                  // guarded by writing_
  mutable std::mutex publishing_;
  std::shared_ptr<const MemoryGraph> view_ = std::make_shared<const MemoryGraph>(std::vector<HeldExtraction>{}, 0);  // guarded by publishing_
};

}  // namespace

std::unique_ptr<Store> open_memory(std::shared_ptr<const NameForms> names, std::shared_ptr<const KnownNames> known) {
  return std::make_unique<MemoryStore>(std::move(names), std::move(known));
}

}  // namespace relata
