#include <map>
#include <mutex>
#include <set>

#include "graph/memory_graph.h"
#include "storage/store.h"

namespace relata {
namespace {

class MemoryStore final : public Store {
 public:
  Result<Receipt> apply(const Batch& batch) override {
    const std::lock_guard lock(writing_);
    for (const Extraction& extraction : batch.add)
      if (auto valid = validate(extraction); !valid) return valid.error();
    std::vector<HeldExtraction> held = held_;
    Receipt receipt{version_, {}, {}, {}};
    for (const ArticleId id : batch.retract) {
      HeldExtraction* found = open_one(held, id);
      if (!found) return not_found("article " + to_string(id) + ": cannot be retracted, there is no such article");
      found->removed = version_ + 1;
      receipt.retracted.push_back(id);
    }
    for (const Extraction& extraction : batch.add) {
      if (open_one(held, extraction.article.id)) {
        receipt.already.push_back(extraction.article.id);
        continue;
      }
      held.push_back({std::make_shared<const Extraction>(extraction), version_ + 1, kForever});
      receipt.added.push_back(extraction.article.id);
    }
    if (receipt.added.empty() && receipt.retracted.empty()) return receipt;
    receipt.version = ++version_;
    held_ = std::move(held);
    auto next = std::make_shared<const MemoryGraph>(held_, version_);
    const std::lock_guard publish(publishing_);
    view_ = std::move(next);
    return receipt;
  }

  std::shared_ptr<const GraphView> view() const override {
    const std::lock_guard lock(publishing_);
    return view_;
  }

  Result<CheckReport> check() const override {
    const auto graph = view();
    return CheckReport{graph->counts().articles, graph->counts().statements, graph->counts().entities, 0, {}};
  }

 private:
  static HeldExtraction* open_one(std::vector<HeldExtraction>& held, ArticleId id) {
    for (HeldExtraction& candidate : held)
      if (candidate.removed == kForever && candidate.extraction->article.id == id) return &candidate;
    return nullptr;
  }

  std::mutex writing_;
  std::vector<HeldExtraction> held_;  // guarded by writing_
  Version version_ = 0;               // guarded by writing_
  mutable std::mutex publishing_;
  std::shared_ptr<const MemoryGraph> view_ = std::make_shared<const MemoryGraph>(std::vector<HeldExtraction>{}, 0);  // guarded by publishing_
};

}  // namespace

std::unique_ptr<Store> open_memory() { return std::make_unique<MemoryStore>(); }

}  // namespace relata
