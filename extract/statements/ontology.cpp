#include "extract/statements/ontology.h"

#include <algorithm>

#include "extract/data.h"

namespace relata::statements {
namespace {

std::vector<std::string> split(std::string_view text, char by) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(by);
    const std::string_view part = text.substr(0, end);
    if (!part.empty()) parts.emplace_back(part);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

constexpr std::pair<std::string_view, Slot::Kind> kSlotNames[] = {
    {"obj", Slot::Kind::object},     {"iobj", Slot::Kind::indirect}, {"attr", Slot::Kind::attribute},   {"inf", Slot::Kind::inner},
    {"inf*", Slot::Kind::inner_all}, {"that", Slot::Kind::clause},   {"that*", Slot::Kind::clause_all}, {"must", Slot::Kind::must},
    {"each", Slot::Kind::each},      {"any", Slot::Kind::any},       {"purpose", Slot::Kind::purpose}};

Slot parse_slot(const std::string& text) {
  for (const auto& [name, kind] : kSlotNames)
    if (text == name) return {kind, {}};
  return {Slot::Kind::preposition, text};
}

Result<std::vector<EntityType>> parse_types(const std::string& where, std::string_view text) {
  std::vector<EntityType> types;
  for (const std::string& name : split(text, '|')) {
    const std::optional<EntityType> type = parse_entity_type(name);
    if (!type) return bad_input(where + ": no entity type '" + name + "'; use PERSON, ORG, GPE, ...");
    types.push_back(*type);
  }
  return types;
}

}  // namespace

std::string to_string(const Slot& slot) {
  for (const auto& [name, kind] : kSlotNames)
    if (slot.kind == kind) return std::string(name);
  return slot.word;
}

Result<Entry> parse_entry(const std::string& where, const std::string& type, const std::string& slots, const std::string& conditions) {
  Entry entry;
  entry.type = type;
  entry.source = where;
  for (const std::string& slot : split(slots, ',')) entry.slots.push_back(parse_slot(slot));
  for (const std::string& condition : split(conditions, ' ')) {
    const std::size_t mark = condition.find_first_of(":=");
    const std::string key = condition.substr(0, mark), value = mark == std::string::npos ? "" : condition.substr(mark + 1);
    const char sign = mark == std::string::npos ? '\0' : condition[mark];
    if (key == "obj" && sign == ':') {
      entry.objects = split(value, '|');
    } else if (key == "subj" && sign == ':') {
      entry.subjects = split(value, '|');
    } else if (key == "has") {
      entry.preposition = value;
    } else if (key == "of" && value == "agent") {
      entry.of_is_agent = true;
    } else if (sign == '=' && (key == "obj" || key == "subj")) {
      Result<std::vector<EntityType>> types = parse_types(where, value);
      if (!types) return types.error();
      (key == "obj" ? entry.object_types : entry.subject_types) = *types;
    } else if (condition == "no-obj") {
      entry.without_object = true;
    } else if (condition == "attr") {
      entry.needs_attribute = true;
    } else if (condition == "no-attr") {
      entry.without_attribute = true;
    } else if (condition == "reversed") {
      entry.reversed = true;
    } else if (condition == "also") {
      entry.also = true;
    } else if (condition == "swallows") {
      entry.swallows = true;
    } else {
      return bad_input(where + ": unknown condition '" + condition + "'; see data/statements/README.md");
    }
  }
  return entry;
}

Result<Ontology> Ontology::load() {
  Ontology ontology;
  if (Result<void> done = ontology.load_types(); !done) return done.error();
  if (Result<void> done = ontology.load_words(); !done) return done.error();
  if (Result<void> done = ontology.load_entries("statements/verbs.tsv", WordClass::verb); !done) return done.error();
  if (Result<void> done = ontology.load_entries("statements/nouns.tsv", WordClass::noun); !done) return done.error();
  if (Result<void> done = ontology.load_entries("statements/adjectives.tsv", WordClass::adjective); !done) return done.error();
  if (Result<void> done = ontology.load_entries("statements/roles.tsv", WordClass::role); !done) return done.error();
  if (const auto seats = read_rows("identity/governments.tsv", 4); !seats) return seats.error();
  return ontology;
}

const Ontology* Ontology::shared() {
  static const Result<Ontology> loaded = load();
  return loaded ? &*loaded : nullptr;
}

Result<void> Ontology::load_types() {
  const Result<std::vector<Row>> rows = read_rows("relations.tsv", 7);
  if (!rows) return rows.error();
  for (const Row& row : *rows) types_.push_back({row[0], row[1], row[2] == "symmetric", row[3] == "state", row[4], row[5], row[6]});
  return {};
}

Result<void> Ontology::load_words() {
  const Result<std::vector<Row>> rows = read_rows("statements/words.tsv", 2);
  if (!rows) return rows.error();
  for (const Row& row : *rows)
    for (const std::string& word : split(row[1], ' ')) sets_[row[0]][word] = true;
  return {};
}

Result<void> Ontology::load_entries(const std::string& file, WordClass word_class) {
  const Result<std::vector<Row>> rows = read_rows(file, 3);
  if (!rows) return rows.error();
  for (const Row& row : *rows) {
    const std::string where = file + ": " + row[0];
    if (type(row[1]) == nullptr) return bad_input(where + ": no relation type '" + row[1] + "' in relations.tsv; add it there");
    Result<Entry> entry = parse_entry(where, row[1], row[2], row.size() > 3 ? row[3] : "");
    if (!entry) return entry.error();
    for (const std::string& word : split(row[0], ' ')) entries_[static_cast<int>(word_class)][word].push_back(*entry);
  }
  return {};
}

std::span<const Entry> Ontology::entries(WordClass word_class, std::string_view lemma) const {
  const auto& map = entries_[static_cast<int>(word_class)];
  const auto found = map.find(lemma);
  return found == map.end() ? std::span<const Entry>{} : std::span<const Entry>(found->second);
}

std::vector<std::string> Ontology::words(WordClass word_class) const {
  std::vector<std::string> words;
  for (const auto& [word, entries] : entries_[static_cast<int>(word_class)]) words.push_back(word);
  std::sort(words.begin(), words.end());
  return words;
}

const RelationType* Ontology::type(std::string_view name) const {
  for (const RelationType& type : types_)
    if (type.name == name) return &type;
  return nullptr;
}

bool Ontology::has(std::string_view set, std::string_view lemma) const {
  const auto found = sets_.find(set);
  return found != sets_.end() && found->second.find(lemma) != found->second.end();
}

}  // namespace relata::statements
