#include "storage/postgres/adjacency.h"

#include <algorithm>
#include <limits>

#include "storage/batch_writer.h"
#include "storage/bytes.h"
#include "storage/copy_rows.h"

namespace relata::storage {
namespace {

constexpr std::uint8_t kNegative = 1, kOutgoing = 1u << 4, kDated = 1u << 5, kMoved = 1u << 6;
constexpr std::size_t kPlaceBytes = 16;

void put(ByteWriter& out, const AdjacentEdge& edge) {
  const bool dated = edge.begin <= edge.end;
  out.varint(edge.ordinal);
  out.fixed64(edge.other.value);
  out.varint(edge.type);
  out.u8(static_cast<std::uint8_t>((edge.polarity == Polarity::negative ? kNegative : 0) | static_cast<unsigned>(edge.modality) << 1 | (edge.outgoing ? kOutgoing : 0) |
                                   (dated ? kDated : 0) | (edge.removed != kForever ? kMoved : 0)));
  out.u8(edge.confidence);
  out.varint(edge.added);
  if (edge.removed != kForever) out.varint(edge.removed);
  if (!dated) return;
  out.zigzag(edge.begin.number);
  out.zigzag(edge.end.number - edge.begin.number);
}

void get(ByteReader& in, AdjacentEdge& edge) {
  edge.ordinal = in.varint32();
  edge.other.value = in.fixed64();
  const std::uint64_t type = in.varint();
  if (type > std::numeric_limits<TypeIndex>::max()) in.fail();
  edge.type = static_cast<TypeIndex>(type);
  const std::uint8_t flags = in.u8();
  const unsigned modality = flags >> 1 & 7u;
  if (modality >= kModalities) in.fail();
  edge.polarity = (flags & kNegative) != 0 ? Polarity::negative : Polarity::positive;
  edge.modality = static_cast<Modality>(modality);
  edge.outgoing = (flags & kOutgoing) != 0;
  edge.confidence = in.u8();
  edge.added = in.varint32();
  edge.removed = (flags & kMoved) != 0 ? in.varint32() : kForever;
  edge.begin = (flags & kDated) != 0 ? Day{static_cast<std::int32_t>(in.zigzag())} : kLastDay;
  edge.end = (flags & kDated) != 0 ? Day{static_cast<std::int32_t>(edge.begin.number + in.zigzag())} : kFirstDay;
}

void get_head(ByteReader& in, Adjacent& head) {
  head.statements = in.varint32();
  head.publisher = in.fixed64();
  head.voices.clear();
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    const Version since = in.varint32();
    head.voices.emplace_back(since, in.fixed64());
  }
}

AdjacentEdge edge_of(const StatementColumns& columns, std::uint32_t ordinal, Version added) {
  AdjacentEdge edge;
  edge.ordinal = ordinal;
  edge.type = columns.type;
  edge.begin = columns.begin;
  edge.end = columns.end;
  edge.added = added;
  edge.confidence = columns.confidence;
  edge.polarity = columns.polarity;
  edge.modality = columns.modality;
  return edge;
}

// A place and what stands there, off the front of `rest`.
std::optional<std::pair<std::string_view, std::string_view>> take_place(std::string_view& rest) {
  if (rest.size() < kPlaceBytes) return std::nullopt;
  ByteReader in(rest.substr(kPlaceBytes));
  const std::string_view place = rest.substr(0, kPlaceBytes), adjacent = in.text();
  if (!in.ok()) return std::nullopt;
  rest = in.rest();
  return std::pair(place, adjacent);
}

}  // namespace

std::string encode(const Adjacent& adjacent) {
  ByteWriter out;
  out.varint(adjacent.statements);
  out.fixed64(adjacent.publisher);
  out.varint(adjacent.voices.size());
  for (const auto& [since, publisher] : adjacent.voices) {
    out.varint(since);
    out.fixed64(publisher);
  }
  for (const AdjacentEdge& edge : adjacent.edges) put(out, edge);
  return out.take();
}

std::optional<Adjacent> decode_adjacent(std::string_view bytes) {
  ByteReader in(bytes);
  Adjacent adjacent;
  get_head(in, adjacent);
  while (in.ok() && !in.done()) get(in, adjacent.edges.emplace_back());
  if (!in.ok()) return std::nullopt;
  for (const AdjacentEdge& edge : adjacent.edges)
    if (edge.ordinal >= adjacent.statements) return std::nullopt;
  return adjacent;
}

std::string encode(const AdjacentPlace& place) {
  ByteWriter out;
  out.big32(place.published ? static_cast<std::uint32_t>(place.published->number) ^ 0x80000000u : 0);
  out.big64(place.article.id.value);
  out.big32(place.article.added);
  return out.take();
}

std::optional<AdjacentPlace> decode_place(std::string_view bytes) {
  if (bytes.size() != kPlaceBytes) return std::nullopt;
  ByteReader in(bytes);
  AdjacentPlace place;
  if (const std::uint32_t day = in.big32(); day != 0) place.published = Day{static_cast<std::int32_t>(day ^ 0x80000000u)};
  place.article.id.value = in.big64();
  place.article.added = in.big32();
  return place;
}

