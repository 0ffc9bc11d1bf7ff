#include "extract/names/lexicon.h"

#include <algorithm>
#include <cctype>

#include "extract/data.h"

namespace relata::names {
namespace {

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts;
  if (list == "-") return parts;
  std::size_t begin = 0;
  for (std::size_t bar = list.find('|'); bar != std::string::npos; bar = list.find('|', begin)) {
    parts.push_back(list.substr(begin, bar - begin));
    begin = bar + 1;
  }
  parts.push_back(list.substr(begin));
  return parts;
}

std::string without_spaces(std::string_view name) {
  std::string key;
  for (const char c : name)
    if (c != ' ') key.push_back(c);
  return key;
}

bool is_acronym(std::string_view name) {
  return std::none_of(name.begin(), name.end(), [](char c) { return std::islower(static_cast<unsigned char>(c)); });
}

std::string upper_ascii(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return text;
}

Gender gender_of(const std::string& letter) {
  if (letter == "m") return Gender::male;
  if (letter == "f") return Gender::female;
  return letter == "n" ? Gender::thing : Gender::unknown;
}

Error unknown_word(const char* file, const std::string& word) {
  return bad_input("data/names/" + std::string(file) + ": unknown word '" + word + "'; the file's first lines list what may stand there");
}

}  // namespace

// The first entry of a name stays: files are read from the surest to the least sure.
void Lexicon::add(std::string_view name, const Known& known) {
  std::string key = without_spaces(name);
  if (known.strength >= 2 && key.size() > 3 && !is_acronym(key)) insert(upper_ascii(key), known);
  insert(std::move(key), known);
}

void Lexicon::insert(std::string key, const Known& known) {
  const std::size_t bit = Hash{}(key) % kFilterBits;
  filter_[bit / 64] |= std::uint64_t{1} << (bit % 64);
  known_.try_emplace(std::move(key), known);
}

std::uint32_t Lexicon::new_group(std::string canonical) {
  canonical_.push_back(std::move(canonical));
  return static_cast<std::uint32_t>(canonical_.size() - 1);
}

Result<void> Lexicon::load_countries() {
  auto rows = read_rows("names/countries.tsv", 4);
  if (!rows) return rows.error();
  const auto state_nouns = static_cast<std::uint32_t>(kinds_.size());
  kinds_.push_back({"country", "nation", "state"});
  const auto city_nouns = static_cast<std::uint32_t>(kinds_.size());
  kinds_.push_back({"city", "capital"});
  std::vector<std::uint32_t> groups;
  for (const Row& row : *rows) {
    Known state{EntityType::gpe, 3, false, new_group(row[0]), state_nouns};
    groups.push_back(state.group);
    add(row[0], state);
    for (const std::string& other : split(row[1])) add(other, state);
    state.adjective = true;
    for (const std::string& adjective : split(row[2])) add(adjective, state);
  }
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const std::vector<std::string> capital = split((*rows)[i][3]);
    if (capital.empty()) continue;
    const Known city{EntityType::gpe, 3, false, new_group(capital[0]), city_nouns};
    for (const std::string& spelling : capital) {
      add(spelling, city);
      seats_.try_emplace(without_spaces(spelling), groups[i]);
    }
  }
  auto adjectives = read_rows("names/adjectives.tsv", 2);
  if (!adjectives) return adjectives.error();
  for (const Row& row : *adjectives) {
    const Known* region = row[1] == "-" ? nullptr : known(without_spaces(row[1]));
    Known word = region == nullptr ? Known{EntityType::norp, 3, true, new_group(row[0]), 0} : *region;
    word.adjective = true;
    add(row[0], word);
  }
  return {};
}

Result<void> Lexicon::load_known() {
  auto rows = read_rows("names/known.tsv", 4);
  if (!rows) return rows.error();
  for (const Row& row : *rows) {
    const auto type = parse_entity_type(row[0]);
    if (!type) return unknown_word("known.tsv", row[0]);
    Known entry{*type, 3, false, new_group(row[1]), 0};
    if (std::vector<std::string> nouns = split(row[3]); !nouns.empty()) {
      entry.kinds = static_cast<std::uint32_t>(kinds_.size());
      kinds_.push_back(std::move(nouns));
    }
    add(row[1], entry);
    for (const std::string& other : split(row[2])) add(other, entry);
  }
  return {};
}

