// Bearer tokens (RFC 6750): who may read, write and administer. A token is 256 random bits; the file keeps only its SHA-256,
// which needs no slow hash because nobody can try all tokens. One line each: name, right, day it was made, hash; parted by tabs.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/date.h"
#include "graph/result.h"

namespace relata {

enum class Right { none, read, write, admin };  // each includes those before it
std::string_view to_string(Right right);
std::optional<Right> parse_right(std::string_view name);  // read, write, admin

struct Token {
  std::string name;  // letters, digits, "-", "_" and "."; at most 64
  Right right = Right::read;
  Day made;
  std::string hash;  // SHA-256, 64 hex digits
};

// An empty list when there is no such file. corrupt: a line that is none, named by its number.
Result<std::vector<Token>> read_tokens(const std::string& file);
// Written beside and renamed, readable by its owner alone.
Result<void> write_tokens(const std::string& file, const std::vector<Token>& tokens);

// A fresh secret, shown once: "relata_" and 43 characters. io: the system has no randomness.
Result<std::string> make_secret();
std::string hash_of(std::string_view secret);

// The token whose secret it is; takes as long whichever it is, or none.
const Token* token_of(const std::vector<Token>& tokens, std::string_view secret);

// The tokens of a file while it changes: read again when it did, looked at once a second at most. Any number of threads.
// A file that cannot be read any more lets nobody in.
class TokenFile {
 public:
  explicit TokenFile(std::string file);
  std::shared_ptr<const std::vector<Token>> tokens() const;
  // Whether tokens guard anything: the file is there.
  bool guards() const;

 private:
  void look() const;

  std::string file_;
  mutable std::mutex mutex_;
  mutable std::chrono::steady_clock::time_point looked_{};
  mutable std::filesystem::file_time_type written_{};
  mutable std::shared_ptr<const std::vector<Token>> tokens_;
  mutable bool there_ = false;
};

}  // namespace relata
