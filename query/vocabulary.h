// What the types of entities and relations are called by people and by Wikidata: the exports to RDF say it.
#pragma once

#include <string>
#include <vector>

namespace relata {

struct TypeWords {
  std::string name;      // "EMPLOYED_BY"
  std::string label;     // "works for"
  std::string wikidata;  // the nearest property ("P108") or class ("Q5"); empty: none fits
};

struct Vocabulary {
  std::vector<TypeWords> entity_types, relation_types;
};

}  // namespace relata
