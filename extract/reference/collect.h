// The mentions of an article before they are grouped: names, noun phrases, pronouns, coordinations.
#pragma once

#include <cstdint>
#include <vector>

#include "extract/document.h"
#include "extract/mentions.h"
#include "extract/names/lexicon.h"

namespace relata::reference {

using names::Gender;

inline constexpr std::uint32_t kNone = 0xffffffffu;

enum class Number : std::uint8_t { unknown, singular, plural, group };  // group: "it" or "they"
enum class Person : std::uint8_t { first, second, third };

struct Phrase {
  TokenRange tokens, phrase;
  TokenIndex head = 0;
  MentionKind kind = MentionKind::name;
  std::uint32_t sentence = 0;
  std::uint16_t types = 0;  // bits of the entity types it can be; all for most pronouns
  Gender gender = Gender::unknown;
  Gender leaning = Gender::unknown;  // of a single word that is a given name, but a surname too ("Kelly")
  Number number = Number::unknown;
  Person person = Person::third;
  bool animate = false;    // somebody, not something
  bool definite = false;   // "the", "this", a possessive
  bool reflexive = false;
  bool possessive = false; // "his": a determiner
  bool coordination = false;
  std::uint32_t name = kNone;   // index of the Name
  std::uint32_t cluster = kNone;
};

// In text order (by first token, the longer first). `names` of noise sentences are left out.
std::vector<Phrase> collect_mentions(const Document& document, const std::vector<Name>& names, const names::Lexicon& lexicon);

// The noun phrase that hangs on `head`, without what is coordinated with it.
TokenRange phrase_of(const Document& document, TokenIndex head);

}  // namespace relata::reference
