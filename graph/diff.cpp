#include "graph/diff.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "graph/diff_touched.h"

namespace relata {
namespace {

using Touches = std::set<Touch>;

// What an entity became or came from, so that a relation that only moved along with it is the same one at both moments.
class Folding {
 public:
  void forward(EntityId from, EntityId to) { forward_[from] = to; }
  void back(EntityId now, EntityId from) { back_[now] = from; }
  EntityId was(EntityId id) const { return find(forward_, id); }
  EntityId is(EntityId id) const { return find(forward_, find(back_, id)); }
  bool folds(EntityId id) const { return forward_.contains(id) || back_.contains(id); }

 private:
  static EntityId find(const std::map<EntityId, EntityId>& map, EntityId id) {
    const auto found = map.find(id);
    return found == map.end() ? id : found->second;
  }
  std::map<EntityId, EntityId> forward_, back_;
};

// The statements that pick relations; what speaks of whole relations is decided later, by the lines.
Filter of_statements(const Filter& filter, const Moment& moment) {
  Filter picked = filter;
  picked.version = moment.view->version();
  picked.known_at = moment.known_at;
  picked.min_confidence = 0;
  picked.min_publishers = 0;
  picked.contested.reset();
  picked.polarity.reset();
  return picked;
}

class Side {
 public:
  Side(const Moment& moment, const Filter& filter)
      : view_(*moment.view), days_(moment.known_at.has_value()), test_(only_moment(moment), view_), grouping_(view_, of_statements(filter, moment)) {}

  // The entity that has this very id then; nothing when nobody mentions it.
  std::optional<Entity> entity(EntityId id) {
    const auto [at, fresh] = entities_.try_emplace(id);
    if (fresh) at->second = look(id);
    return at->second;
  }
  std::optional<Group> group(const TouchedKey& key) {
    const auto source = node(key.source), target = node(key.target);
    const auto types = view_.relation_types();
    const auto type = std::find(types.begin(), types.end(), key.type);
    if (!source || !target || type == types.end()) return std::nullopt;
    return grouping_.exactly({*source, *target, static_cast<TypeIndex>(type - types.begin()), key.begin, key.end});
  }
  RelationState state(std::vector<Group> groups) const {
    std::vector<const Edge*> edges;
    for (const Group& group : groups) edges.insert(edges.end(), group.edges.begin(), group.edges.end());
    Summary summary = summarize(view_, edges, view_.version());
    return {std::move(groups), summary};
  }

 private:
  static Filter only_moment(const Moment& moment) {
    Filter filter;
    filter.version = moment.view->version();
    filter.known_at = moment.known_at;
    return filter;
  }
  std::optional<Node> node(EntityId id) {
    const auto [at, fresh] = nodes_.try_emplace(id);
    if (fresh)
      if (const auto node = view_.node(id); node && view_.entity_id(*node) == id) at->second = node;
    return at->second;
  }
  std::optional<Entity> look(EntityId id) {
    const auto at = node(id);
    if (!at) return std::nullopt;
    if (days_) {  // was in the news by that day, as far as relations tell
      const auto edges = view_.edges(*at);
      if (std::none_of(edges.begin(), edges.end(), test_)) return std::nullopt;
    }
    Entity entity = view_.entity(*at);
    return entity.articles > 0 ? std::optional(std::move(entity)) : std::nullopt;
  }

  const GraphView& view_;
  bool days_;
  EdgeTest test_;
  Grouping grouping_;
  std::map<EntityId, std::optional<Node>> nodes_;
  std::map<EntityId, std::optional<Entity>> entities_;
};

// 1: better supported, -1: less, 0: as before. Confidence in the steps of edges, so that summing in another order is no change.
int compare_support(const Summary& was, const Summary& is) {
  const auto measure = [](const Summary& s) { return std::tuple(s.publishers, s.asserted + s.denied, std::lround(s.confidence * 1e6)); };
  return measure(is) > measure(was) ? 1 : measure(is) < measure(was) ? -1 : 0;
}

std::string day_text(Day begin, Day end) { return begin > end ? "undated" : to_string(begin) + "/" + to_string(end); }

std::string text_of(const TouchedKey& key) {
  return to_string(key.source) + "." + key.type + "." + to_string(key.target) + "." + day_text(key.begin, key.end);
}

class Differ {
 public:
  Differ(const Moment& before, const Moment& after, const std::vector<VersionChanges>& changes, const Filter& filter, Touched touched)
      : changes_(changes), filter_(filter), touched_(std::move(touched)), before_(before, filter), after_(after, filter) {}

