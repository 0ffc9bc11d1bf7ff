#include "storage/check.h"

#include <set>
#include <unordered_map>

#include "storage/batch_writer.h"
#include "storage/book_loader.h"
#include "storage/copy_rows.h"
#include "storage/derive.h"
#include "storage/extraction_bytes.h"
#include "storage/past_rows.h"
#include "storage/snapshot_rows.h"
#include "storage/tie_rows.h"
#include "storage/view_loader.h"

namespace relata::storage {
namespace {

constexpr std::size_t kMostFaults = 100;

class Checker {
 public:
  Checker(const Database& database, const ExtractionSource& source, const StoredView& view, std::shared_ptr<const NameForms> names)
      : database_(database), source_(source), view_(view), names_(std::move(names)), at_(database.snapshot()) {
    const auto& articles = view_.tables().articles;
    for (std::uint32_t place = 0; place < articles.size(); ++place) lifetimes_[{articles[place].id, articles[place].added}] = place;
  }

  Result<CheckReport> run() {
    if (auto verified = database_.verify_checksums(); !verified) fault(verified.error().message);
    auto types = load_types(database_, at_);
    if (!types) {
      fault(types.error().message);
    } else {
      types_ = TypeTable(*types);
      known_types_ = types->size();
    }
    using Step = Result<void> (Checker::*)();
    for (const Step step : {&Checker::state, &Checker::articles, &Checker::moves, &Checker::copies, &Checker::actors, &Checker::keys, &Checker::identity, &Checker::past, &Checker::snapshots, &Checker::hash, &Checker::counts}) {
      if (auto done = (this->*step)(); !done) {
        if (done.error().fault != Fault::corrupt) return done.error();
        fault(done.error().message);
      }
    }
    return std::move(report_);
  }

 private:
  void fault(std::string what) {
    if (report_.faults.size() < kMostFaults) report_.faults.push_back(std::move(what));
  }
  void fault(Family family, std::string_view key, const std::string& what) { fault(name_of(family, key) + ": " + what); }

  // That a derived row is stored as it should be.
  Result<void> expect(Family family, const std::string& key, const std::string& value) {
    const auto stored = database_.get(family, key, at_);
    if (!stored) return stored.error();
    if (!*stored) {
      fault(family, key, "missing, though its article is there");
    } else if (**stored != value) {
      fault(family, key, "differs from what its article says");
    }
    return {};
  }

  Result<void> state() {
    const auto bytes = database_.get(Family::meta, kStateKey, at_);
    if (!bytes) return bytes.error();
    const auto state = *bytes ? decode_state_row(**bytes) : std::nullopt;
    if (!state) {
      fault(Family::meta, kStateKey, "missing or does not decode");
    } else if (*state != state_of(view_.tables())) {
      fault(Family::meta, kStateKey, "its counts are not those of the graph");
    }
    return {};
  }

  Result<void> articles() {
    std::optional<ArticleKey> last;
    Version last_removed = 0;
    return database_.scan(Family::articles, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
      const auto key = decode_article_key(bytes);
      const auto row = decode_article_row(value);
      if (!key || !row) {
        fault(Family::articles, bytes, "does not decode");
        return {};
      }
      const bool ends = row->removed != kForever;
      if (key->added == 0 || key->added > view_.version() || (ends && (row->removed <= key->added || row->removed > view_.version())))
        fault(Family::articles, bytes, "its versions are out of order");
      if (last && last->id == key->id && last_removed > key->added) fault(Family::articles, bytes, "overlaps an earlier lifetime");
      last = key;
      last_removed = row->removed;
      return article(*key, *row);
    }, at_);
  }

  Result<void> article(const ArticleKey& key, const ArticleRow& row) {
    const std::string bytes = encode(key);
    const auto body = database_.get(Family::bodies, bytes, at_);
    if (!body) return body.error();
    const auto extraction = *body ? decode_extraction(**body) : Result<Extraction>(corrupt("missing"));
    if (!extraction) {
      fault(Family::bodies, bytes, extraction.error().message);
      return {};
    }
    if (extraction->article.id != key.id) fault(Family::bodies, bytes, "belongs to another article");
    if (auto valid = validate(*extraction); !valid) fault(Family::bodies, bytes, valid.error().message);
    const std::vector<EntityId> entities = entities_of(key);
    if (entities.size() != extraction->actors.size()) {
      fault(Family::bodies, bytes, "the graph in memory has not the same actors");
      return {};
    }
    const Derived derived = derive(*extraction, entities, types_);
    if (types_.names().size() != known_types_) fault(Family::bodies, bytes, "has a relation type the store does not list");
    if (row.actors != derived.actor_rows.size() || row.statements != derived.columns.statements.size())
      fault(Family::articles, bytes, "its counts are not those of its body");
    if (auto seen = sketch(extraction->article); !seen) return seen;
    if (row.removed == kForever)
      if (auto seen = ties(*extraction); !seen) return seen;
    for (const std::string& text : entity_keys(*extraction)) {
      const auto [known, fresh] = known_keys_.try_emplace(entity_id(text), KeyRow{key.added, text});
      known->second.added = std::min(known->second.added, key.added);
    }
    ++bodies_;
    ++log_rows_;
    addresses_.insert(address_key(extraction->article.uri, key.id));
    if (row.removed == kForever) hash_ += hash_of(*extraction, entities);
    if (row.removed == kForever) {
      ++report_.articles;
      report_.statements += row.statements;
    }
    return derived_rows(key, row, derived);
  }

