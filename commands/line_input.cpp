#include "commands/line_input.h"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <thread>

#include "extract/pipeline/line.h"

namespace relata {
namespace {

constexpr std::size_t kBlock = 1u << 20;

}  // namespace

LineInput::Block LineInput::read(const std::string& name, std::uint64_t first_line, const std::string& text) {
  Block block;
  std::uint64_t number = first_line;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line(text.data() + begin, end - begin);
    begin = end + 1;
    if (line.empty()) continue;
    auto extraction = from_line(line);
    if (extraction) {
      block.articles.push_back(*std::move(extraction));
    } else {
      block.faults.push_back((name == "-" ? "standard input" : name) + ":" + std::to_string(number) + ": " + extraction.error().message);
    }
  }
  return block;
}

// Whole lines, at least one; false at the end.
bool LineInput::fill(std::string& text) {
  text = std::move(rest_);
  rest_.clear();
  for (;;) {
    const std::size_t had = text.size();
    text.resize(had + kBlock);
    in_->read(text.data() + had, kBlock);
    text.resize(had + static_cast<std::size_t>(in_->gcount()));
    if (!*in_) return !text.empty();
    if (const std::size_t last = text.rfind('\n'); last != std::string::npos && last >= had) {
      rest_ = text.substr(last + 1);
      text.resize(last + 1);
      return true;
    }
  }
}

Result<void> LineInput::dispatch() {
  while (in_ != nullptr || name_ < names_.size()) {
    if (in_ == nullptr) {
      const std::string& name = names_[name_++];
      file_ = name == "-" ? std::ifstream() : std::ifstream(name, std::ios::binary);
      if (name != "-" && !file_) return not_found(name + ": cannot be opened");
      in_ = name == "-" ? &std::cin : &file_;
      lines_ = 0;
    }
    std::string text;
    if (!fill(text)) {
      in_ = nullptr;
      continue;
    }
    const std::uint64_t first = lines_ + 1;
    lines_ += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
    ahead_.push_back(std::async(std::launch::async, [name = names_[name_ - 1], first, text = std::move(text)] { return read(name, first, text); }));
    return {};
  }
  return {};
}

Result<std::optional<Extraction>> LineInput::next() {
  while (at_ == block_.articles.size()) {
    const std::size_t most = 2 * std::max(1u, std::thread::hardware_concurrency());
    for (std::size_t queued = ahead_.size(); ahead_.size() < most; ++queued) {
      if (auto sent = dispatch(); !sent) return sent.error();
      if (ahead_.size() == queued) break;  // no more
    }
    if (ahead_.empty()) return std::optional<Extraction>();
    block_ = ahead_.front().get();
    ahead_.pop_front();
    at_ = 0;
    for (const std::string& fault : block_.faults) std::fprintf(stderr, "relata: %s (skipped)\n", fault.c_str());
    faults_ += block_.faults.size();
  }
  return std::optional(std::move(block_.articles[at_++]));
}

}  // namespace relata
