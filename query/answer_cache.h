// Answers already written, for those who ask the same again: a view never changes, so neither does what it answers. Bounded in
// bytes; the least recently asked go first. May be used from any thread.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "graph/view.h"

namespace relata {

class AnswerCache {
 public:
  explicit AnswerCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  // The body that was kept for this address while `view` was the newest.
  std::optional<std::string> find(const std::shared_ptr<const GraphView>& view, const std::string& target);
  // Forgets what was told of other views. Bodies of more than a sixteenth of the room are not kept.
  void keep(const std::shared_ptr<const GraphView>& view, const std::string& target, const std::string& body);

 private:
  struct Kept {
    std::string target, body;
  };
  // Precondition of both: mutex_ is held.
  bool of(const std::shared_ptr<const GraphView>& view) const { return !view_.owner_before(view) && !view.owner_before(view_); }
  static std::size_t cost(const Kept& kept);

  const std::size_t most_bytes_;
  std::mutex mutex_;
  std::weak_ptr<const GraphView> view_;  // does not keep it alive
  std::list<Kept> kept_;                 // the most recently asked first
  std::unordered_map<std::string_view, std::list<Kept>::iterator> places_;  // keys are views of Kept::target
  std::size_t bytes_ = 0;
};

}  // namespace relata
