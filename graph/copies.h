// Wire copies: articles that are another article's text with a headline, a cut, an edit or a credit line of their own. A copy
// is no further voice for what it says, so it counts with the publisher of its original.
//
// Texts are compared by MinHash over shingles of three folded words (A. Broder, "On the resemblance and containment of documents",
// 1997), of which 16 bits a value are kept (P. Li, A. König, "b-Bit Minwise Hashing", 2010), and found by a banded index (A. Rajaraman,
// J. Ullman, "Mining of Massive Datasets", chapter 3).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/article.h"
#include "graph/ids.h"

namespace relata {

inline constexpr std::size_t kSketchValues = 128;
inline constexpr std::size_t kBands = kSketchValues / 4;  // of two values each; two texts that share one are compared

// What is kept of a text to compare it with others.
struct Sketch {
  std::uint32_t shingles = 0;  // distinct ones; 0: too short to tell a copy from a phrase, compared with nothing
  std::array<std::uint16_t, kSketchValues> least{};
  std::uint32_t band(std::size_t i) const { return (std::uint32_t{least[2 * i]} << 16) | least[2 * i + 1]; }
  bool operator==(const Sketch&) const = default;
};
Sketch sketch_of(std::string_view text);  // linear in the text

// Estimated share of the shorter text's shingles that the other has too, 0..1.
double containment(const Sketch& a, const Sketch& b);
// Whether one text is so much of the other that it is a copy.
inline bool copied(const Sketch& a, const Sketch& b) { return containment(a, b) >= 0.6; }

struct Sketched {
  ArticleId id;
  std::optional<Day> published;
  const Sketch* sketch = nullptr;
};
struct CopyOf {
  std::uint32_t copy = 0, original = 0;  // places among the articles
};
// What a CopyBook of all these articles tells, ascending by copy: many at once, for a tenth of the time. Precondition: fewer than 2^32, no id twice.
std::vector<CopyOf> copies_among(const std::vector<Sketched>& articles);

// Which held article is the original of which: a function of the articles that are held, whatever way they came. Of two that are
// alike the earlier published is the original, then the smaller id; undated ones are later than all. Adding or removing an
// article costs what shares a band with it; only where the first of a band changes, all that stand in it. Not thread-safe.
class CopyBook {
 public:
  void add(ArticleId id, std::optional<Day> published, const Sketch& sketch);  // precondition: not held
  void expect(std::size_t articles);  // room for so many in all
  void remove(ArticleId id);                                                   // does nothing when it is not held
  bool holds(ArticleId id) const { return numbers_.contains(id); }

  // Brings the originals up to date: the articles that have another than before, ascending. A new article had itself.
  std::vector<ArticleId> settle();
  ArticleId original(ArticleId id) const;  // as of the last settle(); itself for one that is no copy or is not held

 private:
  using Number = std::uint32_t;  // of an article, into items_
  using Place = std::uint32_t;   // of an article in one band: number * kBands + band
  static constexpr std::uint32_t kNone = 0xffffffffu;
  static Number number_at(Place place) { return static_cast<Number>(place / kBands); }

  struct Item {
    ArticleId id;
    std::pair<bool, Day> published;  // (unknown, day): in the order of time
    Sketch sketch;
    Number parent = kNone;  // the earliest it is a copy of; its original is the end of this way
    ArticleId original;
    bool held = false, dirty = false;
  };
  // Which member of each band's bucket is the first, by open addressing.
  class Leaders {
   public:
    template <typename Same>
    std::size_t find(std::uint64_t hash, const Same& same) const;  // slot of it, or of where it would go
    Place at(std::size_t slot) const { return slots_[slot]; }
    void set(std::size_t slot, Place place);
    void clear(std::size_t slot) { slots_[slot] = kGone; }
    template <typename Hash>
    void grow(const Hash& hash_of);
    void expect(std::size_t places);  // precondition: none is set
    static constexpr Place kEmpty = 0xffffffffu, kGone = 0xfffffffeu;

   private:
    std::vector<Place> slots_ = std::vector<Place>(64, kEmpty);
    std::size_t taken_ = 0;  // also by what is gone
  };

  bool earlier(Number a, Number b) const;
  std::uint32_t values(Place place) const;
  std::uint64_t hash(Place place) const;
  std::size_t slot_of(Place place) const;
  bool enter(Place place);  // whether another stands there
  void leave(Place place);
  void mark(Number number);
  void mark_bucket(Place first);
  Number parent_of(Number number) const;
  void adopt(Number number, Number parent);
  Number root(Number number) const;

  std::vector<Item> items_;
  std::vector<Number> free_;
  std::unordered_map<ArticleId, Number> numbers_;
  std::vector<Place> next_, before_;  // of each place: the others of its bucket, the first of it in front
  Leaders leaders_;
  std::unordered_map<Number, std::vector<Number>> children_;
  std::vector<Place> shaken_;   // that became the first of their bucket
  std::vector<Number> dirty_;
};

}  // namespace relata
