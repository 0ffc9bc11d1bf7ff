#include "extract/tokens/attribute_ruler.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "extract/tokens/tables.h"

namespace relata {
namespace {

// Labels as sets of bits: 50 tags, 46 relations.
constexpr std::uint64_t bit(Tag tag) { return std::uint64_t{1} << static_cast<unsigned>(tag); }
constexpr std::uint64_t bit(Dep dep) { return std::uint64_t{1} << static_cast<unsigned>(dep); }
constexpr std::uint64_t kAny = ~std::uint64_t{0};

struct Condition {
  std::uint64_t tags = kAny, deps = kAny;
  std::vector<std::string_view> lowers;  // empty: any
  int is_space = -1;

  bool fits(const Token& token) const {
    return (tags & bit(token.tag)) != 0 && (deps & bit(token.dep)) != 0 && (is_space < 0 || (is_space == 1) == token.is_space) &&
           (lowers.empty() || std::find(lowers.begin(), lowers.end(), token.lower) != lowers.end());
  }
};

struct Rule {
  std::vector<Condition> pattern;
  std::uint32_t number = 0, index = 0;
  std::optional<Tag> tag;
  std::optional<Pos> pos;
  std::optional<Dep> dep;
  std::optional<std::string_view> morph, lemma;

  bool fits(const std::vector<Token>& tokens, std::size_t at) const {
    if (pattern.size() > tokens.size() - at) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i)
      if (!pattern[i].fits(tokens[at + i])) return false;
    return true;
  }
  void write(Token& token) const {
    if (tag) token.tag = *tag;
    if (pos) token.pos = *pos;
    if (dep) token.dep = *dep;
    if (morph) token.morph = *morph;
    if (lemma) token.lemma = *lemma;
  }
};

// The label set a list of texts means. Labels the model never gives (NIL, BES) are in no set.
template <typename Parse>
std::uint64_t label_set(pack::Run run, bool negated, Parse parse) {
  const pack::Tables& tables = pack::tables();
  if (run.count == 0) return kAny;
  std::uint64_t set = 0;
  for (const pack::Text& text : tables.part<pack::Text>(tables.header().rule_texts, run))
    if (const auto label = parse(tables.text(text))) set |= bit(*label);
  return negated ? ~set : set;
}

Condition condition(const pack::RuleToken& from) {
  const pack::Tables& tables = pack::tables();
  Condition out;
  out.tags = label_set(from.tags, from.tags_not != 0, parse_tag);
  out.deps = label_set(from.deps, from.deps_not != 0, parse_dep);
  for (const pack::Text& text : tables.part<pack::Text>(tables.header().rule_texts, from.lowers)) out.lowers.push_back(tables.text(text));
  out.is_space = from.is_space;
  return out;
}

Rule rule(const pack::Rule& from) {
  const pack::Tables& tables = pack::tables();
  Rule out;
  for (const pack::RuleToken& token : tables.part<pack::RuleToken>(tables.header().rule_tokens, from.pattern)) out.pattern.push_back(condition(token));
  out.number = from.number;
  out.index = from.index;
  if (from.tag.size) out.tag = parse_tag(tables.text(from.tag));
  if (from.pos.size) out.pos = parse_pos(tables.text(from.pos));
  if (from.dep.size) out.dep = parse_dep(tables.text(from.dep));
  if (from.lemma.size) out.lemma = tables.text(from.lemma);
  if (from.sets_morph) out.morph = tables.text(from.morph);
  return out;
}

struct Hit {
  const Rule* rule;
  std::size_t at;
};

// The rules, ordered so that few are looked at for a token. Constant after construction.
class Rules {
 public:
  Rules() {
    for (const pack::Rule& from : pack::tables().all<pack::Rule>(pack::tables().header().rules)) rules_.push_back(rule(from));
    for (const Rule& r : rules_) {
      const Condition& first = r.pattern.front();
      if (!first.lowers.empty())
        for (const std::string_view lower : first.lowers) by_lower_[lower].push_back(&r);
      else
        for (unsigned tag = 0; tag < 64; ++tag)
          if (first.tags >> tag & 1) by_tag_[tag].push_back(&r);
    }
  }

  std::vector<Hit> hits(const std::vector<Token>& tokens) const {
    std::vector<Hit> out;
    const auto try_all = [&](const std::vector<const Rule*>& rules, std::size_t at) {
      for (const Rule* r : rules)
        if (r->fits(tokens, at)) out.push_back({r, at});
    };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      try_all(by_tag_[static_cast<unsigned>(tokens[i].tag)], i);
      if (const auto found = by_lower_.find(tokens[i].lower); found != by_lower_.end()) try_all(found->second, i);
    }
    std::sort(out.begin(), out.end(), [](const Hit& a, const Hit& b) {
      return a.rule->number != b.rule->number ? a.rule->number < b.rule->number : a.at < b.at;
    });
    return out;
  }

 private:
  std::vector<Rule> rules_;
  std::vector<const Rule*> by_tag_[64];
  std::unordered_map<std::string_view, std::vector<const Rule*>> by_lower_;
};

}  // namespace

void AttributeRuler::apply(Document& document) const {
  static const Rules kRules;
  const std::vector<Hit> hits = kRules.hits(document.tokens);
  for (Token& token : document.tokens) {
    token.pos = Pos::none;
    token.morph = {};
    token.lemma = {};
  }
  for (const Hit& hit : hits) hit.rule->write(document.tokens[hit.at + hit.rule->index]);
}

}  // namespace relata
