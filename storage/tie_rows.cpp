#include "storage/tie_rows.h"

#include "storage/bytes.h"
#include "storage/rows.h"

namespace relata::storage {

std::string ties_key(ArticleId id) {
  ByteWriter out;
  out.raw(kTiesPrefix);
  out.big64(id.value);
  return out.take();
}

std::optional<ArticleId> decode_ties_key(std::string_view key) {
  if (!key.starts_with(kTiesPrefix)) return std::nullopt;
  ByteReader in(key.substr(kTiesPrefix.size()));
  const ArticleId id{in.big64()};
  return in.done() ? std::optional(id) : std::nullopt;
}

std::string encode(const std::vector<TiedActor>& tied) {
  ByteWriter out;
  out.varint(tied.size());
  for (const TiedActor& each : tied) {
    out.varint(each.actor);
    out.varint(each.ties.size());
    for (const Tie& tie : each.ties) {
      out.text(tie.office);
      out.text(tie.body);
    }
  }
  return out.take();
}

std::optional<std::vector<TiedActor>> decode_ties(std::string_view bytes) {
  ByteReader in(bytes);
  std::vector<TiedActor> tied(in.count());
  for (TiedActor& each : tied) {
    each.actor = in.varint32();
    each.ties.resize(in.count());
    for (Tie& tie : each.ties) {
      tie.office = in.text();
      tie.body = in.text();
    }
  }
  return in.done() ? std::optional(std::move(tied)) : std::nullopt;
}

void put_ties(const Extraction& extraction, WriteSet& writes) {
  if (const std::vector<TiedActor> tied = ties_of(extraction); !tied.empty()) writes.put(Family::identity, ties_key(extraction.article.id), encode(tied));
}

Result<void> retell_ties(const Database& database, IdentityBook& book, const Database::Snapshot& at) {
  return database.scan(Family::identity, kTiesPrefix, [&](std::string_view key, std::string_view value) -> Result<void> {
    const auto id = decode_ties_key(key);
    auto tied = decode_ties(value);
    if (!id || !tied) return corrupt(name_of(Family::identity, key) + ": does not decode; the store is damaged, restore it from a backup");
    book.retell(*id, std::move(*tied));
    return {};
  }, at);
}

}  // namespace relata::storage
