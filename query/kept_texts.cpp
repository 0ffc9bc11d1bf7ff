#include "query/kept_texts.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace relata {
namespace {

constexpr std::size_t kSlotFor = 256;  // bytes of text

std::size_t slots_for(std::size_t bytes) { return std::bit_floor(std::max<std::size_t>(bytes / kSlotFor, 64)); }

}  // namespace

KeptTexts::KeptTexts(std::size_t most_bytes)
    : slots_(slots_for(most_bytes)),
      mask_(slots_.size() - 1),
      piece_(std::clamp<std::size_t>(most_bytes / 16, 4096, 1u << 20)),
      most_pieces_(std::max<std::size_t>(1, (most_bytes - std::min(most_bytes, slots_.size() * sizeof(Slot))) / piece_)) {}

std::string_view KeptTexts::find(const JsonKey& key) const {
  for (std::uint64_t at = key.low & mask_;; at = (at + 1) & mask_) {
    const Slot& slot = slots_[at];
    const char* const text = slot.text.load(std::memory_order_acquire);
    if (!text) return {};
    if (slot.key != key) continue;
    __builtin_prefetch(text);
    return {text, slot.size};
  }
}

// Precondition: mutex_ is held, the key is not there and a slot is free.
void KeptTexts::place(const JsonKey& key, std::string_view text) {
  std::uint64_t at = key.low & mask_;
  while (slots_[at].text.load(std::memory_order_relaxed)) at = (at + 1) & mask_;
  Slot& slot = slots_[at];
  slot.key = key;
  slot.size = static_cast<std::uint32_t>(text.size());
  slot.text.store(text.data(), std::memory_order_release);
  ++used_;
}

std::string_view KeptTexts::add(const JsonKey& key, std::string_view text) {
  const std::lock_guard lock(mutex_);
  if (const std::string_view there = find(key); there.data()) return there;
  if (full()) return {};
  if (left_ < text.size()) {
    if (pieces_.size() == most_pieces_) return {};
    pieces_.push_back(std::make_unique_for_overwrite<char[]>(piece_));
    left_ = piece_;
  }
  char* const to = pieces_.back().get() + (piece_ - left_);
  text.copy(to, text.size());
  left_ -= text.size();
  place(key, {to, text.size()});
  return {to, text.size()};
}

void KeptTexts::add_key(const JsonKey& key, std::string_view kept) {
  const std::lock_guard lock(mutex_);
  if (!full() && !find(key).data()) place(key, kept);
}

bool KeptTexts::holds(std::string_view text) const {
  const std::lock_guard lock(mutex_);
  const std::less<const char*> less;
  return std::any_of(pieces_.begin(), pieces_.end(), [&](const auto& piece) { return !less(text.data(), piece.get()) && less(text.data(), piece.get() + piece_); });
}

}  // namespace relata
