#include "storage/image_keeper.h"

#include <algorithm>

#include "storage/batch_writer.h"

namespace relata::storage {
namespace {

// What replaying one version costs at least, in statements.
constexpr std::uint64_t kVersion = 64;
// Of a store that is closed nobody waits for its image, and the next opening waits for what is replayed.
constexpr std::uint64_t kSoonerAtClose = 4;

}  // namespace

ImageKeeper::ImageKeeper(std::shared_ptr<Database> database, std::mutex& writing, std::uint64_t worth, std::function<void(const std::string&)> tell)
    : database_(std::move(database)), writing_(writing), worth_(worth), tell_(std::move(tell)) {}

ImageKeeper::~ImageKeeper() {
  if (background_.joinable()) background_.join();
}

std::uint64_t ImageKeeper::behind(const ViewTables& tables) const {
  if (tables.version <= version_) return 0;
  const std::uint64_t statements = statements_;
  return (tables.statements.size() - std::min<std::uint64_t>(statements, tables.statements.size())) + kVersion * (tables.version - version_);
}

void ImageKeeper::grown(const std::shared_ptr<const StoredView>& view) {
  if (worth_ == 0 || busy_ || behind(view->tables()) < std::max<std::uint64_t>(worth_, statements_ / 4)) return;
  if (background_.joinable()) background_.join();
  busy_ = true;
  background_ = std::thread([this, view, rewritten = rewritten_.load()] {
    write(*view, rewritten);
    busy_ = false;
  });
}

void ImageKeeper::close(const std::shared_ptr<const StoredView>& view) {
  if (background_.joinable()) background_.join();
  if (worth_ > 0 && behind(view->tables()) >= worth_ / kSoonerAtClose) write(*view, rewritten_);
}

void ImageKeeper::write(const StoredView& view, std::uint64_t rewritten) {
  const auto name = write_view_image(database_->folder(), view.tables());
  version_ = view.version();
  statements_ = view.tables().statements.size();
  if (!name) return tell(name.error().message + "; the graph is safe, opening it takes longer");
  const std::lock_guard lock(writing_);
  if (database_->failed() || rewritten_ != rewritten) return;  // the next batch sees to the disk first; or it is of a log that is gone
  auto writes = database_->writes();
  if (!writes) return tell(writes.error().message);
  writes->put(Family::meta, kImageKey, encode(*name));
  if (auto written = database_->write(*writes); !written) return tell(written.error().message);
  remove_view_images_but(database_->folder(), name->version);
}

void ImageKeeper::tell(const std::string& what) const {
  if (tell_) tell_(what);
}

}  // namespace relata::storage
