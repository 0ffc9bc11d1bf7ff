// antecedent_traits < ARTICLES.jsonl: what the resolver sees when it looks for the antecedent of a "he" or "she", one JSON line a pronoun.
//
// In:  {"uri", "text"} a line.
// Out: {"uri", "pronoun": [begin, end], "candidates": [{"names": [[begin, end], ...], "traits": {name: value}}, ...]}; spans are of code points,
//      `names` are the phrases of all name mentions of the candidate's actor.
// To be run in the folder that holds data/ and models/.
#include <iostream>

#include <nlohmann/json.hpp>

#include "extract/language/language.h"
#include "extract/names/names.h"
#include "extract/reference/person_weights.h"
#include "extract/reference/resolver.h"

namespace {

using namespace relata;
using Json = nlohmann::ordered_json;

class Printer : public reference::Watcher {
 public:
  void candidates(const reference::Discourse& all, const reference::PronounView& view, const std::vector<std::uint32_t>& mentions) override {
    Json line = {{"uri", all.document.article().uri}, {"pronoun", span(all, all.mentions[view.index])}, {"candidates", Json::array()}};
    for (const std::uint32_t i : mentions) {
      Json candidate = {{"names", Json::array()}, {"traits", Json::object()}};
      for (const std::uint32_t other : all.clusters[all.mentions[i].cluster].mentions)
        if (all.mentions[other].name != reference::kNone) candidate["names"].push_back(span(all, all.mentions[other]));
      for (const auto& entry : person_traits(all, view, i)) candidate["traits"][reference::trait_name(entry.trait)] = entry.value;
      line["candidates"].push_back(std::move(candidate));
    }
    std::cout << line.dump() << '\n';
  }

 private:
  static Json span(const reference::Discourse& all, const reference::Phrase& mention) {
    const Span span = all.document.span_of(mention.phrase.empty() ? mention.tokens : mention.phrase);
    return Json::array({span.begin, span.end});
  }
};

}  // namespace

int main() {
  const Result<Language> language = Language::load("models");
  if (!language) {
    std::cerr << language.error().message << '\n';
    return 1;
  }
  Printer printer;
  for (std::string line; std::getline(std::cin, line);) {
    const Json record = Json::parse(line);
    Article article;
    article.uri = record.at("uri");
    article.text = record.at("text");
    const Document document = language->parse(std::move(article));
    const names::Lexicon& lexicon = names::lexicon();
    const std::vector<Name> names = find_names(document);
    std::vector<reference::Phrase> mentions = reference::collect_mentions(document, names, lexicon);
    std::vector<reference::Cluster> clusters = reference::cluster_names(document, names, lexicon, mentions);
    reference::resolve_mentions(document, lexicon, mentions, clusters, &printer);
  }
}
