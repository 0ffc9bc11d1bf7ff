#include "commands/ontology.h"

#include <algorithm>
#include <cstdio>
#include <memory>

#include "commands/command.h"
#include "extract/data.h"
#include "extract/statements/nearest.h"
#include "extract/statements/ontology_check.h"

namespace relata {
namespace {

using statements::KnownWord;
using statements::WordClass;

int check() {
  const auto checked = statements::check_ontology();
  if (!checked) return report(checked.error());
  for (const std::string& fault : checked->faults) std::fprintf(stderr, "relata: data/%s\n", fault.c_str());
  if (!checked->faults.empty()) return exit_code(Fault::bad_input);
  for (const std::string& idle : checked->idle) std::fprintf(stderr, "relata: note: data/%s\n", idle.c_str());
  if (const auto loaded = statements::Ontology::load(); !loaded) return report(loaded.error());
  std::printf("%-20s%8s%8s%12s%8s\n", "", "verbs", "nouns", "adjectives", "roles");
  for (const auto& [type, words] : checked->counts) std::printf("%-20s%8zu%8zu%12zu%8zu\n", type.c_str(), words[0], words[1], words[2], words[3]);
  return 0;
}

void print(const std::string& word, const KnownWord& known) {
  for (const KnownWord::Use& use : known.uses) {
    const std::vector<std::string>& columns = use.row.columns;
    const std::string conditions = columns.size() > 3 && !columns[3].empty() ? ", if " + columns[3] : "";
    const std::string type = columns.size() > 1 ? columns[1] : "", slots = columns.size() > 2 ? columns[2] : "";
    std::printf("%s (%s)  %s  with %s%s  [data/%s]\n", word.c_str(), std::string(to_string(use.word_class)).c_str(), type.c_str(), slots.c_str(),
                conditions.c_str(), use.row.place.c_str());
  }
  for (const std::string& list : known.lists) std::printf("%s  is in the list %s  [data/statements/words.tsv]\n", word.c_str(), list.c_str());
}

// The word as it stands, then as the lemma of a form.
std::vector<std::string> readings(std::string word) {
  std::replace(word.begin(), word.end(), ' ', '_');
  std::vector<std::string> all = {word};
  for (const WordClass word_class : {WordClass::verb, WordClass::noun, WordClass::adjective}) {
    const std::string lemma = statements::lemma_of(word, word_class);
    if (std::find(all.begin(), all.end(), lemma) == all.end()) all.push_back(lemma);
  }
  return all;
}

// What verbs the ontology knows are like it, as a hint where a row may be missing.
int print_nearest(const std::string& verb) {
  constexpr std::size_t kShown = 5;
  constexpr float kAlike = 0.6F;
  const auto ontology = statements::Ontology::load();
  if (!ontology) return report(ontology.error());
  const auto home = home_folder();
  if (!home) return report(home.error());
  const auto vectors = WordVectors::load(*home + "/models");
  if (!vectors) return report(vectors.error());
  const auto near = statements::nearest_verbs(*ontology, *vectors, verb, kShown, kAlike);
  std::printf("A verb without a row gives OTHER between two actors. ");
  std::printf(near.empty() ? "No verb with a row is near it in the word vectors.\n" : "Nearest in the word vectors are:\n");
  for (const statements::NearVerb& one : near)
    std::printf("  %.2f  %s  %s\n", static_cast<double>(one.cosine), one.verb.c_str(), one.type.c_str());
  return exit_code(Fault::not_found);
}

int explain(const std::string& word) {
  bool found = false;
  for (const std::string& reading : readings(word)) {
    const auto known = statements::look_up(reading);
    if (!known) return report(known.error());
    print(reading, *known);
    found = found || !known->uses.empty() || !known->lists.empty();
  }
  if (found) return 0;
  std::printf("%s: nothing is known\n", word.c_str());
  return print_nearest(statements::lemma_of(word, WordClass::verb));
}

}  // namespace

void add_ontology(CLI::App& program, int& exit) {
  CLI::App* command = program.add_subcommand("ontology", "The relation types and the words that signal them");
  command->require_subcommand(1);
  run_as(command->add_subcommand("check", "Say what is wrong with data/relations.tsv and data/statements/*.tsv, or how many words each type has"), exit, check);
  const auto word = std::make_shared<std::string>();
  CLI::App* explaining = command->add_subcommand("explain", "What a verb, noun or adjective becomes, and by which rows");
  explaining->footer("Example: relata ontology explain condemn");
  explaining->add_option("word", *word, "A word; the parts of one such as carry_out are joined by _ or a blank")->required();
  run_as(explaining, exit, [word] { return explain(*word); });
}

}  // namespace relata
