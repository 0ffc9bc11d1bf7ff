// The actors of the articles that are held: how each is named and the key it stands under, in eight bytes. Not thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "graph/actor_forms.h"
#include "graph/date.h"
#include "graph/decision.h"

namespace relata {

using KeyNumber = std::uint32_t;  // of an entity key, as its keeper counts them

// An actor in its article.
struct Standing {
  static constexpr FormNumber kMissing = 0xffffffffu;
  FormNumber form = kMissing;
  KeyNumber key = 0;
  bool here() const { return form != kMissing; }
};

class Casts {
 public:
  struct Cast {
    std::unique_ptr<Standing[]> actors;
    std::uint32_t size = 0;
    std::optional<Day> published;
    std::span<const Standing> all() const { return {actors.get(), size}; }
    // Null when there is no such actor.
    Standing* find(ActorIndex actor) { return actor < size && actors[actor].here() ? &actors[actor] : nullptr; }
  };

  void expect(std::size_t articles) { articles_.reserve(2 * articles); }  // room for so many in all

  // Room for an article's actors, who are missing until they are set. Precondition: the article has none.
  Cast& open(ArticleId article, std::size_t actors) {
    return articles_.insert_or_assign(article, Cast{std::make_unique<Standing[]>(actors), static_cast<std::uint32_t>(actors), std::nullopt}).first->second;
  }
  void close(ArticleId article) { articles_.erase(article); }

  // Null when the article is not held. Valid until the next open().
  Cast* of(ArticleId article) {
    const auto found = articles_.find(article);
    return found == articles_.end() ? nullptr : &found->second;
  }
  const Cast* of(ArticleId article) const { return const_cast<Casts*>(this)->of(article); }
  Standing* find(ActorRef actor) {
    Cast* const cast = of(actor.article);
    return cast == nullptr ? nullptr : cast->find(actor.actor);
  }

 private:
  std::unordered_map<ArticleId, Cast> articles_;
};

}  // namespace relata
