#include "storage/bulk_load.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <future>
#include <map>
#include <set>
#include <thread>

#include "graph/identity_book.h"
#include "storage/batch_writer.h"
#include "storage/bulk_portions.h"
#include "storage/bulk_view.h"
#include "storage/copy_rows.h"
#include "storage/extraction_bytes.h"
#include "storage/known_rows.h"
#include "storage/past_rows.h"
#include "storage/tie_rows.h"

namespace relata::storage {
namespace {

namespace fs = std::filesystem;

constexpr Version kVersion = 1;
constexpr std::size_t kTold = 256;  // articles told to the book of identity at once

// A folder for the files of the load, inside the store's so that they can be linked. What an interrupted load left in it goes first.
class Workshop {
 public:
  explicit Workshop(const std::string& store) : folder_(fs::path(store) / "loading") { clear(); }
  ~Workshop() { clear(); }
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;

  Result<void> open() const {
    std::error_code error;
    if (!fs::create_directory(folder_, error)) return io_error(folder_.string() + " cannot be made: " + error.message());
    return {};
  }
  std::string folder() const { return folder_.string(); }

 private:
  void clear() const {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  fs::path folder_;
};

struct KeyText {
  EntityId id;
  std::string text;
};

// In how many parts long tables are written at the same time.
std::size_t slices() { return std::clamp(std::thread::hardware_concurrency(), 1u, 8u); }

template <typename Make>
auto start(Make make) {
  return std::async(std::launch::async, std::move(make));
}

class Load {
 public:
  Load(Database& database, const Workshop& workshop, const std::shared_ptr<const NameForms>& names, const std::shared_ptr<const KnownNames>& known)
      : database_(database), place_{database, workshop.folder()}, spool_(place_.folder), gatherer_(spool_), names_(names), known_(known) {}

  Result<BulkLoaded> run(const Store::Supply& next) {
    if (auto gathered = gather(next); !gathered) return gathered.error();
    gatherer_.tell(loaded_.receipt);
    if (loaded_.receipt.added.empty()) return std::move(loaded_);
    graph_ = arrange(gatherer_.take());
    copies_ = start([this] { return originals(); });
    for (std::size_t i = 0; i < slices(); ++i)
      files_.push_back(start([this, i] {
        auto written = write_bodies(place_, graph_, spool_, kVersion, {i, slices()});
        leave_spool();
        return written;
      }));
    files_.push_back(start([this] { return write_articles(place_, graph_, kVersion); }));
    const auto settled = names_ && tells_more() ? settle_by_articles() : settle();
    leave_spool();
    graph_.copies = copies_.get();
    if (!settled) return settled.error();
    if (auto written = write(); !written) return written.error();
    if (auto taken = ingest(); !taken) return taken.error();
    loaded_.receipt.version = kVersion;
    return std::move(loaded_);
  }

 private:
  Result<void> gather(const Store::Supply& next) {
    for (BulkPortions portions(next, gatherer_);;) {
      auto portion = portions.next();
      if (!portion) return portion.error();
      if (!*portion) return spool_.finish();
      if (auto added = gatherer_.add(std::move(**portion)); !added) return added;
    }
  }

  // Whether articles say what people are, name them by an office or by a name that many bear: then it is not the names alone that tell who is who.
  bool tells_more() const {
    if (std::any_of(graph_.types.begin(), graph_.types.end(), [](const std::string& type) { return tells_ties(type); })) return true;
    return std::any_of(graph_.forms.begin(), graph_.forms.end(), [&](const BulkForm& form) {
      if (form.actor.type != EntityType::person) return false;
      const std::string name = fold_name(form.actor.name);
      return names_->common_person(name) || !names_->offices_named(name).empty();
    });
  }

