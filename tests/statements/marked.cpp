#include "tests/statements/marked.h"

#include <doctest/doctest.h>

#include <map>

#include "extract/language/language.h"
#include "extract/times/times.h"

namespace relata {
namespace {

const Language& language() {
  static const Result<Language> loaded = Language::load("models");
  REQUIRE(loaded.ok());
  return *loaded;
}

struct Mark {
  std::size_t begin, end;  // bytes of the plain text
  std::string name;
  EntityType type;
};

std::string unmark(const std::string& text, std::vector<Mark>& marks) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '[') {
      plain += text[i];
      continue;
    }
    const std::size_t bar = text.find('|', i), close = text.find(']', i);
    const std::string name = text.substr(i + 1, bar - i - 1);
    const auto type = parse_entity_type(text.substr(bar + 1, close - bar - 1));
    REQUIRE(type);
    marks.push_back({plain.size(), plain.size() + name.size(), name, *type});
    plain += name;
    i = close;
  }
  return plain;
}

// The token of the range that hangs on something outside of it.
TokenIndex head_of(const Document& document, TokenRange range) {
  for (TokenIndex i = range.first; i < range.last; ++i)
    if (!range.contains(document.tokens[i].head) || document.tokens[i].head == i) return i;
  return range.last - 1;
}

}  // namespace

Marked marked(const std::string& text) {
  std::vector<Mark> marks;
  Article article;
  article.text = unmark(text, marks);
  article.published = make_day(2024, 11, 18);
  article.published_from = PublishedFrom::metadata;
  Marked result{language().parse(std::move(article)), {}};
  result.actors.of_token.assign(result.document.tokens.size(), kNoActor);
  std::map<std::string, ActorIndex> known;
  for (const Mark& mark : marks) {
    TokenRange range{kNoToken, 0};
    for (TokenIndex i = 0; i < result.document.tokens.size(); ++i) {
      const std::size_t at = result.document.tokens[i].byte_begin;
      if (at < mark.begin || at >= mark.end) continue;
      range.first = std::min(range.first, i);
      range.last = i + 1;
    }
    const auto [found, fresh] = known.try_emplace(mark.name, static_cast<ActorIndex>(result.actors.actors.size()));
    if (fresh) result.actors.actors.push_back({mark.name, mark.type, {mark.name}, {}, true});
    const TokenIndex head = head_of(result.document, range);
    result.actors.actors[found->second].mentions.push_back({.tokens = range, .head = head, .kind = MentionKind::name, .phrase = range});
    result.actors.of_token[head] = found->second;
  }
  return result;
}

std::vector<std::string> told(const std::string& text, bool details) {
  const Marked given = marked(text);
  const auto times = find_times(given.document);
  const Speech speech = Speech::find(given.document, given.actors);
  std::vector<std::string> all;
  for (const Statement& s : find_statements(given.document, given.actors, times, speech)) {
    std::string line = given.actors.actors[s.subject].name + ' ' + s.type + ' ' + given.actors.actors[s.object].name;
    if (details) {
      line += ' ' + std::string(to_string(s.polarity)) + ' ' + std::string(to_string(s.modality));
      for (const Attribution& a : s.attribution) line += " according to " + given.actors.actors[a.source].name;
      if (s.time) line += " on " + s.time->value;
    }
    all.push_back(std::move(line));
  }
  return all;
}

}  // namespace relata