  // What is kept of its text; a store that older programs wrote has it of newer articles only.
  Result<void> sketch(const Article& article) {
    const std::string key = sketch_key(article.id);
    const auto stored = database_.get(Family::identity, key, at_);
    if (!stored) return stored.error();
    if (!*stored || !sketches_.insert(article.id).second) return {};
    if (**stored != encode(sketch_row(article))) fault(Family::identity, key, "differs from what its article says");
    return {};
  }

  // What it says people are; a store that older programs wrote has it of newer articles only.
  Result<void> ties(const Extraction& extraction) {
    const std::string key = ties_key(extraction.article.id);
    const auto stored = database_.get(Family::identity, key, at_);
    if (!stored) return stored.error();
    if (!*stored) return {};
    ties_.insert(extraction.article.id);
    if (**stored != encode(ties_of(extraction))) fault(Family::identity, key, "differs from what its article says");
    return {};
  }

  // What the actors of a lifetime are now, or were last.
  std::vector<EntityId> entities_of(const ArticleKey& key) const {
    std::vector<EntityId> entities;
    const ViewTables& tables = view_.tables();
    const auto lifetime = lifetimes_.find(key);
    if (lifetime == lifetimes_.end()) return entities;
    const ArticleEntry& article = tables.articles[lifetime->second];
    for (std::uint32_t i = 0; i < article.actors; ++i) entities.push_back(tables.nodes[tables.actor_nodes[std::size_t{article.first_actor} + i]].id);
    return entities;
  }

  // What the log says its actors were when it was added.
  Result<std::vector<EntityId>> first_entities_of(const ArticleKey& key) const {
    const auto stored = database_.get(Family::log, encode(LogKey{key.added, Change::article_added, key}), at_);
    if (!stored) return stored.error();
    const auto columns = *stored ? decode_columns(**stored, known_types_) : std::nullopt;
    return columns ? columns->entities : std::vector<EntityId>{};
  }

  Result<void> derived_rows(const ArticleKey& key, const ArticleRow& row, const Derived& derived) {
    const auto first = first_entities_of(key);
    if (!first) return first.error();
    ArticleColumns columns = derived.columns;
    if (first->size() == columns.entities.size()) columns.entities = *first;
    if (auto seen = expect(Family::log, encode(LogKey{key.added, Change::article_added, key}), encode(columns)); !seen) return seen;
    if (row.removed != kForever) {
      ++log_rows_;
      if (auto seen = expect(Family::log, encode(LogKey{row.removed, Change::article_removed, key}), ""); !seen) return seen;
    }
    for (ActorIndex i = 0; i < derived.actor_rows.size(); ++i) {
      ActorRow actor = derived.actor_rows[i];
      actor.removed = row.removed;
      if (auto seen = expect(Family::actors, encode(ActorKey{derived.columns.entities[i], key, i}), encode(actor)); !seen) return seen;
      ++actor_rows_;
    }
    return {};
  }

  // Which article is a copy of which.
  Result<void> copies() {
    const auto counted = database_.scan(Family::log, "", [&](std::string_view bytes, std::string_view) -> Result<void> {
      const auto key = decode_log_key(bytes);
      if (key && key->change == Change::original_changed) ++log_rows_;
      return {};
    }, at_);
    if (!counted) return counted;
    const auto kept = load_copies(database_, source_, view_.tables(), at_);
    if (!kept) return kept.error();
    for (const ArticleId id : (*kept)->strays)
      fault("article " + relata::to_string(id) + ": is not stored as a copy of what it is a copy of; the next batch brings it up to date");
    return {};
  }

