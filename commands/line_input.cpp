#include "commands/line_input.h"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <thread>

#include "extract/pipeline/line.h"

namespace relata {
namespace {

constexpr std::size_t kBlock = 1u << 20;
constexpr std::size_t kPadding = 64;  // zeros behind a block's text: see from_line()

}  // namespace

std::vector<Extraction> LineInput::read(Block& block) {
  std::vector<Extraction> articles;
  block.text.append(kPadding, '\0');
  const std::string_view text = std::string_view(block.text).substr(0, block.text.size() - kPadding);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    ++block.lines;
    if (line.empty()) continue;
    auto extraction = from_line(line, text.size() + kPadding - end);
    if (extraction) articles.push_back(*std::move(extraction));
    else block.faults.push_back({block.lines, extraction.error().message});
  }
  std::string().swap(block.text);
  block.made.store(true, std::memory_order_release);
  return articles;
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

Result<std::shared_ptr<LineInput::Block>> LineInput::take() {
  while (in_ != nullptr || name_ < names_.size()) {
    if (in_ == nullptr) {
      const std::string& name = names_[name_++];
      file_ = name == "-" ? std::ifstream() : std::ifstream(name, std::ios::binary);
      if (name != "-" && !file_) return not_found(name + ": cannot be opened");
      in_ = name == "-" ? &std::cin : &file_;
      fresh_ = true;
    }
    auto block = std::make_shared<Block>();
    if (!fill(block->text)) {
      in_ = nullptr;
      continue;
    }
    block->name = names_[name_ - 1] == "-" ? "standard input" : names_[name_ - 1];
    block->first = std::exchange(fresh_, false);
    return block;
  }
  return std::shared_ptr<Block>();
}

void LineInput::tell() {
  for (; !untold_.empty() && untold_.front()->made.load(std::memory_order_acquire); untold_.pop_front()) {
    const Block& block = *untold_.front();
    if (block.first) lines_ = 0;
    for (const Block::Fault& fault : block.faults)
      std::fprintf(stderr, "relata: %s:%llu: %s (skipped)\n", block.name.c_str(), static_cast<unsigned long long>(lines_ + fault.line), fault.what.c_str());
    faults_ += block.faults.size();
    lines_ += block.lines;
  }
}

Result<LineInput::Portion> LineInput::portion() {
  tell();
  const auto block = take();
  if (!block) return block.error();
  if (!*block) return Portion();
  untold_.push_back(*block);
  return Portion([block = *block] { return Result(read(*block)); });
}

Result<std::optional<Extraction>> LineInput::next() {
  while (at_ == articles_.size()) {
    const std::size_t most = 2 * std::max(1u, std::thread::hardware_concurrency());
    while (ahead_.size() < most) {
      auto made = portion();
      if (!made) return made.error();
      if (!*made) break;
      ahead_.push_back(std::async(std::launch::async, *std::move(made)));
    }
    if (ahead_.empty()) return std::optional<Extraction>();
    auto articles = ahead_.front().get();
    ahead_.pop_front();
    if (!articles) return articles.error();
    articles_ = *std::move(articles);
    at_ = 0;
  }
  return std::optional(std::move(articles_[at_++]));
}

std::uint64_t LineInput::faults() {
  tell();
  return faults_;
}

}  // namespace relata
