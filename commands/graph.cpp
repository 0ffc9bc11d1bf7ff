#include "commands/graph.h"

#include <cstdio>
#include <mutex>

#include "commands/names_file.h"
#include "extract/data.h"
#include "graph/lore.h"
#include "query/folded_view.h"

namespace relata {
namespace {

Result<std::unique_ptr<Store>> open(const std::string& db, bool names, OpenOptions options) {
  if (names) {
    const auto home = home_folder();
    if (!home) return home.error();
    const auto lore = load_name_lore(*home + "/data/identity");
    if (!lore) return lore.error();
    options.names = std::make_shared<const NameForms>(*lore);
  }
  options.tell = [](const std::string& what) { std::fprintf(stderr, "relata: %s\n", what.c_str()); };
  return open_store(db, options);
}

Result<std::shared_ptr<const std::vector<Government>>> governments() {
  const auto home = home_folder();
  if (!home) return home.error();
  auto loaded = load_governments(*home + "/data/identity");
  if (!loaded) return loaded.error();
  return std::make_shared<const std::vector<Government>>(*std::move(loaded));
}

}  // namespace

Result<std::unique_ptr<Store>> open_to_write(const std::string& db, bool create, const std::string& known, bool names, std::chrono::milliseconds follow) {
  OpenOptions options;
  options.follow = follow;
  options.create = create;
  if (!known.empty()) {
    auto entities = read_names_file(known);
    if (!entities) return entities.error();
    options.known = *std::move(entities);
  }
  auto store = open(db, names, options);
  if (!store || known.empty()) return store;
  if (const auto settled = (*store)->apply({}); !settled) return settled.error();
  return store;
}

Result<std::unique_ptr<Store>> open_to_ask(const std::string& db) {
  OpenOptions options;
  options.create = false;
  options.read_only = true;
  options.distant = true;
  return open_store(db, options);
}

Result<std::unique_ptr<Store>> open_to_read(const std::string& db, const Share& share, std::chrono::milliseconds follow) {
  OpenOptions options;
  options.share = share;
  options.follow = follow;
  options.create = false;
  options.read_only = true;
  return open(db, true, options);
}

Result<std::shared_ptr<const GraphView>> folded(std::shared_ptr<const GraphView> view, const Given& given) {
  if (!given.contains("fold")) return view;
  auto states = governments();
  if (!states) return states.error();
  return fold_governments(std::move(view), *std::move(states));
}

Result<std::function<std::shared_ptr<const GraphView>(std::shared_ptr<const GraphView>)>> folder_of_views() {
  struct Last {
    std::mutex mutex;
    std::shared_ptr<const GraphView> plain, folded;  // guarded by mutex
  };
  auto states = governments();
  if (!states) return states.error();
  return std::function([states = *std::move(states), last = std::make_shared<Last>()](std::shared_ptr<const GraphView> view) {
    const std::lock_guard lock(last->mutex);
    if (last->plain != view) {
      last->folded = fold_governments(view, states);
      last->plain = std::move(view);
    }
    return last->folded;
  });
}

}  // namespace relata
