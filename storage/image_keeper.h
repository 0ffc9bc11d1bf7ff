// Keeps the image of a store's view near its newest version: written when a store is closed, and in the background when the log
// has grown much beyond it. Never waited for by a batch or a question.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "storage/database.h"
#include "storage/stored_view.h"
#include "storage/view_image.h"

namespace relata::storage {

class ImageKeeper {
 public:
  // `writing` is the mutex that serializes the store's writes. `worth`: see OpenOptions::image_worth. `tell` may be empty.
  ImageKeeper(std::shared_ptr<Database> database, std::mutex& writing, std::uint64_t worth, std::function<void(const std::string&)> tell);
  ~ImageKeeper();

  // What the store was opened with: the version of the image and its statements, those taken back too.
  void begin(Version version, std::uint64_t statements) {
    version_ = version;
    statements_ = statements;
  }
  // The log was rewritten: no image made before is one of it. With `writing` held.
  void distrust() {
    ++rewritten_;
    version_ = 0;
    statements_ = 0;
  }
  // After a batch, with `writing` held.
  void grown(const std::shared_ptr<const StoredView>& view);
  // Before the store goes, without `writing`: waits for the background and writes what is worth it.
  void close(const std::shared_ptr<const StoredView>& view);

 private:
  std::uint64_t behind(const ViewTables& tables) const;
  // `rewritten`: what rewritten_ was when the view was the newest.
  void write(const StoredView& view, std::uint64_t rewritten);
  void tell(const std::string& what) const;

  const std::shared_ptr<Database> database_;
  std::mutex& writing_;
  const std::uint64_t worth_;
  const std::function<void(const std::string&)> tell_;
  std::atomic<Version> version_{0};            // of the image, or of the one last tried
  std::atomic<std::uint64_t> statements_{0};   // in it
  std::atomic<std::uint64_t> rewritten_{0};
  std::atomic<bool> busy_{false};
  std::thread background_;
};

}  // namespace relata::storage
