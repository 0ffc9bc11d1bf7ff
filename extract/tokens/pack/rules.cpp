#include <stdexcept>

#include "extract/tokens/pack/sections.h"

namespace relata::pack {
namespace {

using nlohmann::json;

// The texts of an anchored pattern whose language is finite: characters, '?' after one, and sets without ranges.
std::vector<std::string> expand(const std::string& pattern) {
  if (pattern.size() < 2 || pattern.front() != '^' || pattern.back() != '$') throw std::runtime_error("not anchored: " + pattern);
  std::vector<std::string> out{""};
  for (std::size_t at = 1; at + 1 < pattern.size();) {
    std::string set(1, pattern[at]);
    std::size_t next = at + 1;
    if (pattern[at] == '[') {
      next = pattern.find(']', at) + 1;
      set = pattern.substr(at + 1, next - at - 2);
    }
    if (set.find_first_of("\\.*+(){}|-^") != std::string::npos) throw std::runtime_error("not understood: " + pattern);
    const bool optional = pattern[next] == '?';
    std::vector<std::string> longer;
    for (const std::string& prefix : out) {
      if (optional) longer.push_back(prefix);
      for (const char c : set) longer.push_back(prefix + c);
    }
    out = std::move(longer);
    at = next + (optional ? 1 : 0);
  }
  return out;
}

struct Lists {
  Builder& builder;
  std::vector<Text> texts;

  Run add(const std::vector<std::string>& values) {
    const Run run{static_cast<std::uint32_t>(texts.size()), static_cast<std::uint32_t>(values.size())};
    for (const std::string& value : values) texts.push_back(builder.text(value));
    return run;
  }
};

RuleToken token(const json& from, Lists& lists) {
  RuleToken out;
  for (const auto& [name, wanted] : from.items()) {
    if (name == "IS_SPACE") {
      out.is_space = wanted.get<bool>() ? 1 : 0;
      continue;
    }
    bool negated = false;
    std::vector<std::string> values;
    if (wanted.is_string()) values = {wanted};
    else if (wanted.size() != 1) throw std::runtime_error("a rule with two conditions on " + name);
    else if (wanted.contains("IN")) values = wanted.at("IN");
    else if (wanted.contains("REGEX")) values = expand(wanted.at("REGEX"));
    else if (wanted.contains("NOT_IN")) negated = true, values = wanted.at("NOT_IN");
    else throw std::runtime_error("a rule with an unknown condition on " + name);
    const Run run = lists.add(values);
    if (name == "TAG") out.tags = run, out.tags_not = negated;
    else if (name == "DEP") out.deps = run, out.deps_not = negated;
    else if (name == "LOWER" && !negated) out.lowers = run;
    else throw std::runtime_error("a rule on " + name);
  }
  return out;
}

}  // namespace

void write_rules(const json& ruler, Builder& builder) {
  std::vector<Rule> rules;
  std::vector<RuleToken> tokens;
  Lists lists{builder, {}};
  std::uint32_t number = 0;
  for (const json& from : ruler.at("rules")) {
    for (const json& pattern : from.at("patterns")) {
      Rule rule;
      rule.number = number;
      rule.index = from.at("index");
      rule.pattern = {static_cast<std::uint32_t>(tokens.size()), static_cast<std::uint32_t>(pattern.size())};
      for (const json& condition : pattern) tokens.push_back(token(condition, lists));
      for (const auto& [name, value] : from.at("set").items()) {
        const Text text = builder.text(value);
        if (name == "TAG") rule.tag = text;
        else if (name == "POS") rule.pos = text;
        else if (name == "DEP") rule.dep = text;
        else if (name == "LEMMA") rule.lemma = text;
        else if (name == "MORPH") rule.morph = text, rule.sets_morph = 1;
        else throw std::runtime_error("a rule sets " + name);
      }
      rules.push_back(rule);
    }
    ++number;
  }
  builder.header.rules = builder.slice(rules);
  builder.header.rule_tokens = builder.slice(tokens);
  builder.header.rule_texts = builder.slice(lists.texts);
}

void write_lemmas(const json& lemmatizer, Builder& builder) {
  constexpr const char* kClasses[kLemmaClasses] = {"noun", "verb", "adj", "adv", "punct"};
  std::vector<Run> runs;
  std::vector<Text> texts;
  const json none = json::object();
  const auto part = [&](const char* table, const char* name) -> const json& {
    const json& parts = lemmatizer.at(table);
    return parts.contains(name) ? parts.at(name) : none;
  };
  for (int i = 0; i < kLemmaClasses; ++i) {
    std::map<std::string, std::uint32_t> index, exceptions;
    for (const json& word : part("lemma_index", kClasses[i])) index[word] = 1;
    for (const auto& [word, lemmas] : part("lemma_exc", kClasses[i]).items()) {
      exceptions[word] = static_cast<std::uint32_t>(runs.size());
      runs.push_back({static_cast<std::uint32_t>(texts.size()), static_cast<std::uint32_t>(lemmas.size())});
      for (const json& lemma : lemmas) texts.push_back(builder.text(lemma));
    }
    std::vector<LemmaRule> rules;
    for (const json& rule : part("lemma_rules", kClasses[i])) rules.push_back({builder.text(rule.at(0)), builder.text(rule.at(1))});
    builder.header.lemma_index[i] = builder.map(index);
    builder.header.lemma_exceptions[i] = builder.map(exceptions);
    builder.header.lemma_rules[i] = builder.slice(rules);
  }
  builder.header.lemma_runs = builder.slice(runs);
  builder.header.lemma_texts = builder.slice(texts);
}

}  // namespace relata::pack
