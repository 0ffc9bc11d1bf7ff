// Bodies of articles on their way from the order they come in to the order of their ids, which is the order of the stored keys: written to
// as many files as fit buffers, by the first bits of the id, each small enough to be sorted in memory.
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "graph/article.h"
#include "graph/result.h"

namespace relata::storage {

class BodySpool {
 public:
  explicit BodySpool(std::string folder);  // exists; the files in it are the caller's to remove

  Result<void> add(ArticleId id, std::string_view body);

  // Visits all bodies by ascending id. Reads one file at a time into memory: a sixty-fourth of all.
  using Visitor = std::function<Result<void>(ArticleId id, std::string_view body)>;
  Result<void> each(const Visitor& visit);

 private:
  static constexpr unsigned kBits = 6;
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  Result<void> each_of(std::size_t part, const Visitor& visit);

  std::string folder_;
  std::array<std::unique_ptr<std::FILE, Close>, 1u << kBits> files_;
};

}  // namespace relata::storage
