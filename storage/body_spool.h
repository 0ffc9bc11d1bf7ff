// Bodies of articles on their way from the order they come in to the order of their ids, which is the order of the stored keys: the first stay
// in memory, the others are written to as many files as fit buffers, by the first bits of the id, each small enough to be sorted in memory.
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/article.h"
#include "graph/result.h"

namespace relata::storage {

class BodySpool {
 public:
  static constexpr std::size_t kHeld = 256u << 20;  // bytes in memory
  static constexpr std::size_t kParts = 64;         // by ascending id

  // `folder` exists; the files in it are the caller's to remove.
  explicit BodySpool(std::string folder, std::size_t held = kHeld) : folder_(std::move(folder)), room_(held) {}

  struct Place {
    ArticleId id;
    std::size_t begin = 0, bytes = 0;
  };
  // Some bodies one behind the other, and where those stand that are wanted.
  Result<void> add(std::string bodies, const std::vector<Place>& places);
  // Nothing more comes. Before each().
  Result<void> finish();

  // Visits the bodies of the parts [first, last) by ascending id. Reads one file at a time into memory: a sixty-fourth of all.
  // From any thread, several at once.
  using Visitor = std::function<Result<void>(ArticleId id, std::string_view body)>;
  Result<void> each(std::size_t first, std::size_t last, const Visitor& visit) const;
  Result<void> each(const Visitor& visit) const { return each(0, kParts, visit); }
  void clear();  // gives back the memory

 private:
  struct Item {
    std::uint64_t id;
    std::string_view body;
  };
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  struct Part {
    std::vector<Item> held;
    std::unique_ptr<std::FILE, Close> file;
  };
  Result<void> write(ArticleId id, std::string_view body);
  Result<void> read(const Part& part, std::string& bytes, std::vector<Item>& items) const;

  std::string folder_;
  std::size_t room_;
  std::deque<std::string> bodies_;  // that stay in memory
  std::array<Part, kParts> parts_;
};

}  // namespace relata::storage
