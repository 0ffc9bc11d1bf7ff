// Entities that became others, and what moved along with them.
#include "graph/differ.h"

namespace relata {

void Differ::merges_and_splits() {
  Pairs to, from;
  for (const auto& [pair, actors] : touched_.moves) {
    to[pair.first].insert(pair.second);
    from[pair.second].insert(pair.first);
  }
  Pairs merged, split;
  for (const auto& [pair, actors] : touched_.moves) {
    const auto& [a, b] = pair;
    const bool gone = !after_.entity(a), fresh = !before_.entity(b);
    if (gone && to[a].size() == 1) {
      merged[b].insert(a);
      folding_.forward(a, b);
    } else {
      split[a].insert(b);
      if (fresh && from[b].size() == 1) folding_.back(b, a);
    }
  }
  for (const auto& [b, parts] : merged) merge_line(b, parts);
  for (const auto& [a, parts] : split) split_line(a, parts);
}

void Differ::merge_line(EntityId into, const std::set<EntityId>& parts) {
  DiffLine line;
  const auto is = after_.entity(into), was = before_.entity(into);
  if (!is) return;
  for (const EntityId part : parts)
    if (const auto entity = before_.entity(part)) line.before.push_back(*entity);
  if (was) line.before.push_back(*was);
  line.after = {*is};
  if (line.before.empty()) return;
  line.what = line.before.size() > 1 ? DiffKind::entity_merged : DiffKind::entity_renamed;
  if (line.what == DiffKind::entity_renamed && line.before[0].name == is->name && line.before[0].type != is->type) line.what = DiffKind::entity_retyped;
  line.key = to_string(into);
  identity_cause(line, parts, {into});
  identity_lines_[into] = std::move(line);
}

void Differ::split_line(EntityId from, const std::set<EntityId>& parts) {
  DiffLine line;
  line.what = DiffKind::entity_split;
  if (const auto was = before_.entity(from)) line.before = {*was};
  if (const auto is = after_.entity(from)) line.after.push_back(*is);
  for (const EntityId part : parts)
    if (const auto entity = after_.entity(part)) line.after.push_back(*entity);
  if (line.before.empty() || line.after.empty()) return;
  line.key = to_string(from);
  identity_cause(line, {from}, parts);
  identity_lines_[from] = std::move(line);
}

void Differ::identity_cause(DiffLine& line, const std::set<EntityId>& from, const std::set<EntityId>& to) const {
  line.cause = DiffCause::identity_changed;
  std::set<Version> versions;
  for (const auto& [pair, actors] : touched_.moves)
    if (from.contains(pair.first) && to.contains(pair.second))
      for (const auto& [actor, version] : actors) versions.insert(version);
  if (!versions.empty()) line.version = *versions.rbegin();
  std::set<ArticleId> articles;
  for (const VersionChanges& change : changes_) {
    if (!versions.contains(change.version)) continue;
    line.decisions.insert(line.decisions.end(), change.decided.begin(), change.decided.end());
    articles.insert(change.added.begin(), change.added.end());
    articles.insert(change.retracted.begin(), change.retracted.end());
  }
  if (line.decisions.empty()) name_articles(line, articles);
}

void Differ::gather_members() {
  std::set<EntityId> ids;
  for (const auto& [pair, actors] : touched_.moves) ids.insert({pair.first, pair.second});
  for (const EntityId id : ids) {
    if (before_.entity(id)) was_members_[folding_.was(id)].push_back(id);
    if (after_.entity(id)) is_members_[folding_.is(id)].push_back(id);
  }
}

void Differ::moved_along(const TouchedKey& folded) {
  for (const EntityId end : {folded.source, folded.target})
    if (const auto line = identity_lines_.find(end); line != identity_lines_.end()) ++line->second.relations_moved;
}

}  // namespace relata
