// Which names a text holds, with their types: tables of rows.
#include <doctest/doctest.h>

#include <string>

#include "extract/language/language.h"
#include "extract/names/names.h"

namespace relata {
namespace {

struct Row {
  const char* text;
  const char* names;  // "Name/TYPE; ..." in text order
};

constexpr Row kRows[] = {
    // Titles, offices and what stands before them are no part of a person's name.
    {"Estonian President Marta Kallas met Defence Minister Jonas Virtanen in Tallinn on Monday.",
     "Estonian/NORP; Marta Kallas/PERSON; Jonas Virtanen/PERSON; Tallinn/GPE"},
    // A surname is the person whose full name stands elsewhere.
    {"Jonas Virtanen left early. Kallas said that Virtanen was tired.", "Jonas Virtanen/PERSON; Kallas/PERSON; Virtanen/PERSON"},
    // The possessive is no part of a name.
    {"Norway's parliament rejected Henrik Dahl's plan.", "Norway/GPE; Henrik Dahl/PERSON"},
    // Captions are no part of a name.
    {"Oskar Lindholm Photo\n\nOskar Lindholm spoke to reporters.", "Oskar Lindholm/PERSON; Oskar Lindholm/PERSON"},
    // An acronym is what its long form is.
    {"The Baltic Energy Agency opened an office in Riga. The BEA said its staff would come from Latvia.",
     "Baltic Energy Agency/ORG; Riga/GPE; BEA/ORG; Latvia/GPE"},
    // Weapons and vehicles by data.
    {"Sweden will send Storm Shadow missiles and Leopard 2 tanks to Finland, the Ministry of Defence said.",
     "Sweden/GPE; Storm Shadow/WEAPON; Leopard 2/VEHICLE; Finland/GPE; Ministry of Defence/ORG"},
    // The variant of a designation is part of it.
    {"Qantas will fly the Boeing 777-300ER to Perth.", "Qantas/ORG; Boeing 777-300ER/VEHICLE; Perth/GPE"},
};

std::string found(const Document& document) {
  std::string out;
  for (const Name& name : find_names(document)) {
    if (!out.empty()) out += "; ";
    out += std::string(document.text_of(name.tokens)) + "/" + std::string(to_string(name.type));
  }
  return out;
}

TEST_CASE("names with their types") {
  const Result<Language> language = Language::load("models");
  REQUIRE_MESSAGE(language.ok(), (language.ok() ? "" : language.error().message));
  for (const Row& row : kRows) {
    Article article;
    article.text = row.text;
    CHECK(found(language->parse(std::move(article))) == row.names);
  }
}

}  // namespace
}  // namespace relata
