#include <algorithm>
#include <fstream>
#include <sstream>

#include "extract/data.h"
#include "extract/statements/ontology_check.h"
#include "extract/tokens/lemmatizer.h"
#include "extract/tokens/lexeme_store.h"

namespace relata::statements {
namespace {

constexpr std::string_view kNames[] = {"verb", "noun", "adjective", "role"};

bool has_word(const std::string& column, std::string_view word) {
  std::istringstream words(column);
  for (std::string one; words >> one;)
    if (one == word) return true;
  return false;
}

}  // namespace

std::string_view to_string(WordClass word_class) { return kNames[static_cast<std::size_t>(word_class)]; }

Result<std::vector<OntologyRow>> read_ontology_rows(const std::string& file) {
  const Result<std::string> home = home_folder();
  if (!home) return home.error();
  std::ifstream in(*home + "/data/" + file, std::ios::binary);
  if (!in) return io_error(*home + "/data/" + file + ": cannot be read");
  std::vector<OntologyRow> rows;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || line[0] == '#') continue;
    OntologyRow row{file + ":" + std::to_string(number), {}};
    for (std::size_t begin = 0, end = 0; end != std::string::npos; begin = end + 1) {
      end = line.find('\t', begin);
      row.columns.push_back(line.substr(begin, end == std::string::npos ? end : end - begin));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<std::vector<OntologyRow>> rows_of(WordClass word_class) {
  return read_ontology_rows("statements/" + std::string(to_string(word_class)) + "s.tsv");
}

Result<KnownWord> look_up(std::string_view word) {
  KnownWord known;
  for (const WordClass word_class : kWordClasses) {
    const auto rows = rows_of(word_class);
    if (!rows) return rows.error();
    for (const OntologyRow& row : *rows)
      if (has_word(row.columns[0], word)) known.uses.push_back({word_class, row});
  }
  const auto lists = read_ontology_rows("statements/words.tsv");
  if (!lists) return lists.error();
  for (const OntologyRow& row : *lists)
    if (row.columns.size() > 1 && has_word(row.columns[1], word) && std::find(known.lists.begin(), known.lists.end(), row.columns[0]) == known.lists.end())
      known.lists.push_back(row.columns[0]);
  return known;
}

std::string lemma_of(const std::string& form, WordClass word_class) {
  Document document;
  document.source = std::make_unique<const Article>();
  const std::string lower = lower_of(form);
  Token token;
  token.text = token.lower = lower;
  token.pos = word_class == WordClass::verb ? Pos::VERB : word_class == WordClass::adjective ? Pos::ADJ : Pos::NOUN;
  document.tokens.push_back(token);
  Lemmatizer().apply(document);
  return std::string(document.tokens[0].lemma);
}

}  // namespace relata::statements