  // Every entity that an actor has left keeps a row of it.
  Result<void> moves() {
    std::map<ArticleKey, std::vector<EntityId>> entities;
    std::map<ActorKey, Version> left;
    const auto scanned = database_.scan(Family::log, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
      const auto key = decode_log_key(bytes);
      if (!key || key->change != Change::actors_moved) return {};
      ++log_rows_;
      const auto [at, fresh] = entities.try_emplace(key->article);
      if (fresh) {
        auto first = first_entities_of(key->article);
        if (!first) return first.error();
        at->second = std::move(*first);
      }
      const auto moved = decode_moved(value);
      if (!moved) fault(Family::log, bytes, "does not decode");
      std::vector<MovedActor> were;
      for (const MovedActor& each : moved.value_or(std::vector<MovedActor>{})) {
        if (each.actor >= at->second.size() || at->second[each.actor] == each.entity) {
          fault(Family::log, bytes, "moves an actor that is not there, or nowhere");
          continue;
        }
        were.push_back({each.actor, at->second[each.actor]});
        left[{at->second[each.actor], key->article, each.actor}] = key->version;
        left.erase({each.entity, key->article, each.actor});
        at->second[each.actor] = each.entity;
      }
      ++homes_rows_;
      return expect(Family::past, past_homes_key(key->article, key->version), encode(were));
    }, at_);
    if (!scanned) return scanned;
    for (const auto& [key, version] : left) {
      ++actor_rows_;
      const auto stored = database_.get(Family::actors, encode(key), at_);
      if (!stored) return stored.error();
      const auto row = *stored ? decode_actor_row(**stored) : std::nullopt;
      if (!row || !row->moved_on || row->removed != version) fault(Family::actors, encode(key), "does not tell when its actor became another entity");
    }
    return {};
  }

