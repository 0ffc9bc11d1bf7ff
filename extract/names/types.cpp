#include "extract/names/types.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <unordered_map>

namespace relata::names {
namespace {

using Votes = std::array<float, kEntityTypes>;

// How much each kind of evidence weighs; set by hand.
constexpr float kRecognized = 1.5f;     // all occurrences recognized so
constexpr float kKnown = 2.2f;          // written in the lexicon
constexpr float kListed = 1.1f;         // in a long list
constexpr float kHead = 3.0f;           // "... Ministry"
constexpr float kHonorific = 3.0f;      // "Mr. ..."
constexpr float kOffice = 1.6f;         // "President ..."
constexpr float kGivenFirst = 1.4f;     // "Olaf ..." of several words
constexpr float kGivenAlone = 0.5f;
constexpr float kSurname = 0.4f;
constexpr float kApposition = 1.2f;     // "..., a lawmaker"
constexpr float kWho = 1.2f;            // "..., who"
constexpr float kSpeaks = 0.35f;        // "... said"
constexpr float kActs = 0.15f;          // "... led": the subject of a verb
constexpr float kPronounAfter = 0.6f;   // "... his"
constexpr float kPlacePreposition = 0.45f;  // "in ..."
constexpr float kPlaceNoun = 1.8f;      // "... region", "city of ..."
constexpr float kThingNoun = 1.8f;      // "... missiles"
constexpr float kContextLimit = 2.5f;   // of one kind of thing over all occurrences
constexpr float kFullName = 4.5f;       // a full name ends with this word
constexpr float kFirstName = 1.2f;      // a full name begins with this word
constexpr float kInitials = 2.0f;       // "EU" beside "European Union"
constexpr float kModel = 1.6f;
constexpr float kAccept = 0.55f;         // of a name the recognizer never saw

float& at(Votes& votes, EntityType type) { return votes[static_cast<std::size_t>(type)]; }

struct Spelling {
  std::uint32_t occurrences = 0, recognized = 0;
  Votes votes{};    // of the recognizer, counted
  Votes own{};      // of the name's words and the lexicon
  Votes context{};  // of its places in the text
  EntityType type = EntityType::org;
  float score = 0;
};

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class Chooser {
 public:
  Chooser(const Document& document, const Lexicon& lexicon, const std::vector<Candidate>& candidates)
      : document_(document), tokens_(document.tokens), lexicon_(lexicon), candidates_(candidates) {}

  std::vector<Name> choose() {
    for (const Candidate& candidate : candidates_) {
      const auto [it, fresh] = index_.try_emplace(name_key(document_, candidate.tokens), static_cast<std::uint32_t>(spellings_.size()));
      if (fresh) spellings_.emplace_back();
      spelling_of_.push_back(it->second);
      count(spellings_[it->second], candidate, fresh);
    }
    for (Spelling& spelling : spellings_) settle(spelling);
    share_initials();
    share_surnames();
    std::vector<Name> names;
    for (std::size_t i = 0; i < candidates_.size(); ++i)
      if (const Spelling& spelling = spellings_[spelling_of_[i]]; accepted(candidates_[i], spelling))
        names.push_back({candidates_[i].tokens, type_of(candidates_[i], spelling)});
    return names;
  }

 private:
  void count(Spelling& spelling, const Candidate& candidate, bool fresh) {
    ++spelling.occurrences;
    if (candidate.recognized) {
      ++spelling.recognized;
      at(spelling.votes, *candidate.recognized) += 1;
    }
    if (fresh) own_words(spelling, candidate);
    around(spelling, candidate);
  }

  void own_words(Spelling& spelling, const Candidate& candidate) {
    const TokenRange range = candidate.tokens;
    const Token& first = tokens_[range.first];
    const Token& last = tokens_[range.last - 1];
    if (candidate.known) {
      const Known& known = *candidate.known;
      at(spelling.own, known.adjective ? EntityType::norp : known.type) += known.strength >= 2 && !common_word(candidate) ? kKnown : kListed;
    }
    if (!candidate.known && range.last - range.first > 1) model_of(spelling, range);
    if (candidate.by_head) at(spelling.own, *candidate.by_head) += kHead;
    if (range.last - range.first == 1) {
      if (lexicon_.given(first.text)) at(spelling.own, EntityType::person) += kGivenAlone;
      else if (lexicon_.surname(first.text)) at(spelling.own, EntityType::person) += kSurname;
    } else if (!candidate.by_head && range.last - range.first <= 5) {
      if (lexicon_.given(first.text) && is_capitalized(last)) at(spelling.own, EntityType::person) += kGivenFirst;
      if (lexicon_.surname(last.text)) at(spelling.own, EntityType::person) += kSurname;
    }
    if (range.last - range.first >= 1 && looks_like_model(last.text) && !candidate.known) at(spelling.own, EntityType::vehicle) += 0.4f;
  }

  // "iPhone 4", "Boeing 737 MAX 8": the name of a product or vehicle goes on.
  void model_of(Spelling& spelling, TokenRange range) {
    std::string key;
    for (TokenIndex i = range.first; i + 1 < range.last && key.size() < 40; ++i) {
      key += tokens_[i].text;
      const Known* begun = lexicon_.known(key);
      if (begun == nullptr || (begun->type != EntityType::product && begun->type != EntityType::vehicle)) continue;
      at(spelling.own, begun->type) += kModel;
      return;
    }
  }

  // "Patriot" and "Typhoon" are weapons in the company of weapons alone.
  bool common_word(const Candidate& candidate) const {
    const EntityType type = candidate.known->type;
    if (type != EntityType::weapon && type != EntityType::vehicle && type != EntityType::product) return false;
    const std::string_view text = tokens_[candidate.tokens.first].text;
    return candidate.tokens.last - candidate.tokens.first == 1 &&
           std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  }

  // "F-16", "T-90", "M777": capital letters and digits.
  static bool looks_like_model(std::string_view text) {
    const bool digit = std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digit && text.size() <= 8 && text[0] >= 'A' && text[0] <= 'Z' && text.find('-') != std::string_view::npos;
  }

  TokenIndex head_of(TokenRange range) const {
    for (TokenIndex i = range.last; i-- > range.first;)
      if (!range.contains(tokens_[i].head) || tokens_[i].head == i) return i;
    return range.last - 1;
  }

  void around(Spelling& spelling, const Candidate& candidate) {
    Votes& votes = spelling.context;
    const TokenRange range = candidate.tokens;
    const TokenIndex head = head_of(range);
    const TokenRange sentence = document_.sentences[document_.sentence_of[range.first]];
    if (candidate.titled) {
      const Title* title = lexicon_.title(tokens_[range.first - 1].text);
      at(votes, EntityType::person) += title->kind == TitleKind::honorific ? kHonorific : title->kind == TitleKind::office ? kOffice : 0;
    }
    by_governor(votes, range, head);
    by_children(votes, head);
    if (range.last < sentence.last) by_next(votes, range);
    if (range.first >= sentence.first + 2 && tokens_[range.first - 1].lower == "of" &&
        one_of(tokens_[range.first - 2].lower, {"city", "town", "village", "province", "state", "region", "republic", "district", "county", "port", "capital"}))
      at(votes, EntityType::gpe) += kPlaceNoun;
  }

  void by_governor(Votes& votes, TokenRange range, TokenIndex head) {
    const Token& token = tokens_[head];
    const Token& governor = tokens_[token.head];
    if (token.dep == Dep::pobj) {
      const TokenIndex before = range.first > 0 ? range.first - 1 : 0;
      const bool near = token.head + 2 >= before;
      if (near && one_of(governor.lower, {"in", "near", "across", "throughout", "outside", "inside", "around"})) {
        at(votes, EntityType::gpe) += kPlacePreposition;
      } else if (governor.lower == "at") {
        at(votes, EntityType::org) += 0.2f;
        at(votes, EntityType::fac) += 0.2f;
      } else if (governor.lower == "by" && governor.dep == Dep::agent) {
        at(votes, EntityType::person) += 0.1f;
      }
    }
    if (token.dep == Dep::nsubj) {
      if (lexicon_.person_verb(governor.lemma)) at(votes, EntityType::person) += kSpeaks;
      if (governor.pos == Pos::VERB) at(votes, EntityType::person) += kActs;
      if (pronoun_after(range.last)) at(votes, EntityType::person) += kPronounAfter;
    }
    if (token.dep == Dep::appos) by_noun(votes, governor);
  }

  // "Riotta ... his ...": the next pronoun of a person, no other name between, speaks for a person.
  bool pronoun_after(TokenIndex i) const {
    const TokenIndex limit = std::min<TokenIndex>(i + 12, static_cast<TokenIndex>(tokens_.size()));
    for (; i < limit; ++i) {
      if (is_proper(tokens_[i])) return false;
      if (one_of(tokens_[i].lower, {"he", "she", "his", "her", "him", "himself", "herself"})) return true;
    }
    return false;
  }

  void by_children(Votes& votes, TokenIndex head) {
    for (const TokenIndex child : document_.children_of(head)) {
      const Token& token = tokens_[child];
      if (token.dep == Dep::appos && child > head) by_noun(votes, token);
      if (token.dep != Dep::relcl) continue;
      for (const TokenIndex word : document_.children_of(child))
        if (tokens_[word].lower == "who" || tokens_[word].lower == "whom") at(votes, EntityType::person) += kWho;
    }
  }

  void by_noun(Votes& votes, const Token& token) {
    if (is_proper(token)) return;
    if (const Noun* noun = lexicon_.noun(token.lemma); noun != nullptr) {
      for (int type = 0; type < kEntityTypes; ++type)
        if (noun->types & (1u << type)) votes[static_cast<std::size_t>(type)] += kApposition;
    }
  }

  // "the Kursk region", "Storm Shadow missiles", "Irving, Texas".
  void by_next(Votes& votes, TokenRange range) {
    const Token& next = tokens_[range.last];
    if (next.tag == Tag::NN || next.tag == Tag::NNS) {
      if (one_of(next.lemma, {"region", "province", "oblast", "district", "city", "town", "village", "county", "resident", "prefecture", "border"})) {
        at(votes, EntityType::gpe) += kPlaceNoun;
      } else if (const Noun* noun = lexicon_.noun(next.lemma); noun != nullptr) {
        for (const EntityType type : {EntityType::weapon, EntityType::vehicle, EntityType::product})
          if (noun->types & type_bit(type)) at(votes, type) += kThingNoun / (noun->types & (noun->types - 1) ? 2 : 1);
        if (noun->types == type_bit(EntityType::org)) at(votes, EntityType::org) += 0.3f;
      }
    }
    if (next.text == "," && range.last + 1 < tokens_.size()) {
      const Known* place = lexicon_.known(tokens_[range.last + 1].text);
      if (place != nullptr && place->strength >= 2 && place->type == EntityType::gpe && !place->adjective) at(votes, EntityType::gpe) += 0.8f;
    }
  }

  void settle(Spelling& spelling) const {
    const auto n = static_cast<float>(spelling.occurrences);
    spelling.score = -1;
    for (std::size_t type = 0; type < kEntityTypes; ++type) {
      const float seen = spelling.recognized ? spelling.votes[type] / static_cast<float>(spelling.recognized) : 0;
      const float part = std::max(static_cast<float>(spelling.recognized) / n, 0.5f);
      const float total = kRecognized * seen * part + spelling.own[type] + std::min(spelling.context[type], kContextLimit);
      if (total > spelling.score) {
        spelling.score = total;
        spelling.type = static_cast<EntityType>(type);
      }
    }
  }

  // "CPA" in an article that has "Coalition Provisional Authority".
  void share_initials() {
    std::unordered_map<std::string, float> letters;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const TokenRange range = candidates_[i].tokens;
      if (range.last - range.first < 2 || range.last - range.first > 10 || spellings_[spelling_of_[i]].type != EntityType::org) continue;
      std::string key;
      for (TokenIndex t = range.first; t < range.last; ++t)
        if (is_capitalized(tokens_[t])) key.push_back(tokens_[t].text[0]);
      letters.try_emplace(std::move(key), kInitials);
    }
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const TokenRange range = candidates_[i].tokens;
      const std::string_view text = tokens_[range.first].text;
      if (range.last - range.first != 1 || text.size() < 2 || text.size() > 8) continue;
      if (const auto it = letters.find(std::string(text)); it != letters.end()) {
        Spelling& spelling = spellings_[spelling_of_[i]];
        at(spelling.own, EntityType::org) = std::max(at(spelling.own, EntityType::org), it->second);
        settle(spelling);
      }
    }
  }

