#include "extract/reading/article_source.h"

#include <sys/stat.h>

#include <algorithm>
#include <deque>
#include <iterator>
#include <filesystem>
#include <set>

#include "extract/reading/byte_source.h"
#include "extract/reading/draft.h"
#include "extract/reading/encoding.h"
#include "extract/reading/format.h"
#include "extract/reading/limits.h"
#include "extract/reading/lines.h"

namespace relata {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPeek = 1 << 16;  // bytes that tell a format; the first line of most JSONL files

// The articles of one opened file, one after the other.
class OpenFile {
 public:
  // `name`: what articles without a uri are called; `kind`: a file name or content type.
  OpenFile(Reader reader, std::string name, std::string kind, const ReadingOptions& options, const ReadingWords& words)
      : reader_(std::move(reader)), name_(std::move(name)), kind_(std::move(kind)), options_(options), words_(words) {}

  Result<std::optional<Article>> next(std::vector<std::string>& notes) {
    if (ended_ && waiting_.empty()) return std::optional<Article>();
    if (!format_) {
      const Result<std::string_view> first = reader_.peek(kPeek);
      if (!first) return failed(first.error());
      if (trimmed(*first).empty() && first->size() < kPeek) return failed(bad_input(reader_.name() + ": is empty"));
      format_ = choose_format(*first);
    }
    if (!waiting_.empty()) return next_waiting(notes);
    if (*format_ == Format::json_lines) return next_line(notes);
    if (options_.sentences && *format_ == Format::text) return next_sentence(notes);
    return read_whole(notes);
  }

 private:
  Format choose_format(std::string_view first) const {
    const std::optional<Format> named = format_of_name(kind_);
    const Format seen = format_of_bytes(first);
    if (!named) return seen;
    // What is called JSON may have an object a line.
    return *named == Format::json && seen == Format::json_lines ? seen : *named;
  }

  Error at(const std::string& part, const Error& error) const { return {error.fault, reader_.name() + part + ": " + error.message}; }

  std::string this_line() const { return ":" + std::to_string(reader_.line_number()); }

  Error failed(Error error) {
    ended_ = true;
    return error;
  }

  // `part` (":17", "#2") tells the record's place in the file.
  Result<std::optional<Article>> finished(Draft draft, const std::string& part, std::vector<std::string>& notes) {
    if (draft.uri.empty()) draft.uri = name_ + part;
    const std::size_t had = notes.size();
    Result<Article> article = finish(std::move(draft), options_, words_, notes);
    if (!article) return at(part, article.error());
    for (std::size_t i = had; i < notes.size(); ++i) notes[i] = reader_.name() + part + ": " + notes[i];
    return std::optional<Article>(std::move(*article));
  }

  Result<std::optional<Article>> next_waiting(std::vector<std::string>& notes) {
    ++record_;
    Draft draft = std::move(waiting_.front());
    waiting_.pop_front();
    return finished(std::move(draft), records_ > 1 ? "#" + std::to_string(record_) : std::string(), notes);
  }

  Result<std::optional<Article>> next_line(std::vector<std::string>& notes) {
    std::string line;
    for (;;) {
      const Result<bool> more = reader_.line(line, kLargestRecord);
      if (!more) return more.error();
      if (!*more) return at_end();
      if (reader_.line_number() == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
      if (!trimmed(line).empty()) break;
    }
    if (!is_valid_utf8(line)) line = decode_text(std::move(line));
    Result<std::vector<Draft>> drafts = read_json(line, words_);
    if (!drafts) return at(this_line(), drafts.error());
    if (drafts->size() != 1) return at(this_line(), bad_input("one object a line is expected"));
    return finished(std::move(drafts->front()), this_line(), notes);
  }

  Result<std::optional<Article>> next_sentence(std::vector<std::string>& notes) {
    std::string line;
    for (;;) {
      const Result<bool> more = reader_.line(line, kLongestArticle);
      if (!more) return more.error();
      if (!*more) return at_end();
      if (reader_.line_number() == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
      if (!trimmed(line).empty()) break;
    }
    Draft draft;
    draft.text = decode_text(std::move(line));
    draft.uri = name_;
    return finished(std::move(draft), this_line(), notes);
  }

  Result<std::optional<Article>> at_end() {
    ended_ = true;
    return std::optional<Article>();
  }

  Result<std::optional<Article>> read_whole(std::vector<std::string>& notes) {
    ended_ = true;
    Result<std::string> bytes = reader_.rest(kLargestRecord);
    if (!bytes) return bytes.error();
    const bool valid = is_valid_utf8(*bytes);
    const std::string charset = charset_of(*format_ == Format::html && charset_of(kind_).empty() ? std::string_view(*bytes).substr(0, 4096) : kind_);
    std::string text = decode_text(std::move(*bytes), charset);
    if (!valid) notes.push_back(reader_.name() + ": is not UTF-8; it was converted");
    if (*format_ == Format::json) {
      Result<std::vector<Draft>> drafts = read_json(text, words_);
      if (!drafts) return at("", drafts.error());
      if (drafts->empty()) return at("", bad_input("holds no article"));
      records_ = drafts->size();
      waiting_.assign(std::make_move_iterator(drafts->begin()), std::make_move_iterator(drafts->end()));
      return next_waiting(notes);
    }
    Draft draft;
    if (*format_ == Format::html) draft = read_page(text, words_);
    else draft.text = std::move(text);
    return finished(std::move(draft), "", notes);
  }

  Reader reader_;
  std::string name_, kind_;
  const ReadingOptions& options_;
  const ReadingWords& words_;
  std::optional<Format> format_;
  std::deque<Draft> waiting_;
  std::size_t record_ = 0, records_ = 0;
  bool ended_ = false;
};

struct Path {
  std::string path;
  int depth = 0;  // folders between it and the one the caller named
};

}  // namespace

struct ArticleSource::State {
  std::vector<Path> paths;  // the next one last
  ReadingOptions options;
  const ReadingWords* words = nullptr;
  std::unique_ptr<OpenFile> file;
  std::set<std::pair<dev_t, ino_t>> folders;  // that were opened: a link back to one ends there
  std::vector<std::string> notes;

