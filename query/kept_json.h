// JSON of relations and entities that was written for one answer, kept for the next that tells them: many questions touch the same hubs.
// What is told of an entity may change with every article, so it is of one view alone; what is told of a relation lasts as long as its
// statements and those who make them. May be used from any thread.
#pragma once

#include <cstdint>
#include <forward_list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/relations.h"
#include "query/kept_texts.h"

namespace relata {

class KeptJson;

// What is kept, as one answer sees it: not for threads to share. Texts are valid as long as this.
class ViewJson {
 public:
  using Text = std::string_view;  // data() is null when there is none

  // Of what relation() of graph/relations.h tells with `each` statements as evidence.
  JsonKey key(const Group& group, std::size_t each, std::optional<Polarity> polarity) const;
  // The same for any view of this store; costs far more. Nothing for what is not worth it.
  std::optional<JsonKey> lasting_key(const GraphView& view, const Group& group, std::size_t each, std::optional<Polarity> polarity) const;

  void expect(const JsonKey& key) const { young_->expect(key); }
  Text find(const JsonKey& key) const;
  Text keep(const JsonKey& key, std::string_view text) const;
  // Another key for what find() or keep() gave.
  void also(const JsonKey& key, Text text) const;

  Text entity(const GraphView& view, Node node) const;
  void expect_entity(Node node) const { expect(entity_key(node)); }

 private:
  friend class KeptJson;
  ViewJson(KeptJson& home, std::shared_ptr<KeptTexts> young, std::shared_ptr<KeptTexts> old, std::uint64_t number)
      : home_(&home), young_(std::move(young)), old_(std::move(old)), number_(number) {}

  JsonKey entity_key(Node node) const;

  KeptJson* home_;
  mutable std::shared_ptr<KeptTexts> young_;
  std::shared_ptr<KeptTexts> old_;
  mutable std::vector<std::shared_ptr<KeptTexts>> full_;  // were young before; texts of this answer may be there
  mutable std::forward_list<std::string> own_;            // texts too long to be kept
  std::uint64_t number_;                                  // of the view
};

// Two generations, each of half the bytes: what is found in the old one goes to the young one, and when that is full the old one is
// dropped, when the last answer that tells of it is written.
class KeptJson {
 public:
  explicit KeptJson(std::size_t most_bytes) : half_(most_bytes / 2), young_(std::make_shared<KeptTexts>(half_)), old_(std::make_shared<KeptTexts>(0)) {}
  // Valid as long as this.
  ViewJson of(const std::shared_ptr<const GraphView>& view);

 private:
  friend class ViewJson;
  // The young generation, which is not the one that is full.
  std::shared_ptr<KeptTexts> after(const std::shared_ptr<KeptTexts>& full);

  const std::size_t half_;
  std::mutex mutex_;  // for all below
  std::shared_ptr<KeptTexts> young_, old_;
  std::weak_ptr<const GraphView> newest_;  // does not keep it alive
  std::uint64_t number_ = 0;               // of it
};

}  // namespace relata
