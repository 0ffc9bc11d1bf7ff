// What a graph says, as one number: the sum modulo 2^128 of a hash of every article it holds with what was read in it, of the
// entity each actor is, and of every decision in effect. Entities and relations follow from these. Being a sum it does not
// depend on order or batches, and a store keeps it up by adding and subtracting what a batch changes.
//
// The hash of a part is XXH3-128 of its canonical bytes: numbers as 8 bytes little-endian, texts and lists with their length
// before them. It finds differences by mistake, not by forgery.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/decision.h"
#include "graph/extraction.h"
#include "graph/ids.h"

namespace relata {

struct ContentHash {
  std::uint64_t high = 0, low = 0;
  ContentHash& operator+=(const ContentHash& other);
  ContentHash& operator-=(const ContentHash& other);
  auto operator<=>(const ContentHash&) const = default;
};
std::string to_string(const ContentHash& hash);  // 32 hex digits
std::optional<ContentHash> parse_content_hash(std::string_view text);

ContentHash hash_of(const Extraction& extraction);          // the article, the extractor's version and all it read
ContentHash hash_of(ActorRef actor, EntityId entity);       // that this actor is this entity
// Of those that are not undone; who decided, when and why is no part of it.
ContentHash hash_of(const std::vector<Decision>& decisions);

// An article as a graph holds it. `entities`: of its actors.
ContentHash hash_of(const Extraction& extraction, const std::vector<EntityId>& entities);

}  // namespace relata