  // What the caller named and is not there, is an error; what vanished from a folder since it was listed, too.
  Result<void> open_next() {
    const Path next = std::move(paths.back());
    paths.pop_back();
    struct stat about {};
    if (next.path != "-" && ::stat(next.path.c_str(), &about) == 0 && S_ISDIR(about.st_mode)) return open_folder(next, about);
    Result<std::unique_ptr<ByteSource>> source = open_file(next.path);
    if (!source) return source.error();
    const std::string name = next.path == "-" ? "standard input" : next.path;
    Result<std::unique_ptr<ByteSource>> plain = decompressed(std::move(*source), name);
    if (!plain) return plain.error();
    const std::string base = next.path == "-" ? "-" : base_name(next.path);
    file = std::make_unique<OpenFile>(Reader(std::move(*plain), name), base, next.path, options, *words);
    return {};
  }

  Result<void> open_folder(const Path& folder, const struct stat& about) {
    if (!folders.emplace(about.st_dev, about.st_ino).second) return {};
    if (folder.depth > kDeepestFolder) return bad_input(folder.path + ": more than " + std::to_string(kDeepestFolder) + " folders deep");
    std::vector<std::string> found;
    std::error_code problem;
    for (fs::directory_iterator at(folder.path, problem), end; !problem && at != end; at.increment(problem)) {
      const std::string name = at->path().filename().string();
      if (name.starts_with('.')) continue;
      std::error_code ignored;
      if (at->is_directory(ignored) || (at->is_regular_file(ignored) && format_of_name(name))) found.push_back(name);
    }
    if (problem) return io_error(folder.path + ": " + problem.message());
    std::sort(found.rbegin(), found.rend());
    for (const std::string& name : found) paths.push_back({(fs::path(folder.path) / name).string(), folder.depth + 1});
    return {};
  }
};

ArticleSource::ArticleSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
ArticleSource::~ArticleSource() = default;
ArticleSource::ArticleSource(ArticleSource&&) noexcept = default;
ArticleSource& ArticleSource::operator=(ArticleSource&&) noexcept = default;

Result<ArticleSource> ArticleSource::open(std::vector<std::string> paths, ReadingOptions options) {
  const Result<const ReadingWords*> words = reading_words();
  if (!words) return words.error();
  auto state = std::make_unique<State>();
  for (const std::string& path : paths) {
    std::error_code problem;
    if (path != "-" && !fs::exists(path, problem)) return not_found(path + ": no such file or folder");
  }
  for (auto path = paths.rbegin(); path != paths.rend(); ++path) state->paths.push_back({*path, 0});
  state->options = std::move(options);
  state->words = *words;
  return ArticleSource(std::move(state));
}

Result<std::optional<Article>> ArticleSource::next() {
  state_->notes.clear();
  for (;;) {
    if (state_->file) {
      Result<std::optional<Article>> article = state_->file->next(state_->notes);
      if (!article || article->has_value()) return article;
      state_->file.reset();
    }
    if (state_->paths.empty()) return std::optional<Article>();
    const Result<void> opened = state_->open_next();
    if (!opened) return opened.error();
  }
}

const std::vector<std::string>& ArticleSource::notes() const { return state_->notes; }

Result<std::vector<Article>> read_bytes(std::string bytes, std::string_view kind, std::string_view name, const ReadingOptions& options) {
  const Result<const ReadingWords*> words = reading_words();
  if (!words) return words.error();
  const std::string shown = name.empty() ? "the text sent" : std::string(name);
  Result<std::unique_ptr<ByteSource>> plain = decompressed(from_memory(std::move(bytes)), shown);
  if (!plain) return plain.error();
  OpenFile file(Reader(std::move(*plain), shown), std::string(name), std::string(kind), options, **words);
  std::vector<Article> out;
  std::vector<std::string> notes;
  for (;;) {
    Result<std::optional<Article>> article = file.next(notes);
    if (!article) return article.error();
    if (!article->has_value()) return out;
    out.push_back(std::move(**article));
  }
}

}  // namespace relata
