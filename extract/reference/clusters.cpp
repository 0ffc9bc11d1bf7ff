#include "extract/reference/clusters.h"

#include <algorithm>
#include <cctype>
#include <span>
#include <unordered_map>

#include "extract/names/spans.h"
#include "graph/identity.h"

namespace relata::reference {
namespace {

constexpr std::size_t kCompared = 32;  // mentions of a cluster compared with one new name
constexpr std::size_t kBucket = 12;  // clusters compared with one new name: bounds hostile lists of namesakes

// Letters that transliterations of one name disagree on, made equal: "Zelenskyy", "Zelenskiy" and "Zelensky".
std::string sound_of(std::string_view word) {
  std::string folded = fold_name(word);
  std::string out;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    char c = folded[i];
    if (c == 'y' || c == 'j') c = 'i';
    if (c == 'w') c = 'v';
    if (c == 'q' || (c == 'k' && i + 1 < folded.size() && folded[i + 1] == 'h')) c = 'k';
    if (c == 'h' && i > 0 && (folded[i - 1] == 'k' || folded[i - 1] == 'g')) continue;
    if (!out.empty() && out.back() == c) continue;
    out.push_back(c);
  }
  while (out.size() > 3 && out.back() == 'i' && out[out.size() - 2] == 'i') out.pop_back();
  return out;
}

class Grouper {
 public:
  Grouper(const Document& document, const std::vector<Name>& names, const names::Lexicon& lexicon, std::vector<Phrase>& mentions)
      : document_(document), tokens_(document.tokens), names_(names), lexicon_(lexicon), mentions_(mentions) {}

