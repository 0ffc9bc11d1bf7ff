// Actors in the making: which names of an article are one, and what is known of each.
#pragma once

#include <string>
#include <vector>

#include "extract/reference/collect.h"

namespace relata::reference {

struct Cluster {
  std::vector<std::uint32_t> mentions;  // in text order once all are in
  EntityType type = EntityType::org;
  std::uint16_t types = 0;
  Gender gender = Gender::unknown;
  Gender leaning = Gender::unknown;
  Number number = Number::unknown;
  bool animate = false;
  bool named = false;
  bool maybe_person = false;  // the recognizer alone calls it something else: "he" may still mean it
  std::uint32_t group = 0;               // of the lexicon, 0: none
  std::uint32_t kinds = 0;               // nouns that may stand for it (Lexicon::kinds)
  std::vector<std::string_view> nouns;   // lemmas its titles, appositions and nominal mentions gave it; a few
  std::vector<std::uint32_t> lands;      // groups of the places its titles name: "French President"; a few
  std::uint32_t last = 0;                // its latest mention so far
  std::uint32_t times_named = 0;         // name mentions in the whole article
  std::uint32_t seen = 0;                // how many of its mentions lie before the one being resolved
  std::string_view last_name;            // of a person
};

// Puts every name mention into a cluster: the same words, spellings of one group of the lexicon, a surname or given name with the
// full name, variants of transliteration, an acronym with what it stands for, a part of an organisation's name with the whole.
std::vector<Cluster> cluster_names(const Document& document, const std::vector<Name>& names, const names::Lexicon& lexicon,
                                   std::vector<Phrase>& mentions);

}  // namespace relata::reference
