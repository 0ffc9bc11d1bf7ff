#include "storage/bytes.h"
#include "storage/rows.h"

namespace relata::storage {
namespace {

// Bits of a statement's flag byte.
constexpr std::uint8_t kDenied = 1, kModalityShift = 1, kModalityBits = 7, kDated = 16, kAttributed = 32, kKnownBits = 63;

void put(ByteWriter& out, const StatementColumns& statement) {
  const bool dated = statement.begin != kLastDay || statement.end != kFirstDay;
  out.varint(statement.type);
  out.varint(statement.subject);
  out.varint(statement.object);
  out.u8(static_cast<std::uint8_t>((statement.polarity == Polarity::negative ? kDenied : 0) |
                                   static_cast<int>(statement.modality) << kModalityShift | (dated ? kDated : 0) |
                                   (statement.attribution.empty() ? 0 : kAttributed)));
  out.u8(statement.confidence);
  if (dated) {
    out.zigzag(statement.begin.number);
    out.zigzag(std::int64_t{statement.end.number} - statement.begin.number);
    out.fixed32(statement.time_hash);
  }
  if (statement.attribution.empty()) return;
  out.varint(statement.attribution.size());
  for (const ActorIndex source : statement.attribution) out.varint(source);
}

Day day_of(ByteReader& in, std::int64_t number) {
  if (number != static_cast<std::int32_t>(number)) in.fail();
  return {static_cast<std::int32_t>(number)};
}

ActorIndex get_actor(ByteReader& in, std::size_t actors) {
  const std::uint32_t actor = in.varint32();
  if (actor >= actors) in.fail();
  return actor;
}

StatementColumns get_statement(ByteReader& in, std::size_t actors, std::size_t types) {
  StatementColumns statement;
  const std::uint32_t type = in.varint32();
  if (type >= types) in.fail();
  statement.type = static_cast<TypeIndex>(type);
  statement.subject = get_actor(in, actors);
  statement.object = get_actor(in, actors);
  const std::uint8_t flags = in.u8();
  const int modality = flags >> kModalityShift & kModalityBits;
  if (flags > kKnownBits || modality >= kModalities) in.fail();
  statement.polarity = (flags & kDenied) != 0 ? Polarity::negative : Polarity::positive;
  statement.modality = static_cast<Modality>(modality);
  statement.confidence = in.u8();
  if ((flags & kDated) != 0) {
    statement.begin = day_of(in, in.zigzag());
    const std::int64_t length = in.zigzag();
    statement.end = day_of(in, length == static_cast<std::int32_t>(length) ? statement.begin.number + length : std::int64_t{1} << 40);
    statement.time_hash = in.fixed32();
  }
  if ((flags & kAttributed) == 0) return statement;
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) statement.attribution.push_back(get_actor(in, actors));
  return statement;
}

}  // namespace

std::string encode(const ArticleColumns& columns) {
  ByteWriter out;
  encode(columns, out);
  return out.take();
}

void encode(const ArticleColumns& columns, ByteWriter& out) {
  out.u8(columns.published ? 1 : 0);
  if (columns.published) out.zigzag(columns.published->number);
  out.fixed64(columns.publisher);
  out.varint(columns.entities.size());
  for (const EntityId key : columns.entities) out.fixed64(key.value);
  out.varint(columns.statements.size());
  for (const StatementColumns& statement : columns.statements) put(out, statement);
}

std::optional<ArticleColumns> decode_columns(std::string_view bytes, std::size_t types) {
  ByteReader in(bytes);
  ArticleColumns columns;
  if (in.u8() != 0) columns.published = day_of(in, in.zigzag());
  columns.publisher = in.fixed64();
  const std::size_t actors = in.count();
  for (std::size_t i = 0; i < actors && in.ok(); ++i) columns.entities.push_back({in.fixed64()});
  const std::size_t statements = in.count();
  columns.statements.reserve(statements / 5);  // a statement takes at least five bytes
  for (std::size_t i = 0; i < statements && in.ok(); ++i) columns.statements.push_back(get_statement(in, actors, types));
  if (!in.done()) return std::nullopt;
  return columns;
}

}  // namespace relata::storage
