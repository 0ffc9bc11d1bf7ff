#include "storage/corrections.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace relata::storage {
namespace {

bool concerns(Correction correction, const std::string& uri) {
  switch (correction) {
    case Correction::none: return false;
    case Correction::addresses: return uri.find("://") != std::string::npos;
    case Correction::all: return !uri.empty();
  }
  return false;
}

// Later published is later; a wording without a day is the earliest.
bool published_before(const Wording& a, const Wording& b) { return a.published < b.published; }

// Of those that come together under one uri.
const Wording& newest(const std::vector<Wording>& wordings, Correction correction) {
  if (correction == Correction::all) return wordings.back();
  return *std::max_element(wordings.begin(), wordings.end(), [](const Wording& a, const Wording& b) { return std::tie(a.published, a.id) < std::tie(b.published, b.id); });
}

}  // namespace

Result<Corrected> correct(const Batch& batch, const HeldUnder& held_under) {
  std::map<std::string, std::vector<Wording>> coming;
  for (const Extraction& extraction : batch.add)
    if (concerns(batch.correction, extraction.article.uri)) coming[extraction.article.uri].push_back({extraction.article.id, extraction.article.published});
  const std::set<ArticleId> gone(batch.retract.begin(), batch.retract.end());
  Corrected corrected;
  for (const auto& [uri, wordings] : coming) {
    const Wording stays = newest(wordings, batch.correction);
    for (const Wording& one : wordings)
      if (one.id != stays.id) corrected.outdated.insert(one.id);
    auto held = held_under(uri);
    if (!held) return held.error();
    std::erase_if(*held, [&](const Wording& one) { return gone.contains(one.id); });
    const bool known = std::any_of(held->begin(), held->end(), [&](const Wording& one) { return one.id == stays.id; });
    const bool late = std::any_of(held->begin(), held->end(), [&](const Wording& one) { return published_before(stays, one); });
    if (late && !known && batch.correction == Correction::addresses) {
      corrected.outdated.insert(stays.id);
      continue;
    }
    for (const Wording& one : *held)
      if (one.id != stays.id) corrected.retract.push_back(one.id);
  }
  return corrected;
}

}  // namespace relata::storage
