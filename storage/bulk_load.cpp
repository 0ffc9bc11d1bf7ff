#include "storage/bulk_load.h"

#include <algorithm>
#include <filesystem>
#include <future>
#include <unordered_map>

#include "storage/batch_writer.h"
#include "storage/bulk_view.h"
#include "storage/copy_rows.h"
#include "storage/extraction_bytes.h"
#include "storage/known_rows.h"
#include "storage/past_rows.h"

namespace relata::storage {
namespace {

namespace fs = std::filesystem;

constexpr Version kVersion = 1;
constexpr std::size_t kSettled = 256;  // articles told to the book of identity at once

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

class Load {
 public:
  Load(Database& database, const Workshop& workshop, const std::shared_ptr<const NameForms>& names, const std::shared_ptr<const KnownNames>& known)
      : database_(database), folder_(workshop.folder()), spool_(folder_), gatherer_(spool_), known_(known) {
    if (names) book_ = std::make_unique<IdentityBook>(names, known);
  }

  Result<BulkLoaded> run(const Store::Supply& next) {
    for (;;) {
      const auto extraction = next();
      if (!extraction) return extraction.error();
      if (!*extraction) break;
      if (auto added = gatherer_.add(**extraction); !added) return added.error();
      sketches_.try_emplace((*extraction)->article.id, sketch_row((*extraction)->article));
    }
    gatherer_.tell(loaded_.receipt);
    if (loaded_.receipt.added.empty()) return std::move(loaded_);
    graph_ = arrange(gatherer_.take());
    if (book_)
      if (auto settled = settle(); !settled) return settled.error();
    house(graph_, book_.get());
    fold_copies();
    if (auto written = write(); !written) return written.error();
    if (auto taken = database_.ingest(files_); !taken) return taken.error();
    loaded_.receipt.version = kVersion;
    return std::move(loaded_);
  }

 private:
  // Tells the book all articles by their ids.
  Result<void> settle() {
    std::vector<Extraction> fresh;
    std::size_t place = 0;
    const auto told = spool_.each([&](ArticleId id, std::string_view body) -> Result<void> {
      if (place == graph_.articles.size() || graph_.articles[place].id != id) return {};  // outdated
      ++place;
      auto extraction = decode_extraction(body);
      if (!extraction) return extraction.error();
      fresh.push_back(std::move(*extraction));
      if (fresh.size() == kSettled) tell_book(fresh);
      return {};
    });
    tell_book(fresh);
    return told;
  }

  void fold_copies() {
    CopyBook copies;
    for (const BulkArticle& article : graph_.articles)
      if (const auto sketch = sketches_.find(article.id); sketch != sketches_.end()) copies.add(article.id, sketch->second.published, sketch->second.sketch);
    const auto place = [this](ArticleId id) {
      const auto found = std::lower_bound(graph_.articles.begin(), graph_.articles.end(), id, [](const BulkArticle& article, ArticleId wanted) { return article.id < wanted; });
      return static_cast<std::uint32_t>(found - graph_.articles.begin());
    };
    for (const ArticleId id : copies.settle()) graph_.copies.push_back({place(id), place(copies.original(id))});
  }

  void tell_book(std::vector<Extraction>& fresh) {
    std::vector<const Extraction*> added;
    for (const Extraction& extraction : fresh) added.push_back(&extraction);
    std::vector<Decision> none;
    book_->apply({}, added, none);
    for (const std::string& key : book_->met()) keys_.push_back({entity_id(key), key});
    fresh.clear();
  }

  // The rows of articles, those of entities and the view are made at the same time.
  Result<void> write() {
    std::vector<SortedFile> article_files, entity_files;
    auto articles = std::async(std::launch::async, [&] { return write_articles(database_, folder_, graph_, spool_, kVersion, article_files); });
    auto entities = std::async(std::launch::async, [&] { return write_entities(database_, folder_, graph_, kVersion, entity_files); });
    gather_keys();
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

  void gather_keys() {
    const std::vector<bool> used = used_forms(graph_);
    for (std::size_t i = 0; !book_ && i < used.size(); ++i)
      if (used[i]) keys_.push_back({graph_.forms[i].own, graph_.forms[i].key});
    std::sort(keys_.begin(), keys_.end(), [](const KeyText& a, const KeyText& b) { return a.id < b.id; });
    keys_.erase(std::unique(keys_.begin(), keys_.end(), [](const KeyText& a, const KeyText& b) { return a.id == b.id; }), keys_.end());
    if (!book_) return;
    for (const KeyText& key : keys_)
      if (const EntityId now = book_->entity(key.id).value_or(key.id); now != key.id) redirects_.push_back({key.id, now});
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
      if (const auto sketch = sketches_.find(article.id); sketch != sketches_.end())
        if (auto put = identity.put(sketch_key(article.id), encode(sketch->second)); !put) return put;
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
    if (book_) rows = settled_rows(known_.get(), true);
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
  std::shared_ptr<const KnownNames> known_;
  std::unique_ptr<IdentityBook> book_;                   // null: identity is left for later
  std::unordered_map<ArticleId, SketchRow> sketches_;
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
