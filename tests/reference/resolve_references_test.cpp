// Who is meant: rows of a text and, of one named actor, all words that mean it.
#include <doctest/doctest.h>

#include <string>

#include "extract/language/language.h"
#include "extract/names/names.h"
#include "extract/reference/reference.h"

namespace relata {
namespace {

struct Row {
  const char* text;
  const char* actor;     // its name
  const char* mentions;  // "; "-separated, in text order; "" when there is no such actor
};

constexpr Row kRows[] = {
    // Surnames and pronouns, also before the name.
    {"Marta Kallas visited Warsaw on Tuesday. She met Piotr Nowak, the Polish prime minister. Kallas told him that the talks were useful. "
     "In her speech, Kallas praised Poland.",
     "Marta Kallas", "Marta Kallas; She; Kallas; her; Kallas"},
    {"Marta Kallas visited Warsaw on Tuesday. She met Piotr Nowak, the Polish prime minister. Kallas told him that the talks were useful.",
     "Piotr Nowak", "Piotr Nowak; him"},
    // Two people of one surname stay two.
    {"Anna Berg praised the plan. Erik Berg rejected it. Anna Berg and Erik Berg later met in Oslo.", "Anna Berg", "Anna Berg; Anna Berg"},
    // Acronyms, kinds and parts of organisations.
    {"The European Union (EU) imposed new sanctions. The bloc said the EU would act again.", "European Union", "European Union; EU; The bloc; EU"},
    {"Lockheed Martin lost the contract. Lockheed said it would appeal.", "Lockheed Martin", "Lockheed Martin; Lockheed; it"},
    // An adjective of nationality stands for the state, and gives it its name when nothing else does.
    {"Norwegian forces left the island. Norway said the soldiers were safe.", "Norway", "Norwegian; Norway"},
    {"Norwegian forces left the island.", "Norway", "Norwegian"},
    // A plain pronoun is not its co-argument, a reflexive is.
    {"Erik Berg attacked him in a letter.", "Erik Berg", "Erik Berg"},
    {"Anna Berg hurt herself in Oslo.", "Anna Berg", "Anna Berg; herself"},
    // Who speaks is "I".
    {"\"I will not resign,\" Erik Berg said on Friday.", "Erik Berg", "I; Erik Berg"},
    // "It" that means nothing.
    {"Nordbank lost money. It is likely that prices will rise.", "Nordbank", "Nordbank"},
    // A kind behind a product's name, but not behind two; a title across a comma; a company told of since.
    {"Qantas ordered twelve new Airbus A350 jets.", "Airbus A350", "twelve new Airbus A350 jets; Airbus A350"},
    {"Workers met the Prime Minister of Norway, Mr. Ola Berg, at the airport. The Prime Minister praised Qantas.", "Ola Berg", "Ola Berg; The Prime Minister"},
    {"Saab sold its parent company. Carl Berg, the Volvo chief executive, said the company was safe.", "Volvo", "Volvo; the company"},
    {"Volvo grew. Fiat took control of the company.", "Volvo", "Volvo; the company"},
    {"Poland says it is willing to leave.", "Poland", "Poland; it"},
    // Spellings of one name.
    {"Volodymyr Zelenskyy spoke in Kyiv. Zelensky thanked the United States. The U.S. promised help, and America delivered.",
     "Volodymyr Zelenskyy", "Volodymyr Zelenskyy; Zelensky"},
    {"Zelensky thanked the United States. The U.S. promised help, and America delivered.", "United States", "United States; U.S.; America"},
};

std::string mentions_of(const Document& document, const std::string& name) {
  std::string out;
  for (const ActorTokens& actor : resolve_references(document, find_names(document)).actors) {
    if (!actor.named || actor.name != name) continue;
    for (const MentionTokens& mention : actor.mentions) {
      if (!out.empty()) out += "; ";
      out += document.text_of(mention.tokens);
    }
  }
  return out;
}

TEST_CASE("mentions of one actor") {
  const Result<Language> language = Language::load("models");
  REQUIRE_MESSAGE(language.ok(), (language.ok() ? "" : language.error().message));
  for (const Row& row : kRows) {
    CAPTURE(std::string(row.text));
    Article article;
    article.text = row.text;
    CHECK(mentions_of(language->parse(std::move(article)), row.actor) == row.mentions);
  }
}

TEST_CASE("every name outside noise is in exactly one actor, and no actor has a mention twice") {
  const Result<Language> language = Language::load("models");
  REQUIRE(language.ok());
  Article article;
  article.text = "Piotr Nowak of Nordbank met Marta Kallas. Photo by Jan Lind\n\nNowak and Kallas said they would meet again in Riga.";
  Document document = language->parse(std::move(article));
  document.noise[1] = true;
  const std::vector<Name> names = find_names(document);
  const Actors actors = resolve_references(document, names);
  for (const Name& name : names) {
    std::size_t times = 0;
    for (const ActorTokens& actor : actors.actors)
      for (const MentionTokens& mention : actor.mentions) times += mention.kind == MentionKind::name && mention.tokens == name.tokens;
    CHECK(times == (document.noise[document.sentence_of[name.tokens.first]] ? 0 : 1));
  }
}

}  // namespace
}  // namespace relata
