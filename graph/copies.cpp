#include "graph/copies.h"

#define XXH_INLINE_ALL  // shingles are short
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <limits>
#include <random>

#include "graph/identity.h"

namespace relata {
namespace {

constexpr std::size_t kShingleWords = 3;
constexpr std::uint32_t kLeastShingles = 30;

// Distinct ones, in no order.
class Shingles {
 public:
  explicit Shingles(std::string_view text) {
    const std::string folded = fold_name(text);
    std::vector<std::size_t> starts{0};
    for (std::size_t i = 0; (i = folded.find(' ', i)) != std::string::npos;) starts.push_back(++i);
    starts.push_back(folded.size() + 1);
    if (starts.size() <= kShingleWords) return;
    slots_.resize(std::bit_ceil(2 * (starts.size() - kShingleWords)));
    shift_ = 64 - std::countr_zero(slots_.size());
    for (std::size_t i = 0; i + kShingleWords < starts.size(); ++i) add(XXH3_64bits(folded.data() + starts[i], starts[i + kShingleWords] - 1 - starts[i]));
  }
  const std::vector<std::uint64_t>& all() const { return all_; }

 private:
  // Multiply-shift by a number that nobody can foresee (M. Dietzfelbinger and others, 1997), lest a text be made of shingles that meet.
  std::size_t start(std::uint64_t shingle) const {
    static const std::uint64_t kOdd = (std::uint64_t{std::random_device()()} << 32 | std::random_device()()) | 1u;
    return static_cast<std::size_t>(shingle * kOdd >> shift_);
  }
  void add(std::uint64_t shingle) {
    std::size_t at = start(shingle);
    while (slots_[at] != 0 && all_[slots_[at] - 1] != shingle) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at] != 0) return;
    all_.push_back(shingle);
    slots_[at] = static_cast<std::uint32_t>(all_.size());
  }

  std::vector<std::uint64_t> all_;
  std::vector<std::uint32_t> slots_;  // places in all_, from 1, by open addressing
  int shift_ = 0;
};

// Multipliers of as many hash functions, from the sequence splitmix64 (S. Vigna).
const std::array<std::uint32_t, kSketchValues>& multipliers() {
  static const auto kOdd = [] {
    std::array<std::uint32_t, kSketchValues> odd{};
    std::uint64_t state = 0;
    for (std::uint32_t& each : odd) {
      std::uint64_t z = state += 0x9e3779b97f4a7c15u;
      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
      each = static_cast<std::uint32_t>(z >> 32) | 1u;
    }
    return odd;
  }();
  return kOdd;
}

// Most of the work of a sketch: compiled also for processors with wider registers, chosen when the program starts.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
__attribute__((target_clones("avx512f", "avx2", "default"), optimize("O3")))
#endif
void take_least(const std::uint64_t* shingles, std::size_t count, const std::uint32_t* multipliers, std::uint32_t* least) {
  for (std::size_t at = 0; at < count; ++at) {
    const auto low = static_cast<std::uint32_t>(shingles[at]), high = static_cast<std::uint32_t>(shingles[at] >> 32);
    for (std::size_t i = 0; i < kSketchValues; ++i) {
      std::uint32_t mixed = (low ^ multipliers[kSketchValues - 1 - i]) * multipliers[i];
      mixed = (mixed ^ (mixed >> 15) ^ high) * 0x2c1b3c6du;
      const std::uint32_t value = mixed ^ (mixed >> 16);
      least[i] = value < least[i] ? value : least[i];
    }
  }
}

}  // namespace

Sketch sketch_of(std::string_view text) {
  Sketch sketch;
  const Shingles distinct(text);
  const std::vector<std::uint64_t>& shingles = distinct.all();
  if (shingles.size() < kLeastShingles) return sketch;
  sketch.shingles = static_cast<std::uint32_t>(std::min<std::size_t>(shingles.size(), std::numeric_limits<std::uint32_t>::max()));
  std::array<std::uint32_t, kSketchValues> least;
  least.fill(std::numeric_limits<std::uint32_t>::max());
  take_least(shingles.data(), shingles.size(), multipliers().data(), least.data());
  for (std::size_t i = 0; i < kSketchValues; ++i) sketch.least[i] = static_cast<std::uint16_t>(least[i]);
  return sketch;
}

