#include "storage/check.h"

#include "storage/batch_writer.h"
#include "storage/checker.h"
#include "storage/past_rows.h"
#include "storage/snapshot_rows.h"
#include "storage/view_loader.h"

namespace relata::storage {

Checker::Checker(const Database& database, const ExtractionSource& source, const StoredView& view, std::shared_ptr<const NameForms> names)
    : database_(database), source_(source), view_(view), names_(std::move(names)), at_(database.snapshot()) {
  const auto& articles = view_.tables().articles;
  for (std::uint32_t place = 0; place < articles.size(); ++place) lifetimes_[{articles[place].id, articles[place].added}] = place;
}

Result<CheckReport> Checker::run() {
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

Result<void> Checker::expect(Family family, const std::string& key, const std::string& value) {
  const auto stored = database_.get(family, key, at_);
  if (!stored) return stored.error();
  if (!*stored) {
    fault(family, key, "missing, though its article is there");
  } else if (**stored != value) {
    fault(family, key, "differs from what its article says");
  }
  return {};
}

Result<void> Checker::state() {
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

Result<void> Checker::past() {
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

Result<void> Checker::snapshots() {
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

Result<void> Checker::hash() {
  hash_ += hash_of(view_.decisions());
  if (hash_ != view_.content_hash()) fault("the content hash of the newest version is " + relata::to_string(view_.content_hash()) + " but its articles make " + relata::to_string(hash_));
  return {};
}

Result<void> Checker::counts() {
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

Result<CheckReport> check_database(const Database& database, const ExtractionSource& source, const StoredView& view, std::shared_ptr<const NameForms> names) {
  return Checker(database, source, view, std::move(names)).run();
}

}  // namespace relata::storage