  // The actors of each entity, which lie together, against its record.
  Result<void> actors() {
    std::optional<EntityId> open;
    RecordCount group;
    const auto scanned = database_.scan(Family::actors, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
      const auto key = decode_actor_key(bytes);
      const auto row = decode_actor_row(value);
      if (!key || !row) {
        fault(Family::actors, bytes, "does not decode");
        return {};
      }
      if (open && *open != key->entity) {
        if (auto closed = close(*open, group); !closed) return closed;
        group = RecordCount{};
      }
      open = key->entity;
      group.add(*row);
      return {};
    }, at_);
    if (!scanned) return scanned;
    return open ? close(*open, group) : Result<void>();
  }

  Result<void> close(EntityId entity, RecordCount& group) {
    ++entities_;
    if (group.holds()) ++report_.entities;
    return expect(Family::entities, encode(entity), encode(std::move(group).record()));
  }

  // Without what tells an actor from others of its name: a split, a sense, who holds an office.
  static std::string named(const std::string& key) { return key.substr(0, std::min(key.find_first_of("~@"), key.rfind("#d"))); }

  // The keys of all names, and those made for actors that were told from others of their name.
  Result<void> keys() {
    const auto oldest = load_oldest(database_, at_);
    if (!oldest) return oldest.error();
    forgotten_ = *oldest > 0;
    if (!forgotten_)  // else keys remain whose actors are gone, and others are older than their first actor
      for (const auto& [id, row] : known_keys_)
        if (auto seen = expect(Family::keys, encode(id), encode(row)); !seen) return seen;
    return database_.scan(Family::keys, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
      ++keys_;
      const auto id = decode_entity_id(bytes);
      const auto row = decode_key_row(value);
      const std::string text = row ? row->text : "";
      if (!id || !row || entity_id(text) != *id || !(forgotten_ || known_keys_.contains(*id) || known_keys_.contains(entity_id(named(text)))))
        fault(Family::keys, bytes, "is not the key of any actor");
      return {};
    }, at_);
  }

  // Decisions in their order, and what becomes of them and the actors.
  Result<void> identity() {
    const auto decisions = load_decisions(database_, at_);
    if (!decisions) return decisions.error();
    identity_rows_ = decisions->size() + view_.tables().redirects.size() + sketches_.size() + ties_.size();
    for (const Decision& decision : *decisions)
      if (decision.version == 0 || decision.version > view_.version()) fault("decision d" + std::to_string(decision.id) + ": its version is not of the graph");
    if (!names_) return {};
    const auto kept = load_book(database_, view_.tables(), names_, view_.tables().known, at_);
    if (!kept) return kept.error();
    const std::string cure = "; if what is known about names has changed, the next batch brings it up to date";
    for (const ActorRef& actor : (*kept)->strays)
      fault("actor " + actor_id(actor.article, actor.actor) + ": is not stored as the entity it is by its name and the decisions" + cure);
    for (const EntityId id : (*kept)->stray_ids) fault("entity " + relata::to_string(id) + ": is not stored as what it has become" + cure);
    return {};
  }

  // Whatever was overwritten decodes and was so until a version of the graph; the newest state stands there too.
  Result<void> past() {
    std::uint64_t homes = 0;
    const auto state = database_.get(Family::meta, kStateKey, at_);
    if (!state) return state.error();
    if (*state)
      if (auto seen = expect(Family::past, past_state_key(view_.version()), **state); !seen) return seen;
    const auto scanned = database_.scan(Family::past, "", [&](std::string_view key, std::string_view value) -> Result<void> {
      ++past_rows_;
      if (until_of(key) > view_.version()) fault(Family::past, key, "is of a version that is not of the graph");
      bool decodes = false;
      switch (key.front()) {
        case 'e': decodes = value.empty() || decode_entity_record(value); break;
        case 'r': decodes = decode_redirect(redirect_key({}), value).has_value(); break;
        case 's': decodes = decode_state_row(value).has_value(); break;
        case 'a':
          decodes = decode_moved(value).has_value();
          ++homes;
          break;
        default: break;
      }
      if (!decodes) fault(Family::past, key, "does not decode");
      return {};
    }, at_);
    if (!scanned) return scanned;
    if (homes != homes_rows_) fault("family past: tells of " + std::to_string(homes) + " moves of actors where the log tells of " + std::to_string(homes_rows_));
    for (const std::string& key : addresses_)
      if (auto seen = expect(Family::addresses, key, ""); !seen) return seen;
    return {};
  }

  Result<void> snapshots() {
    const auto all = load_snapshots(database_, at_);
    if (!all) return all.error();
    for (const Snapshot& snapshot : *all) {
      const auto then = view_.at(snapshot.version);
      if (!then) {
        fault("snapshot '" + snapshot.name + "': " + then.error().message);
      } else if ((*then)->content_hash() != snapshot.hash) {
        fault("snapshot '" + snapshot.name + "': its content hash is not that of its version");
      }
    }
    return {};
  }

  // Of the content itself, against the one that was kept up from batch to batch.
  Result<void> hash() {
    hash_ += hash_of(view_.decisions());
    if (hash_ != view_.content_hash()) fault("the content hash of the newest version is " + relata::to_string(view_.content_hash()) + " but its articles make " + relata::to_string(hash_));
    return {};
  }

  // Nothing is there that does not follow from a body.
  Result<void> counts() {
    const std::pair<Family, std::uint64_t> expected[] = {{Family::bodies, bodies_}, {Family::log, log_rows_}, {Family::actors, actor_rows_},
                                                         {Family::entities, entities_}, {Family::keys, keys_}, {Family::articles, bodies_},
                                                         {Family::identity, identity_rows_},
                                                         {Family::addresses, addresses_.size()}, {Family::past, past_rows_}};
    for (const auto& [family, rows] : expected) {
      std::uint64_t found = 0;
      const auto count = [&](std::string_view, std::string_view) -> Result<void> {
        ++found;
        return {};
      };
      if (auto scanned = database_.scan(family, "", count, at_); !scanned) return scanned;
      report_.keys += found;
      if (found != rows)
        fault(std::string("family ") + to_string(family) + ": has " + std::to_string(found) + " keys where the articles make " +
              std::to_string(rows));
    }
    const Counts counts = view_.counts();
    if (report_.articles != counts.articles || report_.statements != counts.statements || report_.entities != counts.entities)
      fault("the graph in memory counts other articles, statements or entities than the store has");
    return {};
  }

  const Database& database_;
  const ExtractionSource& source_;
  const StoredView& view_;
  const std::shared_ptr<const NameForms> names_;
  Database::Snapshot at_;
  CheckReport report_;
  TypeTable types_;
  std::size_t known_types_ = 0;
  std::map<ArticleKey, std::uint32_t> lifetimes_;  // places in the tables of the view
  std::unordered_map<EntityId, KeyRow> known_keys_;
  std::set<std::string> addresses_;
  ContentHash hash_;
  bool forgotten_ = false;
  std::uint64_t homes_rows_ = 0, past_rows_ = 0;
  std::set<ArticleId> sketches_, ties_;
  std::uint64_t bodies_ = 0, log_rows_ = 0, actor_rows_ = 0, entities_ = 0, keys_ = 0, identity_rows_ = 0;
};

}  // namespace

Result<CheckReport> check_database(const Database& database, const ExtractionSource& source, const StoredView& view, std::shared_ptr<const NameForms> names) {
  return Checker(database, source, view, std::move(names)).run();
}

}  // namespace relata::storage
