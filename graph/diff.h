// What changed from one moment of a graph to another, and why. A moment is a version, seen as far as it was published by a day.
//
//   Moment before{*view->at(3), {}}, after{view, {}};
//   Result<Diff> diff = relata::diff(before, after, *store.changes(3, kForever, kAll), {});
//
// Pure; costs what changed, not the graph, when the days of publication are the same; else one look at every edge.
// The way back is the same lines turned round: diff(b, a) is reversed(diff(a, b)).
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graph/filter.h"
#include "graph/history.h"
#include "graph/relations.h"

namespace relata {

struct Moment {
  std::shared_ptr<const GraphView> view;
  std::optional<Day> known_at;  // published by then; absent: all
};

enum class DiffKind {
  entity_merged,   // `before` have become one, `after`
  entity_split,    // `before` is now also, or only, `after`
  entity_added,
  entity_removed,
  entity_renamed,  // also when its id changed with its fullest name
  entity_retyped,
  relation_added,
  relation_removed,
  relation_redated,  // one source says it again with another date
  relation_contested,
  relation_uncontested,
  relation_better_supported,  // by more publishers, else statements, else by surer ones
  relation_less_supported,
};
inline constexpr int kDiffKinds = 13;
std::string_view to_string(DiffKind kind);

enum class DiffCause { article_added, article_retracted, extractor_changed, identity_changed };
inline constexpr int kDiffCauses = 4;
std::string_view to_string(DiffCause cause);

// A relation at one of the moments; after a merge of its ends, several may stand for one.
struct RelationState {
  std::vector<Group> groups;  // edges of the moment's view
  Summary summary;
};

struct DiffLine {
  DiffKind what = DiffKind::entity_added;
  DiffCause cause = DiffCause::article_added;
  std::vector<ArticleId> articles;   // that caused it; of a change of identity: that came or went with it. Ascending, at most kDiffArticles
  std::size_t more_articles = 0;     // that are not listed
  std::vector<Decision> decisions;   // that caused it
  Version version = 0;               // the last that changed it; 0 between days of publication
  std::vector<Entity> before, after;  // of lines about entities
  std::size_t relations_moved = 0;   // of merges and splits: relations that only moved along and have no line of their own
  std::optional<RelationState> was, is;  // of lines about relations
  std::string key;                   // of what it is about; lines of one kind are in this order
};
inline constexpr std::size_t kDiffArticles = 10;

struct Diff {
  Moment before, after;
  std::vector<DiffLine> lines;  // by kind, then key
};

// `changes`: all between the two versions, ascending. `filter` picks statements and with them relations, and by its types
// entities; its version and known_at are the moments'. corrupt, io: from the store.
Result<Diff> diff(const Moment& before, const Moment& after, const std::vector<VersionChanges>& changes, const Filter& filter);
Diff reversed(Diff diff);

}  // namespace relata