// From the estimated resemblance r: |A and B| = r (|A| + |B|) / (1 + r).
double containment(const Sketch& a, const Sketch& b) {
  if (a.shingles == 0 || b.shingles == 0) return 0;
  std::size_t same = 0;
  for (std::size_t i = 0; i < kSketchValues; ++i) same += a.least[i] == b.least[i];
  const double resemblance = static_cast<double>(same) / static_cast<double>(kSketchValues);
  const double both = resemblance * (static_cast<double>(a.shingles) + b.shingles) / (1 + resemblance);
  return std::min(1.0, both / std::min(a.shingles, b.shingles));
}

// The slot whose bucket `same` says is meant, else one to put it into: where something is gone, or the first that is empty.
template <typename Same>
std::size_t CopyBook::Leaders::find(std::uint64_t hash, const Same& same) const {
  std::size_t slot = hash & (slots_.size() - 1);
  std::optional<std::size_t> gone;
  for (; slots_[slot] != kEmpty; slot = (slot + 1) & (slots_.size() - 1)) {
    if (slots_[slot] == kGone) {
      if (!gone) gone = slot;
    } else if (same(slots_[slot])) {
      return slot;
    }
  }
  return gone.value_or(slot);
}

void CopyBook::Leaders::set(std::size_t slot, Place place) {
  taken_ += slots_[slot] == kEmpty;
  slots_[slot] = place;
}

template <typename Hash>
void CopyBook::Leaders::grow(const Hash& hash_of) {
  if (taken_ * 3 < slots_.size() * 2) return;
  std::vector<Place> old(slots_.size() * 2, kEmpty);
  old.swap(slots_);
  taken_ = 0;
  for (const Place place : old)
    if (place != kEmpty && place != kGone) set(find(hash_of(place), [](Place) { return false; }), place);
}

void CopyBook::Leaders::expect(std::size_t places) {
  const std::size_t slots = std::bit_ceil(places + places / 2 + 1);
  if (slots > slots_.size()) slots_.assign(slots, kEmpty);
}

void CopyBook::expect(std::size_t articles) {
  if (items_.empty()) leaders_.expect(articles * kBands);
  items_.reserve(articles);
  next_.reserve(articles * kBands);
  before_.reserve(articles * kBands);
  numbers_.reserve(articles);
}

bool CopyBook::earlier(Number a, Number b) const {
  return std::pair(items_[a].published, items_[a].id) < std::pair(items_[b].published, items_[b].id);
}

std::uint32_t CopyBook::values(Place place) const {
  return items_[place / kBands].sketch.band(place % kBands);
}

std::uint64_t CopyBook::hash(Place place) const {
  const std::uint64_t key = (std::uint64_t{values(place)} << 8) | place % kBands;
  return XXH3_64bits(&key, sizeof key);
}

std::size_t CopyBook::slot_of(Place place) const {
  return leaders_.find(hash(place), [&](Place other) { return other % kBands == place % kBands && values(other) == values(place); });
}

void CopyBook::mark(Number number) {
  if (items_[number].dirty) return;
  items_[number].dirty = true;
  dirty_.push_back(number);
}

void CopyBook::mark_bucket(Place first) {
  for (Place each = first; each != kNone; each = next_[each]) mark(number_at(each));
}

bool CopyBook::enter(Place place) {
  leaders_.grow([this](Place each) { return hash(each); });
  const std::size_t slot = slot_of(place);
  const Place first = leaders_.at(slot);
  next_[place] = before_[place] = kNone;
  if (first == Leaders::kEmpty || first == Leaders::kGone) {
    leaders_.set(slot, place);
    return false;
  }
  if (earlier(number_at(place), number_at(first))) {
    next_[place] = first;
    before_[first] = place;
    leaders_.set(slot, place);
    shaken_.push_back(place);
    return true;
  }
  next_[place] = next_[first];
  before_[place] = first;
  if (next_[first] != kNone) before_[next_[first]] = place;
  next_[first] = place;
  return true;
}

