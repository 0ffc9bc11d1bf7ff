#include "extract/reference/collect.h"

#include <algorithm>

#include "extract/names/spans.h"

namespace relata::reference {
namespace {

constexpr std::uint16_t kAnyType = 0x0fff;
constexpr int kChildren = 64;            // of one token looked at: a hostile tree hangs everything on one
constexpr TokenIndex kLongestPhrase = 80;  // tokens; a longer subtree is a list or a misparse

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class Collector {
 public:
  Collector(const Document& document, const std::vector<Name>& names, const names::Lexicon& lexicon)
      : document_(document), tokens_(document.tokens), names_(names), lexicon_(lexicon), in_name_(document.tokens.size(), kNone) {}

  std::vector<Phrase> collect() {
    for (std::uint32_t i = 0; i < names_.size(); ++i)
      for (TokenIndex t = names_[i].tokens.first; t < names_[i].tokens.last; ++t)
        if (!is_compatriot(names_[i].tokens)) in_name_[t] = i;
    for (std::uint32_t i = 0; i < names_.size(); ++i)
      if (!noise(names_[i].tokens.first) && in_name_[names_[i].tokens.first] == i) add_name(i);
    for (TokenIndex i = 0; i < tokens_.size(); ++i) {
      if (noise(i)) continue;
      if (in_name_[i] == kNone) {
        if (tokens_[i].tag == Tag::PRP || tokens_[i].tag == Tag::PRPS) add_pronoun(i);
        else if (is_nominal(i)) add_nominal(i);
      }
      if (tokens_[i].pos == Pos::NOUN || tokens_[i].pos == Pos::PROPN || tokens_[i].pos == Pos::PRON) add_coordination(i);
    }
    std::sort(found_.begin(), found_.end(), [](const Phrase& a, const Phrase& b) {
      if (a.tokens.first != b.tokens.first) return a.tokens.first < b.tokens.first;
      return a.tokens.last > b.tokens.last;
    });
    return std::move(found_);
  }

 private:
  bool noise(TokenIndex i) const { return document_.noise[document_.sentence_of[i]]; }

  Phrase begin(TokenRange tokens, TokenIndex head, MentionKind kind) const {
    Phrase mention;
    mention.tokens = tokens;
    mention.head = head;
    mention.kind = kind;
    mention.sentence = document_.sentence_of[head];
    mention.phrase = phrase_of(document_, head);
    return mention;
  }

  // "The Spaniard", "the 36-year-old Serb": one of a people, and so somebody named elsewhere; "the Dutch" are the people.
  bool is_compatriot(TokenRange name) const {
    const Token& word = tokens_[name.first];
    if (name.last - name.first != 1 || (word.tag != Tag::NN && word.tag != Tag::NNP) || name.first == 0) return false;
    if (word.dep == Dep::compound || word.dep == Dep::amod || word.dep == Dep::nmod) return false;
    const names::Known* known = lexicon_.known(word.text);
    if (known == nullptr || !known->adjective || known->group == 0) return false;
    for (const std::string_view collective : {"sh", "ch", "ese", "ss"})
      if (word.lower.ends_with(collective)) return false;
    const auto children = document_.children_of(name.first);
    return !children.empty() && tokens_[children.front()].lower == "the";
  }

  void add_name(std::uint32_t index) {
    const Name& name = names_[index];
    TokenIndex head = name.tokens.last - 1;
    for (TokenIndex i = name.tokens.last; i-- > name.tokens.first;)
      if (!name.tokens.contains(tokens_[i].head) || tokens_[i].head == i) {
        head = i;
        break;
      }
    Phrase mention = begin(name.tokens, head, MentionKind::name);
    const Dep dep = tokens_[head].dep;
    const bool modifies = dep == Dep::compound || dep == Dep::amod || dep == Dep::nmod || dep == Dep::npadvmod;
    if (name.type == EntityType::person) mention.phrase.last = person_end(name.tokens, mention.phrase.last);
    if (modifies || mention.phrase.first > name.tokens.first || mention.phrase.last < name.tokens.last) mention.phrase = name.tokens;
    for (TokenIndex i = name.tokens.last; i < mention.phrase.last; ++i)
      if (tokens_[i].tag == Tag::LRB) mention.phrase.last = i;  // "Ann Lee (left)"
    const names::Known* known = lexicon_.known(names::name_key(document_, name.tokens));
    if (known != nullptr && known->adjective && (dep == Dep::amod || dep == Dep::compound || dep == Dep::nmod) && tokens_[head].tag != Tag::NNPS) mention.phrase = {};
    mention.name = index;
    mention.types = names::type_bit(name.type);
    mention.number = name.type == EntityType::person                                     ? Number::singular
                     : name.type == EntityType::org || name.type == EntityType::gpe ? Number::group
                     : name.type == EntityType::norp                                    ? Number::plural
                                                                                        : Number::unknown;
    mention.animate = name.type == EntityType::person || name.type == EntityType::norp;
    mention.gender = name.type == EntityType::person ? person_gender(name.tokens) : name.type == EntityType::norp ? Gender::unknown : Gender::thing;
    if (name.type == EntityType::person && mention.gender == Gender::unknown && name.tokens.last - name.tokens.first == 1)
      if (const Gender* given = lexicon_.given(tokens_[name.tokens.first].text)) mention.leaning = *given;
    mention.definite = true;
    found_.push_back(mention);
  }

  // What follows a person's name is part of its phrase after a comma alone ("Lee, the mayor"), or as a possessive: else it is
  // the parser's mistake ("Lee then raced").
  TokenIndex person_end(TokenRange name, TokenIndex last) const {
    if (name.last >= last) return name.last;
    const Token& next = tokens_[name.last];
    if (next.text == ",") return last;
    if (next.lower == "of" || next.lower == "from")
      if (const TokenIndex end = affiliation_end(name.last + 1); end != kNoToken) return end;
    return next.tag == Tag::POS ? name.last + 1 : name.last;
  }

  // "Ann Lee of the Norland Party": the organization's name ends the phrase. kNoToken when none follows.
  TokenIndex affiliation_end(TokenIndex i) const {
    if (i < tokens_.size() && tokens_[i].lower == "the") ++i;
    if (i >= tokens_.size() || in_name_[i] == kNone) return kNoToken;
    const Name& name = names_[in_name_[i]];
    return name.tokens.first == i && name.type == EntityType::org ? name.tokens.last : kNoToken;
  }

  Gender person_gender(TokenRange range) const {
    if (range.first > 0) {
      for (TokenIndex i = range.first; i-- > 0 && i + 3 >= range.first;) {
        const names::Title* title = lexicon_.title(tokens_[i].text);
        const names::Noun* noun = title != nullptr ? nullptr : lexicon_.noun(tokens_[i].lemma);
        if (title == nullptr && noun == nullptr) break;
        const Gender gender = title != nullptr ? title->gender : noun->gender;
        if (gender == Gender::male || gender == Gender::female) return gender;
      }
    }
    const std::string_view first = tokens_[range.first].text;
    if (range.last - range.first == 1 && (lexicon_.given(first) == nullptr || lexicon_.surname(first))) return Gender::unknown;  // "Kelly"
    for (TokenIndex i = range.first; i < range.last; ++i) {
      if (i > range.first && i + 1 == range.last) break;  // the surname
      if (const Gender* gender = lexicon_.given(tokens_[i].text)) return *gender;
    }
    return Gender::unknown;
  }

  void add_pronoun(TokenIndex i) {
    const std::string_view word = tokens_[i].lower;
    Phrase mention = begin({i, i + 1}, i, MentionKind::pronoun);
    mention.phrase = mention.tokens;
    mention.possessive = tokens_[i].tag == Tag::PRPS;
    mention.types = kAnyType;
    mention.reflexive = word.ends_with("self") || word.ends_with("selves");
    mention.definite = true;
    mention.number = Number::singular;
    if (one_of(word, {"he", "him", "his", "himself"})) person_pronoun(mention, Gender::male);
    else if (one_of(word, {"she", "her", "hers", "herself"})) person_pronoun(mention, Gender::female);
    else if (one_of(word, {"it", "its", "itself"})) {
      mention.gender = Gender::thing;
      mention.types = static_cast<std::uint16_t>(kAnyType & ~names::type_bit(EntityType::person));
    } else if (one_of(word, {"they", "them", "their", "theirs", "themselves", "'em"})) {
      mention.number = Number::plural;
    } else if (one_of(word, {"i", "me", "my", "mine", "myself"})) {
      person_pronoun(mention, Gender::unknown);
      mention.person = Person::first;
    } else if (one_of(word, {"we", "us", "our", "ours", "ourselves", "'s"})) {
      mention.number = Number::plural;
      mention.person = Person::first;
    } else if (one_of(word, {"you", "your", "yours", "yourself", "yourselves"})) {
      mention.number = Number::unknown;
      mention.person = Person::second;
    } else {
      return;
    }
    if (word == "it" && pleonastic(i)) return;
    found_.push_back(mention);
  }

  static void person_pronoun(Phrase& mention, Gender gender) {
    mention.gender = gender;
    mention.animate = true;
    mention.types = names::type_bit(EntityType::person);
  }

  // "It is likely that ...", "it rains", "it seems ...", "it was X who ...".
  bool pleonastic(TokenIndex i) const {
    if (tokens_[i].dep == Dep::expl) return true;
    const TokenIndex verb = tokens_[i].head;
    if (tokens_[i].dep != Dep::nsubj && tokens_[i].dep != Dep::nsubjpass) return false;
    if (one_of(tokens_[verb].lemma, {"rain", "snow", "seem", "appear", "turn", "happen", "hail"})) return has_clause(verb, true) || tokens_[verb].lemma == "rain";
    if (tokens_[i].dep == Dep::nsubjpass) return one_of(tokens_[verb].lemma, {"say", "report", "believe", "think", "expect", "know", "hope", "allege", "estimate", "rumor"}) && has_clause(verb, false);
    if (tokens_[verb].lemma != "be" && tokens_[verb].lemma != "become" && tokens_[verb].lemma != "take" && tokens_[verb].lemma != "make") return false;
    int looked = 0;
    for (const TokenIndex child : document_.children_of(verb)) {
      if (++looked > kChildren) return false;
      if (child < verb) continue;
      // "it is willing to", "it is set to": of somebody
      if (tokens_[child].dep == Dep::acomp && is_disposition(tokens_[child].lower) && !has_clause(verb, false)) return false;
      if (tokens_[child].dep == Dep::acomp && (has_clause(verb, true) || has_clause(child, true))) return true;
      if (tokens_[child].dep == Dep::attr && (tokens_[child].ner == Ner::TIME || tokens_[child].ner == Ner::DATE)) return true;
      if (tokens_[child].dep == Dep::attr && has_clause(verb, false)) return true;
    }
    return false;
  }

  static bool is_disposition(std::string_view adjective) {
    return one_of(adjective, {"willing", "unwilling", "ready", "able", "unable", "eager", "keen", "prepared", "determined", "reluctant", "set", "poised", "due", "bound",
                              "likely", "unlikely", "anxious", "happy", "afraid", "proud", "glad", "free"});
  }

  bool has_clause(TokenIndex verb, bool open) const {
    int looked = 0;
    for (const TokenIndex child : document_.children_of(verb)) {
      if (++looked > kChildren) return false;
      if (child < verb) continue;
      if (tokens_[child].dep == Dep::ccomp || tokens_[child].dep == Dep::csubj) return true;
      if (open && (tokens_[child].dep == Dep::xcomp || tokens_[child].dep == Dep::advcl)) return true;
    }
    return false;
  }

  bool is_nominal(TokenIndex i) const {
    const Token& token = tokens_[i];
    if (token.ner != Ner::none && (token.ner == Ner::DATE || token.ner == Ner::TIME || token.ner == Ner::MONEY || token.ner == Ner::PERCENT ||
                                   token.ner == Ner::QUANTITY))
      return false;
    switch (token.dep) {
      case Dep::compound: case Dep::amod: case Dep::nmod: case Dep::npadvmod: case Dep::quantmod: case Dep::advmod: case Dep::nummod: case Dep::det: case Dep::prt:
        return false;
      default: break;
    }
    if (token.tag == Tag::NN || token.tag == Tag::NNS || is_compatriot({i, i + 1})) return true;
    // "the President", "the Church": a title or noun with a capital letter that is no name of its own.
    return (token.tag == Tag::NNP || token.tag == Tag::NNPS) && (lexicon_.title(token.text) != nullptr || lexicon_.noun(token.lower) != nullptr);
  }

  void add_nominal(TokenIndex i) {
    const Token& token = tokens_[i];
    Phrase mention = begin({}, i, MentionKind::nominal);
    mention.tokens = mention.phrase;
    const bool plural = token.tag == Tag::NNS || token.tag == Tag::NNPS;
    const names::Noun* noun = lexicon_.noun(token.lemma);
    if (noun == nullptr) noun = lexicon_.noun(token.lower);
    mention.number = plural ? Number::plural : noun != nullptr && noun->group ? Number::group : Number::singular;
    mention.types = noun == nullptr ? 0 : noun->types;
    mention.gender = noun == nullptr ? Gender::unknown : noun->gender;
    mention.animate = noun != nullptr && (noun->types & names::type_bit(EntityType::person));
    for (const TokenIndex child : document_.children_of(i)) {
      if (child > i) break;
      if (tokens_[child].dep == Dep::poss || tokens_[child].tag == Tag::PRPS) mention.definite = true;
      if (tokens_[child].dep == Dep::det && one_of(tokens_[child].lower, {"the", "this", "that", "these", "those", "both"})) mention.definite = true;
    }
    if (is_compatriot({i, i + 1})) {
      mention.types = names::type_bit(EntityType::person);
      mention.animate = true;
    } else if (noun == nullptr && token.tag != Tag::NNS && token.tag != Tag::NN) {
      return;
    }
    found_.push_back(mention);
  }

  // "Biden and Harris": somebody that "they" can mean.
  void add_coordination(TokenIndex i) {
    bool joined = false;
    TokenIndex last = kNoToken;
    if (tokens_[i].dep == Dep::conj) return;
    TokenIndex at = i;
    for (int step = 0; step < 8; ++step) {
      TokenIndex next = kNoToken;
      for (const TokenIndex child : document_.children_of(at)) {
        if (tokens_[child].dep == Dep::cc && tokens_[child].lower == "and") joined = true;
        if (tokens_[child].dep == Dep::conj && child > at && (tokens_[child].pos == Pos::NOUN || tokens_[child].pos == Pos::PROPN)) next = child;
      }
      if (next == kNoToken) break;
      at = last = next;
    }
    if (!joined || last == kNoToken) return;
    const TokenRange whole{document_.left_edge[i], phrase_of(document_, last).last};
    if (whole.last <= whole.first || whole.last - whole.first > kLongestPhrase) return;
    Phrase mention = begin(whole, i, MentionKind::nominal);
    mention.phrase = whole;
    mention.coordination = true;
    mention.number = Number::plural;
    mention.definite = true;
    const bool people = in_name_[i] != kNone && names_[in_name_[i]].type == EntityType::person;
    mention.animate = people;
    mention.types = in_name_[i] != kNone ? names::type_bit(names_[in_name_[i]].type) : kAnyType;
    found_.push_back(mention);
  }

  const Document& document_;
  const std::vector<Token>& tokens_;
  const std::vector<Name>& names_;
  const names::Lexicon& lexicon_;
  std::vector<std::uint32_t> in_name_;
  std::vector<Phrase> found_;
};

}  // namespace

namespace {
// A headline or paragraph ends here, whatever the parser says.
bool breaks_line(const Token& token) { return token.is_space && token.text.find('\n') != std::string_view::npos; }
}  // namespace

TokenRange phrase_of(const Document& document, TokenIndex head) {
  const std::vector<Token>& tokens = document.tokens;
  TokenRange range{document.left_edge[head], document.right_edge[head] + 1};
  for (const TokenIndex child : document.children_of(head)) {
    const Dep dep = tokens[child].dep;
    if (child < head && (dep == Dep::cc || dep == Dep::preconj || dep == Dep::punct || dep == Dep::advmod || dep == Dep::prep || dep == Dep::mark)) {
      if (document.right_edge[child] + 1 <= head && dep != Dep::advmod) range.first = std::max(range.first, document.right_edge[child] + 1);
    }
    if (child > head && (dep == Dep::cc || dep == Dep::conj)) {
      range.last = std::min(range.last, document.left_edge[child]);
      break;
    }
  }
  if (range.first > head) range.first = head;
  if (range.last <= head) range.last = head + 1;
  if (range.last - range.first > kLongestPhrase) range = {head, head + 1};
  for (TokenIndex i = head; i < range.last; ++i)
    if (breaks_line(tokens[i])) range.last = i;
  for (TokenIndex i = head; i > range.first; --i)
    if (breaks_line(tokens[i - 1])) range.first = i;
  while (range.last > head + 1 && (tokens[range.last - 1].is_space || (tokens[range.last - 1].pos == Pos::PUNCT && tokens[range.last - 1].tag != Tag::RRB))) --range.last;
  while (range.first < head && (tokens[range.first].is_space || tokens[range.first].pos == Pos::PUNCT)) ++range.first;
  return range;
}

std::vector<Phrase> collect_mentions(const Document& document, const std::vector<Name>& names, const names::Lexicon& lexicon) {
  return Collector(document, names, lexicon).collect();
}

}  // namespace relata::reference
