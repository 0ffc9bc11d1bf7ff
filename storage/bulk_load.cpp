#include "storage/bulk_load.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <future>
#include <map>
#include <set>
#include <thread>

#include "graph/identity_book.h"
#include "storage/batch_writer.h"
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

// Portions of a supply, several made at a time, given in their order.
class Portions {
 public:
  Portions(const Store::Supply& next, const BulkGatherer& gatherer) : next_(next), gatherer_(gatherer) {}

  Result<std::optional<BulkPortion>> next() {
    const std::size_t most = 2 * std::max(1u, std::thread::hardware_concurrency());
    while (!ended_ && ahead_.size() < most) {
      auto portion = next_();
      if (!portion) return portion.error();
      if (!(ended_ = !*portion)) ahead_.push_back(std::async(std::launch::async, [this, make = std::move(*portion)] { return prepare(make); }));
    }
    if (ahead_.empty()) return std::optional<BulkPortion>();
    auto made = ahead_.front().get();
    ahead_.pop_front();
    if (!made) return made.error();
    return std::optional(std::move(*made));
  }

 private:
  Result<BulkPortion> prepare(const Store::Portion& make) const {
    const auto extractions = make();
    if (!extractions) return extractions.error();
    return gatherer_.prepare(*extractions);
  }

  const Store::Supply& next_;
  const BulkGatherer& gatherer_;
  bool ended_ = false;
  std::deque<std::future<Result<BulkPortion>>> ahead_;
};

class Load {
 public:
  Load(Database& database, const Workshop& workshop, const std::shared_ptr<const NameForms>& names, const std::shared_ptr<const KnownNames>& known)
      : database_(database), folder_(workshop.folder()), spool_(folder_), gatherer_(spool_), names_(names), known_(known) {}

  Result<BulkLoaded> run(const Store::Supply& next) {
    if (auto gathered = gather(next); !gathered) return gathered.error();
    gatherer_.tell(loaded_.receipt);
    if (loaded_.receipt.added.empty()) return std::move(loaded_);
    graph_ = arrange(gatherer_.take());
    auto copies = std::async(std::launch::async, [this] { return originals(); });
    const auto settled = names_ && tells_more() ? settle_by_articles() : settle();
    graph_.copies = copies.get();
    if (!settled) return settled.error();
    if (auto written = write(); !written) return written.error();
    if (auto taken = database_.ingest(files_); !taken) return taken.error();
    loaded_.receipt.version = kVersion;
    return std::move(loaded_);
  }

 private:
  Result<void> gather(const Store::Supply& next) {
    for (Portions portions(next, gatherer_);;) {
      const auto portion = portions.next();
      if (!portion) return portion.error();
      if (!*portion) return {};
      if (auto added = gatherer_.add(**portion); !added) return added;
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

  std::vector<CopyOf> originals() const {
    std::vector<Sketched> sketches;
    sketches.reserve(graph_.articles.size());
    for (const BulkArticle& article : graph_.articles) {
      const SketchRow& row = graph_.sketches[article.sketch];
      sketches.push_back({article.id, row.published, &row.sketch});
    }
    return copies_among(sketches);
  }

  // The rows of articles, those of entities and the view are made at the same time.
  Result<void> write() {
    std::vector<SortedFile> article_files, entity_files;
    auto articles = std::async(std::launch::async, [&] { return write_articles(database_, folder_, graph_, spool_, kVersion, article_files); });
    auto entities = std::async(std::launch::async, [&] { return write_entities(database_, folder_, graph_, kVersion, entity_files); });
    BulkEdges edges = link(graph_, kVersion);
    auto records = entities.get();
    Result<void> viewed = records ? Result<void>() : records.error();
    ViewTables tables;
    if (records) {
      tables = view_of(graph_, std::move(edges), std::move(*records), redirects_, kVersion);
      viewed = write_image(tables);
    }
    const auto hash = articles.get();
    if (!hash) return hash.error();
    if (!viewed) return viewed;
    tables.hash = *hash;
    for (std::vector<SortedFile>* files : {&article_files, &entity_files})
      for (SortedFile& file : *files) files_.push_back(std::move(file));
    return write_rest(encode(state_of(tables)));
  }

  Result<void> write_image(const ViewTables& tables) {
    const auto image = write_view_image(database_.folder(), tables);
    if (!image) return image.error();
    loaded_.image = *image;
    return {};
  }

  Result<void> write_rest(const std::string& state) {
    SortedRows keys(database_, folder_, Family::keys), identity(database_, folder_, Family::identity);
    for (const KeyText& key : keys_)
      if (auto put = keys.put(encode(key.id), encode(KeyRow{kVersion, key.text})); !put) return put;
    for (const Redirect& redirect : redirects_)
      if (auto put = identity.put(redirect_key(redirect.id), encode(redirect)); !put) return put;
    for (const BulkArticle& article : graph_.articles)
      if (auto put = identity.put(sketch_key(article.id), encode(graph_.sketches[article.sketch])); !put) return put;
    for (const auto& [id, row] : ties_)
      if (auto put = identity.put(ties_key(id), row); !put) return put;
    for (SortedRows* each : {&keys, &identity})
      if (auto finished = each->finish(files_); !finished) return finished;
    if (auto written = write_past(state); !written) return written;
    return write_meta(state);
  }

  // Before this version there was nothing.
  Result<void> write_past(const std::string& state) {
    SortedRows past(database_, folder_, Family::past);
    for (const EntityId entity : graph_.nodes)
      if (auto put = past.put(past_record_key(entity, kVersion), ""); !put) return put;
    for (const Redirect& redirect : redirects_)
      if (auto put = past.put(past_redirect_key(redirect.id, kVersion), encode(Redirect{redirect.id, redirect.id})); !put) return put;
    if (auto put = past.put(past_state_key(kVersion), state); !put) return put;
    return past.finish(files_);
  }

  Result<void> write_meta(const std::string& state) {
    std::map<std::string, std::string> rows;
    if (names_) rows = settled_rows(known_.get(), true);
    if (names_) rows[std::string(kTiesKey)] = "";
    rows[std::string(kImageKey)] = encode(loaded_.image);
    rows[std::string(kStateKey)] = state;
    for (std::size_t i = 0; i < graph_.types.size(); ++i) rows[type_key(i)] = graph_.types[i];
    SortedRows meta(database_, folder_, Family::meta);
    for (const auto& [key, value] : rows)
      if (auto put = meta.put(key, value); !put) return put;
    return meta.finish(files_);
  }

  Database& database_;
  const std::string folder_;
  BodySpool spool_;
  BulkGatherer gatherer_;
  std::shared_ptr<const NameForms> names_;  // null: identity is left for later
  std::shared_ptr<const KnownNames> known_;
  std::map<ArticleId, std::string> ties_;  // rows
  std::vector<KeyText> keys_;
  std::vector<Redirect> redirects_;
  BulkGraph graph_;
  std::vector<SortedFile> files_;
  BulkLoaded loaded_;
};

}  // namespace

Result<BulkLoaded> bulk_load(Database& database, const Store::Supply& next, const std::shared_ptr<const NameForms>& names,
                            const std::shared_ptr<const KnownNames>& known) {
  const Workshop workshop(database.folder());
  if (auto opened = workshop.open(); !opened) return opened.error();
  return Load(database, workshop, names, known).run(next);
}

}  // namespace relata::storage
