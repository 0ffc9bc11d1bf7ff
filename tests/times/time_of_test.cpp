// Which date belongs to which predicate: rows of a sentence, a word of it, and the days that word's event has ("" for none).
#include <doctest/doctest.h>

#include <string>

#include "extract/language/language.h"
#include "extract/times/times.h"

namespace relata {
namespace {

struct Row {
  const char* sentence;
  const char* predicate;
  const char* when;
};

constexpr Row kRows[] = {
    // The date of saying is not the date of what is said, and the other way round.
    {"On Monday, the minister said that rebels had attacked the port in February.", "said", "2021-03-15"},
    {"On Monday, the minister said that rebels had attacked the port in February.", "attacked", "2021-02"},
    {"The minister said the rebels attacked the port on Sunday.", "said", ""},
    {"The minister said the rebels attacked the port on Sunday.", "attacked", "2021-03-14"},
    {"He told Reuters on Wednesday he would visit Kenya next month.", "told", "2021-03-17"},
    {"He told Reuters on Wednesday he would visit Kenya next month.", "visit", "2021-04"},
    {"Germany denied in 2010 that it had sold arms to Libya.", "denied", "2010"},
    {"Germany denied in 2010 that it had sold arms to Libya.", "sold", ""},
    // Relative clauses keep their own.
    {"The general, who resigned in 2019, met the envoy on Tuesday.", "resigned", "2019"},
    {"The general, who resigned in 2019, met the envoy on Tuesday.", "met", "2021-03-16"},
    {"The court, which was founded in 1948, rejected the appeal yesterday.", "founded", "1948"},
    {"The court, which was founded in 1948, rejected the appeal yesterday.", "rejected", "2021-03-16"},
    // Verbs joined share a leading date, or the day of the first.
    {"On 4 May 2020 the army shelled the town and seized the bridge.", "shelled", "2020-05-04"},
    {"On 4 May 2020 the army shelled the town and seized the bridge.", "seized", "2020-05-04"},
    {"Officials met in Oslo on Monday and signed a treaty.", "met", "2021-03-15"},
    {"Officials met in Oslo on Monday and signed a treaty.", "signed", "2021-03-15"},
    {"He was elected president in 2010 and resigned three years later.", "elected", "2010"},
    {"He was elected president in 2010 and resigned three years later.", "resigned", "2013"},
    // What is only wanted has another time than the wish.
    {"Norway agreed on Friday to send tanks to Estonia.", "agreed", "2021-03-12"},
    {"Norway agreed on Friday to send tanks to Estonia.", "send", ""},
    {"Poland plans to buy helicopters from Italy next year.", "buy", "2022"},
    // Verbs that say only that something happened.
    {"The two presidents held talks in Cairo last week.", "held", "2021-W10"},
    {"The two presidents held talks in Cairo last week.", "talks", "2021-W10"},
    {"The company began shipping rifles in June 2018.", "began", "2018-06"},
    {"The company began shipping rifles in June 2018.", "shipping", "2018-06"},
    // Events named by nouns.
    {"Friday's attack killed nine soldiers.", "attack", "2021-03-12"},
    {"Friday's attack killed nine soldiers.", "killed", ""},
    {"The 2014 invasion of the peninsula shocked Europe.", "invasion", "2014"},
    {"The 2014 invasion of the peninsula shocked Europe.", "shocked", ""},
    {"The group claimed responsibility for Tuesday's blast in Kabul.", "blast", "2021-03-16"},
    {"The group claimed responsibility for Tuesday's blast in Kabul.", "claimed", ""},
    {"Since the coup in 2021, the junta has jailed thousands.", "coup", "2021"},
    {"Since the coup in 2021, the junta has jailed thousands.", "jailed", ""},
    // Dates that the tree hangs on a place or a meeting.
    {"At a news conference in Brussels on Wednesday, the commissioner accused Google of abusing its position.", "accused", "2021-03-17"},
    // Stretches of time.
    {"Between 2005 and 2013 he served as ambassador to Chile.", "served", "2005/2013"},
    {"He led the party from 1999 to 2004.", "led", "1999/2004"},
    {"Anna Berg has been chief executive since 2016.", "executive", "2016"},
    {"In the summer of 2008 Georgia and Russia fought a short war.", "fought", "2008-SU"},
    // Participles and gerunds.
    {"The bank was fined in 2012 for helping Iran.", "fined", "2012"},
    {"She was arrested in Madrid on March 3 while visiting her brother.", "visiting", "2021-03-03"},
    {"She joined the bank in 2003 after working for the treasury.", "joined", "2003"},
    {"She joined the bank in 2003 after working for the treasury.", "working", ""},
    {"After meeting Lavrov on Thursday, Hill flew to Doha.", "meeting", "2021-03-11"},
    {"After meeting Lavrov on Thursday, Hill flew to Doha.", "flew", ""},
    // Lengths are no dates.
    {"The siege lasted three months.", "lasted", ""},
};

TEST_CASE("the right date to the right predicate") {
  const Result<Language> language = Language::load("models");
  REQUIRE_MESSAGE(language.ok(), (language.ok() ? "" : language.error().message));
  for (const Row& row : kRows) {
    CAPTURE(std::string(row.sentence));
    CAPTURE(std::string(row.predicate));
    Article article;
    article.text = row.sentence;
    article.published = parse_day("2021-03-17");
    const Document document = language->parse(std::move(article));
    const auto times = find_times(document);
    TokenIndex predicate = kNoToken;
    for (TokenIndex i = 0; i < document.tokens.size(); ++i) {
      if (document.tokens[i].text == row.predicate) predicate = i;
    }
    REQUIRE(predicate != kNoToken);
    const auto found = time_of(document, times, predicate);
    CHECK((found ? times[*found].when->value : std::string()) == row.when);
  }
}

TEST_CASE("tense and parts of speech decide what is a time, and which") {
  const Result<Language> language = Language::load("models");
  REQUIRE(language.ok());
  const std::pair<const char*, const char*> rows[] = {
      {"The king flew to Spain on Friday.", "2021-03-12"},      {"The king will fly to Spain on Friday.", "2021-03-19"},
      {"The king has been in Spain since Friday.", "2021-03-12"}, {"The king is expected to leave on Friday.", "2021-03-19"},
      {"The king married in May.", "2020-05"},                   {"The king will marry in May.", "2021-05"},
      {"The king may leave in two days.", "2021-03-19"},
      {"The talks lasted until the early hours of Sunday.", "2021-03-14TMO"},
      {"The March on Rome took place in October 1922.", "1922-10"},
      {"Around 2000 soldiers left on Monday.", "2021-03-15"},
      {"He told the China Daily that it is due by October.", "2021-10"},
  };
  for (const auto& [sentence, value] : rows) {
    CAPTURE(std::string(sentence));
    Article article;
    article.text = sentence;
    article.published = parse_day("2021-03-17");
    const auto times = find_times(language->parse(std::move(article)));
    REQUIRE(times.size() == 1);
    CHECK(times[0].value == value);
  }
}

TEST_CASE("an indirect chain of a hundred thousand verbs is not walked forever") {
  Document document;
  auto article = std::make_unique<Article>();
  article->text = "go";
  constexpr TokenIndex kCount = 100000;
  for (TokenIndex i = 0; i < kCount; ++i) {
    Token token;
    token.text = token.lower = token.lemma = article->text;
    token.head = i == 0 ? 0 : i - 1;
    token.pos = Pos::VERB;
    token.tag = Tag::VB;
    token.dep = i == 0 ? Dep::ROOT : Dep::xcomp;
    token.sentence_start = i == 0;
    document.tokens.push_back(token);
  }
  document.source = std::move(article);
  index_tree(document);
  TimeExpression year;
  year.tokens = {0, 1};
  year.when = parse_when("1999");
  CHECK_FALSE(time_of(document, {year}, kCount - 1));
}

}  // namespace
}  // namespace relata
