// The ontology's files as their authors see them: every row with its file and line, and what is wrong with it.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "extract/statements/ontology.h"
#include "graph/result.h"

namespace relata::statements {

inline constexpr std::array<WordClass, 4> kWordClasses = {WordClass::verb, WordClass::noun, WordClass::adjective, WordClass::role};
std::string_view to_string(WordClass word_class);  // "verb"

struct OntologyRow {
  std::string place;  // "statements/verbs.tsv:17"
  std::vector<std::string> columns;
};

// The rows of one of the files: "relations.tsv", "statements/verbs.tsv". Nothing is checked. io when it cannot be read.
Result<std::vector<OntologyRow>> read_ontology_rows(const std::string& file);
Result<std::vector<OntologyRow>> rows_of(WordClass word_class);

struct OntologyCheck {
  struct Count {
    std::string type;
    std::array<std::size_t, 4> words{};  // in the order of kWordClasses; a word with several rows of the type counts once
  };
  std::vector<std::string> faults;  // "statements/verbs.tsv:17: no relation type 'X' in relations.tsv; add it there"
  std::vector<std::string> idle;    // likewise: what does no harm and nothing else, words that are there twice or that earlier rows take
  std::vector<Count> counts;        // a type each, as relations.tsv has them
};

// Reads all files and finds everything that is wrong with them, not only what comes first: missing columns, types that are not there, slots and
// conditions that mean nothing, lists that words.tsv does not have. io when a file cannot be read.
Result<OntologyCheck> check_ontology();

// What is known of a word: its rows, and the lists of words.tsv it is in.
struct KnownWord {
  struct Use {
    WordClass word_class;
    OntologyRow row;
  };
  std::vector<Use> uses;           // in the order in which they are tried
  std::vector<std::string> lists;  // "light"
};

// `word` is a lemma, its parts joined by "_".
Result<KnownWord> look_up(std::string_view word);

// The lemma of a form, as the reading makes it: "attacked" as a verb is "attack".
std::string lemma_of(const std::string& form, WordClass word_class);

}  // namespace relata::statements
