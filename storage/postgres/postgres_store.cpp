#include "storage/kept_store.h"
#include "storage/postgres/distant_store.h"
#include "storage/postgres/postgres_database.h"

namespace relata {

using namespace storage;

Result<std::unique_ptr<Store>> open_postgres(const std::string& url, const OpenOptions& options) {
  auto database = PostgresDatabase::open_address(url, options.create, options.read_only);
  if (!database) return database.error();
  if (options.distant) return open_distant(std::move(*database));
  if (!options.read_only && !(*database)->fresh())
    if (auto filled = (*database)->fill(); !filled) return filled.error();
  return open_kept(std::move(*database), options);
}

Result<std::unique_ptr<Store>> open_store(const std::string& db, const OpenOptions& options) {
  return is_postgres(db) ? open_postgres(db, options) : open_rocks(db, options);
}

}  // namespace relata
