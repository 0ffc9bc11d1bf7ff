#include "commands/graph.h"

#include "extract/data.h"
#include "graph/lore.h"

namespace relata {
namespace {

Result<std::unique_ptr<Store>> open(const std::string& db, bool create, bool read_only) {
  const auto home = home_folder();
  if (!home) return home.error();
  const auto lore = load_name_lore(*home + "/data/identity");
  if (!lore) return lore.error();
  OpenOptions options;
  options.names = std::make_shared<const NameForms>(*lore);
  options.create = create;
  options.read_only = read_only;
  return open_rocks(db, options);
}

}  // namespace

Result<std::unique_ptr<Store>> open_to_write(const std::string& db, bool create) { return open(db, create, false); }
Result<std::unique_ptr<Store>> open_to_read(const std::string& db) { return open(db, false, true); }

}  // namespace relata
