#include "query/tokens.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace relata {
namespace {

constexpr std::array<std::string_view, 4> kRights{"none", "read", "write", "admin"};

bool named_well(std::string_view name) {
  return !name.empty() && name.size() <= 64 &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.'; });
}

bool hashed_well(std::string_view hash) { return hash.size() == 64 && hash.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

std::optional<Token> parse_token(std::string_view line) {
  std::array<std::string_view, 4> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t tab = i + 1 == parts.size() ? line.size() : line.find('\t');
    if (tab == std::string_view::npos) return std::nullopt;
    parts[i] = line.substr(0, tab);
    line.remove_prefix(std::min(tab + 1, line.size()));
  }
  const auto right = parse_right(parts[1]);
  const auto made = parse_day(parts[2]);
  if (!named_well(parts[0]) || !right || !made || !hashed_well(parts[3])) return std::nullopt;
  return Token{std::string(parts[0]), *right, *made, std::string(parts[3])};
}

}  // namespace

std::string_view to_string(Right right) { return kRights[static_cast<std::size_t>(right)]; }

std::optional<Right> parse_right(std::string_view name) {
  const auto found = std::find(kRights.begin() + 1, kRights.end(), name);
  return found == kRights.end() ? std::nullopt : std::optional(static_cast<Right>(found - kRights.begin()));
}

Result<std::vector<Token>> read_tokens(const std::string& file) {
  std::vector<Token> tokens;
  std::ifstream in(file);
  if (!in) {
    if (!std::filesystem::exists(file)) return tokens;
    return io_error(file + ": cannot be read");
  }
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    std::optional<Token> token = parse_token(line);
    if (!token) return corrupt(file + ":" + std::to_string(number) + ": not a token: name, right, day and hash, parted by tabs");
    tokens.push_back(*std::move(token));
  }
  return tokens;
}

Result<void> write_tokens(const std::string& file, const std::vector<Token>& tokens) {
  std::string text = "# name, right, day it was made, SHA-256 of the secret\n";
  for (const Token& token : tokens) {
    if (!named_well(token.name)) return bad_input("name '" + token.name.substr(0, 80) + "': letters, digits, '-', '_' and '.', at most 64");
    text += token.name + "\t" + std::string(to_string(token.right)) + "\t" + to_string(token.made) + "\t" + token.hash + "\n";
  }
  const std::string fresh = file + ".new";
  const int out = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (out < 0) return io_error(fresh + ": cannot be written: " + std::strerror(errno));
  const bool whole = ::write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(out) == 0;
  ::close(out);
  if (!whole || ::rename(fresh.c_str(), file.c_str()) != 0) return io_error(file + ": cannot be written: " + std::strerror(errno));
  return {};
}

Result<std::string> make_secret() {
  std::array<unsigned char, 32> bits{};
  if (RAND_bytes(bits.data(), static_cast<int>(bits.size())) != 1) return io_error("the system gives no random numbers");
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string secret = "relata_";
  unsigned held = 0, count = 0;
  for (const unsigned char byte : bits) {
    held = held << 8 | byte;
    for (count += 8; count >= 6; count -= 6) secret += kLetters[held >> (count - 6) & 63u];
  }
  secret += kLetters[held << (6 - count) & 63u];
  return secret;
}

std::string hash_of(std::string_view secret) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(secret.data()), secret.size(), digest.data());
  std::string hex;
  for (const unsigned char byte : digest) (hex += "0123456789abcdef"[byte >> 4]) += "0123456789abcdef"[byte & 15];
  return hex;
}

const Token* token_of(const std::vector<Token>& tokens, std::string_view secret) {
  const std::string hash = hash_of(secret);
  const Token* found = nullptr;
  for (const Token& token : tokens)
    if (CRYPTO_memcmp(token.hash.data(), hash.data(), hash.size()) == 0) found = &token;
  return found;
}

TokenFile::TokenFile(std::string file) : file_(std::move(file)), tokens_(std::make_shared<const std::vector<Token>>()) {}

void TokenFile::look() const {
  const auto now = std::chrono::steady_clock::now();
  if (file_.empty() || (looked_ != std::chrono::steady_clock::time_point{} && now - looked_ < std::chrono::seconds(1))) return;
  looked_ = now;
  std::error_code fault;
  const auto written = std::filesystem::last_write_time(file_, fault);
  if (fault) {
    // Once guarded, a graph does not open because its file is gone; `relata token` keeps an empty file.
    tokens_ = std::make_shared<const std::vector<Token>>();
    return;
  }
  if (there_ && written == written_) return;
  there_ = true;
  written_ = written;
  auto read = read_tokens(file_);
  tokens_ = std::make_shared<const std::vector<Token>>(read ? *std::move(read) : std::vector<Token>{});
}

std::shared_ptr<const std::vector<Token>> TokenFile::tokens() const {
  const std::lock_guard lock(mutex_);
  look();
  return tokens_;
}

bool TokenFile::guards() const {
  const std::lock_guard lock(mutex_);
  look();
  return there_;
}

}  // namespace relata
