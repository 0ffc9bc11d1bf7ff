#include "commands/vocabulary.h"

#include "extract/data.h"

namespace relata {
namespace {

// `columns`: how many there are; the last names a Wikidata item, "-" none.
Result<std::vector<TypeWords>> words(const std::string& file, std::size_t columns) {
  const auto rows = read_rows(file, columns);
  if (!rows) return rows.error();
  std::vector<TypeWords> all;
  for (const Row& row : *rows) all.push_back({row[0], row[1], row[columns - 1] == "-" ? "" : row[columns - 1]});
  return all;
}

}  // namespace

Result<Vocabulary> read_vocabulary() {
  auto entities = words("entity_types.tsv", 3);
  if (!entities) return entities.error();
  auto relations = words("relations.tsv", 7);
  if (!relations) return relations.error();
  return Vocabulary{*std::move(entities), *std::move(relations)};
}

}  // namespace relata