Result<void> Lexicon::load_places() {
  auto rows = read_rows("names/places.tsv", 3);
  if (!rows) return rows.error();
  for (const Row& row : *rows) {
    const auto type = parse_entity_type(row[0]);
    if (!type) return unknown_word("places.tsv", row[0]);
    const Known* old = known(without_spaces(row[1]));
    const Known place = old != nullptr ? *old : Known{*type, 2, false, new_group(row[1]), 0};
    add(row[1], place);
    for (const std::string& other : split(row[2])) add(other, place);
  }
  for (const char* file : {"names/cities.tsv", "names/regions.tsv"}) {
    auto list = read_rows(file, 1);
    if (!list) return list.error();
    for (const Row& row : *list)
      if (known(without_spaces(row[0])) == nullptr) add(row[0], {EntityType::gpe, 1, false, new_group(row[0]), 0});
  }
  return {};
}

Result<void> Lexicon::load_words() {
  for (const char* file : {"names/given_names.tsv", "names/given_names_more.tsv"}) {
    auto given = read_rows(file, 2);
    if (!given) return given.error();
    for (const Row& row : *given) given_.try_emplace(row[0], gender_of(row[1]));
  }
  auto nicknames = read_rows("names/nicknames.tsv", 2);
  if (!nicknames) return nicknames.error();
  for (const Row& row : *nicknames) nicknames_.try_emplace(row[0], split(row[1]));
  auto surnames = read_rows("names/surnames.tsv", 1);
  if (!surnames) return surnames.error();
  for (const Row& row : *surnames) surnames_.try_emplace(row[0], true);
  auto verbs = read_rows("names/person_verbs.tsv", 1);
  if (!verbs) return verbs.error();
  for (const Row& row : *verbs) person_verbs_.try_emplace(row[0], true);
  auto no_names = read_rows("names/no_names.tsv", 1);
  if (!no_names) return no_names.error();
  for (const Row& row : *no_names) no_names_.try_emplace(row[0], true);
  auto forms = read_rows("identity/legal_forms.tsv", 1);
  if (!forms) return forms.error();
  for (const Row& row : *forms) legal_forms_.try_emplace(row[0], true);
  auto titles = read_rows("names/titles.tsv", 3);
  if (!titles) return titles.error();
  for (const Row& row : *titles) {
    if (row[2] != "honorific" && row[2] != "office" && row[2] != "part") return unknown_word("titles.tsv", row[2]);
    const Title title{gender_of(row[1]), row[2] == "honorific" ? TitleKind::honorific : row[2] == "office" ? TitleKind::office : TitleKind::part};
    titles_.try_emplace(row[0], title);
    std::string lower = row[0];
    lower[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(lower[0])));
    if (title.kind != TitleKind::honorific) titles_.try_emplace(lower, title);
  }
  auto also_called = read_rows("names/also_called.tsv", 2);
  if (!also_called) return also_called.error();
  for (const Row& row : *also_called) also_called_.try_emplace(row[0], split(row[1]));
  auto heads = read_rows("names/heads.tsv", 3);
  if (!heads) return heads.error();
  for (const Row& row : *heads) {
    const auto type = parse_entity_type(row[1]);
    if (!type) return unknown_word("heads.tsv", row[1]);
    const HeadPlace place = row[2] == "last" ? HeadPlace::last : row[2] == "first" ? HeadPlace::first : HeadPlace::any;
    heads_.try_emplace(row[0], HeadWord{*type, place});
  }
  return {};
}

Result<void> Lexicon::load_nouns() {
  auto rows = read_rows("names/nouns.tsv", 4);
  if (!rows) return rows.error();
  for (const Row& row : *rows) {
    Noun noun{0, gender_of(row[2]), row[3] == "g"};
    for (const std::string& name : split(row[1])) {
      const auto type = parse_entity_type(name);
      if (!type) return unknown_word("nouns.tsv", name);
      noun.types = static_cast<std::uint16_t>(noun.types | type_bit(*type));
    }
    nouns_.try_emplace(row[0], noun);
  }
  return {};
}

Result<Lexicon> Lexicon::load() {
  Lexicon made;
  // Regions come before the adjectives that point at them, states before all.
  for (auto part : {&Lexicon::load_known, &Lexicon::load_countries, &Lexicon::load_places, &Lexicon::load_words, &Lexicon::load_nouns})
    if (auto done = (made.*part)(); !done) return done.error();
  return made;
}

namespace {
const Result<Lexicon>& loaded() {
  static const Result<Lexicon> result = Lexicon::load();
  return result;
}
}  // namespace

const Lexicon& lexicon() {
  static const Lexicon empty;
  const Result<Lexicon>& result = loaded();
  return result ? *result : empty;
}

Result<void> check_lexicon() {
  if (!loaded()) return loaded().error();
  return {};
}

}  // namespace relata::names
