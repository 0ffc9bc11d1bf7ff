#include "graph/content_hash.h"

#include <xxhash.h>

#include <bit>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <vector>

namespace relata {
namespace {

// Collects canonical bytes, in memory that a thread uses again: one at a time.
class Bytes {
 public:
  void number(std::uint64_t value) {
    char* const little = room(8);
    for (int i = 0; i < 8; ++i) little[i] = static_cast<char>(value >> (8 * i) & 255);
  }
  void text(std::string_view value) {
    number(value.size());
    if (!value.empty()) std::memcpy(room(value.size()), value.data(), value.size());
  }
  void span(Span value) {
    number(value.begin);
    number(value.end);
  }
  void day(std::optional<Day> value) {
    number(value ? 1 : 0);
    if (value) number(static_cast<std::uint64_t>(std::int64_t{value->number}));
  }
  ContentHash hash() const {
    const XXH128_hash_t hash = XXH3_128bits(bytes_.data(), size_);
    return {hash.high64, hash.low64};
  }

 private:
  char* room(std::size_t bytes) {
    if (bytes_.size() - size_ < bytes) bytes_.resize(2 * (size_ + bytes));
    size_ += bytes;
    return bytes_.data() + size_ - bytes;
  }
  static std::vector<char>& buffer() {
    static thread_local std::vector<char> bytes;
    return bytes;
  }
  std::vector<char>& bytes_ = buffer();
  std::size_t size_ = 0;
};

void put(Bytes& out, const Article& article) {
  out.number(article.id.value);
  for (const std::string* text : {&article.uri, &article.title, &article.publisher}) out.text(*text);
  out.day(article.published);
  out.number(static_cast<std::uint64_t>(article.published_from));
  out.text(article.language);
  out.text(article.text);
}

void put(Bytes& out, const Actor& actor) {
  out.text(actor.name);
  out.number(static_cast<std::uint64_t>(actor.type));
  out.number(actor.aliases.size());
  for (const std::string& alias : actor.aliases) out.text(alias);
  out.number(actor.mentions.size());
  for (const Mention& mention : actor.mentions) {
    out.span(mention.span);
    out.number(static_cast<std::uint64_t>(mention.kind));
  }
}

void put(Bytes& out, const Statement& statement) {
  out.number(statement.subject);
  out.number(statement.object);
  out.text(statement.type);
  out.text(statement.predicate);
  out.number(statement.time ? 1 : 0);
  if (statement.time) {
    out.text(statement.time->value);
    out.text(statement.time->mod);
    out.day(statement.time->begin);
    out.day(statement.time->end);
    out.number(static_cast<std::uint64_t>(statement.time->precision));
  }
  out.number(static_cast<std::uint64_t>(statement.polarity));
  out.number(static_cast<std::uint64_t>(statement.modality));
  out.number(statement.attribution.size());
  for (const Attribution& one : statement.attribution) {
    out.number(one.source);
    out.text(one.verb);
  }
  out.number(statement.roles.size());
  for (const Role& role : statement.roles) {
    out.text(role.name);
    out.number(role.value.index());
    if (const auto* actor = std::get_if<ActorIndex>(&role.value)) out.number(*actor);
    if (const auto* words = std::get_if<std::string>(&role.value)) out.text(*words);
  }
  out.number(std::bit_cast<std::uint32_t>(statement.confidence));
  out.span(statement.evidence);
}

void put(Bytes& out, const Quote& quote) {
  out.span(quote.span);
  out.number(quote.source ? 1 : 0);
  if (quote.source) out.number(*quote.source);
  out.text(quote.cue);
  out.span(quote.speaker);
}

ContentHash hash_of(const Decision& decision) {
  Bytes out;
  out.text("decision");
  out.number(static_cast<std::uint64_t>(decision.kind));
  // A pair has no order; a split's own number is part of the ids it makes.
  const bool split = decision.kind == DecisionKind::split;
  out.number(split ? decision.a.value : std::min(decision.a.value, decision.b.value));
  out.number(split ? decision.id : std::max(decision.a.value, decision.b.value));
  out.number(decision.actors.size());
  for (const ActorRef& actor : decision.actors) {
    out.number(actor.article.value);
    out.number(actor.actor);
  }
  return out.hash();
}

}  // namespace

ContentHash& ContentHash::operator+=(const ContentHash& other) {
  low += other.low;
  high += other.high + (low < other.low ? 1 : 0);
  return *this;
}

ContentHash& ContentHash::operator-=(const ContentHash& other) {
  const bool borrow = low < other.low;
  low -= other.low;
  high -= other.high + (borrow ? 1 : 0);
  return *this;
}

std::string to_string(const ContentHash& hash) {
  char text[33];
  std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(hash.high), static_cast<unsigned long long>(hash.low));
  return text;
}

std::optional<ContentHash> parse_content_hash(std::string_view text) {
  if (text.size() != 32 || text.find_first_not_of("0123456789abcdef") != std::string_view::npos) return std::nullopt;
  ContentHash hash;
  std::from_chars(text.data(), text.data() + 16, hash.high, 16);
  std::from_chars(text.data() + 16, text.data() + 32, hash.low, 16);
  return hash;
}

ContentHash hash_of(const Extraction& extraction) {
  Bytes out;
  out.text("article");
  put(out, extraction.article);
  out.text(extraction.extractor);
  out.number(extraction.actors.size());
  for (const Actor& actor : extraction.actors) put(out, actor);
  out.number(extraction.statements.size());
  for (const Statement& statement : extraction.statements) put(out, statement);
  out.number(extraction.quotes.size());
  for (const Quote& quote : extraction.quotes) put(out, quote);
  return out.hash();
}

ContentHash hash_of(ActorRef actor, EntityId entity) {
  Bytes out;
  out.text("actor");
  out.number(actor.article.value);
  out.number(actor.actor);
  out.number(entity.value);
  return out.hash();
}

ContentHash hash_of(const std::vector<Decision>& decisions) {
  const std::set<DecisionId> gone = undone(decisions);
  ContentHash sum;
  for (const Decision& decision : decisions)
    if (decision.kind != DecisionKind::undo && !gone.contains(decision.id)) sum += hash_of(decision);
  return sum;
}

ContentHash hash_of(const Extraction& extraction, const std::vector<EntityId>& entities) {
  ContentHash sum = hash_of(extraction);
  for (ActorIndex i = 0; i < entities.size(); ++i) sum += hash_of({extraction.article.id, i}, entities[i]);
  return sum;
}

}  // namespace relata
