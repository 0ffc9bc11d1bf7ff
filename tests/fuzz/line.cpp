// Lines of strangers: refused with a message, or valid.
#include "extract/pipeline/line.h"

#include "tests/fuzz/fuzz.h"

namespace {

relata::Extraction sample() {
  using namespace relata;
  Extraction made;
  Article& article = made.article;
  article.uri = "a.txt";
  article.title = "Talks \"again\"";
  article.publisher = "Harbour Wire";
  article.published = parse_day("2024-11-18");
  article.published_from = PublishedFrom::dateline;
  article.text = "Zo\u00eb met \U0001F642 \u0141ukasz on Friday, Ana told Reuters.";
  article.id = article_id(article);
  made.extractor = "1+fuzz";
  made.actors = {{"Zo\u00eb", EntityType::person, {"Zo\u00eb"}, {{{0, 3}, MentionKind::name}}},
                 {"\u0141ukasz", EntityType::person, {"\u0141ukasz"}, {{{10, 16}, MentionKind::name}}},
                 {"Ana", EntityType::person, {"Ana"}, {{{28, 31}, MentionKind::name}}}};
  Statement statement;
  statement.subject = 0;
  statement.object = 1;
  statement.type = "CONSULT";
  statement.predicate = "meet";
  statement.time = parse_when("2024-11-15", "APPROX");
  statement.attribution = {{2, "tell"}};
  statement.roles = {{"location", ActorIndex{1}}, {"topic", std::string("peace")}};
  statement.confidence = 0.875F;
  statement.evidence = {0, 45};
  made.statements = {statement};
  made.quotes = {{{0, 26}, 2, "tell"}, {{0, 3}, std::nullopt, ""}};
  return made;
}

}  // namespace

std::vector<std::string> relata::fuzz::seeds() {
  Extraction bare;
  bare.article.uri = "b";
  bare.article.text = "No.";
  bare.article.id = article_id(bare.article);
  bare.extractor = "1";
  return {to_line(sample()), to_line(bare)};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace relata;
  const auto read = from_line(fuzz::bytes_of(data, size));
  if (!read) {
    fuzz::expect(!read.error().message.empty(), "an error says what is wrong");
    return 0;
  }
  fuzz::expect(validate(*read).ok(), "what is read is valid");
  const std::string line = to_line(*read);
  const auto again = from_line(line);
  fuzz::expect(again.ok() && to_line(*again) == line, "what is read can be written and read again");
  return 0;
}
