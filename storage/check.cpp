#include "storage/check.h"

#include "storage/batch_writer.h"
#include "storage/derive.h"
#include "storage/extraction_bytes.h"
#include "storage/view_loader.h"

namespace relata::storage {
namespace {

constexpr std::size_t kMostFaults = 100;

class Checker {
 public:
  Checker(const Database& database, const StoredView& view) : database_(database), view_(view), at_(database.snapshot()) {}

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
    for (const Step step : {&Checker::state, &Checker::articles, &Checker::actors, &Checker::counts}) {
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
    const Counts counts = view_.counts();
    const auto state = *bytes ? decode_state_row(**bytes) : std::nullopt;
    if (!state) {
      fault(Family::meta, kStateKey, "missing or does not decode");
    } else if (*state != StateRow{view_.version(), counts.articles, counts.entities, counts.statements, counts.relations}) {
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
    const Derived derived = derive(*extraction, types_);
    if (types_.names().size() != known_types_) fault(Family::bodies, bytes, "has a relation type the store does not list");
    if (row.actors != derived.actor_rows.size() || row.statements != derived.columns.statements.size())
      fault(Family::articles, bytes, "its counts are not those of its body");
    ++bodies_;
    ++log_rows_;
    if (row.removed == kForever) {
      ++report_.articles;
      report_.statements += row.statements;
    }
    return derived_rows(key, row, derived);
  }

  Result<void> derived_rows(const ArticleKey& key, const ArticleRow& row, const Derived& derived) {
    if (auto seen = expect(Family::log, encode(LogKey{key.added, Change::article_added, key}), encode(derived.columns)); !seen) return seen;
    if (row.removed != kForever) {
      ++log_rows_;
      if (auto seen = expect(Family::log, encode(LogKey{row.removed, Change::article_removed, key}), ""); !seen) return seen;
    }
    for (ActorIndex i = 0; i < derived.actor_rows.size(); ++i) {
      ActorRow actor = derived.actor_rows[i];
      actor.removed = row.removed;
      const EntityId entity_key = derived.columns.actor_keys[i];
      if (auto seen = expect(Family::actors, encode(ActorKey{entity_key, key, i}), encode(actor)); !seen) return seen;
      ++actor_rows_;
    }
    return {};
  }

  // The actors of each key, which lie together, against the record of their entity.
  Result<void> actors() {
    std::optional<EntityId> open;
    Group group;
    const auto scanned = database_.scan(Family::actors, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
      const auto key = decode_actor_key(bytes);
      const auto row = decode_actor_row(value);
      if (!key || !row) {
        fault(Family::actors, bytes, "does not decode");
        return {};
      }
      if (open && *open != key->entity_key) {
        if (auto closed = close(*open, group); !closed) return closed;
        group = Group{};
      }
      open = key->entity_key;
      group.ever.add(row->actor, row->share);
      if (row->removed == kForever) group.now.add(row->actor, row->share);
      group.first = std::min(group.first, key->article.added);
      group.text = entity_key(row->actor);
      if (entity_id(group.text) != *open) fault(Family::actors, bytes, "lies under the key of another entity");
      return {};
    }, at_);
    if (!scanned) return scanned;
    return open ? close(*open, group) : Result<void>();
  }

  struct Group {
    EntityRecord now, ever;
    Version first = kForever;
    std::string text;
  };

  Result<void> close(EntityId key, Group& group) {
    ++keys_;
    group.ever.close();
    if (group.now.holds()) ++report_.entities;
    if (auto seen = expect(Family::entities, encode(key), encode(group.now.holds() ? group.now : group.ever)); !seen) return seen;
    return expect(Family::keys, encode(key), encode(KeyRow{group.first, group.text}));
  }

  // Nothing is there that does not follow from a body.
  Result<void> counts() {
    const std::pair<Family, std::uint64_t> expected[] = {{Family::bodies, bodies_}, {Family::log, log_rows_}, {Family::actors, actor_rows_},
                                                         {Family::entities, keys_}, {Family::keys, keys_}, {Family::articles, bodies_}};
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
  const StoredView& view_;
  Database::Snapshot at_;
  CheckReport report_;
  TypeTable types_;
  std::size_t known_types_ = 0;
  std::uint64_t bodies_ = 0, log_rows_ = 0, actor_rows_ = 0, keys_ = 0;
};

}  // namespace

Result<CheckReport> check_database(const Database& database, const StoredView& view) { return Checker(database, view).run(); }

}  // namespace relata::storage
