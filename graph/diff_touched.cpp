#include "graph/diff_touched.h"

#include <algorithm>

namespace relata {
namespace {

class Toucher {
 public:
  Toucher(const Moment& before, const Moment& after) : before_(before), after_(after) {}

  Result<void> versions(const std::vector<VersionChanges>& changes) {
    for (const VersionChanges& version : changes) {
      for (const ArticleId id : version.retracted) last_[id] = version.version;
      for (const ArticleId id : version.added) last_[id] = version.version;
      for (const ActorMove& move : version.moved) moved_[move.actor.article] = version.version;
    }
    for (const auto& [id, version] : last_)
      if (auto done = came_or_went(id, version); !done) return done;
    for (const auto& [id, version] : moved_)
      if (!last_.contains(id))
        if (auto done = moved(id, version); !done) return done;
    return {};
  }

  // Every edge that one of the days shows and the other does not.
  void days() {
    const GraphView& view = *after_.view;
    const auto known = [](const std::optional<Day>& day, const Edge& edge) { return !day || (edge.published_known && edge.published <= *day); };
    const bool earlier = !after_.known_at || (before_.known_at && *before_.known_at <= *after_.known_at);
    for (Node node = 0; node < view.nodes(); ++node)
      for (const Edge& edge : view.edges(node)) {
        if (!edge.outgoing || edge.added > view.version() || edge.removed <= view.version() || known(before_.known_at, edge) == known(after_.known_at, edge)) continue;
        const TouchedKey key{view.entity_id(node), view.entity_id(edge.other), view.relation_types()[edge.type], edge.begin, edge.end};
        const Touch touch{earlier ? DiffCause::article_added : DiffCause::article_retracted, view.statement_id(edge.statement).article, 0};
        touched_.before[key].insert(touch);
        touched_.after[key].insert(touch);
        touched_.entities[key.source].insert(touch);
        touched_.entities[key.target].insert(touch);
      }
  }

  Touched take() && { return std::move(touched_); }

 private:
  using Keys = std::map<TouchedKey, std::set<Touch>>;

  static Result<std::optional<Extraction>> read(const GraphView& view, ArticleId id) {
    auto extraction = view.extraction(id);
    if (extraction) return std::optional(std::move(*extraction));
    if (extraction.error().fault == Fault::not_found) return std::optional<Extraction>();
    return extraction.error();
  }

  Result<void> came_or_went(ArticleId id, Version version) {
    const auto was = read(*before_.view, id), is = read(*after_.view, id);
    if (!was) return was.error();
    if (!is) return is.error();
    if (*was && *is && hash_of(**was) == hash_of(**is)) return moved(id, version);  // taken back and put again
    const bool both = *was && *is;
    if (*was) touch(*before_.view, **was, {both ? DiffCause::extractor_changed : DiffCause::article_retracted, id, version}, touched_.before);
    if (*is) touch(*after_.view, **is, {both ? DiffCause::extractor_changed : DiffCause::article_added, id, version}, touched_.after);
    return {};
  }

  void touch(const GraphView& view, const Extraction& extraction, const Touch& touch, Keys& keys) {
    const std::vector<Node> nodes = view.nodes_of(extraction.article.id);
    touched_.uris[extraction.article.id] = extraction.article.uri;
    for (const Node node : nodes) touched_.entities[view.entity_id(node)].insert(touch);
    for (const Statement& statement : extraction.statements)
      if (nodes[statement.subject] != nodes[statement.object]) keys[key_of(view, statement, nodes)].insert(touch);
  }

  static TouchedKey key_of(const GraphView& view, const Statement& statement, const std::vector<Node>& nodes) {
    const Day begin = statement.time ? statement.time->begin : kLastDay, end = statement.time ? statement.time->end : kFirstDay;
    return {view.entity_id(nodes[statement.subject]), view.entity_id(nodes[statement.object]), statement.type, begin, end};
  }

  // An article that stays, some of whose actors are others now.
  Result<void> moved(ArticleId id, Version version) {
    const auto extraction = read(*after_.view, id);
    if (!extraction) return extraction.error();
    if (!*extraction) return {};
    const std::vector<Node> was = before_.view->nodes_of(id), is = after_.view->nodes_of(id);
    const Touch touch{DiffCause::identity_changed, id, version};
    bool any = false;
    for (ActorIndex i = 0; i < was.size() && i < is.size(); ++i) {
      const EntityId from = before_.view->entity_id(was[i]), to = after_.view->entity_id(is[i]);
      if (from == to) continue;
      any = true;
      touched_.moves[{from, to}].push_back({{id, i}, version});
      touched_.entities[from].insert(touch);
      touched_.entities[to].insert(touch);
    }
    if (!any) return {};
    for (const Statement& statement : (*extraction)->statements) {
      const TouchedKey old_key = key_of(*before_.view, statement, was), new_key = key_of(*after_.view, statement, is);
      if (old_key == new_key) continue;
      if (old_key.source != old_key.target) touched_.before[old_key].insert(touch);
      if (new_key.source != new_key.target) touched_.after[new_key].insert(touch);
    }
    return {};
  }

  const Moment &before_, &after_;
  std::map<ArticleId, Version> last_, moved_;
  Touched touched_;
};

}  // namespace

Result<Touched> touched_between(const Moment& before, const Moment& after, const std::vector<VersionChanges>& changes) {
  Toucher toucher(before, after);
  if (auto done = toucher.versions(changes); !done) return done.error();
  if (before.known_at != after.known_at) toucher.days();
  return std::move(toucher).take();
}

}  // namespace relata
