#include "extract/statements/ontology_check.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <unordered_map>
#include <utility>

namespace relata::statements {
namespace {

std::vector<std::string> words_of(const std::string& column) {
  std::istringstream in(column);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(std::move(word));
  return words;
}

class Checker {
 public:
  Result<OntologyCheck> check() {
    if (Result<void> done = read_types(); !done) return done.error();
    if (Result<void> done = read_lists(); !done) return done.error();
    for (const WordClass word_class : kWordClasses) {
      const auto rows = rows_of(word_class);
      if (!rows) return rows.error();
      rows_of_word_.clear();
      for (const OntologyRow& row : *rows) add(word_class, row);
    }
    for (const RelationType& type : types_) made_.counts.push_back({type.name, counts(type.name)});
    return std::move(made_);
  }

 private:
  struct Before {
    Entry entry;
    std::string place;
  };

  void fault(const OntologyRow& row, const std::string& what) { made_.faults.push_back(row.place + ": " + what); }

  bool wide_enough(const OntologyRow& row, std::size_t least, std::size_t most) {
    if (row.columns.size() >= least && row.columns.size() <= most) return true;
    fault(row, std::to_string(row.columns.size()) + " columns, " + std::to_string(least) + (most > least ? " to " + std::to_string(most) : "") +
                   " needed (separated by tabs)");
    return false;
  }

  const RelationType* type_of(std::string_view name) const {
    const auto found = std::find_if(types_.begin(), types_.end(), [&](const RelationType& type) { return type.name == name; });
    return found == types_.end() ? nullptr : &*found;
  }

  Result<void> read_types() {
    const auto rows = read_ontology_rows("relations.tsv");
    if (!rows) return rows.error();
    for (const OntologyRow& row : *rows) {
      if (!wide_enough(row, 7, 7)) continue;
      if (row.columns[2] != "symmetric" && row.columns[2] != "directed") fault(row, "'" + row.columns[2] + "' is neither symmetric nor directed");
      if (row.columns[3] != "event" && row.columns[3] != "state") fault(row, "'" + row.columns[3] + "' is neither event nor state");
      if (type_of(row.columns[0]) != nullptr) fault(row, row.columns[0] + " is there twice");
      RelationType type;
      type.name = row.columns[0];
      type.symmetric = row.columns[2] == "symmetric";
      type.state = row.columns[3] == "state";
      types_.push_back(std::move(type));
    }
    return {};
  }

  Result<void> read_lists() {
    const auto rows = read_ontology_rows("statements/words.tsv");
    if (!rows) return rows.error();
    for (const OntologyRow& row : *rows) {
      if (!wide_enough(row, 2, 2)) continue;
      std::vector<std::string> words = words_of(row.columns[1]);
      if (words.empty()) fault(row, "no words");
      lists_[row.columns[0]].insert(words.begin(), words.end());
    }
    return {};
  }

  void add(WordClass word_class, const OntologyRow& row) {
    if (!wide_enough(row, 3, 4)) return;
    if (type_of(row.columns[1]) == nullptr)
      fault(row, "no relation type '" + row.columns[1] + "' in relations.tsv; add it there");
    const Result<Entry> entry = parse_entry(row.place, row.columns[1], row.columns[2], row.columns.size() > 3 ? row.columns[3] : "");
    if (!entry) {
      made_.faults.push_back(entry.error().message);
      return;
    }
    check_entry(row, *entry);
    const std::vector<std::string> words = words_of(row.columns[0]);
    if (words.empty()) fault(row, "no words");
    std::set<std::string> seen;
    for (const std::string& word : words) {
      if (!seen.insert(word).second) {
        made_.idle.push_back(row.place + ": '" + word + "' is there twice");
        continue;
      }
      words_[row.columns[1]][static_cast<std::size_t>(word_class)].insert(word);
      check_reached(row, word, *entry);
    }
  }

  void check_entry(const OntologyRow& row, const Entry& entry) {
    if (entry.slots.empty()) fault(row, "no slot; see data/statements/README.md");
    for (const Slot& slot : entry.slots)
      if (slot.kind == Slot::Kind::preposition && lists_["preposition"].count(slot.word) == 0)
        fault(row, "'" + slot.word + "' is neither a slot nor in the list preposition of statements/words.tsv");
    for (const auto* words : {&entry.objects, &entry.subjects})
      for (const std::string& word : *words)
        if (word[0] == '@' && lists_.count(word.substr(1)) == 0) fault(row, "no list '" + word.substr(1) + "' in statements/words.tsv");
  }

  // The first row whose conditions hold and one of whose slots is filled counts. Passives without an agent look for a type that they can
  // tell, and acts of an owner for a row that does not swallow, so that such a row may count after another.
  void check_reached(const OntologyRow& row, const std::string& word, const Entry& entry) {
    std::vector<Before>& all = rows_of_word_[word];
    for (const Before& before : all) {
      if (!always_before(before.entry, entry)) continue;
      made_.idle.push_back(row.place + ": '" + word + "' is taken by " + before.place + " whenever this row fits");
      break;
    }
    all.push_back({entry, row.place});
  }

  static bool same_slot(const Slot& a, const Slot& b) { return a.kind == b.kind && a.word == b.word; }

  bool always_before(const Entry& before, const Entry& entry) const {
    const bool slots = std::all_of(entry.slots.begin(), entry.slots.end(), [&](const Slot& slot) {
      return std::any_of(before.slots.begin(), before.slots.end(), [&](const Slot& other) { return same_slot(slot, other); });
    });
    const auto within = [](const auto& wider, const auto& narrower) { return wider.empty() || wider == narrower; };
    const auto asks = [](bool wider, bool narrower) { return !wider || narrower; };
    if (before.type != entry.type || before.swallows != entry.swallows) {
      const RelationType* type = type_of(entry.type);
      if (type == nullptr || type->symmetric || type->state || entry.type == "MOBILIZE" || (before.swallows && !entry.swallows)) return false;
    }
    return slots && within(before.objects, entry.objects) && within(before.subjects, entry.subjects) && within(before.preposition, entry.preposition) &&
           within(before.subject_types, entry.subject_types) && within(before.object_types, entry.object_types) &&
           asks(before.without_object, entry.without_object) && asks(before.needs_attribute, entry.needs_attribute) &&
           asks(before.without_attribute, entry.without_attribute);
  }

  std::array<std::size_t, 4> counts(const std::string& type) const {
    std::array<std::size_t, 4> sizes{};
    const auto found = words_.find(type);
    for (std::size_t i = 0; found != words_.end() && i < sizes.size(); ++i) sizes[i] = found->second[i].size();
    return sizes;
  }

  OntologyCheck made_;
  std::vector<RelationType> types_;
  std::map<std::string, std::set<std::string>> lists_;
  std::map<std::string, std::array<std::set<std::string>, 4>> words_;   // by type
  std::unordered_map<std::string, std::vector<Before>> rows_of_word_;  // of the word class at work
};

}  // namespace

Result<OntologyCheck> check_ontology() { return Checker().check(); }

}  // namespace relata::statements
