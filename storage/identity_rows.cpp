#include "storage/identity_rows.h"

#include "storage/bytes.h"

namespace relata::storage {
namespace {

constexpr std::uint8_t kDecisionKinds = 4;

// The number behind the letter of a key of "identity"; the reader fails when the letter is another.
ByteReader behind(std::string_view prefix, std::string_view key) {
  ByteReader in(key);
  if (in.u8() != static_cast<std::uint8_t>(prefix.front())) in.fail();
  return in;
}

}  // namespace

std::string decision_key(DecisionId id) {
  ByteWriter out;
  out.raw(kDecisionPrefix);
  out.big32(id);
  return out.take();
}

std::string encode(const Decision& decision) {
  ByteWriter out;
  out.fixed32(decision.version);
  out.u8(static_cast<std::uint8_t>(decision.kind));
  out.fixed64(decision.a.value);
  out.fixed64(decision.b.value);
  out.varint(decision.actors.size());
  for (const ActorRef& actor : decision.actors) {
    out.fixed64(actor.article.value);
    out.varint(actor.actor);
  }
  out.varint(decision.undone);
  for (const std::string* text : {&decision.author, &decision.note, &decision.time}) out.text(*text);
  return out.take();
}

std::optional<Decision> decode_decision(std::string_view key, std::string_view value) {
  ByteReader name = behind(kDecisionPrefix, key), in(value);
  Decision decision;
  decision.id = name.big32();
  decision.version = in.fixed32();
  const std::uint8_t kind = in.u8();
  if (kind >= kDecisionKinds) in.fail();
  decision.kind = static_cast<DecisionKind>(kind);
  decision.a = {in.fixed64()};
  decision.b = {in.fixed64()};
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    const ArticleId article{in.fixed64()};
    decision.actors.push_back({article, in.varint32()});
  }
  decision.undone = in.varint32();
  for (std::string* text : {&decision.author, &decision.note, &decision.time}) *text = in.text();
  if (!name.done() || !in.done()) return std::nullopt;
  return decision;
}

std::string redirect_key(EntityId id) {
  ByteWriter out;
  out.raw(kRedirectPrefix);
  out.big64(id.value);
  return out.take();
}

std::string encode(const Redirect& redirect) {
  ByteWriter out;
  out.fixed64(redirect.entity.value);
  return out.take();
}

std::optional<Redirect> decode_redirect(std::string_view key, std::string_view value) {
  ByteReader name = behind(kRedirectPrefix, key), in(value);
  const Redirect redirect{{name.big64()}, {in.fixed64()}};
  return name.done() && in.done() ? std::optional(redirect) : std::nullopt;
}

std::string encode(const std::vector<MovedActor>& moved) {
  ByteWriter out;
  out.varint(moved.size());
  for (const MovedActor& each : moved) {
    out.varint(each.actor);
    out.fixed64(each.entity.value);
  }
  return out.take();
}

std::optional<std::vector<MovedActor>> decode_moved(std::string_view bytes) {
  ByteReader in(bytes);
  std::vector<MovedActor> moved;
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    const ActorIndex actor = in.varint32();
    moved.push_back({actor, {in.fixed64()}});
  }
  if (!in.done()) return std::nullopt;
  return moved;
}

}  // namespace relata::storage
