// The columns of a stored view. A copy shares everything with its original (see Paged), so the next version of the graph costs
// what it changes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/content_hash.h"
#include "graph/known_names.h"
#include "graph/view.h"
#include "storage/id_index.h"
#include "storage/identity_rows.h"
#include "storage/name_index.h"
#include "storage/node_table.h"
#include "storage/paged.h"

namespace relata::storage {

struct ArticleEntry {
  ArticleId id;
  std::uint64_t publisher = 0;  // ArticleColumns::publisher
  Version added = 0;
  Version removed = kForever;
  StatementIndex first_statement = 0;
  std::uint32_t statements = 0;
  std::uint32_t first_actor = 0;  // into ViewTables::actor_nodes
  std::uint32_t actors = 0;
  std::uint32_t copy = kNoCopy;  // into ViewTables::copies: the newest that tells of it
  std::uint32_t unused = 0;      // no padding: images hold these as they are
  static constexpr std::uint32_t kNoCopy = 0xffffffffu;
};

// Of which article another is a copy from a version on.
struct CopyEntry {
  Version since = 0;
  std::uint32_t original = 0;                    // into ViewTables::articles; itself when it is a copy no more
  std::uint32_t earlier = ArticleEntry::kNoCopy;  // the one before, of the same article
};

struct StatementEntry {
  std::uint32_t article = 0;      // into ViewTables::articles
  std::uint32_t subject = 0, object = 0;  // into ViewTables::actor_nodes
  std::uint32_t attribution = 0;  // first of its sources in ViewTables::sources; the next statement's first ends them
  std::uint32_t time_hash = 0;    // StatementColumns::time_hash
};

struct ViewTables {
  Version version = 0;
  Counts counts;
  ContentHash hash;
  std::shared_ptr<const std::vector<Decision>> decisions = std::make_shared<const std::vector<Decision>>();  // all, in order
  NodeTable nodes;
  Paged<ArticleEntry, 8> articles;  // lifetimes in the order they began
  Paged<StatementEntry, 10> statements;
  Paged<Node, 10> actor_nodes;  // which each actor of each lifetime is; of an ended one: was last
  Paged<std::uint32_t, 10> sources;  // into actor_nodes
  Paged<Redirect, 10> redirects;
  Paged<CopyEntry, 8> copies;
  std::shared_ptr<IdIndex> node_index = std::make_shared<IdIndex>(0);     // by NodeRow::id
  std::shared_ptr<IdIndex> article_index = std::make_shared<IdIndex>(0);  // by ArticleEntry::id
  std::shared_ptr<IdIndex> redirect_index = std::make_shared<IdIndex>(0);  // by Redirect::id
  NameIndex names;
  std::shared_ptr<const KnownNames> known;  // that entities take their external ids from; null: none
  std::shared_ptr<const std::vector<std::string>> types = std::make_shared<const std::vector<std::string>>();

  // IdIndex::kNowhere when there is none.
  Node find_node(EntityId id) const {
    return node_index->find(id.value, nodes.size(), [this](std::uint32_t place) { return nodes[place].id.value; });
  }
  std::uint32_t find_redirect(EntityId id) const {
    return redirect_index->find(id.value, redirects.size(), [this](std::uint32_t at) { return redirects[at].id.value; });
  }
  EntityId entity_now(EntityId id) const {
    const std::uint32_t place = find_redirect(id);
    return place == IdIndex::kNowhere ? id : redirects[place].entity;
  }
  // Of an article that holds: what it is a copy of at the newest version, or itself.
  ArticleId original(const ArticleEntry& article) const {
    return article.copy == ArticleEntry::kNoCopy ? article.id : articles[copies[article.copy].original].id;
  }
  // The publisher of what an article was a copy of at a version.
  std::uint64_t voice(const ArticleEntry& article, Version as_of) const {
    for (std::uint32_t at = article.copy; at != ArticleEntry::kNoCopy; at = copies[at].earlier)
      if (copies[at].since <= as_of) return articles[copies[at].original].publisher;
    return article.publisher;
  }
  // The newest lifetime of an article.
  std::uint32_t find_article(ArticleId id) const { return find_article(id, articles.size()); }
  // The newest of those before `place`.
  std::uint32_t find_article(ArticleId id, std::size_t place_end) const {
    return article_index->find(id.value, place_end, [this](std::uint32_t place) { return articles[place].id.value; });
  }
};

}  // namespace relata::storage