std::map<EntityId, Adjacent> adjacent_in(const Lifetime& lifetime, Version added, const std::function<std::uint64_t(ArticleId)>& publisher) {
  std::map<EntityId, Adjacent> all;
  const ArticleColumns& columns = lifetime.columns;
  Adjacent blank;
  blank.statements = static_cast<std::uint32_t>(columns.statements.size());
  blank.publisher = columns.publisher;
  for (const auto& [since, original] : lifetime.originals) blank.voices.emplace_back(since, publisher(original));
  const auto keep = [&](const AdjacentEdge& stretch, EntityId subject, EntityId object) {
    if (subject == object) return;
    for (const bool outgoing : {true, false}) {
      AdjacentEdge edge = stretch;
      edge.outgoing = outgoing;
      edge.other = outgoing ? object : subject;
      all.try_emplace(outgoing ? subject : object, blank).first->second.edges.push_back(edge);
    }
  };
  for (std::uint32_t ordinal = 0; ordinal < columns.statements.size(); ++ordinal) {
    const StatementColumns& statement = columns.statements[ordinal];
    EntityId subject = columns.entities[statement.subject], object = columns.entities[statement.object];
    AdjacentEdge stretch = edge_of(statement, ordinal, added);
    for (const auto& [version, moved] : lifetime.moves) {
      EntityId next_subject = subject, next_object = object;
      for (const MovedActor& each : moved) {
        if (each.actor == statement.subject) next_subject = each.entity;
        if (each.actor == statement.object) next_object = each.entity;
      }
      if (next_subject == subject && next_object == object) continue;
      stretch.removed = version;
      keep(stretch, subject, object);
      stretch.added = version;
      subject = next_subject;
      object = next_object;
    }
    stretch.removed = lifetime.removed;
    keep(stretch, subject, object);
  }
  return all;
}

Result<void> take_log_row(std::string_view key_bytes, std::string_view value, std::map<ArticleKey, Lifetime>& lifetimes) {
  constexpr std::size_t kAllTypes = 65535;  // places of types were checked when the log was written
  const auto damaged = [&] { return corrupt(name_of(Family::log, key_bytes) + ": does not decode; run check"); };
  const auto key = decode_log_key(key_bytes);
  if (!key) return damaged();
  Lifetime& lifetime = lifetimes[key->article];
  if (key->change == Change::article_removed) {
    lifetime.removed = key->version;
  } else if (key->change == Change::article_added) {
    auto columns = decode_columns(value, kAllTypes);
    if (!columns) return damaged();
    lifetime.columns = std::move(*columns);
  } else if (key->change == Change::actors_moved) {
    auto moved = decode_moved(value);
    if (!moved) return damaged();
    lifetime.moves[key->version] = std::move(*moved);
  } else {
    const auto original = decode_original(value);
    if (!original) return damaged();
    lifetime.originals[key->version] = *original;
  }
  return {};
}

std::string encode(const Block& block) {
  ByteWriter out;
  for (const auto& [place, adjacent] : block) {
    out.raw(place);
    out.text(adjacent);
  }
  return out.take();
}

bool BlockReader::skip(AdjacentPlace& place) {
  if (!ok_ || rest_.empty()) return false;
  const auto taken = take_place(rest_);
  const auto decoded = taken ? decode_place(taken->first) : std::nullopt;
  if (!decoded) return ok_ = false;
  place = *decoded;
  in_ = ByteReader(taken->second);
  return true;
}

bool BlockReader::next(AdjacentPlace& place, Adjacent& head) {
  if (!skip(place)) return false;
  get_head(in_, head);
  statements_ = head.statements;
  return ok_ = in_.ok();
}

bool BlockReader::edge(AdjacentEdge& edge) {
  if (in_.done() || !ok_) return false;
  get(in_, edge);
  return ok_ = in_.ok() && edge.ordinal < statements_;
}

std::optional<Block> decode_block(std::string_view bytes) {
  Block block;
  while (!bytes.empty()) {
    const auto taken = take_place(bytes);
    if (!taken) return std::nullopt;
    block.emplace_hint(block.end(), taken->first, taken->second);
  }
  return block;
}

std::pair<std::int64_t, std::int64_t> days_of(const Block& block) {
  std::pair<std::int64_t, std::int64_t> days{std::numeric_limits<std::int32_t>::max(), std::numeric_limits<std::int32_t>::min()};
  for (const auto& [place, bytes] : block)
    if (const auto adjacent = decode_adjacent(bytes))
      for (const AdjacentEdge& edge : adjacent->edges)
        if (edge.begin <= edge.end) {
          days.first = std::min<std::int64_t>(days.first, edge.begin.number);
          days.second = std::max<std::int64_t>(days.second, edge.end.number);
        }
  return days;
}

std::vector<Block> split(Block block) {
  std::vector<Block> pieces;
  std::size_t bytes = 0;
  for (auto& [place, adjacent] : block) {
    const std::size_t size = place.size() + adjacent.size() + 2;
    if (pieces.empty() || bytes + size > kBlockBytes) {
      pieces.emplace_back();
      bytes = 0;
    }
    bytes += size;
    pieces.back().emplace_hint(pieces.back().end(), place, std::move(adjacent));
  }
  return pieces;
}

std::string block_key(EntityId entity, std::string_view place) {
  ByteWriter key;
  key.big64(entity.value);
  key.raw(place);
  return key.take();
}

}  // namespace relata::storage