  // Tells a book of identity all articles by their ids.
  Result<void> settle_by_articles() {
    IdentityBook book(names_, known_);
    std::vector<Extraction> fresh;
    std::set<std::string> keys;
    const auto tell = [&] {
      std::vector<const Extraction*> added;
      for (const Extraction& extraction : fresh) added.push_back(&extraction);
      std::vector<Decision> none;
      (void)book.apply({}, added, none);
      keys.insert(book.met().begin(), book.met().end());
      fresh.clear();
    };
    std::size_t place = 0;
    const auto told = spool_.each([&](ArticleId id, std::string_view body) -> Result<void> {
      if (place == graph_.articles.size() || graph_.articles[place].id != id) return {};  // outdated
      ++place;
      auto extraction = decode_extraction(body);
      if (!extraction) return extraction.error();
      if (const auto tied = ties_of(*extraction); !tied.empty()) ties_.emplace(id, encode(tied));
      fresh.push_back(std::move(*extraction));
      if (fresh.size() == kTold) tell();
      return {};
    });
    if (!told) return told;
    tell();
    std::vector<EntityId> homes;
    for (const BulkArticle& article : graph_.articles)
      for (ActorIndex i = 0; i < article.actors; ++i) homes.push_back(book.home({article.id, i}));
    house_actors(graph_, homes);
    for (const std::string& key : keys) {
      keys_.push_back({entity_id(key), key});
      if (const EntityId now = book.entity(entity_id(key)).value_or(entity_id(key)); now != entity_id(key)) redirects_.push_back({entity_id(key), now});
    }
    sort_keys();
    return {};
  }

  // Which entity each form is. It is a function of the forms and how many actors have them: see graph/resolver.h.
  Result<void> settle() {
    std::vector<EntityId> homes;
    const std::vector<std::uint32_t> actors = actors_of_forms(graph_);
    if (names_) {
      Resolver resolver(names_, known_);
      for (std::size_t i = 0; i < actors.size(); ++i)
        if (actors[i] > 0) resolver.add(graph_.forms[i].key, folded_aliases(graph_.forms[i].actor), actors[i]);
      resolver.settle_untold();
      for (const BulkForm& form : graph_.forms) homes.push_back(entity_id(resolver.representative(form.key)));
    } else {
      for (const BulkForm& form : graph_.forms) homes.push_back(form.own);
    }
    house(graph_, homes);
    gather_keys(actors, homes);
    return {};
  }

  void gather_keys(const std::vector<std::uint32_t>& actors, const std::vector<EntityId>& homes) {
    for (std::size_t i = 0; i < actors.size(); ++i) {
      if (actors[i] == 0) continue;
      const BulkForm& form = graph_.forms[i];
      keys_.push_back({form.own, form.key});
      if (form.own != homes[i]) redirects_.push_back({form.own, homes[i]});
    }
    sort_keys();
  }

  void sort_keys() {
    const auto make_set = [](auto& rows) {
      std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
      rows.erase(std::unique(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.id == b.id; }), rows.end());
    };
    make_set(keys_);
    make_set(redirects_);
  }

  // Called by each of those who read it when he is done: the last one clears it.
  void leave_spool() {
    if (--spool_readers_ == 0) spool_.clear();
  }

  // The articles that are copies of others.
  std::vector<CopyOf> originals() const {
    std::vector<Sketched> sketches;
    sketches.reserve(graph_.articles.size());
    for (const BulkArticle& article : graph_.articles) {
      const SketchRow& row = graph_.sketch(article);
      sketches.push_back({article.id, row.published, &row.sketch});
    }
    return copies_among(sketches);
  }

  // The log, the rows of entities and the view are made at the same time.
  Result<void> write() {
    auto log = start([this] { return write_log(place_, graph_, kVersion); });
    files_.push_back(start([this] { return write_names(); }));
    const Cast cast = cast_of(graph_);
    std::vector<std::future<Result<WrittenEntities>>> entities;
    for (std::size_t i = 0; i < slices(); ++i)
      entities.push_back(start([this, &cast, i] { return write_entities(place_, graph_, cast, kVersion, {i, slices()}); }));
    const auto view = view_without_records(graph_, link(graph_, kVersion), redirects_, kVersion);
    auto records = join(entities);
    Result<void> viewed = records ? Result<void>() : records.error();
    ViewTables tables;
    if (records) {
      tables = view_of(graph_, view, std::move(*records), kVersion);
      viewed = write_image(tables);
    }
    auto logged = log.get();
    if (!logged) return logged.error();
    if (!viewed) return viewed;
    take(std::move(logged->files));
    tables.hash = logged->hash;
    return write_state(encode(state_of(tables)));
  }

