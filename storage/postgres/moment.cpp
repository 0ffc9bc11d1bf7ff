#include "storage/postgres/moment.h"

#include "storage/at_snapshot.h"
#include "storage/batch_writer.h"
#include "storage/bytes.h"
#include "storage/known_rows.h"
#include "storage/past_rows.h"
#include "storage/view_loader.h"

namespace relata::storage {

std::shared_ptr<const Facts> LastFacts::of(const std::string& token) const {
  const std::lock_guard lock(mutex_);
  return facts_ && !token.empty() && facts_->token == token ? facts_ : nullptr;
}

void LastFacts::keep(std::shared_ptr<const Facts> facts) {
  const std::lock_guard lock(mutex_);
  facts_ = std::move(facts);
}

Result<Rows> Moment::read(const std::string& sql, const Parameters& parameters) const { return database_->read(sql, parameters, at_); }

const Facts& Moment::facts() const {
  if (known_.load(std::memory_order_acquire)) return *facts_;
  const std::lock_guard lock(mutex_);
  if (facts_) return *facts_;
  auto loaded = load();
  if (!loaded) error_ = loaded.error();
  facts_ = loaded ? std::move(*loaded) : std::make_shared<const Facts>();
  known_.store(true, std::memory_order_release);
  return *facts_;
}

Result<void> Moment::trouble() const {
  const std::lock_guard lock(mutex_);
  return error_ ? Result<void>(*error_) : Result<void>();
}

Result<std::shared_ptr<const Facts>> Moment::load() const {
  const auto token = database_->token(at_);
  if (!token) return token.error();
  if (auto last = last_->of(*token)) return last;
  const auto rows = read("SELECT key, value FROM meta WHERE key < 'known/' OR key >= 'known0' ORDER BY key", {});
  if (!rows) return rows.error();
  auto facts = std::make_shared<Facts>();
  facts->token = *token;
  bool names = false;
  std::optional<StateRow> state;
  for (int i = 0; i < rows->size(); ++i) {
    const std::string_view key = rows->bytes(i, 0), value = rows->bytes(i, 1);
    if (key == kStateKey) state = decode_state_row(value);
    if (key.starts_with(kTypePrefix)) facts->types.emplace_back(value);
    if (key == "names") names = !value.empty();
    if (key == kOldestKey) facts->oldest = ByteReader(value).fixed32();
  }
  if (!state) return corrupt(database_->folder() + ": the row of state is missing or does not decode; restore the graph from a backup");
  facts->newest = *state;
  if (names) {
    auto settled = load_settled_with(AtSnapshot(*database_, at_));
    if (!settled) return settled.error();
    facts->known = settled->known;
  }
  last_->keep(facts);
  return std::shared_ptr<const Facts>(std::move(facts));
}

}  // namespace relata::storage
