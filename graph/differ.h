// How the lines of a diff are made; see diff.h.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "graph/diff_side.h"

namespace relata {

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

// For one diff. Entities that became others come first: relations that only moved along with them are none of the lines.
class Differ {
 public:
  // All but `touched` must outlive it.
  Differ(const Moment& before, const Moment& after, const std::vector<VersionChanges>& changes, const Filter& filter, Touched touched)
      : changes_(changes), filter_(filter), touched_(std::move(touched)), before_(before, filter), after_(after, filter) {}

  std::vector<DiffLine> run();

 private:
  using Pairs = std::map<EntityId, std::set<EntityId>>;

  // Who was whom, from the actors that moved.
  void merges_and_splits();
  void merge_line(EntityId into, const std::set<EntityId>& parts);
  void split_line(EntityId from, const std::set<EntityId>& parts);
  // The decisions of the versions in which these actors moved, else the articles that came and went with them.
  void identity_cause(DiffLine& line, const std::set<EntityId>& from, const std::set<EntityId>& to) const;
  static void name_articles(DiffLine& line, const std::set<ArticleId>& articles);
  // The cause that explains a gain or a loss best, with its articles.
  void set_cause(DiffLine& line, const Touches& touches, bool gain) const;
  void pair_up(const std::map<TouchedKey, Touches>& keys, bool was);
  // All names a folded relation has at a moment: each end may be several entities.
  std::vector<TouchedKey> names(const TouchedKey& folded, bool was) const;
  // Which entities stand behind a folded one at each moment.
  void gather_members();
  void relations();
  void relation_line(const TouchedKey& folded, const Touches& touches, std::vector<Group> was, std::vector<Group> is);
  // Told by the line of the entity that moved it.
  void moved_along(const TouchedKey& folded);
  std::set<std::string> sources_of(const DiffLine& line) const;
  // One that went and one that came between the same two, of the same type, from the same source.
  void redates();
  void redate(const std::vector<std::size_t>& went, const std::vector<std::size_t>& came);
  void entities();
  // The filters that speak of whole relations, and of the types of entities.
  bool welcome(const DiffLine& line) const;

  const std::vector<VersionChanges>& changes_;
  const Filter& filter_;
  Touched touched_;
  Side before_, after_;
  Folding folding_;
  std::map<EntityId, DiffLine> identity_lines_;  // by the entity that stays, or was split
  std::map<EntityId, std::vector<EntityId>> was_members_, is_members_;
  std::map<TouchedKey, Touches> pairs_;  // relations at both moments, under the names that folding gives them
  std::map<std::string, const Touches*> touches_of_;  // of the lines about relations
  std::vector<DiffLine> lines_;
};

}  // namespace relata
