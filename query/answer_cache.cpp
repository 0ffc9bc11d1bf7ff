#include "query/answer_cache.h"

namespace relata {

std::size_t AnswerCache::cost(const Kept& kept) {
  constexpr std::size_t kAround = 200;  // nodes of the list and of the table
  return kept.target.size() + kept.body.size() + kAround;
}

std::optional<std::string> AnswerCache::find(const std::shared_ptr<const GraphView>& view, const std::string& target) {
  const std::lock_guard lock(mutex_);
  if (!of(view)) return std::nullopt;
  const auto found = places_.find(target);
  if (found == places_.end()) return std::nullopt;
  kept_.splice(kept_.begin(), kept_, found->second);
  return found->second->body;
}

void AnswerCache::keep(const std::shared_ptr<const GraphView>& view, const std::string& target, const std::string& body) {
  Kept kept{target, body};
  if (cost(kept) > most_bytes_ / 16) return;
  const std::lock_guard lock(mutex_);
  if (!of(view)) {
    places_.clear();
    kept_.clear();
    bytes_ = 0;
    view_ = view;
  }
  if (places_.contains(target)) return;
  bytes_ += cost(kept);
  kept_.push_front(std::move(kept));
  places_.emplace(kept_.front().target, kept_.begin());
  while (bytes_ > most_bytes_) {
    bytes_ -= cost(kept_.back());
    places_.erase(kept_.back().target);
    kept_.pop_back();
  }
}

}  // namespace relata
