#include "extract/times/lexicon.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "extract/data.h"
#include "extract/times/atoms.h"
#include "extract/times/calendar.h"

namespace relata::times {
namespace {

struct SortName {
  std::string_view name;
  Sort sort;
};
constexpr std::array kSorts{
    SortName{"month", Sort::month},       SortName{"weekday", Sort::weekday},     SortName{"season", Sort::season},
    SortName{"unit", Sort::unit},         SortName{"units", Sort::units},         SortName{"number", Sort::number},
    SortName{"scale", Sort::scale},       SortName{"ordinal", Sort::ordinal},     SortName{"part", Sort::part},
    SortName{"clock", Sort::clock},       SortName{"day", Sort::day},             SortName{"reference", Sort::reference},
    SortName{"set", Sort::set},           SortName{"place", Sort::place},         SortName{"quantity", Sort::quantity},
    SortName{"direction", Sort::direction}, SortName{"vague", Sort::vague},       SortName{"zone", Sort::zone},
    SortName{"every", Sort::every},       SortName{"meridiem", Sort::meridiem},   SortName{"era", Sort::era},
    SortName{"decade", Sort::decade},     SortName{"ignore", Sort::ignore},
};

constexpr std::array<std::pair<std::string_view, Unit>, 15> kUnits{{
    {"second", Unit::second}, {"minute", Unit::minute}, {"hour", Unit::hour}, {"day", Unit::day}, {"weekday", Unit::weekday},
    {"weekend", Unit::weekend}, {"night", Unit::night}, {"week", Unit::week}, {"month", Unit::month}, {"quarter", Unit::quarter},
    {"season", Unit::season}, {"year", Unit::year}, {"decade", Unit::decade}, {"century", Unit::century},
    {"millennium", Unit::millennium},
}};

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} ? std::optional(value) : std::nullopt;
}

std::optional<Entry> make_entry(const Row& row) {
  const auto* named = std::find_if(kSorts.begin(), kSorts.end(), [&](const SortName& s) { return s.name == row[1]; });
  if (named == kSorts.end()) return std::nullopt;
  Entry entry{.sort = named->sort, .value = 0, .text = row[2], .weak = false, .narrative = false, .report = false};
  if (entry.sort == Sort::unit || entry.sort == Sort::units) {
    const auto* unit = std::find_if(kUnits.begin(), kUnits.end(), [&](const auto& u) { return u.first == row[2]; });
    if (unit == kUnits.end()) return std::nullopt;
    entry.value = static_cast<int>(unit->second);
  } else {
    entry.value = whole_number(row[2]).value_or(0);
  }
  for (std::size_t i = 3; i < row.size(); ++i) {
    entry.weak = entry.weak || row[i] == "weak";
    entry.narrative = entry.narrative || row[i] == "narrative";
    entry.report = entry.report || row[i] == "report";
  }
  return entry;
}

void add(Lexicon& lexicon, std::string_view phrase, Entry entry) {
  std::vector<std::string> words = phrase_words(phrase);
  if (words.empty()) return;
  Word& word = lexicon.words[words[0]];
  if (words.size() == 1) {
    word.entries.push_back(std::move(entry));
    return;
  }
  words.erase(words.begin());
  word.phrases.push_back({std::move(words), std::move(entry)});
}

}  // namespace

Result<std::unique_ptr<const Lexicon>> load_lexicon() {
  auto lexicon = std::make_unique<Lexicon>();
  const auto words = read_rows("times/words.tsv", 3);
  if (!words) return words.error();
  for (const Row& row : *words) {
    auto entry = make_entry(row);
    if (!entry) return bad_input("times/words.tsv: \"" + row[0] + "\": no such sort or value: " + row[1] + " " + row[2]);
    add(*lexicon, row[0], std::move(*entry));
  }
  const auto holidays = read_rows("times/holidays.tsv", 2);
  if (!holidays) return holidays.error();
  for (const Row& row : *holidays) {
    const auto holiday = parse_holiday(row[1]);
    if (!holiday) return bad_input("times/holidays.tsv: \"" + row[0] + "\": rule not understood: " + row[1]);
    const bool weak = row.size() > 2 && row[2] == "weak";
    add(*lexicon, row[0], {Sort::holiday, static_cast<int>(lexicon->holidays.size()), row[0], weak, false, false});
    lexicon->holidays.push_back(*holiday);
  }
  const auto verbs = read_rows("times/verbs.tsv", 2);
  if (!verbs) return verbs.error();
  for (const Row& row : *verbs) {
    if (row[1] != "light" && row[1] != "intent") return bad_input("times/verbs.tsv: \"" + row[0] + "\": neither light nor intent: " + row[1]);
    lexicon->verbs[row[0]] = row[1] == "light" ? VerbKind::light : VerbKind::intent;
  }
  for (auto& [text, word] : lexicon->words) {
    std::stable_sort(word.phrases.begin(), word.phrases.end(),
                     [](const Phrase& a, const Phrase& b) { return a.rest.size() > b.rest.size(); });
  }
  return std::unique_ptr<const Lexicon>(std::move(lexicon));
}

const Result<std::unique_ptr<const Lexicon>>& shared_lexicon() {
  static const Result<std::unique_ptr<const Lexicon>> loaded = load_lexicon();
  return loaded;
}

}  // namespace relata::times
