// What the tests of stance and speech read with: one Language, and actors from the recognizer's labels alone.
#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "extract/data.h"
#include "extract/language/language.h"
#include "extract/mentions.h"

namespace relata::stance_test {

inline const Language& language() {
  static const Language one = [] {
    auto home = home_folder();
    auto loaded = Language::load((home ? *home : ".") + "/models");
    if (!loaded) throw std::runtime_error(loaded.error().message);
    return std::move(*loaded);
  }();
  return one;
}

inline Article article_of(const std::string& text) {
  Article article;
  article.text = text;
  return article;
}

// The last token with the text, or kNoToken.
inline TokenIndex last_token(const Document& document, const std::string& text) {
  for (TokenIndex i = static_cast<TokenIndex>(document.tokens.size()); i-- > 0;) {
    if (document.tokens[i].text == text) return i;
  }
  return kNoToken;
}

inline std::optional<EntityType> type_of(Ner ner) {
  switch (ner) {
    case Ner::PERSON: return EntityType::person;
    case Ner::ORG: return EntityType::org;
    case Ner::GPE: return EntityType::gpe;
    case Ner::NORP: return EntityType::norp;
    default: return std::nullopt;
  }
}

// Names with the same text are one actor; no pronouns, no nominals.
inline Actors actors_of(const Document& d) {
  Actors found;
  found.of_token.assign(d.tokens.size(), kNoActor);
  for (TokenIndex first = 0; first < d.tokens.size();) {
    const auto type = type_of(d.tokens[first].ner);
    TokenRange name{first, first + 1};
    while (type && name.last < d.tokens.size() && d.tokens[name.last].ner == d.tokens[first].ner && !d.tokens[name.last].ner_begins) ++name.last;
    first = name.last;
    if (!type) continue;
    if (d.tokens[name.last - 1].tag == Tag::POS) --name.last;
    const std::string text(d.text_of(name));
    ActorIndex actor = 0;
    while (actor < found.actors.size() && found.actors[actor].name != text) ++actor;
    if (actor == found.actors.size()) found.actors.push_back({text, *type, {text}, {}, true});
    TokenIndex head = name.last - 1;
    for (TokenIndex i = name.first; i < name.last; ++i) {
      if (!name.contains(d.tokens[i].head) || d.tokens[i].head == i) head = i;
    }
    MentionTokens mention;
    mention.tokens = name;
    mention.head = head;
    found.actors[actor].mentions.push_back(mention);
    found.of_token[head] = actor;
  }
  return found;
}

// The words of a span of code points.
inline std::string words_of(const Document& d, Span span) {
  std::string words;
  std::uint32_t count = 0;
  for (const char c : d.article().text) {
    if ((c & 0xC0) != 0x80) ++count;
    if (count > span.begin && count <= span.end) words += c;
  }
  return words;
}

}  // namespace relata::stance_test
