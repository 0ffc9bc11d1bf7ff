#include "extract/language/token_vectors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string>

namespace relata {
namespace {

using kernels::kMaxout;
using kernels::kWidth;
using kernels::Word;

constexpr std::size_t kReach = 4;  // a token sees this many neighbours on each side
constexpr std::size_t kMostPositions = TokenVectors::kWindow + 2 * kReach;
constexpr std::size_t kFreshTable = 2048;  // at least twice kMostPositions
static_assert(TokenVectors::kPadding == kReach);

constexpr std::uintptr_t kNeverSeen = 0, kSeenOnce = 1, kNotKept = 2;  // no addresses

const Word kPaddingWord{};

std::uint64_t mix_bits(std::uint64_t h) {
  h ^= h >> 33;
  h *= 0xFF51AFD7ED558CCDu;
  h ^= h >> 33;
  h *= 0xC4CEB9FE1A85EC53u;
  return h ^ (h >> 33);
}

// The four rows of a hash table that stand for an id (the 128-bit MurmurHash3 of one 64-bit block, as the model was trained with).
std::array<std::uint32_t, 4> hashed_rows(std::uint64_t id, std::uint64_t seed, std::uint32_t rows) {
  const std::uint64_t block = std::rotl(id * 0x87C37B91114253D5u, 31) * 0x4CF5AD432745937Fu;
  std::uint64_t one = block ^ seed ^ 8, two = seed ^ 8;
  one += two;
  two += one;
  one = mix_bits(one);
  two = mix_bits(two);
  one += two;
  two += one;
  const auto row = [rows](std::uint64_t bits) { return static_cast<std::uint32_t>(bits & 0xffffffffu) % rows; };
  return {row(one), row(one >> 32), row(two), row(two >> 32)};
}

std::uint64_t id_of(Feature feature, Position position) {
  switch (feature) {
    case Feature::norm:
      return position.lexeme->norm_id;
    case Feature::prefix:
      return position.lexeme->prefix;
    case Feature::suffix:
      return position.lexeme->suffix;
    case Feature::shape:
      return position.lexeme->shape;
    case Feature::space_after:
      return position.space_after ? 1 : 0;
    case Feature::is_space:
      return position.lexeme->is_space ? 1 : 0;
  }
  return 0;
}

std::string_view name_of(Feature feature) {
  constexpr std::array<std::string_view, 6> kNames = {"NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"};
  return kNames[static_cast<std::size_t>(feature)];
}

Result<kernels::MaxoutLayer> load_layer(const ModelFile& model, const std::string& name, std::size_t panels, std::size_t inputs) {
  const auto weights = model.floats(name + ".weights", {panels, inputs, 48});
  const auto bias = model.floats(name + ".bias", {kMaxout});
  const auto gain = model.floats(name + ".gain", {kWidth});
  const auto shift = model.floats(name + ".shift", {kWidth});
  for (const auto* part : {&weights, &bias, &gain, &shift}) {
    if (!*part) return part->error();
  }
  return kernels::MaxoutLayer{{*weights, *bias, panels, inputs}, *gain, *shift};
}

}  // namespace

TokenVectors::Workspace::Workspace()
    : words(kMostPositions),
      fresh(kMostPositions),
      found(kFreshTable),
      inputs(32 * 7 * kWidth),
      vectors(32 * kWidth),
      one(kMostPositions * kWidth),
      two(kMostPositions * kWidth) {
  pending.reserve(kMostPositions);
}

Result<TokenVectors> TokenVectors::load(const ModelFile& model, std::string_view prefix, std::vector<Feature> features, Memory memory) {
  TokenVectors net;
  const std::string name(prefix);
  for (std::uint32_t i = 0; i < features.size(); ++i) {
    const auto table = model.table(name + "." + std::string(name_of(features[i])), kWidth);
    if (!table) return table.error();
    net.tables_.push_back({features[i], 8 + i, static_cast<std::uint32_t>(table->size() / kWidth), table->data()});
    net.knows_space_ |= features[i] == Feature::space_after;
  }
  const auto keys = model.keys("vectors.keys");
  if (!keys) return keys.error();
  const auto rows = model.rows("vectors.rows");
  if (!rows) return rows.error();
  const auto vectors = model.table(name + ".static", kWidth);
  if (!vectors) return vectors.error();
  if (keys->size() != rows->size()) return corrupt("vectors.keys and vectors.rows of the language model differ in length");
  net.vector_keys_ = *keys;
  net.vector_rows_ = *rows;
  net.static_rows_ = *vectors;

  const auto mix = load_layer(model, name + ".mix", 6, (features.size() + 1) * kWidth);
  if (!mix) return mix.error();
  net.mix_ = *mix;
  for (std::size_t i = 0; i < 4; ++i) {
    // The weights of the first layer are three sets, one for each place a word can be seen from.
    const auto layer = load_layer(model, name + ".layer" + std::to_string(i + 1), i == 0 ? 18 : 6, i == 0 ? kWidth : 3 * kWidth);
    if (!layer) return layer.error();
    net.layers_[i] = *layer;
  }
  net.slots_ = memory.slots;
  net.most_kept_ = memory.words;
  net.cells_ = std::make_unique<std::atomic<std::uintptr_t>[]>(std::size_t{memory.slots} * (net.knows_space_ ? 2 : 1));
  net.kept_ = std::make_unique_for_overwrite<Word[]>(memory.words);
  net.kept_count_ = std::make_unique<std::atomic<std::uint32_t>>(0);
  return net;
}

const float* TokenVectors::window(std::span<const Position> sequence, std::size_t first, std::size_t count, Workspace& workspace) const {
  find_words(sequence.subspan(first - kReach, count + 2 * kReach), workspace);
  float* one = workspace.one.data();
  float* two = workspace.two.data();
  // Each layer is computed for as many neighbours as the layers after it look at.
  kernels::first_layer(layers_[0], workspace.words.data(), count + 6, one);
  layer(1, one, count + 4, two, workspace);
  layer(2, two, count + 2, one, workspace);
  layer(3, one, count, two, workspace);
  return two;
}

// A window is three neighbouring rows, and lies in memory as one.
void TokenVectors::layer(std::size_t number, const float* in, std::size_t rows, float* out, Workspace& workspace) const {
  if (reduced_.empty()) {
    kernels::maxout_layer(layers_[number], in, kWidth, rows, in + kWidth, out);
  } else {
    kernels::maxout_layer(layers_[number], reduced_[number - 1], in, kWidth, rows, in + kWidth, out, workspace.rounded);
  }
}

void TokenVectors::reduce() {
  reduced_.clear();
  for (std::size_t number = 1; number < 4; ++number) reduced_.push_back(kernels::reduce(layers_[number].product, 3 * kernels::kBlock));
}

// Fills workspace.words: kept words where there are, fresh ones else.
void TokenVectors::find_words(std::span<const Position> window, Workspace& workspace) const {
  workspace.pending.clear();
  std::fill(workspace.found.begin(), workspace.found.end(), 0);
  for (std::size_t i = 0; i < window.size(); ++i) {
    const Position position = window[i];
    if (position.lexeme == nullptr) {
      workspace.words[i] = &kPaddingWord;
      continue;
    }
    std::atomic<std::uintptr_t>* keep = nullptr;
    if (position.lexeme->slot < slots_) {
      const std::size_t at = knows_space_ ? 2 * std::size_t{position.lexeme->slot} + (position.space_after ? 1 : 0) : position.lexeme->slot;
      std::uintptr_t state = cells_[at].load(std::memory_order_acquire);
      if (state > kNotKept) {
        workspace.words[i] = reinterpret_cast<const Word*>(state);
        continue;
      }
      // Kept from the second time on, by whichever thread comes first; most forms never come again.
      if (state == kNeverSeen) cells_[at].store(kSeenOnce, std::memory_order_relaxed);
      if (state == kSeenOnce && cells_[at].compare_exchange_strong(state, kNotKept)) keep = &cells_[at];
    }
    workspace.words[i] = find_fresh(position, keep, workspace);
  }
  make_words(workspace);
}

// A word of this window that is not kept yet, once for all its places.
const Word* TokenVectors::find_fresh(Position position, std::atomic<std::uintptr_t>* keep, Workspace& workspace) const {
  const bool space = knows_space_ && position.space_after;
  std::size_t at = (reinterpret_cast<std::uintptr_t>(position.lexeme) / sizeof(Lexeme) * 2 + (space ? 1 : 0)) % kFreshTable;
  for (; workspace.found[at] != 0; at = (at + 1) % kFreshTable) {
    Workspace::Pending& other = workspace.pending[workspace.found[at] - 1];
    if (other.position.lexeme == position.lexeme && other.position.space_after == space) {
      if (keep != nullptr) other.cell = keep;
      return &workspace.fresh[workspace.found[at] - 1];
    }
  }
  workspace.pending.push_back({{position.lexeme, space}, keep});
  workspace.found[at] = static_cast<std::uint32_t>(workspace.pending.size());
  return &workspace.fresh[workspace.pending.size() - 1];
}

void TokenVectors::make_words(Workspace& workspace) const {
  constexpr std::size_t kTogether = 32;
  const std::size_t width = mix_.product.inputs;
  for (std::size_t first = 0; first < workspace.pending.size(); first += kTogether) {
    const std::size_t count = std::min(kTogether, workspace.pending.size() - first);
    for (std::size_t i = 0; i < count; ++i) mixing_input(workspace.pending[first + i].position, workspace.inputs.data() + i * width);
    kernels::maxout_layer(mix_, workspace.inputs.data(), width, count, nullptr, workspace.vectors.data());
    kernels::Product products = layers_[0].product;
    products.bias = nullptr;
    Word* words = workspace.fresh.data() + first;
    kernels::product48(products, workspace.vectors.data(), kWidth, count, words->before, sizeof(Word) / sizeof(float));
    for (std::size_t i = 0; i < count; ++i) {
      std::memcpy(words[i].vector, workspace.vectors.data() + i * kWidth, sizeof words[i].vector);
      std::atomic<std::uintptr_t>* cell = workspace.pending[first + i].cell;
      if (cell == nullptr || kept_count_->load(std::memory_order_relaxed) >= most_kept_) continue;
      const std::uint32_t place = kept_count_->fetch_add(1, std::memory_order_relaxed);
      if (place >= most_kept_) continue;
      kept_[place] = words[i];
      cell->store(reinterpret_cast<std::uintptr_t>(&kept_[place]), std::memory_order_release);
    }
  }
}

void TokenVectors::mixing_input(Position position, float* input) const {
  for (const Table& table : tables_) {
    const auto rows = hashed_rows(id_of(table.feature, position), table.seed, table.rows);
    kernels::add_rows(table.data + rows[0] * kWidth, table.data + rows[1] * kWidth, table.data + rows[2] * kWidth,
                      table.data + rows[3] * kWidth, input);
    input += kWidth;
  }
  if (const float* vector = static_vector(position.lexeme->orth); vector != nullptr) {
    std::memcpy(input, vector, kWidth * sizeof(float));
  } else {
    std::fill_n(input, kWidth, 0.0f);  // a form without a vector
  }
}

// Ids are hashes, so their place is nearly known: the search looks around it, and everywhere only when that fails.
const float* TokenVectors::static_vector(std::uint64_t id) const {
  constexpr std::size_t kAround = 1500;
  auto from = vector_keys_.begin(), to = vector_keys_.end();
  const std::size_t guess = static_cast<std::size_t>((id >> 32) * vector_keys_.size() >> 32);
  const std::size_t low = guess - std::min(guess, kAround), high = std::min(guess + kAround, vector_keys_.size());
  if (low < high && vector_keys_[low] <= id) from += static_cast<std::ptrdiff_t>(low);
  if (low < high && vector_keys_[high - 1] >= id) to = vector_keys_.begin() + static_cast<std::ptrdiff_t>(high);
  const auto found = std::lower_bound(from, to, id);
  if (found == to || *found != id) return nullptr;
  const std::size_t row = vector_rows_[static_cast<std::size_t>(found - vector_keys_.begin())];
  return (row + 1) * kWidth <= static_rows_.size() ? static_rows_.data() + row * kWidth : nullptr;
}

}  // namespace relata
