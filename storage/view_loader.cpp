#include "storage/view_loader.h"

#include <algorithm>

#include "storage/batch_writer.h"
#include "storage/copy_rows.h"
#include "storage/rows.h"
#include "storage/view_builder.h"
#include "storage/view_replay.h"

namespace relata::storage {
namespace {

Error damaged(Family family, std::string_view key, const std::string& what) {
  return corrupt(name_of(family, key) + ": " + what + "; the store is damaged, restore it from a backup");
}

// Decided by what an article was when it came: moves of actors change nothing.
bool belongs(const ArticleColumns& columns, const Share& share) {
  if (share.from && !(columns.published && *columns.published >= *share.from)) return false;
  if (share.until && !(columns.published && *columns.published <= *share.until)) return false;
  if (share.of <= 1) return true;
  const auto in_part = [&](ActorIndex actor) { return columns.entities[actor].value % share.of == share.part; };
  return std::any_of(columns.statements.begin(), columns.statements.end(), [&](const StatementColumns& each) { return in_part(each.subject) || in_part(each.object); });
}

Result<void> load_log(const Database& database, ViewBuilder& builder, std::size_t types, Version newest, const Share& share = {}) {
  const bool all = share.everything();
  return database.scan(Family::log, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
    const auto key = decode_log_key(bytes);
    if (!key || key->version > newest) return damaged(Family::log, bytes, "is not a key of a version up to " + std::to_string(newest));
    if (!all && key->change != Change::article_added && !builder.holds(key->article.id)) return {};
    if (key->change == Change::actors_moved) {
      const auto moved = decode_moved(value);
      if (!moved || !builder.move(key->article, *moved, key->version)) return damaged(Family::log, bytes, "moves an actor that is not there");
      return {};
    }
    if (key->change == Change::original_changed) {
      const auto original = decode_original(value);
      if (!original || (!builder.copy(key->article, *original, key->version) && all)) return damaged(Family::log, bytes, "names an original that never was");
      return {};
    }
    if (key->change == Change::article_removed) {
      if (!builder.remove(key->article.id, key->version)) return damaged(Family::log, bytes, "removes an article that is not there");
      return {};
    }
    const auto columns = decode_columns(value, types);
    if (!columns) return damaged(Family::log, bytes, "does not decode");
    if (!all && !belongs(*columns, share)) return {};
    if (builder.holds(key->article.id)) return damaged(Family::log, bytes, "adds an article that is there");
    builder.add(key->article, *columns);
    if (!builder.fits()) return damaged(Family::log, bytes, "has more statements than a store can hold");
    return {};
  });
}

Result<void> load_records(const Database& database, ViewBuilder& builder, bool all = true) {
  const auto scanned = database.scan(Family::entities, "", [&](std::string_view bytes, std::string_view value) -> Result<void> {
    const auto key = decode_entity_id(bytes);
    if (key && !all && !builder.knows(*key)) return {};
    if (!key || !builder.knows(*key)) return damaged(Family::entities, bytes, "is not the key of any actor");
    if (!builder.record(*key, value)) return damaged(Family::entities, bytes, "does not decode");
    return {};
  });
  if (!scanned) return scanned;
  if (const auto lost = builder.without_record()) return damaged(Family::entities, encode(*lost), "missing");
  return {};
}

Result<void> load_redirects(const Database& database, ViewBuilder& builder) {
  return database.scan(Family::identity, kRedirectPrefix, [&](std::string_view key, std::string_view value) -> Result<void> {
    const auto redirect = decode_redirect(key, value);
    if (!redirect) return damaged(Family::identity, key, "does not decode");
    builder.redirect(*redirect);
    return {};
  });
}

}  // namespace

Result<StateRow> load_state(const Database& database) {
  const auto bytes = database.get(Family::meta, kStateKey);
  if (!bytes) return bytes.error();
  if (!*bytes) return damaged(Family::meta, kStateKey, "missing");
  const auto state = decode_state_row(**bytes);
  if (!state) return damaged(Family::meta, kStateKey, "does not decode");
  return *state;
}

Result<std::vector<Decision>> load_decisions(const Database& database, const Database::Snapshot& at) {
  std::vector<Decision> decisions;
  const auto scanned = database.scan(Family::identity, kDecisionPrefix, [&](std::string_view key, std::string_view value) -> Result<void> {
    auto decision = decode_decision(key, value);
    if (!decision || decision->id != decisions.size() + 1) return damaged(Family::identity, key, "does not decode or is out of order");
    const bool undo = decision->kind == DecisionKind::undo;
    if (undo && (decision->undone == 0 || decision->undone >= decision->id || decisions[decision->undone - 1].kind == DecisionKind::undo))
      return damaged(Family::identity, key, "undoes what is no decision before it");
    decisions.push_back(std::move(*decision));
    return {};
  }, at);
  if (!scanned) return scanned.error();
  return decisions;
}