void CopyBook::leave(Place place) {
  const Place next = next_[place], before = before_[place];
  if (next != kNone) before_[next] = before;
  if (before != kNone) {
    next_[before] = next;
    return;
  }
  const std::size_t slot = slot_of(place);
  assert(leaders_.at(slot) == place);
  if (next == kNone) return leaders_.clear(slot);
  Place first = next;
  for (Place each = next; each != kNone; each = next_[each])
    if (earlier(number_at(each), number_at(first))) first = each;
  if (first != next) {  // to the front
    if (next_[first] != kNone) before_[next_[first]] = before_[first];
    next_[before_[first]] = next_[first];
    next_[first] = next;
    before_[next] = first;
    before_[first] = kNone;
  }
  leaders_.set(slot, first);
  shaken_.push_back(first);
}

void CopyBook::add(ArticleId id, std::optional<Day> published, const Sketch& sketch) {
  if (sketch.shingles == 0) return;
  Number number = static_cast<Number>(items_.size());
  if (free_.empty()) {
    items_.emplace_back();
    next_.resize(next_.size() + kBands, kNone);
    before_.resize(before_.size() + kBands, kNone);
  } else {
    number = free_.back();
    free_.pop_back();
  }
  const bool dirty = items_[number].dirty;
  items_[number] = {id, {!published, published.value_or(kFirstDay)}, sketch, kNone, id, true, dirty};
  numbers_[id] = number;
  bool meets = false;
  for (std::size_t band = 0; band < kBands; ++band) meets |= enter(static_cast<Place>(number * kBands + band));
  if (meets) mark(number);  // alone it is its own original
}

void CopyBook::remove(ArticleId id) {
  const auto found = numbers_.find(id);
  if (found == numbers_.end()) return;
  const Number number = found->second;
  for (std::size_t band = 0; band < kBands; ++band) leave(static_cast<Place>(number * kBands + band));
  adopt(number, kNone);
  if (const auto children = children_.find(number); children != children_.end())
    for (const Number child : std::vector<Number>(children->second)) {
      adopt(child, kNone);
      mark(child);
    }
  items_[number].held = false;
  numbers_.erase(found);
  free_.push_back(number);
}

// The earliest of the firsts of its buckets that it is a copy of.
CopyBook::Number CopyBook::parent_of(Number number) const {
  Number best = kNone;
  std::vector<Number> seen;
  for (std::size_t band = 0; band < kBands; ++band) {
    const Number first = number_at(leaders_.at(slot_of(static_cast<Place>(number * kBands + band))));
    if (first == number || std::find(seen.begin(), seen.end(), first) != seen.end()) continue;
    seen.push_back(first);
    if ((best == kNone || earlier(first, best)) && copied(items_[first].sketch, items_[number].sketch)) best = first;
  }
  return best;
}

void CopyBook::adopt(Number number, Number parent) {
  Number& old = items_[number].parent;
  if (old == parent) return;
  if (old != kNone) {
    const auto children = children_.find(old);
    std::erase(children->second, number);
    if (children->second.empty()) children_.erase(children);
  }
  if (parent != kNone) children_[parent].push_back(number);
  old = parent;
}

CopyBook::Number CopyBook::root(Number number) const {
  while (items_[number].parent != kNone) number = items_[number].parent;  // each is earlier than the one before: it ends
  return number;
}

std::vector<ArticleId> CopyBook::settle() {
  for (const Place place : shaken_)
    if (items_[place / kBands].held && before_[place] == kNone) mark_bucket(place);
  shaken_.clear();
  std::vector<Number> open;
  for (const Number number : dirty_) {
    items_[number].dirty = false;
    if (!items_[number].held) continue;
    adopt(number, parent_of(number));
    open.push_back(number);
  }
  dirty_.clear();
  std::vector<ArticleId> changed;
  while (!open.empty()) {
    Item& item = items_[open.back()];
    const Number number = open.back();
    open.pop_back();
    const ArticleId original = items_[root(number)].id;
    if (item.original == original) continue;
    item.original = original;
    changed.push_back(item.id);
    if (const auto children = children_.find(number); children != children_.end()) open.insert(open.end(), children->second.begin(), children->second.end());
  }
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  return changed;
}

ArticleId CopyBook::original(ArticleId id) const {
  const auto found = numbers_.find(id);
  return found == numbers_.end() ? id : items_[found->second].original;
}

}  // namespace relata