  std::vector<Cluster> group() {
    // Long names first: the short ones then find what they are short for, wherever it stands.
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < mentions_.size(); ++i)
      if (mentions_[i].name != kNone) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return size(a) > size(b); });
    for (const std::uint32_t i : order) place(i);
    for (Cluster& cluster : clusters_) {
      std::sort(cluster.mentions.begin(), cluster.mentions.end());
      cluster.times_named = static_cast<std::uint32_t>(cluster.mentions.size());
    }
    return std::move(clusters_);
  }

 private:
  TokenIndex size(std::uint32_t mention) const { return mentions_[mention].tokens.last - mentions_[mention].tokens.first; }

  void place(std::uint32_t index) {
    Phrase& mention = mentions_[index];
    const EntityType type = names_[mention.name].type;
    const std::string key = names::name_key(document_, mention.tokens);
    const names::Known* known = lexicon_.known(key);
    if (known == nullptr && type == EntityType::org) known = known_firm(mention.tokens);
    if (known != nullptr && !fits(*known, type)) known = nullptr;
    std::uint32_t cluster = kNone;
    const bool short_person = type == EntityType::person && size(index) == 1;
    const std::string folded = fold_name(document_.text_of(mention.tokens));
    if (known != nullptr && known->group != 0) cluster = look(by_group_, known->group);
    if (cluster == kNone && !short_person) cluster = same_words(folded, type);
    if (cluster == kNone && type == EntityType::person) cluster = person(mention);
    if (cluster == kNone && type != EntityType::person) cluster = part_of(mention, type, folded);
    if (cluster == kNone) cluster = open(mention, type);
    join(cluster, index, known, folded, type);
  }

  // "Boeing Co." is Boeing.
  const names::Known* known_firm(TokenRange range) const {
    const TokenIndex last = range.last;
    while (range.last - range.first > 1) {
      const std::string word = fold_name(tokens_[range.last - 1].text);
      if (!word.empty() && !lexicon_.legal_form(word)) break;  // empty: a comma or full stop
      --range.last;
    }
    return range.last == last ? nullptr : lexicon_.known(names::name_key(document_, range));
  }

  static bool fits(const names::Known& known, EntityType type) {
    return known.type == type || known.adjective || known.strength >= 2 || type != EntityType::person;
  }

  template <typename Map, typename Key>
  static std::uint32_t look(const Map& map, const Key& key) {
    const auto it = map.find(key);
    return it == map.end() ? kNone : it->second;
  }

  std::uint32_t same_words(const std::string& folded, EntityType type) const {
    const auto it = by_words_.find(folded);
    if (it == by_words_.end()) return kNone;
    const bool person = clusters_[it->second].type == EntityType::person;
    return person == (type == EntityType::person) ? it->second : kNone;
  }

  std::uint32_t open(const Phrase& mention, EntityType type) {
    Cluster cluster;
    cluster.type = type;
    cluster.types = mention.types;
    cluster.named = true;
    clusters_.push_back(std::move(cluster));
    spelled_.emplace_back();
    return static_cast<std::uint32_t>(clusters_.size() - 1);
  }

  void join(std::uint32_t id, std::uint32_t index, const names::Known* known, const std::string& folded, EntityType type) {
    Cluster& cluster = clusters_[id];
    Phrase& mention = mentions_[index];
    const bool first = cluster.mentions.empty();
    if (std::vector<std::string>& spelled = spelled_[id]; spelled.size() < kBucket && std::find(spelled.begin(), spelled.end(), folded) == spelled.end())
      spelled.push_back(folded);
    cluster.mentions.push_back(index);
    mention.cluster = id;
    cluster.animate |= mention.animate && !(known != nullptr && known->adjective);
    if (cluster.gender == Gender::unknown || cluster.gender == Gender::thing) cluster.gender = mention.gender;
    if (cluster.leaning == Gender::unknown) cluster.leaning = mention.leaning;
    if (first) {
      cluster.number = mention.number;
      cluster.maybe_person = type != EntityType::person && may_be_person(mention, known);
    }
    if (known != nullptr) {
      if (cluster.group == 0) cluster.group = known->group;
      if (cluster.kinds == 0) cluster.kinds = known->kinds;
      if (known->adjective && known->type != EntityType::norp) {
        cluster.type = known->type;
        cluster.types = names::type_bit(known->type);
        cluster.number = Number::group;
        cluster.gender = Gender::thing;
        cluster.animate = false;
      }
      if (known->group != 0) by_group_.try_emplace(known->group, id);
    }
    if (!(type == EntityType::person && size(index) == 1)) by_words_.try_emplace(folded, id);
    if (type == EntityType::person) {
      if (size(index) > 1) {
        cluster.last_name = tokens_[mention.tokens.last - 1].text;
        remember(by_last_, sound_of(cluster.last_name), id);
        remember(by_first_, fold_name(tokens_[mention.tokens.first].text), id);
        if (const auto* full = lexicon_.full_forms(tokens_[mention.tokens.first].text))
          for (const std::string& form : *full) remember(by_first_, fold_name(form), id);
      } else if (first) {
        cluster.last_name = tokens_[mention.tokens.first].text;
        remember(by_last_, sound_of(cluster.last_name), id);
      }
    } else if (size(index) > 1) {
      remember(by_first_word_, fold_name(tokens_[mention.tokens.first].text), id);
      remember(by_last_word_, fold_name(tokens_[mention.tokens.last - 1].text), id);
      if (const std::string letters = initials(mention.tokens); letters.size() > 1) by_initials_.try_emplace(letters, id);
    }
  }

  // One to three words with capitals that the lexicon knows no better sense of.
  bool may_be_person(const Phrase& mention, const names::Known* known) const {
    const TokenRange range = mention.tokens;
    const Token& last = tokens_[range.last - 1];
    const bool surname = lexicon_.surname(last.text) || lexicon_.given(last.text) != nullptr;  // "Austin"
    if (range.last - range.first > 3 || (known != nullptr && known->strength >= (surname ? 3 : 2))) return false;
    if (lexicon_.head(last.text) != nullptr || !names::is_capitalized(last)) return false;
    if (range.first > 0 && tokens_[range.first - 1].lower == "the") return false;
    return std::any_of(last.text.begin(), last.text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  }

  using Buckets = std::unordered_map<std::string, std::vector<std::uint32_t>>;
  static void remember(Buckets& buckets, std::string key, std::uint32_t cluster) {
    std::vector<std::uint32_t>& bucket = buckets[std::move(key)];
    if (bucket.size() < kBucket && std::find(bucket.begin(), bucket.end(), cluster) == bucket.end()) bucket.push_back(cluster);
  }

  // Of several that fit, the one named last before this place, else the first one named.
  std::uint32_t nearest(const std::vector<std::uint32_t>& bucket, const Phrase& mention) const {
    if (bucket.size() == 1) return bucket[0];
    std::uint32_t best = kNone;
    TokenIndex best_at = 0;
    bool best_before = false;
    for (const std::uint32_t id : bucket) {
      const std::vector<std::uint32_t>& all = clusters_[id].mentions;
      for (const std::uint32_t m : std::span(all).first(std::min(all.size(), kCompared))) {
        const TokenIndex at = mentions_[m].tokens.first;
        const bool before = at < mention.tokens.first;
        const bool better = best == kNone || (before && !best_before) || (before == best_before && (before ? at > best_at : at < best_at));
        if (better) {
          best = id;
          best_at = at;
          best_before = before;
        }
      }
    }
    return best;
  }

  std::uint32_t person(const Phrase& mention) const {
    const TokenRange range = mention.tokens;
    const std::string_view last = tokens_[range.last - 1].text;
    std::vector<std::uint32_t> fitting;
    if (const auto it = by_last_.find(sound_of(last)); it != by_last_.end())
      for (const std::uint32_t id : it->second)
        if (same_person(mention, id)) fitting.push_back(id);
    if (fitting.empty() && range.last - range.first == 1)
      if (const auto it = by_first_.find(fold_name(last)); it != by_first_.end())
        for (const std::uint32_t id : it->second)
          if (gender_fits(mention, id)) fitting.push_back(id);
    if (const auto* full = fitting.empty() && range.last - range.first == 1 ? lexicon_.full_forms(last) : nullptr)
      for (const std::string& form : *full)
        if (const auto it = by_first_.find(fold_name(form)); it != by_first_.end())
          for (const std::uint32_t id : it->second)
            if (gender_fits(mention, id)) fitting.push_back(id);
    return fitting.empty() ? kNone : nearest(fitting, mention);
  }

  bool short_for(std::string_view word, const std::string& folded) const {
    const auto* full = lexicon_.full_forms(word);
    return full != nullptr && std::any_of(full->begin(), full->end(), [&](const std::string& form) { return fold_name(form) == folded; });
  }

  bool gender_fits(const Phrase& mention, std::uint32_t id) const {
    const Gender a = mention.gender, b = clusters_[id].gender;
    return a == b || a == Gender::unknown || b == Gender::unknown || a == Gender::thing || b == Gender::thing;
  }

  // The last names sound the same: the given names must not contradict each other.
  bool same_person(const Phrase& mention, std::uint32_t id) const {
    if (!gender_fits(mention, id)) return false;
    const TokenRange range = mention.tokens;
    if (range.last - range.first == 1) return true;
    const std::string first = fold_name(tokens_[range.first].text);
    for (const std::uint32_t other : clusters_[id].mentions) {
      const TokenRange that = mentions_[other].tokens;
      if (that.last - that.first == 1) continue;
      const std::string given = fold_name(tokens_[that.first].text);
      const std::size_t common = std::min({given.size(), first.size(), std::size_t{3}});
      if (common > 0 && given.compare(0, common, first, 0, common) == 0) return true;
      if (short_for(tokens_[range.first].text, given) || short_for(tokens_[that.first].text, first)) return true;
      for (TokenIndex i = that.first; i + 1 < that.last; ++i)
        if (fold_name(tokens_[i].text) == first) return true;
      return false;
    }
    return true;
  }

  std::string initials(TokenRange range) const {
    std::string letters;
    for (TokenIndex i = range.first; i < range.last && letters.size() < 12; ++i)
      if (names::is_capitalized(tokens_[i]) && static_cast<unsigned char>(tokens_[i].text[0]) < 0x80) letters.push_back(tokens_[i].text[0]);
    return letters;
  }

  // "EU" of "European Union", "Lockheed" of "Lockheed Martin", "the Commission" of "the European Commission".
  std::uint32_t part_of(const Phrase& mention, EntityType type, const std::string& folded) const {
    const TokenRange range = mention.tokens;
    std::string letters;
    for (const char c : document_.text_of(range))
      if (c != '.') letters.push_back(c);
    const bool acronym = letters.size() >= 2 && letters.size() <= 10 &&
                         std::all_of(letters.begin(), letters.end(), [](char c) { return std::isupper(static_cast<unsigned char>(c)); });
    if (acronym) {
      if (const std::uint32_t id = look(by_initials_, letters); id != kNone) return id;
      if (const std::uint32_t id = bracketed(mention); id != kNone) return id;
    }
    if (type == EntityType::gpe || type == EntityType::loc || type == EntityType::norp) return kNone;
    std::uint32_t found = kNone;
    for (const Buckets* buckets : {&by_first_word_, &by_last_word_}) {
      if (buckets == &by_last_word_ && !definite(range)) continue;
      const auto it = buckets->find(buckets == &by_first_word_ ? fold_name(tokens_[range.first].text) : fold_name(tokens_[range.last - 1].text));
      if (it == buckets->end()) continue;
      for (const std::uint32_t id : it->second) {
        if (clusters_[id].type != type || !inside(folded, id, buckets == &by_first_word_)) continue;
        if (found != kNone && found != id) return kNone;  // of two wholes: of neither
        found = id;
      }
    }
    return found;
  }

  bool definite(TokenRange range) const {
    return range.last - range.first > 1 || (range.first > 0 && (tokens_[range.first - 1].lower == "the" || tokens_[range.first - 1].lower == "this"));
  }

  // "Nokia Siemens" is neither Nokia nor Siemens.
  bool joins_firms(std::uint32_t id, const std::string& folded) const {
    const Phrase& whole = mentions_[clusters_[id].mentions.front()];
    const TokenIndex second = whole.tokens.first + 1;
    if (second >= whole.tokens.last || fold_name(tokens_[whole.tokens.first].text) != folded) return false;
    const names::Known *first = lexicon_.known(tokens_[whole.tokens.first].text), *other = lexicon_.known(tokens_[second].text);
    const auto is_firm = [](const names::Known* known) { return known != nullptr && known->strength == 3 && known->type == EntityType::org && known->kinds != 0; };
    return is_firm(first) && is_firm(other) && first->group != other->group;
  }

  bool inside(const std::string& folded, std::uint32_t id, bool at_front) const {
    for (const std::string& whole : spelled_[id]) {
      if (whole.size() <= folded.size()) continue;
      if (at_front ? whole.starts_with(folded + " ") && !joins_firms(id, folded) : whole.ends_with(" " + folded)) return true;
    }
    return false;
  }

  // "European Aeronautic Defence and Space Company (EADS)".
  std::uint32_t bracketed(const Phrase& mention) const {
    const TokenIndex first = mention.tokens.first;
    if (first < 2 || tokens_[first - 1].tag != Tag::LRB) return kNone;
    const auto at = &mention - mentions_.data();
    for (std::ptrdiff_t i = at - 1; i >= 0 && i + 6 > at; --i) {
      const Phrase& before = mentions_[static_cast<std::size_t>(i)];
      if (before.name != kNone && before.cluster != kNone && before.tokens.last == first - 1 && names_[before.name].type != EntityType::gpe)
        return before.cluster;
    }
    return kNone;
  }

  const Document& document_;
  const std::vector<Token>& tokens_;
  const std::vector<Name>& names_;
  const names::Lexicon& lexicon_;
  std::vector<Phrase>& mentions_;
  std::vector<Cluster> clusters_;
  std::vector<std::vector<std::string>> spelled_;  // cluster -> its distinct names, folded; a few
  std::unordered_map<std::uint32_t, std::uint32_t> by_group_;
  std::unordered_map<std::string, std::uint32_t> by_words_, by_initials_;
  Buckets by_last_, by_first_, by_first_word_, by_last_word_;
};

}  // namespace

std::vector<Cluster> cluster_names(const Document& document, const std::vector<Name>& names, const names::Lexicon& lexicon,
                                   std::vector<Phrase>& mentions) {
  return Grouper(document, names, lexicon, mentions).group();
}

}  // namespace relata::reference
