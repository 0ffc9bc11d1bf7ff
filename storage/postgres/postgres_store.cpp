#include <chrono>
#include <thread>

#include "storage/kept_store.h"
#include "storage/postgres/distant_store.h"
#include "storage/postgres/postgres_database.h"

namespace relata {

using namespace storage;

static Result<std::unique_ptr<Store>> open_once(const std::string& url, const OpenOptions& options) {
  auto database = PostgresDatabase::open_address(url, options.create, options.read_only);
  if (!database) return database.error();
  if (options.distant) return open_distant(std::move(*database));
  if (!options.read_only && !(*database)->fresh())
    if (auto filled = (*database)->fill(); !filled) return filled.error();
  return open_kept(std::move(*database), options);
}

// A server that goes while the graph is read is waited for, and everything read again.
Result<std::unique_ptr<Store>> open_postgres(const std::string& url, const OpenOptions& options) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + patience();
  for (;;) {
    auto store = open_once(url, options);
    if (store || store.error().fault != Fault::io) return store;
    const auto address = parse_postgres(url);
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (!address || left.count() <= 0 || !Connection::open(*address, left)) return store;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

Result<std::unique_ptr<Store>> open_store(const std::string& db, const OpenOptions& options) {
  return is_postgres(db) ? open_postgres(db, options) : open_rocks(db, options);
}

}  // namespace relata
