#include "bench/language/text.h"

#include <span>
#include <string_view>

namespace relata {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::string_view kRoles[] = {"minister",  "president", "spokesman",  "spokeswoman",  "mayor",      "governor",   "director",
                                       "analyst",   "engineer",  "envoy",      "general",      "senator",    "lawyer",     "judge",
                                       "economist", "chairman",  "founder",    "commissioner", "ambassador", "prosecutor", "coach",
                                       "captain",   "doctor",    "professor",  "editor",       "witness",    "farmer",     "trader",
                                       "banker",    "inspector", "negotiator", "chancellor",   "adviser"};
constexpr std::string_view kAdjectives[] = {
    "new",       "former",    "deputy",        "senior",     "foreign",   "local",       "federal",    "regional",
    "military",  "civil",     "economic",      "public",     "private",   "large",       "small",      "recent",
    "early",     "late",      "long-range",    "joint",      "annual",    "secret",      "unexpected", "heavy",
    "modest",    "urgent",    "controversial", "costly",     "popular",   "fragile",     "temporary",  "permanent",
    "nuclear",   "digital",   "rural",         "industrial", "coastal",   "independent", "bilateral",  "humanitarian",
    "strategic", "technical", "serious",       "quiet",      "ambitious", "disputed",    "peaceful"};
constexpr std::string_view kNouns[] = {
    "agreement",    "budget",     "bridge",     "harbour",  "pipeline",  "sanction",   "election",  "missile",     "treaty",
    "reform",       "strike",     "company",    "merger",   "shipment",  "hospital",   "school",    "railway",     "satellite",
    "factory",      "border",     "ceasefire",  "inquiry",  "report",    "contract",   "loan",      "deficit",     "tariff",
    "protest",      "summit",     "delegation", "proposal", "offensive", "drone",      "refugee",   "vaccine",     "drought",
    "flood",        "earthquake", "wildfire",   "verdict",  "appeal",    "pension",    "subsidy",   "licence",     "airport",
    "ferry",        "warship",    "battalion",  "reactor",  "grid",      "currency",   "inflation", "shareholder", "takeover",
    "patent",       "lawsuit",    "settlement", "embassy",  "visa",      "parliament", "committee", "coalition",   "referendum",
    "constitution", "union",      "wage",       "harvest",  "export",    "import",     "refinery",  "mine",        "dam"};
constexpr std::string_view kPast[] = {"signed",    "rejected",  "approved",  "criticised", "welcomed",   "delayed", "cancelled",
                                      "announced", "discussed", "attacked",  "defended",   "supported",  "opposed", "launched",
                                      "suspended", "funded",    "inspected", "visited",    "opened",     "closed",  "bought",
                                      "sold",      "repaired",  "destroyed", "captured",   "lost",       "won",     "blocked",
                                      "ratified",  "drafted",   "leaked",    "published",  "questioned", "denied",  "confirmed"};
constexpr std::string_view kBase[] = {"sign",    "reject",   "approve",  "criticise", "welcome", "delay",   "cancel",   "announce",
                                      "discuss", "attack",   "defend",   "support",   "oppose",  "launch",  "suspend",  "fund",
                                      "inspect", "visit",    "open",     "close",     "buy",     "sell",    "repair",   "destroy",
                                      "capture", "lose",     "block",    "ratify",    "draft",   "publish", "question", "deny",
                                      "confirm", "postpone", "withdraw", "modernise", "expand",  "abandon", "resume"};
constexpr std::string_view kSaid[] = {"said",    "told reporters", "added",    "warned",    "insisted",
                                      "claimed", "argued",         "admitted", "explained", "noted"};
constexpr std::string_view kDays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
constexpr std::string_view kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
constexpr std::string_view kAdverbs[] = {"quickly",     "openly",   "reportedly", "again",     "finally",
                                         "reluctantly", "formally", "jointly",    "allegedly", "largely"};
constexpr std::string_view kFirst[] = {"Anna",   "Boris", "Clara",  "David",  "Elena", "Farid", "Greta", "Hugo",    "Irina",
                                       "Jonas",  "Katya", "Luis",   "Maria",  "Nadia", "Omar",  "Petra", "Quentin", "Rosa",
                                       "Stefan", "Tomas", "Ursula", "Victor", "Wanda", "Yusuf", "Zoe"};
constexpr std::string_view kOnsets[] = {"b", "br", "d", "dr", "f",  "g", "gr", "h", "k", "kl", "l",  "m",
                                        "n", "p",  "r", "s",  "st", "t", "tr", "v", "w", "z",  "sh", "ch"};
constexpr std::string_view kRimes[] = {"a", "an", "ar", "e",  "el", "en", "er", "i",  "il", "in",
                                       "o", "ol", "on", "or", "u",  "un", "ai", "au", "ei", "ov"};
constexpr std::string_view kSurnameEnds[] = {"son",  "sky",  "ova",  "ini", "berg", "mann", "ez", "ides",
                                             "well", "ford", "enko", "ier", "ski",  "sen",  ""};
constexpr std::string_view kPlaceEnds[] = {"ia", "burg", "grad", "ton", "land", "stan", "mouth", "ville", "ora", "field"};
constexpr std::string_view kFirmEnds[] = {
    " Group", " Energy", " Holdings", " Bank", " Airlines", " Steel", " Institute", " Ministry of Defence", " Times", ""};

// Every sentence is made of one of these; letters in braces stand for words.
constexpr std::string_view kSentences[] = {"{F} {S}, the {a} {r} of {P}, {d} on {D} that the {n} would be {p} by {M} {#}.",
                                           "The {a} {n} was {p} by {O} after the {r} {y} {p} a {a} {n} in {P}.",
                                           "\"We will {b} the {n} and {b} every {a} {n},\" {d} {S}, who has led {O} since {Y}.",
                                           "{O} {p} the {n} for ${#}.{#} million, according to a {a} {r}.",
                                           "In {P}, about {#} people {p} the {a} {n} on {M} {#}, {Y}, and {#}% of them {p} it {y}.",
                                           "But {S} didn't {b} the {n}: he {p} a {a} {n} instead, and {O} {y} {p} it.",
                                           "Neither {O} nor the {r} of {P} has {p} the {n} which {F} {S} {p} in {Y}.",
                                           "If the {r} decides to {b} the {n}, {P} may {b} its {a} {n} next {D}, {S} {d}.",
                                           "{F} {S} and {F} {S} met in {P} on {D} to {b} the {a} {n} between {O} and {O}.",
                                           "The {r}'s {n}, which {O} {p} last {D}, could {b} the {a} {n} of {P}; critics {d} it won't.",
                                           "It is not clear whether {O} will {b} the {n}, {d} a {a} {r} who asked not to be named.",
                                           "Shares of {O} fell {#}.{#} per cent on {D} after {P} {p} the {n} with {P}.",
                                           "\"This is a {a} {n},\" the {r} {d}, \"and nobody wants to {b} it.\"",
                                           "Having {p} the {a} {n}, {S} {y} {p} for {P} with {#} {r}s and a {a} {n}.",
                                           "More than {#},{#}00 tonnes of the {n} were {p} near {P} before the {a} {n} of {M} {Y}.",
                                           "There had been {a} talks on the {n}, but {O} and the {a} {r} {p} them {y}."};

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}

  std::string article(std::size_t bytes) {
    std::string text;
    // An article has few names, which come again and again.
    cast_ = next() % 4000;
    while (text.size() < bytes) {
      if (!text.empty()) text += ' ';
      sentence(kSentences[next() % std::size(kSentences)], text);
    }
    return text;
  }

 private:
  std::uint64_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_ >> 11;
  }
  // Few words are frequent and many rare, as in all text.
  std::string_view pick(Words words) {
    const std::uint64_t low = next() % words.size(), high = next() % words.size();
    return words[low < high ? low : high];
  }
  std::string made_up(std::uint64_t number, Words ends) {
    std::string word;
    std::uint64_t rest = number * 0x9E3779B97F4A7C15u;
    for (std::size_t syllable = 0; syllable < 2 + number % 2; ++syllable) {
      word += kOnsets[rest % std::size(kOnsets)];
      rest /= std::size(kOnsets);
      word += kRimes[rest % std::size(kRimes)];
      rest /= std::size(kRimes);
    }
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
    return word.append(ends[rest % ends.size()]);
  }
  std::uint64_t actor() { return next() % 8 == 0 ? next() % 200'000 : cast_ + next() % 6; }

  void word(char letter, std::string& text) {
    switch (letter) {
      case 'F':
        text += pick(kFirst);
        break;
      case 'S':
        text += made_up(actor(), kSurnameEnds);
        break;
      case 'P':
        text += made_up(actor(), kPlaceEnds);
        break;
      case 'O':
        text += made_up(actor(), kFirmEnds);
        break;
      case 'a':
        text += pick(kAdjectives);
        break;
      case 'n':
        text += pick(kNouns);
        break;
      case 'r':
        text += pick(kRoles);
        break;
      case 'p':
        text += pick(kPast);
        break;
      case 'b':
        text += pick(kBase);
        break;
      case 'd':
        text += pick(kSaid);
        break;
      case 'y':
        text += pick(kAdverbs);
        break;
      case 'D':
        text += pick(kDays);
        break;
      case 'M':
        text += pick(kMonths);
        break;
      case 'Y':
        text += std::to_string(1960 + next() % 66);
        break;
      default:
        text += std::to_string(1 + next() % 30);
        break;
    }
  }
  void sentence(std::string_view form, std::string& text) {
    for (std::size_t i = 0; i < form.size(); ++i) {
      if (form[i] != '{') {
        text += form[i];
        continue;
      }
      word(form[i + 1], text);
      i += 2;
    }
  }

  std::uint64_t state_;
  std::uint64_t cast_ = 0;
};

}  // namespace

std::vector<std::string> make_articles(std::size_t bytes, std::uint64_t seed) {
  constexpr std::size_t kArticle = 3000;
  std::vector<std::string> articles;
  Maker maker(seed);
  for (std::size_t made = 0; made < bytes;) {
    articles.push_back(maker.article(std::min(kArticle, bytes - made)));
    made += articles.back().size();
  }
  return articles;
}

}  // namespace relata
