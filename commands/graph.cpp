#include "commands/graph.h"

#include <cstdio>

#include "extract/data.h"
#include "graph/lore.h"

namespace relata {
namespace {

Result<std::unique_ptr<Store>> open(const std::string& db, bool create, bool read_only, bool names) {
  OpenOptions options;
  if (names) {
    const auto home = home_folder();
    if (!home) return home.error();
    const auto lore = load_name_lore(*home + "/data/identity");
    if (!lore) return lore.error();
    options.names = std::make_shared<const NameForms>(*lore);
  }
  options.create = create;
  options.read_only = read_only;
  options.tell = [](const std::string& what) { std::fprintf(stderr, "relata: %s\n", what.c_str()); };
  return open_rocks(db, options);
}

}  // namespace

Result<std::unique_ptr<Store>> open_to_write(const std::string& db, bool create, bool names) { return open(db, create, false, names); }
Result<std::unique_ptr<Store>> open_to_read(const std::string& db) { return open(db, false, true, true); }

}  // namespace relata
