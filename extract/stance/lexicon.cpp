#include "extract/stance/lexicon.h"

#include <array>
#include <utility>

#include "extract/data.h"

namespace relata::stance {
namespace {

constexpr std::array<std::pair<std::string_view, Complement>, 20> kComplements{{
    {"that", Complement::that}, {"to", Complement::to},     {"objto", Complement::objto},     {"ing", Complement::ing},
    {"noun", Complement::noun}, {"as", Complement::as},     {"subject", Complement::subject}, {"oprd", Complement::oprd},
    {"of", Complement::of},     {"for", Complement::for_},  {"from", Complement::from},       {"against", Complement::against},
    {"on", Complement::on},     {"in", Complement::in},     {"into", Complement::into},       {"about", Complement::about},
    {"over", Complement::over}, {"at", Complement::at},     {"with", Complement::with},       {"quote", Complement::quote},
}};
constexpr std::array<std::string_view, 5> kParts{"verb", "noun", "adjective", "modifier", "preposition"};
constexpr std::array<std::string_view, 6> kClasses{"say", "ask", "judge", "think", "know", "intend"};
constexpr std::array<std::string_view, 12> kMarkers{"negation",    "negative",  "focus",    "possible", "future", "conditional", "requested",
                                                    "hypothetical", "condition", "question", "time",     "replaced"};

template <typename Names>
std::optional<std::size_t> place_of(const Names& names, std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return i;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> parse_complements(std::string_view list) {
  std::uint32_t set = 0;
  while (!list.empty()) {
    const std::size_t space = list.find(' ');
    const std::string_view name = list.substr(0, space);
    const Complement complement = parse_complement(name);
    if (complement == Complement::none) return std::nullopt;
    set |= 1u << static_cast<unsigned>(complement);
    list = space == std::string_view::npos ? std::string_view() : list.substr(space + 1);
  }
  return set;
}

std::optional<Effect> parse_effect(std::string_view name) {
  if (name == "own") return Effect{true, false, std::nullopt};
  if (name == "happens") return Effect{};
  if (name == "not") return Effect{false, true, std::nullopt};
  const bool turn = name.starts_with("not-");
  const std::optional<Modality> modality = parse_modality(turn ? name.substr(4) : name);
  if (!modality) return std::nullopt;
  return Effect{false, turn, modality};
}

Error wrong(const std::string& file, const Row& row, const std::string& what) {
  return bad_input("data/" + file + ": \"" + row[0] + "\": " + what);
}

struct Loaded {
  Lexicon lexicon;
  std::optional<Error> error;
};

const Loaded& loaded() {
  static const Loaded once = [] {
    Result<Lexicon> read = Lexicon::read();
    if (!read) return Loaded{Lexicon(), read.error()};
    return Loaded{std::move(*read), std::nullopt};
  }();
  return once;
}

}  // namespace

Complement parse_complement(std::string_view name) {
  for (const auto& [known, complement] : kComplements) {
    if (known == name) return complement;
  }
  return Complement::none;
}

Result<Lexicon> Lexicon::read() {
  Lexicon lexicon;
  if (Result<void> r = lexicon.read_signatures(); !r) return r.error();
  if (Result<void> r = lexicon.read_cues(); !r) return r.error();
  if (Result<void> r = lexicon.read_markers(); !r) return r.error();
  if (Result<void> r = lexicon.read_lemmas(); !r) return r.error();
  return lexicon;
}

Result<void> Lexicon::read_lemmas() {
  const Result<std::vector<Row>> rows = read_rows("stance/lemmas.tsv", 2);
  if (!rows) return rows.error();
  const auto alias = [](auto& table, const Row& row) {
    const auto known = table.find(row[1]);
    if (known == table.end()) return;
    auto value = known->second;
    table.try_emplace(row[0], std::move(value));
  };
  for (const Row& row : *rows) {
    for (auto& table : signatures_) alias(table, row);
    for (auto& table : cues_) alias(table, row);
  }
  return {};
}

Result<void> Lexicon::read_signatures() {
  const std::string file = "stance/signatures.tsv";
  const Result<std::vector<Row>> rows = read_rows(file, 5);
  if (!rows) return rows.error();
  for (const Row& row : *rows) {
    const auto part = place_of(kParts, row[1]);
    const auto complements = parse_complements(row[2]);
    const auto affirmed = parse_effect(row[3]), denied = parse_effect(row[4]);
    if (!part) return wrong(file, row, "part " + row[1] + " is none of verb, noun, adjective, modifier, preposition");
    if (!complements) return wrong(file, row, "unknown complement in \"" + row[2] + "\"");
    if (!affirmed || !denied) return wrong(file, row, "unknown effect in \"" + row[3] + "\", \"" + row[4] + "\"");
    signatures_[*part][row[0]].push_back({*complements, *affirmed, *denied});
  }
  return {};
}

Result<void> Lexicon::read_cues() {
  const std::string file = "stance/reporting.tsv";
  const Result<std::vector<Row>> rows = read_rows(file, 4);
  if (!rows) return rows.error();
  for (const Row& row : *rows) {
    const auto part = place_of(kParts, row[1]);
    const auto kind = place_of(kClasses, row[2]);
    const auto content = parse_complements(row[3]);
    if (!part || *part > 2) return wrong(file, row, "part " + row[1] + " is none of verb, noun, adjective");
    if (!kind) return wrong(file, row, "class " + row[2] + " is none of say, ask, judge, think, know, intend");
    if (!content) return wrong(file, row, "unknown content in \"" + row[3] + "\"");
    cues_[*part][row[0]] = {static_cast<CueClass>(*kind), *content};
  }
  return {};
}

Result<void> Lexicon::read_markers() {
  const std::string file = "stance/markers.tsv";
  const Result<std::vector<Row>> rows = read_rows(file, 2);
  if (!rows) return rows.error();
  for (const Row& row : *rows) {
    const auto marker = place_of(kMarkers, row[1]);
    if (!marker) return wrong(file, row, "unknown role " + row[1]);
    markers_[row[0]] |= 1u << *marker;
  }
  return {};
}

std::optional<Effect> Lexicon::effect(Part part, std::string_view lemma, Complement complement, bool denied) const {
  const auto& table = signatures_[static_cast<std::size_t>(part)];
  const auto found = table.find(lemma);
  if (found == table.end()) return std::nullopt;
  for (const Signature& signature : found->second) {
    if ((signature.complements >> static_cast<unsigned>(complement) & 1u) != 0) return denied ? signature.denied : signature.affirmed;
  }
  return std::nullopt;
}

const Cue* Lexicon::cue(Part part, std::string_view lemma) const {
  const auto& table = cues_[static_cast<std::size_t>(part)];
  const auto found = table.find(lemma);
  return found == table.end() ? nullptr : &found->second;
}

bool Lexicon::marks(std::string_view word, Marker marker) const {
  const auto found = markers_.find(word);
  return found != markers_.end() && (found->second >> static_cast<unsigned>(marker) & 1u) != 0;
}

std::optional<Modality> Lexicon::weakens(std::string_view word) const {
  const auto found = markers_.find(word);
  if (found == markers_.end()) return std::nullopt;
  const auto has = [&](Marker m) { return (found->second >> static_cast<unsigned>(m) & 1u) != 0; };
  if (has(Marker::possible)) return Modality::possible;
  if (has(Marker::future)) return Modality::future;
  if (has(Marker::conditional)) return Modality::conditional;
  if (has(Marker::requested)) return Modality::requested;
  if (has(Marker::hypothetical)) return Modality::hypothetical;
  return std::nullopt;
}

const Lexicon& stance_lexicon() { return loaded().lexicon; }

Result<void> check_stance_data() {
  if (loaded().error) return *loaded().error;
  return {};
}

}  // namespace relata::stance
