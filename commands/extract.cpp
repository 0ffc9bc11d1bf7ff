#include "commands/extract.h"

#include <cstdio>
#include <memory>

#include "commands/article_input.h"
#include "commands/command.h"
#include "extract/pipeline/explain.h"
#include "extract/pipeline/line.h"
#include "extract/pipeline/show.h"

namespace relata {
namespace {

struct Options {
  ArticleInput input;
  std::string form = "statements";
  bool explain = false;
};

std::string lines_of(const Extractor& extractor, ShowForm form, bool whole, std::vector<Article> articles) {
  std::string lines;
  if (form == ShowForm::statements) {
    for (const Extraction& extraction : extractor.extract(std::move(articles))) lines += to_line(extraction) + "\n";
    return lines;
  }
  for (Document& document : extractor.parse(std::move(articles))) lines += show(form, extractor, std::move(document), whole);
  return lines;
}

std::string explanations_of(const Extractor& extractor, std::vector<Article> articles) {
  std::string blocks;
  for (Document& document : extractor.parse(std::move(articles))) blocks += explain(std::move(document));
  return blocks;
}

int extract(const Options& options) {
  const auto extractor = Extractor::load();
  if (!extractor) return report(extractor.error());
  const ShowForm form = *parse_show_form(options.form);
  bool written = true;
  const auto tally = for_each_batch(
      options.input, [&](std::vector<Article> articles) {
        return options.explain ? explanations_of(*extractor, std::move(articles))
                               : lines_of(*extractor, form, options.input.sentences, std::move(articles));
      },
      [&](const std::string& lines) { return written = std::fwrite(lines.data(), 1, lines.size(), stdout) == lines.size(); });
  if (!tally) return report(tally.error());
  if (!written || std::fflush(stdout) != 0) return report(io_error("standard output: cannot be written"));
  return tally->faults > 0 ? 2 : 0;
}

}  // namespace

void add_extract(CLI::App& program, int& exit) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("extract", "Read articles and print what they say, one JSON line an article");
  command->footer("Example: relata extract articles/ --threads 4 | gzip > statements.jsonl.gz");
  options->input.add_options(command);
  command->add_flag("--sentences", options->input.sentences, "Every line is a sentence and an article of its own");
  CLI::Option* show = command->add_option("--show", options->form, "What to print")
      ->check(CLI::IsMember({"names", "tokens", "times", "actors", "triples", "statements"}))
      ->capture_default_str();
  command->add_flag("--explain", options->explain, "For people: every sentence with its tree, and why it states what it states")->excludes(show);
  run_as(command, exit, [options] { return extract(*options); });
}

}  // namespace relata
