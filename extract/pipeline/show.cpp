#include "extract/pipeline/show.h"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "extract/names/names.h"
#include "extract/pipeline/line.h"
#include "extract/reference/reference.h"
#include "extract/statements/statements.h"
#include "extract/times/times.h"

namespace relata {
namespace {

using json = nlohmann::ordered_json;
using namespace std::string_view_literals;

constexpr std::array kForms = {"names"sv, "tokens"sv, "times"sv, "actors"sv, "triples"sv, "statements"sv};

json spanned(const Document& document, TokenRange tokens) {
  const Span span = document.span_of(tokens);
  return {{"begin", span.begin}, {"end", span.end}, {"text", document.text_of(tokens)}};
}

json names(const Document& document) {
  json list = json::array();
  for (const Name& name : find_names(document)) {
    json one = spanned(document, name.tokens);
    one["type"] = to_string(name.type);
    list.push_back(std::move(one));
  }
  return {{"uri", document.article().uri}, {"names", std::move(list)}};
}

json tokens(const Document& document) {
  json sentences = json::array();
  for (const TokenRange sentence : document.sentences) {
    json list = json::array();
    // White space between words is no token of the form: indexes count what is printed.
    std::vector<int> printed(sentence.last - sentence.first, -1);
    int next = 0;
    for (TokenIndex i = sentence.first; i < sentence.last; ++i)
      if (!document.tokens[i].is_space) printed[i - sentence.first] = next++;
    for (TokenIndex i = sentence.first; i < sentence.last; ++i) {
      const Token& token = document.tokens[i];
      if (token.is_space) continue;
      const bool inside = token.head != i && sentence.contains(token.head);
      json one = spanned(document, {i, i + 1});
      one["lemma"] = token.lemma;
      one["tag"] = to_string(token.tag);
      one["dep"] = to_string(token.dep);
      one["head"] = inside ? printed[token.head - sentence.first] : -1;
      list.push_back(std::move(one));
    }
    if (!list.empty()) sentences.push_back(std::move(list));
  }
  return {{"uri", document.article().uri}, {"sentences", std::move(sentences)}};
}

std::string_view type_name(TimeExpression::Type type) {
  constexpr std::array kNames = {"DATE"sv, "TIME"sv, "DURATION"sv, "SET"sv};
  return kNames.at(static_cast<std::size_t>(type));
}

json times(const Document& document) {
  const Article& article = document.article();
  json list = json::array();
  for (const TimeExpression& time : find_times(document))
    list.push_back({{"begin", time.span.begin},
                    {"end", time.span.end},
                    {"text", text_at(article.text, time.span)},
                    {"type", type_name(time.type)},
                    {"value", time.value},
                    {"mod", time.mod.empty() ? json(nullptr) : json(time.mod)}});
  return {{"uri", article.uri}, {"published", article.published ? json(to_string(*article.published)) : json(nullptr)}, {"times", std::move(list)}};
}

// Of the whole text: who is named in a caption or a credit is in the chain, though such lines make no statements.
json actors(Document document) {
  document.noise.assign(document.sentences.size(), false);
  json list = json::array();
  for (const ActorTokens& actor : resolve_references(document, find_names(document)).actors) {
    json mentions = json::array();
    for (const MentionTokens& mention : actor.mentions) {
      if (mention.phrase.empty()) continue;
      json one = spanned(document, mention.phrase);
      one["kind"] = to_string(mention.kind);
      mentions.push_back(std::move(one));
    }
    list.push_back({{"name", actor.name}, {"type", to_string(actor.type)}, {"mentions", std::move(mentions)}});
  }
  return {{"uri", document.article().uri}, {"actors", std::move(list)}};
}

void append_triples(json& list, const Document& document, std::size_t sentence) {
  for (const Triple& triple : open_triples(document, sentence))
    list.push_back({{"subject", triple.subject},
                    {"predicate", triple.predicate},
                    {"objects", triple.objects},
                    {"confidence", std::round(triple.confidence * 1000) / 1000}});
}

std::string triples_line(const Document& document, std::string_view sentence, json list) {
  const json line = {{"uri", document.article().uri}, {"sentence", sentence}, {"triples", std::move(list)}};
  return line.dump() + "\n";
}

std::string triples(const Document& document, bool whole) {
  std::string lines;
  json all = json::array();
  for (std::size_t s = 0; s < document.sentences.size(); ++s) {
    json list = json::array();
    append_triples(whole ? all : list, document, s);
    if (!whole) lines += triples_line(document, document.text_of(document.sentences[s]), std::move(list));
  }
  return whole ? triples_line(document, document.article().text, std::move(all)) : lines;
}

}  // namespace

std::optional<ShowForm> parse_show_form(std::string_view name) {
  for (std::size_t i = 0; i < kForms.size(); ++i)
    if (kForms[i] == name) return static_cast<ShowForm>(i);
  return std::nullopt;
}

std::string show(ShowForm form, const Extractor& extractor, Document document, bool whole) {
  switch (form) {
    case ShowForm::names: return names(document).dump() + "\n";
    case ShowForm::tokens: return tokens(document).dump() + "\n";
    case ShowForm::times: return times(document).dump() + "\n";
    case ShowForm::actors: return actors(std::move(document)).dump() + "\n";
    case ShowForm::triples: return triples(document, whole);
    case ShowForm::statements: return to_line(extractor.settle(extractor.read(std::move(document)))) + "\n";
  }
  return {};
}

}  // namespace relata
