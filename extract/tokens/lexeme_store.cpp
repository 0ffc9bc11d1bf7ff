#include "extract/tokens/lexeme_store.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdlib>
#include <mutex>
#include <new>

#include "extract/tokens/characters.h"

namespace relata {
namespace {

struct Kept {
  Lexeme lexeme;
  bool own_norm = true;  // false: the norm was given by a tokenizer exception
};

struct Free {
  void operator()(void* memory) const { std::free(memory); }
};

// Zeroed memory the system gives out page by page when it is first touched: an almost empty store costs almost nothing.
template <typename T>
std::unique_ptr<T[], Free> zeroed(std::size_t count) {
  void* memory = std::calloc(count, sizeof(T));
  if (!memory) throw std::bad_alloc();
  return std::unique_ptr<T[], Free>(static_cast<T*>(memory));
}

std::string_view own_norm(std::uint64_t id, std::string_view lower) {
  const auto norms = pack::tables().all<pack::IdNorm>(pack::tables().header().norm_ids);
  const auto at = std::lower_bound(norms.begin(), norms.end(), id, [](const pack::IdNorm& a, std::uint64_t b) { return a.id < b; });
  return at != norms.end() && at->id == id ? pack::tables().text(at->norm) : lower;
}

std::string_view last_characters(std::string_view text, int count) {
  std::size_t begin = text.size();
  while (count-- > 0 && begin > 0) begin -= code_point_before(text, begin).size;
  return text.substr(begin);
}

bool all_space(std::string_view text) {
  CodePoint c;
  for (std::size_t at = 0; (c = code_point_at(text, at)).size != 0; at += c.size)
    if (!(character_bits(c.value) & pack::kSpace)) return false;
  return true;
}

// The lexeme of a form, its texts kept in `memory`.
Lexeme make_lexeme(std::string_view form, std::optional<std::string_view> norm, Scratch& memory) {
  Lexeme out;
  out.text = memory.keep(form);
  const std::string lower = lower_of(form);
  out.lower = lower == form ? out.text : memory.keep(lower);
  out.orth = string_id(form);
  if (!norm) out.norm = own_norm(out.orth, out.lower);
  else out.norm = *norm == out.lower ? out.lower : memory.keep(*norm);
  out.norm_id = string_id(out.norm);
  out.prefix = string_id(form.substr(0, code_point_at(form, 0).size));
  out.suffix = string_id(last_characters(form, 3));
  out.shape = string_id(shape_of(form));
  out.is_space = all_space(form);
  return out;
}

constexpr std::uint64_t tag_of(std::uint64_t hash) { return hash & 0xffffffff00000000ull; }

}  // namespace

// The table is twice as large as the capacity, so probing always meets an empty cell. A cell is the high half of a form's hash
// and its slot + 1; it is published (release) after the lexeme it points to is complete.
struct LexemeStore::Cells {
  std::unique_ptr<std::uint64_t[], Free> table;
  std::unique_ptr<Kept[], Free> kept;
  std::size_t mask = 0;
  std::atomic<std::uint32_t> size{0};
  std::mutex writing;
  Scratch texts;  // guarded by `writing`
};

LexemeStore::LexemeStore(std::uint32_t capacity) : capacity_(capacity), cells_(std::make_unique<Cells>()) {
  const std::size_t cells = std::bit_ceil(std::size_t{capacity} * 2 + 2);
  cells_->table = zeroed<std::uint64_t>(cells);
  cells_->kept = zeroed<Kept>(capacity == 0 ? 1 : capacity);
  cells_->mask = cells - 1;
}

LexemeStore::~LexemeStore() = default;

std::uint32_t LexemeStore::size() const { return cells_->size.load(std::memory_order_acquire); }

const Lexeme* LexemeStore::find(std::string_view text, std::optional<std::string_view> norm, std::uint64_t hash) const {
  for (std::size_t at = hash & cells_->mask;; at = (at + 1) & cells_->mask) {
    const std::uint64_t cell = std::atomic_ref(cells_->table[at]).load(std::memory_order_acquire);
    if (cell == 0) return nullptr;
    if (tag_of(cell) != tag_of(hash)) continue;
    const Kept& kept = cells_->kept[(cell & 0xffffffffu) - 1];
    if (kept.lexeme.text == text && (norm ? kept.lexeme.norm == *norm : kept.own_norm)) return &kept.lexeme;
  }
}

const Lexeme* LexemeStore::insert(std::string_view text, std::optional<std::string_view> norm, std::uint64_t hash, Scratch& scratch) {
  if (text.size() <= kLongestKept && size() < capacity_) {
    const std::lock_guard lock(cells_->writing);
    if (const Lexeme* there = find(text, norm, hash)) return there;  // another thread was first
    const std::uint32_t slot = cells_->size.load(std::memory_order_relaxed);
    if (slot < capacity_) {
      Kept* kept = new (&cells_->kept[slot]) Kept{make_lexeme(text, norm, cells_->texts), !norm};
      kept->lexeme.slot = slot;
      std::size_t at = hash & cells_->mask;
      while (cells_->table[at] != 0) at = (at + 1) & cells_->mask;
      std::atomic_ref(cells_->table[at]).store(tag_of(hash) | (slot + 1), std::memory_order_release);
      cells_->size.store(slot + 1, std::memory_order_release);
      return &kept->lexeme;
    }
  }
  return scratch.keep(make_lexeme(text, norm, scratch));
}

const Lexeme* LexemeStore::get(std::string_view text, std::uint64_t hash, Scratch& scratch) {
  if (const Lexeme* there = find(text, {}, hash)) return there;
  return insert(text, {}, hash, scratch);
}

const Lexeme* LexemeStore::get(std::string_view text, Scratch& scratch, std::optional<std::string_view> norm) {
  std::uint64_t hash = murmur64a(text);
  if (norm) hash = (hash ^ murmur64a(*norm, 2)) * 0x9E3779B97F4A7C15ull;
  if (const Lexeme* there = find(text, norm, hash)) return there;
  return insert(text, norm, hash, scratch);
}

}  // namespace relata