Result<Version> load_version(const Database& database) {
  const auto state = load_state(database);
  if (!state) return state.error();
  return state->version;
}

Result<std::vector<std::string>> load_types(const Database& database, const Database::Snapshot& at) {
  std::vector<std::string> types;
  const auto scanned = database.scan(Family::meta, kTypePrefix, [&](std::string_view key, std::string_view value) -> Result<void> {
    if (key != type_key(types.size())) return damaged(Family::meta, key, "is out of order");
    types.emplace_back(value);
    return {};
  }, at);
  if (!scanned) return scanned.error();
  return types;
}

namespace {

// What is not in the log: the content hash and the decisions. Then everything must come out as in the row of state.
Result<bool> agree(const Database& database, const StateRow& state, ViewTables& tables) {
  auto decisions = load_decisions(database);
  if (!decisions) return decisions.error();
  tables.hash = state.hash;
  tables.decisions = std::make_shared<const std::vector<Decision>>(std::move(*decisions));
  return state == state_of(tables);
}

Result<ViewTables> load_from_log(const Database& database, const StateRow& state, std::vector<std::string> types) {
  ViewBuilder builder(ViewTables{}, ViewBuilder::Scale::whole);
  if (auto loaded = load_log(database, builder, types.size(), state.version); !loaded) return loaded.error();
  if (auto loaded = load_records(database, builder); !loaded) return loaded.error();
  if (auto loaded = load_redirects(database, builder); !loaded) return loaded.error();
  builder.set_types(std::move(types));
  ViewTables tables = builder.finish(state.version);
  const auto agreed = agree(database, state, tables);
  if (!agreed) return agreed.error();
  if (!*agreed) return damaged(Family::meta, kStateKey, "its counts are not those of the log");
  return tables;
}

// The image and what the log has beyond it. Redirects are few and do not tell their version: those that differ are taken over.
Result<LoadedView> load_from_image(const Database& database, const ImageName& image, const StateRow& state, std::vector<std::string> types) {
  if (image.version > state.version) return corrupt("the image is of version " + std::to_string(image.version) + ", which the store does not have");
  auto tables = open_view_image(database.folder(), image);
  if (!tables) return tables.error();
  const std::uint64_t imaged = tables->statements.size();
  if (image.version < state.version) {
    tables = replay_log(database, std::move(*tables), std::move(types), state.version);
    if (!tables) return tables.error();
    ViewBuilder builder(*tables, ViewBuilder::Scale::batch);
    if (auto loaded = load_redirects(database, builder); !loaded) return loaded.error();
    tables = builder.finish(state.version);
  }
  const auto agreed = agree(database, state, *tables);
  if (!agreed) return agreed.error();
  if (!*agreed) return corrupt("the image's counts are not those of the store");
  return LoadedView{std::move(*tables), image, imaged, ""};
}

}  // namespace

Result<std::optional<ImageName>> load_image_name(const Database& database) {
  const auto bytes = database.get(Family::meta, kImageKey);
  if (!bytes) return bytes.error();
  if (!*bytes) return std::optional<ImageName>();
  const auto name = decode_image_name(**bytes);
  if (!name) return damaged(Family::meta, kImageKey, "does not decode");
  return name;
}

Result<ViewTables> load_share(const Database& database, const Share& share) {
  const auto state = load_state(database);
  if (!state) return state.error();
  auto types = load_types(database);
  if (!types) return types.error();
  ViewBuilder builder(ViewTables{}, ViewBuilder::Scale::whole);
  if (auto loaded = load_log(database, builder, types->size(), state->version, share); !loaded) return loaded.error();
  if (auto loaded = load_records(database, builder, false); !loaded) return loaded.error();
  if (auto loaded = load_redirects(database, builder); !loaded) return loaded.error();
  builder.set_types(std::move(*types));
  ViewTables tables = builder.finish(state->version);
  const auto agreed = agree(database, *state, tables);  // its counts are those of the share
  if (!agreed) return agreed.error();
  return tables;
}

Result<LoadedView> load_view(const Database& database) {
  const auto state = load_state(database);
  if (!state) return state.error();
  auto types = load_types(database);
  if (!types) return types.error();
  const auto image = load_image_name(database);
  if (!image) return image.error();
  LoadedView loaded;
  if (*image) {
    auto from_image = load_from_image(database, **image, *state, *types);
    if (from_image) return from_image;
    loaded.doubt = from_image.error().message;
  }
  auto tables = load_from_log(database, *state, std::move(*types));
  if (!tables) return tables.error();
  loaded.tables = std::move(*tables);
  return loaded;
}

}  // namespace relata::storage
