// A folder for one test, gone with it.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "storage/store.h"

namespace relata::tests {

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

inline std::unique_ptr<Store> open_or_die(const std::string& folder, const OpenOptions& options = {}) {
  auto store = open_rocks(folder, options);
  if (!store) throw std::runtime_error(store.error().message);
  return std::move(*store);
}

}  // namespace relata::tests
