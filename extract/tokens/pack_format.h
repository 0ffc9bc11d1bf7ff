// The layout of the token tables: made from models/en_core_web_md/*.json when the program is built, mapped with the program.
// Tool and program are built together, so there is no version and no byte order to care about.
#pragma once

#include <cstdint>

namespace relata::pack {

inline constexpr char kMagic[8] = {'r', 'l', 't', 'o', 'k', 'e', 'n', '1'};

// `count` records from byte `offset` of the pack, 8-byte aligned.
struct Slice {
  std::uint32_t offset = 0, count = 0;
};

// Bytes of the texts slice.
struct Text {
  std::uint32_t offset = 0, size = 0;
};

// An open-addressing hash map: buckets hold entry + 1 or 0; their number is a power of two; probing is linear from the low bits of
// the MurmurHash64A of the key.
struct Map {
  Slice buckets, entries;
};
struct MapEntry {
  Text key;
  std::uint32_t hash = 0;   // high half of the hash
  std::uint32_t value = 0;  // what it means differs by map
};

// A character: what it is, and which classes of the affix rules it is in (bits from kFirstClass up, given out by the tool).
struct Character {
  std::uint32_t bits = 0;
  std::uint32_t lower = 0;  // difference to the character itself, modulo 2^32; 0 for kDottedCapital, which becomes two
};
inline constexpr std::uint32_t kSpace = 1, kAlpha = 2, kUpper = 4, kDigit = 8, kDecimal = 16, kWord = 32, kCased = 64, kIgnorable = 128,
                               kTopLevelDomain = 256, kPrefixStart = 512, kSuffixEnd = 1024, kInfixStart = 2048;
inline constexpr int kFirstClass = 12;
inline constexpr char32_t kDottedCapital = 0x130;

enum class Body : std::uint8_t { literal, char_class, dots /* two or more full stops */ };

// One alternative of a prefix, suffix or infix pattern. Masks are of Character::bits; 0 asks nothing.
struct Affix {
  Text literal;
  std::uint32_t body_class = 0;
  std::uint32_t far_behind = 0, behind = 0;  // the characters before the body: ... far_behind behind BODY
  std::uint32_t ahead = 0, not_ahead = 0;    // the character after it
  Body body = Body::literal;
};

struct ExceptionPiece {
  Text text, norm;  // norm.size 0: none given
};
struct Run {
  std::uint32_t first = 0, count = 0;
};
struct IdNorm {
  std::uint64_t id = 0;
  Text norm;
};
struct LemmaRule {
  Text old_end, new_end;
};

// A condition on one token. An empty list asks nothing.
struct RuleToken {
  Run tags, lowers, deps;               // in rule_texts
  std::uint32_t tags_not = 0, deps_not = 0;  // 1: the list is of what it must not be
  std::int32_t is_space = -1;           // 0, 1, or -1: asks nothing
};
struct Rule {
  Run pattern;  // in rule_tokens
  std::uint32_t number = 0;  // patterns of one rule share it
  std::uint32_t index = 0;   // the token of the pattern that is written
  Text tag, pos, morph, lemma, dep;
  std::uint32_t sets_morph = 0;  // an empty morph may be meant
};

// noun, verb, adj, adv, punct
inline constexpr int kLemmaClasses = 5;

struct Header {
  char magic[8] = {};
  Slice texts;
  Map symbols, exceptions, phrases;
  Slice norm_ids;                                       // IdNorm, ascending
  Slice exception_runs, exception_pieces;               // Run, ExceptionPiece
  Slice phrase_groups, phrase_runs, phrase_tokens;      // Run in phrase_runs; Run in phrase_tokens; Text
  Slice stage1, stage2;                                 // uint16: block of code point >> 8; 256 Characters a block
  Slice prefixes, suffixes, infixes;                    // Affix
  Map lemma_index[kLemmaClasses], lemma_exceptions[kLemmaClasses];
  Slice lemma_rules[kLemmaClasses];                     // LemmaRule
  Slice lemma_runs, lemma_texts;                        // Run in lemma_texts; Text
  Slice rules, rule_tokens, rule_texts;                 // Rule, RuleToken, Text
  std::uint32_t longest_exception = 0;                  // bytes
  std::uint32_t longest_phrase = 0;                     // tokens
};

}  // namespace relata::pack
