#include "graph/diff.h"

#include <algorithm>
#include <tuple>

#include "graph/diff_touched.h"
#include "graph/differ.h"

namespace relata {
namespace {

DiffKind reversed(DiffKind kind) {
  using enum DiffKind;
  switch (kind) {
    case entity_merged: return entity_split;
    case entity_split: return entity_merged;
    case entity_added: return entity_removed;
    case entity_removed: return entity_added;
    case relation_added: return relation_removed;
    case relation_removed: return relation_added;
    case relation_contested: return relation_uncontested;
    case relation_uncontested: return relation_contested;
    case relation_better_supported: return relation_less_supported;
    case relation_less_supported: return relation_better_supported;
    case entity_renamed:
    case entity_retyped:
    case relation_redated: break;
  }
  return kind;
}

DiffCause reversed(DiffCause cause) {
  return cause == DiffCause::article_added ? DiffCause::article_retracted : cause == DiffCause::article_retracted ? DiffCause::article_added : cause;
}

}  // namespace

std::string_view to_string(DiffKind kind) {
  static constexpr std::array<std::string_view, kDiffKinds> kNames = {
      "entity_merged",  "entity_split",     "entity_added",     "entity_removed",     "entity_renamed",       "entity_retyped",           "relation_added",
      "relation_removed", "relation_redated", "relation_contested", "relation_uncontested", "relation_better_supported", "relation_less_supported"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view to_string(DiffCause cause) {
  static constexpr std::array<std::string_view, kDiffCauses> kNames = {"article_added", "article_retracted", "extractor_changed", "identity_changed"};
  return kNames[static_cast<std::size_t>(cause)];
}

Diff reversed(Diff diff) {
  std::swap(diff.before, diff.after);
  for (DiffLine& line : diff.lines) {
    line.what = reversed(line.what);
    line.cause = reversed(line.cause);
    std::swap(line.before, line.after);
    std::swap(line.was, line.is);
  }
  std::sort(diff.lines.begin(), diff.lines.end(), [](const DiffLine& a, const DiffLine& b) { return std::tie(a.what, a.key) < std::tie(b.what, b.key); });
  return diff;
}

Result<Diff> diff(const Moment& before, const Moment& after, const std::vector<VersionChanges>& changes, const Filter& filter) {
  const bool backwards = std::tuple(before.view->version(), before.known_at.value_or(kLastDay)) > std::tuple(after.view->version(), after.known_at.value_or(kLastDay));
  if (backwards) {
    auto forward = diff(after, before, changes, filter);
    if (!forward) return forward.error();
    return reversed(std::move(*forward));
  }
  auto touched = touched_between(before, after, changes);
  if (!touched) return touched.error();
  Diff found{before, after, Differ(before, after, changes, filter, std::move(*touched)).run()};
  for (const Moment* moment : {&before, &after})
    if (Result<void> fetched = moment->view->fetched(); !fetched) return fetched.error();
  return found;
}

}  // namespace relata
