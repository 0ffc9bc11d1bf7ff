// A place for one test's stores, gone with it: a folder, or schemas of a PostgreSQL server. The same tests run on both:
// RELATA_TEST_DB=postgresql://... names a server, RELATA_TEST_SERVERS=url,url,... others that it shall share its tables with.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "storage/postgres/schema.h"
#include "storage/store.h"

namespace relata::tests {

inline std::string test_server() {
  const char* const url = std::getenv("RELATA_TEST_DB");
  return url == nullptr ? "" : url;
}

// How often to try something: on a server, where every store costs a while, less often.
inline std::uint64_t rounds(std::uint64_t here, std::uint64_t on_server) { return test_server().empty() ? here : on_server; }

class Scratch {
 public:
  Scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "relata-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) std::abort();
    root_ = pattern;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }
  std::string path(const std::string& name = "store") const { return (root_ / name).string(); }

 private:
  std::filesystem::path root_;
};

// Where a store of this path is: there, or in a schema of the server under test.
inline std::string place_of(const std::string& path) {
  const std::string server = test_server();
  if (server.empty()) return path;
  return server + (server.find('?') == std::string::npos ? "?" : "&") + "schema=t" + std::to_string(std::hash<std::string>{}(path));
}

inline void spread_if_ordered(const std::string& place) {
  const char* const servers = std::getenv("RELATA_TEST_SERVERS");
  if (servers == nullptr || !storage::is_postgres(place)) return;
  storage::SpreadOrder order{storage::Spread::fdw, 0, {}};
  const std::string list = servers;
  for (std::size_t at = 0, end = 0; at < list.size(); at = end + 1) {
    end = std::min(list.find(',', at), list.size());
    order.servers.push_back(list.substr(at, end - at));
  }
  const auto made = storage::make_graph(place, order);
  if (!made && made.error().fault != Fault::conflict) throw std::runtime_error(made.error().message);
}

inline std::unique_ptr<Store> open_or_die(const std::string& path, const OpenOptions& options = {}) {
  const std::string place = place_of(path);
  spread_if_ordered(place);
  auto store = open_store(place, options);
  if (!store) throw std::runtime_error(store.error().message);
  return std::move(*store);
}

}  // namespace relata::tests
