#include "extract/statements/nearest.h"

#include <algorithm>

namespace relata::statements {
namespace {

bool holds_for_all(const Entry& entry) {
  return entry.objects.empty() && entry.subjects.empty() && entry.preposition.empty() && !entry.needs_attribute;
}

}  // namespace

std::vector<NearVerb> nearest_verbs(const Ontology& ontology, const WordVectors& vectors, std::string_view verb, std::size_t most, float cosine) {
  std::vector<NearVerb> all;
  const std::optional<WordVectors::Row> row = vectors.row(verb);
  if (!row) return all;
  for (const std::string& known : ontology.words(WordClass::verb)) {
    const std::optional<WordVectors::Row> other = vectors.row(known);
    if (known == verb || !other) continue;
    const float alike = vectors.cosine(*row, *other);
    if (alike < cosine) continue;
    const auto entries = ontology.entries(WordClass::verb, known);
    const auto entry = std::find_if(entries.begin(), entries.end(), holds_for_all);
    if (entry != entries.end()) all.push_back({known, entry->type, alike});
  }
  std::stable_sort(all.begin(), all.end(), [](const NearVerb& a, const NearVerb& b) { return a.cosine > b.cosine; });
  if (all.size() > most) all.resize(most);
  return all;
}

}  // namespace relata::statements