  std::vector<DiffLine> run() {
    merges_and_splits();
    relations();
    redates();
    entities();
    for (auto& [key, line] : identity_lines_)
      if (welcome(line)) lines_.push_back(std::move(line));
    std::sort(lines_.begin(), lines_.end(), [](const DiffLine& a, const DiffLine& b) { return std::tie(a.what, a.key) < std::tie(b.what, b.key); });
    return std::move(lines_);
  }

 private:
  using Pairs = std::map<EntityId, std::set<EntityId>>;
  struct Pair {  // a relation at both moments, under the name folding gives it
    Touches touches;
  };

  // Who was whom, from the actors that moved.
  void merges_and_splits() {
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

  void merge_line(EntityId into, const std::set<EntityId>& parts) {
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

  void split_line(EntityId from, const std::set<EntityId>& parts) {
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

  // The decisions of the versions in which these actors moved, else the articles that came and went with them.
  void identity_cause(DiffLine& line, const std::set<EntityId>& from, const std::set<EntityId>& to) const {
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

  static void name_articles(DiffLine& line, const std::set<ArticleId>& articles) {
    for (const ArticleId id : articles)
      if (line.articles.size() < kDiffArticles) line.articles.push_back(id);
    line.more_articles = articles.size() - line.articles.size();
  }

  // The cause that explains a gain or a loss best, with its articles.
  void set_cause(DiffLine& line, const Touches& touches, bool gain) const {
    using enum DiffCause;
    const std::array<DiffCause, kDiffCauses> order = gain ? std::array{article_added, extractor_changed, identity_changed, article_retracted}
                                                          : std::array{article_retracted, extractor_changed, identity_changed, article_added};
    for (const DiffCause cause : order) {
      std::set<ArticleId> articles;
      std::set<Version> versions;
      for (const Touch& touch : touches)
        if (touch.cause == cause) {
          articles.insert(touch.article);
          versions.insert(touch.version);
        }
      if (articles.empty()) continue;
      line.cause = cause;
      line.version = *versions.rbegin();
      name_articles(line, articles);
      if (cause == identity_changed)
        for (const VersionChanges& change : changes_)
          if (versions.contains(change.version)) line.decisions.insert(line.decisions.end(), change.decided.begin(), change.decided.end());
      return;
    }
  }

  void pair_up(const std::map<TouchedKey, Touches>& keys, bool was) {
    for (const auto& [key, touches] : keys) {
      TouchedKey folded = key;
      folded.source = was ? folding_.was(key.source) : folding_.is(key.source);
      folded.target = was ? folding_.was(key.target) : folding_.is(key.target);
      pairs_[folded].touches.insert(touches.begin(), touches.end());
    }
  }

  // All names a folded relation has at a moment: each end may be several entities.
  std::vector<TouchedKey> names(const TouchedKey& folded, bool was) const {
    std::vector<TouchedKey> all;
    const auto& members = was ? was_members_ : is_members_;
    const auto of = [&](EntityId id) {
      const auto found = members.find(id);
      return found == members.end() ? std::vector{id} : found->second;
    };
    for (const EntityId source : of(folded.source))
      for (const EntityId target : of(folded.target)) all.push_back({source, target, folded.type, folded.begin, folded.end});
    return all;
  }

  // Which entities stand behind a folded one at each moment.
  void gather_members() {
    std::set<EntityId> ids;
    for (const auto& [pair, actors] : touched_.moves) ids.insert({pair.first, pair.second});
    for (const EntityId id : ids) {
      if (before_.entity(id)) was_members_[folding_.was(id)].push_back(id);
      if (after_.entity(id)) is_members_[folding_.is(id)].push_back(id);
    }
  }

  void relations() {
    gather_members();
    pair_up(touched_.before, true);
    pair_up(touched_.after, false);
    for (const auto& [folded, pair] : pairs_) {
      if (folded.source == folded.target) continue;
      std::vector<Group> was, is;
      for (const TouchedKey& key : names(folded, true))
        if (auto group = before_.group(key)) was.push_back(std::move(*group));
      for (const TouchedKey& key : names(folded, false))
        if (auto group = after_.group(key)) is.push_back(std::move(*group));
      relation_line(folded, pair.touches, std::move(was), std::move(is));
    }
  }

  void relation_line(const TouchedKey& folded, const Touches& touches, std::vector<Group> was, std::vector<Group> is) {
    DiffLine line;
    line.key = text_of(folded);
    if (!was.empty()) line.was = before_.state(std::move(was));
    if (!is.empty()) line.is = after_.state(std::move(is));
    if (!line.was && !line.is) return;
    bool gain = line.is.has_value();
    if (!line.was || !line.is) {
      line.what = gain ? DiffKind::relation_added : DiffKind::relation_removed;
    } else {
      const Summary &a = line.was->summary, &b = line.is->summary;
      const int support = compare_support(a, b);
      gain = support > 0;
      if (a.contested() != b.contested()) {
        line.what = b.contested() ? DiffKind::relation_contested : DiffKind::relation_uncontested;
      } else if (support != 0) {
        line.what = gain ? DiffKind::relation_better_supported : DiffKind::relation_less_supported;
      } else {
        moved_along(folded);
        return;
      }
    }
    set_cause(line, touches, gain);
    if (!welcome(line)) return;
    touches_of_[line.key] = &touches;
    lines_.push_back(std::move(line));
  }

  // Told by the line of the entity that moved it.
  void moved_along(const TouchedKey& folded) {
    for (const EntityId end : {folded.source, folded.target})
      if (const auto line = identity_lines_.find(end); line != identity_lines_.end()) ++line->second.relations_moved;
  }

  std::set<std::string> sources_of(const DiffLine& line) const {
    std::set<std::string> uris;
    for (const Touch& touch : *touches_of_.at(line.key))
      if (const auto uri = touched_.uris.find(touch.article); uri != touched_.uris.end()) uris.insert(uri->second);
    return uris;
  }

  // One that went and one that came between the same two, of the same type, from the same source.
  void redates() {
    std::map<std::string, std::vector<std::size_t>> went, came;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string same = lines_[i].key.substr(0, lines_[i].key.rfind('.'));
      if (lines_[i].what == DiffKind::relation_removed) went[same].push_back(i);
      if (lines_[i].what == DiffKind::relation_added) came[same].push_back(i);
    }
    std::set<std::size_t> paired;
    for (const auto& [same, removed] : went)
      for (const std::size_t i : removed)
        for (const std::size_t j : came[same]) {
          if (paired.contains(j) || !share(sources_of(lines_[i]), sources_of(lines_[j]))) continue;
          lines_[j].what = DiffKind::relation_redated;
          lines_[j].was = std::move(lines_[i].was);
          lines_[j].key = std::min(lines_[i].key, lines_[j].key);  // the same both ways
          paired.insert({i, j});
          lines_[i].was.reset();
          break;
        }
    std::erase_if(lines_, [](const DiffLine& line) { return line.what == DiffKind::relation_removed && !line.was; });
  }

  static bool share(const std::set<std::string>& a, const std::set<std::string>& b) {
    return std::any_of(a.begin(), a.end(), [&](const std::string& one) { return b.contains(one); });
  }

  void entities() {
    for (const auto& [id, touches] : touched_.entities) {
      const auto was = before_.entity(id), is = after_.entity(id);
      if (folding_.folds(id) || (!was && !is)) continue;
      DiffLine line;
      line.key = to_string(id);
      if (was) line.before = {*was};
      if (is) line.after = {*is};
      if (!was || !is) {
        if (identity_lines_.contains(id)) continue;  // merged into, or split to nothing
        line.what = is ? DiffKind::entity_added : DiffKind::entity_removed;
      } else if (was->name != is->name) {
        line.what = DiffKind::entity_renamed;
      } else if (was->type != is->type) {
        line.what = DiffKind::entity_retyped;
      } else {
        continue;
      }
      set_cause(line, touches, is.has_value());
      if (welcome(line)) lines_.push_back(std::move(line));
    }
  }

  // The filters that speak of whole relations, and of the types of entities.
  bool welcome(const DiffLine& line) const {
    if (!line.was && !line.is) {
      const auto wanted = [&](const Entity& entity) { return std::find(filter_.types.begin(), filter_.types.end(), entity.type) != filter_.types.end(); };
      return filter_.types.empty() || std::any_of(line.before.begin(), line.before.end(), wanted) || std::any_of(line.after.begin(), line.after.end(), wanted);
    }
    const auto passes = [&](const std::optional<RelationState>& state) {
      if (!state) return false;
      const Summary& summary = state->summary;
      if (filter_.polarity && (*filter_.polarity == Polarity::positive ? summary.asserted : summary.denied) == 0) return false;
      if (filter_.contested && *filter_.contested != summary.contested()) return false;
      return summary.publishers >= filter_.min_publishers && summary.confidence >= filter_.min_confidence - 1.0 / 255;
    };
    return passes(line.was) || passes(line.is);
  }

  const std::vector<VersionChanges>& changes_;
  const Filter& filter_;
  Touched touched_;
  Side before_, after_;
  Folding folding_;
  std::map<EntityId, DiffLine> identity_lines_;  // by the entity that stays, or was split
  std::map<EntityId, std::vector<EntityId>> was_members_, is_members_;
  std::map<TouchedKey, Pair> pairs_;
  std::map<std::string, const Touches*> touches_of_;  // of the lines about relations
  std::vector<DiffLine> lines_;
};

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