  // A single word that ends a person's full name means that person; a single word that begins one may ("Ahmed").
  void share_surnames() {
    std::unordered_map<std::string_view, float> person;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const TokenRange range = candidates_[i].tokens;
      const Spelling& spelling = spellings_[spelling_of_[i]];
      if (range.last - range.first < 2 || spelling.type != EntityType::person || spelling.score < kAccept) continue;
      float& last = person[tokens_[range.last - 1].text];
      last = std::max(last, kFullName);
      float& first = person[tokens_[range.first].text];
      first = std::max(first, kFirstName);
    }
    std::vector<bool> done(spellings_.size(), false);
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      const TokenRange range = candidates_[i].tokens;
      if (range.last - range.first != 1 || done[spelling_of_[i]]) continue;
      done[spelling_of_[i]] = true;
      const auto it = person.find(tokens_[range.first].text);
      if (it == person.end()) continue;
      at(spellings_[spelling_of_[i]].own, EntityType::person) += it->second;
      settle(spellings_[spelling_of_[i]]);
    }
  }

  bool accepted(const Candidate& candidate, const Spelling& spelling) const {
    if (candidate.recognized) return true;
    if (candidate.known && (candidate.known->strength >= 2)) return true;
    if (spelling.recognized > 0 && is_proper(tokens_[candidate.tokens.first])) return true;
    return spelling.score >= kAccept;
  }

  EntityType type_of(const Candidate&, const Spelling& spelling) const { return spelling.type; }

  const Document& document_;
  const std::vector<Token>& tokens_;
  const Lexicon& lexicon_;
  const std::vector<Candidate>& candidates_;
  std::unordered_map<std::string, std::uint32_t> index_;
  std::vector<Spelling> spellings_;
  std::vector<std::uint32_t> spelling_of_;  // candidate -> spelling
};

}  // namespace

std::vector<Name> choose_types(const Document& document, const Lexicon& lexicon, const std::vector<Candidate>& candidates) {
  return Chooser(document, lexicon, candidates).choose();
}

}  // namespace relata::names
