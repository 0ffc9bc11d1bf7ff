// Spans that are one name together ("Norland Motors" + "North America", "Norland Trade" and "Tourism Agency"), two names ("Norland-Sudria talks"), or go on behind a hyphen.
#include <algorithm>
#include <unordered_set>

#include "extract/names/span_book.h"

namespace relata::names {
namespace {

class Joiner {
 public:
  Joiner(const Document& document, const Lexicon& lexicon, std::vector<Candidate> found)
      : document_(document), tokens_(document.tokens), lexicon_(lexicon), found_(std::move(found)) {}

  std::vector<Candidate> join() {
    for (const Candidate& candidate : found_) spelled_.insert(name_key(document_, candidate.tokens));
    std::vector<Candidate> all;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      if (!all.empty() && is_branch(all.back(), found_[i])) {
        all.back() = {{all.back().tokens.first, found_[i].tokens.last}, EntityType::org, nullptr, EntityType::org, all.back().titled};
        continue;
      }
      if (!all.empty() && is_second_field(all.back(), found_[i])) {
        all.back() = {{all.back().tokens.first, found_[i].tokens.last}, EntityType::org, nullptr, EntityType::org, all.back().titled};
        continue;
      }
      if (const TokenIndex hyphen = parting(found_[i]); hyphen != kNoToken) {
        all.push_back(part(found_[i], {found_[i].tokens.first, hyphen}));
        all.push_back(part(found_[i], {hyphen + 1, found_[i].tokens.last}));
        continue;
      }
      all.push_back(found_[i]);
      lengthen(all.back());
      while (i + 1 < found_.size() && found_[i + 1].tokens.first < all.back().tokens.last) ++i;  // "300ER" recognized by itself
    }
    return all;
  }

 private:
  static bool is(const Candidate& candidate, EntityType type) {
    if (candidate.known != nullptr) return candidate.known->type == type && !candidate.known->adjective;
    return candidate.by_head ? *candidate.by_head == type : candidate.recognized == type;
  }

  // "Norland Motors North America": an organization's branch; the tree hangs the firm on the place.
  bool is_branch(const Candidate& firm, const Candidate& place) const {
    if (firm.tokens.last != place.tokens.first || !tokens_[firm.tokens.last - 1].space_after) return false;
    if (!is(firm, EntityType::org) || !(is(place, EntityType::gpe) || is(place, EntityType::loc))) return false;
    const TokenIndex head = place.tokens.last - 1;
    const Token& last = tokens_[firm.tokens.last - 1];
    if (last.dep != Dep::compound || last.head != head || !is_proper(last) || !is_proper(tokens_[head])) return false;
    return tokens_[head].dep != Dep::compound && tokens_[head].dep != Dep::nmod;
  }

  // "the Norland Trade and Tourism Agency": two fields of one body, of which the first is no name by itself.
  bool is_second_field(const Candidate& first, const Candidate& second) const {
    const TokenIndex joint = first.tokens.last;
    if (joint + 1 != second.tokens.first || tokens_[joint].lower != "and" || !is(second, EntityType::org) || !second.by_head) return false;
    if (first.known != nullptr || first.by_head || first.tokens.last - first.tokens.first < 2 || first.tokens.first == 0) return false;
    if (!is_determiner(tokens_[first.tokens.first - 1]) || second.tokens.last - second.tokens.first < 2) return false;
    const TokenIndex end = joint - 1, head = second.tokens.last - 1;
    const bool modifies = tokens_[end].head == head && (tokens_[end].dep == Dep::nmod || tokens_[end].dep == Dep::compound);
    const bool fields = tokens_[head].head == end && tokens_[head].dep == Dep::conj;
    return modifies ? tokens_[second.tokens.first].head == end : fields;
  }

  // "Norland-Sudria Steel talks" recognized as one: the hyphen between two that the article or the lexicon names by themselves.
  TokenIndex parting(const Candidate& candidate) const {
    const TokenRange range = candidate.tokens;
    const bool parties = is(candidate, EntityType::org) || is(candidate, EntityType::gpe) || is(candidate, EntityType::norp);
    if (!parties || lexicon_.known(name_key(document_, range)) != nullptr) return kNoToken;
    const Dep dep = tokens_[range.last - 1].dep;
    if (dep != Dep::compound && dep != Dep::nmod && dep != Dep::amod) return kNoToken;
    for (TokenIndex i = range.first + 1; i + 1 < range.last; ++i)
      if ((tokens_[i].text == "-" || tokens_[i].text == "–") && !tokens_[i - 1].space_after && !tokens_[i].space_after)
        return by_itself({range.first, i}) && by_itself({i + 1, range.last}) ? i : kNoToken;
    return kNoToken;
  }

  bool by_itself(TokenRange range) const {
    const std::string key = name_key(document_, range);
    const Known* known = lexicon_.known(key);
    return spelled_.count(key) != 0 || (known != nullptr && known->strength >= 2);
  }

  Candidate part(const Candidate& whole, TokenRange range) const {
    return {range, whole.recognized, lexicon_.known(name_key(document_, range)), std::nullopt, whole.titled};
  }

  // "737-800", "Norland 500-20ER": the variant is part of the designation.
  void lengthen(Candidate& candidate) const {
    const TokenIndex last = candidate.tokens.last - 1;
    const bool thing = is(candidate, EntityType::vehicle) || is(candidate, EntityType::weapon) || is(candidate, EntityType::product);
    if (!thing || !has_digit(tokens_[last].text) || last + 2 >= tokens_.size() || tokens_[last].space_after) return;
    if (tokens_[last + 1].text != "-" || tokens_[last + 1].space_after || !has_digit(tokens_[last + 2].text)) return;
    candidate.tokens.last = last + 3;
    candidate.by_head = candidate.known != nullptr ? candidate.known->type : candidate.recognized;
    candidate.known = lexicon_.known(name_key(document_, candidate.tokens));
  }

  const Document& document_;
  const std::vector<Token>& tokens_;
  const Lexicon& lexicon_;
  std::vector<Candidate> found_;
  std::unordered_set<std::string> spelled_;
};

}  // namespace

std::vector<Candidate> join_spans(const Document& document, const Lexicon& lexicon, std::vector<Candidate> found) {
  return Joiner(document, lexicon, std::move(found)).join();
}

}  // namespace relata::names
