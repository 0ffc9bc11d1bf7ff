#include "storage/book_loader.h"

#include <future>
#include <unordered_map>

#include "storage/extraction_bytes.h"
#include "storage/rows.h"
#include "storage/tie_rows.h"
#include "storage/view_loader.h"

namespace relata::storage {
namespace {

Error damaged(Family family, std::string_view key, const std::string& what) {
  return corrupt(name_of(family, key) + ": " + what + "; the store is damaged, restore it from a backup");
}

// Tells the book every key, and which ids it thereby knows.
Result<std::vector<EntityId>> retell_keys(const Database& database, IdentityBook& book, const Database::Snapshot& at) {
  std::vector<EntityId> ids;
  const auto scanned = database.scan(Family::keys, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
    const auto id = decode_entity_id(bytes);
    const auto row = decode_key_row(value);
    if (!id || !row || entity_id(row->text) != *id) return damaged(Family::keys, bytes, "does not decode or is not the key of its text");
    book.retell(row->text);
    ids.push_back(*id);
    return {};
  }, at);
  if (!scanned) return scanned.error();
  return ids;
}

Result<void> retell_decisions(const Database& database, IdentityBook& book, const Database::Snapshot& at) {
  const auto decisions = load_decisions(database, at);
  if (!decisions) return decisions.error();
  for (const Decision& decision : *decisions) {
    const bool pair = decision.kind == DecisionKind::merge || decision.kind == DecisionKind::never;
    if (pair && (!book.entity(decision.a) || !book.entity(decision.b)))
      return damaged(Family::identity, decision_key(decision.id), "names an entity that never was");
    book.retell(decision);
  }
  return {};
}

// What the article's words tell of an actor.
Result<FieldIndex> field_of(const Database& database, const ArticleKey& key, ActorIndex actor, const IdentityBook& book, const Database::Snapshot& at) {
  const std::string bytes = encode(key);
  const auto body = database.get(Family::bodies, bytes, at);
  if (!body) return body.error();
  const auto extraction = *body ? decode_extraction(**body) : Result<Extraction>(corrupt("missing"));
  if (!extraction || actor >= extraction->actors.size()) return damaged(Family::bodies, bytes, "does not decode");
  return book.field_of(*extraction, actor);
}

// Forms by how rows spell them, the last one first: rows of one entity lie together.
class SpelledForms {
 public:
  explicit SpelledForms(IdentityBook& book) : book_(book) {}

  std::optional<FormNumber> number(std::string_view spelled) {
    if (last_ != known_.end() && last_->first == spelled) return last_->second;
    last_ = known_.find(std::string(spelled));
    if (last_ == known_.end()) {
      const auto actor = decode_actor(spelled);
      if (!actor) return std::nullopt;
      last_ = known_.emplace(spelled, book_.form(*actor)).first;
    }
    return last_->second;
  }

 private:
  IdentityBook& book_;
  std::unordered_map<std::string, FormNumber> known_;
  std::unordered_map<std::string, FormNumber>::const_iterator last_ = known_.end();
};

Result<void> retell_actors(const Database& database, IdentityBook& book, const Database::Snapshot& at) {
  SpelledForms forms(book);
  return database.scan(Family::actors, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
    const auto key = decode_actor_key(bytes);
    const auto row = decode_spelled_actor_row(value);
    const auto form = row ? forms.number(row->actor) : std::nullopt;
    if (!key || !form) return damaged(Family::actors, bytes, "does not decode");
    const ActorRef actor{key->article.id, key->actor};
    if (row->removed != kForever) return {};
    const auto field = book.wants_field(*form) ? field_of(database, key->article, key->actor, book, at) : Result<FieldIndex>(kNoField);
    if (!field) return field.error();
    if (!book.retell(actor, *form, row->share.published, *field))
      return damaged(Family::actors, bytes, book.holds(actor) ? "stands under another entity too" : "is of no article that is held");
    return {};
  }, at);
}

// Every actor of the graph against the book, which must know them all.
Result<void> find_strays(KeptBook& kept, const ViewTables& tables) {
  IdentityBook::Homes homes(kept.book);
  for (std::size_t a = 0; a < tables.articles.size(); ++a) {
    const ArticleEntry& article = tables.articles[a];
    if (article.removed != kForever) continue;
    for (ActorIndex i = 0; i < article.actors; ++i) {
      const ActorRef actor{article.id, i};
      if (!kept.book.holds(actor)) return corrupt("actor " + actor_id(article.id, i) + ": missing in family actors; restore the store from a backup");
      if (homes.of(actor) != tables.nodes[tables.actor_nodes[std::size_t{article.first_actor} + i]].id) kept.strays.push_back(actor);
    }
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<KeptBook>> load_book(const Database& database, const ViewTables& tables, std::shared_ptr<const NameForms> names,
                                            std::shared_ptr<const KnownNames> known, const Database::Snapshot& at) {
  auto kept = std::make_unique<KeptBook>(KeptBook{IdentityBook(std::move(names), std::move(known)), {}, {}});
  const auto ids = retell_keys(database, kept->book, at);
  if (!ids) return ids.error();
  if (auto retold = retell_decisions(database, kept->book, at); !retold) return retold.error();
  if (auto retold = retell_ties(database, kept->book, at); !retold) return retold.error();
  kept->book.expect(tables.counts.articles);
  for (std::size_t a = 0; a < tables.articles.size(); ++a)
    if (tables.articles[a].removed == kForever) kept->book.retell(tables.articles[a].id, tables.articles[a].actors);
  if (auto retold = retell_actors(database, kept->book, at); !retold) return retold.error();
  kept->book.settle();
  if (auto found = find_strays(*kept, tables); !found) return found.error();
  for (const EntityId id : *ids)
    if (kept->book.entity(id) != tables.entity_now(id)) kept->stray_ids.push_back(id);
  return kept;
}

Result<void> load_missing(Books& books, const Database& database, const ExtractionSource& source, const ViewTables& tables,
                          const std::shared_ptr<const NameForms>& names, const std::shared_ptr<const KnownNames>& known) {
  std::future<Result<std::unique_ptr<KeptCopies>>> copies;
  const auto side_by_side = database.shared() ? std::launch::deferred : std::launch::async;
  if (!books.copies) copies = std::async(side_by_side, [&] { return load_copies(database, source, tables); });
  std::optional<Error> fault;
  if (names && !books.identity) {
    if (auto book = load_book(database, tables, names, known)) books.identity = std::move(*book);
    else fault = book.error();
  }
  if (copies.valid()) {
    if (auto made = copies.get()) books.copies = std::move(*made);
    else fault = made.error();
  }
  return fault ? Result<void>(*fault) : Result<void>();
}

}  // namespace relata::storage