  // The records of all slices, whose files are taken.
  Result<BulkRecords> join(std::vector<std::future<Result<WrittenEntities>>>& slices) {
    BulkRecords all;
    std::optional<Error> failed;
    for (auto& slice : slices) {
      auto written = slice.get();
      if (!written) {
        failed = written.error();
        continue;
      }
      take(std::move(written->files));
      for (const std::uint64_t first : written->records.first) all.first.push_back(all.bytes.size() + first);
      all.bytes += written->records.bytes;
    }
    if (failed) return *failed;
    all.first.push_back(all.bytes.size());
    return all;
  }

  void take(SortedFiles files) {
    for (SortedFile& file : files) taken_.push_back(std::move(file));
  }

  Result<void> ingest() {
    for (auto& written : files_) {
      auto files = written.get();
      if (!files) return files.error();
      take(std::move(*files));
    }
    return database_.ingest(taken_);
  }

  Result<void> write_image(const ViewTables& tables) {
    const auto image = write_view_image(database_.folder(), tables);
    if (!image) return image.error();
    loaded_.image = *image;
    return {};
  }

  // Who is who, and what articles tell of it; before this version there was nothing.
  Result<SortedFiles> write_names() const {
    SortedRows keys(place_, Family::keys, "all"), redirects(place_, Family::identity, "redirects"), ties(place_, Family::identity, "ties");
    SortedRows past(place_, Family::past, "all");
    for (const KeyText& key : keys_)
      if (auto put = keys.put(encode(key.id), encode(KeyRow{kVersion, key.text})); !put) return put.error();
    for (const EntityId entity : graph_.nodes)
      if (auto put = past.put(past_record_key(entity, kVersion), ""); !put) return put.error();
    for (const Redirect& redirect : redirects_) {
      if (auto put = redirects.put(redirect_key(redirect.id), encode(redirect)); !put) return put.error();
      if (auto put = past.put(past_redirect_key(redirect.id, kVersion), encode(Redirect{redirect.id, redirect.id})); !put) return put.error();
    }
    for (const auto& [id, row] : ties_)
      if (auto put = ties.put(ties_key(id), row); !put) return put.error();
    SortedFiles files;
    for (SortedRows* each : {&keys, &redirects, &ties, &past})
      if (auto finished = each->finish(files); !finished) return finished.error();
    return files;
  }

  Result<void> write_state(const std::string& state) {
    SortedRows past(place_, Family::past, "state");
    if (auto put = past.put(past_state_key(kVersion), state); !put) return put;
    if (auto finished = past.finish(taken_); !finished) return finished;
    return write_meta(state);
  }

  Result<void> write_meta(const std::string& state) {
    std::map<std::string, std::string> rows;
    if (names_) rows = settled_rows(known_.get(), true);
    if (names_) rows[std::string(kTiesKey)] = "";
    rows[std::string(kImageKey)] = encode(loaded_.image);
    rows[std::string(kStateKey)] = state;
    for (std::size_t i = 0; i < graph_.types.size(); ++i) rows[type_key(i)] = graph_.types[i];
    SortedRows meta(place_, Family::meta, "all");
    for (const auto& [key, value] : rows)
      if (auto put = meta.put(key, value); !put) return put;
    return meta.finish(taken_);
  }

  Database& database_;
  const BulkPlace place_;
  BodySpool spool_;
  std::atomic<std::size_t> spool_readers_ = slices() + 1;
  BulkGatherer gatherer_;
  std::shared_ptr<const NameForms> names_;  // null: identity is left for later
  std::shared_ptr<const KnownNames> known_;
  std::map<ArticleId, std::string> ties_;  // rows
  std::vector<KeyText> keys_;
  std::vector<Redirect> redirects_;
  BulkGraph graph_;
  BulkLoaded loaded_;
  SortedFiles taken_;  // that are written
  // What is being made of all that is above: it ends before that does.
  std::future<std::vector<CopyOf>> copies_;
  std::vector<std::future<Result<SortedFiles>>> files_;
};

}  // namespace

Result<BulkLoaded> bulk_load(Database& database, const Store::Supply& next, const std::shared_ptr<const NameForms>& names,
                            const std::shared_ptr<const KnownNames>& known) {
  const Workshop workshop(database.folder());
  if (auto opened = workshop.open(); !opened) return opened.error();
  return Load(database, workshop, names, known).run(next);
}

}  // namespace relata::storage
