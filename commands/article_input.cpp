#include "commands/article_input.h"

#include <cstdio>
#include <optional>

#include "extract/language/ordered_pipeline.h"

namespace relata {
namespace {

// Texts are run together, which the language runtime likes; larger batches only add delay and memory.
constexpr std::size_t kBatchArticles = 32;
constexpr std::size_t kBatchBytes = 64u << 10;

class BatchReader {
 public:
  explicit BatchReader(ArticleSource source) : source_(std::move(source)) {}

  std::optional<std::vector<Article>> operator()() {
    std::vector<Article> batch;
    for (std::size_t bytes = 0; !ended_ && batch.size() < kBatchArticles && bytes < kBatchBytes;) {
      auto article = source_.next();
      if (!article) {
        std::fprintf(stderr, "relata: %s (skipped)\n", article.error().message.c_str());
        ++tally.faults;
        continue;
      }
      for (const std::string& note : source_.notes()) std::fprintf(stderr, "relata: %s\n", note.c_str());
      if (!*article) {
        ended_ = true;
        break;
      }
      bytes += (*article)->text.size();
      batch.push_back(**std::move(article));
      ++tally.articles;
    }
    if (batch.empty()) return std::nullopt;
    return batch;
  }

  InputTally tally;

 private:
  ArticleSource source_;
  bool ended_ = false;
};

template <typename Out>
Result<InputTally> run(const ArticleInput& input, const std::function<Out(std::vector<Article>)>& work, const std::function<bool(Out)>& write) {
  ReadingOptions options;
  options.sentences = input.sentences;
  options.publisher = input.publisher;
  if (!input.published.empty()) {
    options.published = parse_day(input.published);
    if (!options.published) return bad_input("--published='" + input.published + "': a date such as 2024-11-15");
  }
  auto source = ArticleSource::open(input.paths, options);
  if (!source) return source.error();
  BatchReader read(std::move(*source));
  OrderedPipeline<std::vector<Article>, Out>(input.threads).run(read, work, write);
  return read.tally;
}

}  // namespace

void ArticleInput::add_options(CLI::App* command) {
  command->add_option("input", paths, "Files and folders (text, HTML, JSON, JSONL, also .gz and .zst), - for standard input")->required();
  command->add_option("--published", published, "Publication date of articles whose metadata has none: YYYY-MM-DD");
  command->add_option("--publisher", publisher, "Publisher of articles that name none");
  command->add_option("--threads", threads, "Threads that read")->capture_default_str()->check(CLI::Range(1u, 1024u));
}

Result<InputTally> for_each_batch(const ArticleInput& input, const std::function<std::string(std::vector<Article>)>& work,
                                  const std::function<bool(std::string)>& write) {
  return run(input, work, write);
}

Result<InputTally> for_each_batch(const ArticleInput& input, const std::function<std::vector<Extraction>(std::vector<Article>)>& work,
                                  const std::function<bool(std::vector<Extraction>)>& write) {
  return run(input, work, write);
}

}  // namespace relata
