// Random news for property tests: valid extractions over a small world of entities, so that articles share actors, relations
// repeat, and names vary in spelling. The same seed gives the same news everywhere.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "graph/extraction.h"

namespace relata::tests {

class RandomNews {
 public:
  // `world`: number of different entities to draw from.
  explicit RandomNews(std::uint64_t seed, std::uint32_t world = 30) : state_(seed * 2 + 1), world_(world) {}

  // Below `end`; end > 0.
  std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(next() >> 33) % end; }
  bool chance(std::uint32_t percent) { return below(100) < percent; }

  Extraction extraction(std::uint32_t most_actors = 6, std::uint32_t most_statements = 8) {
    Extraction extraction;
    extraction.extractor = "random 1";
    Article& article = extraction.article;
    article.uri = "https://news.example/" + std::to_string(below(1'000'000));
    article.title = chance(90) ? "Report " + std::to_string(below(1000)) : "";
    article.publisher = chance(90) ? pick(kPublishers) : "";
    if (chance(85)) {
      article.published = Day{19000 + static_cast<std::int32_t>(below(400))};
      article.published_from = PublishedFrom::metadata;
    }
    const std::uint32_t actors = below(most_actors + 1);
    for (std::uint32_t i = 0; i < actors; ++i) extraction.actors.push_back(actor(article.text));
    const std::uint32_t statements = actors == 0 ? 0 : below(most_statements + 1);
    for (std::uint32_t i = 0; i < statements; ++i) extraction.statements.push_back(statement(actors, article.text));
    if (actors > 0 && chance(40)) extraction.quotes.push_back({words(article.text, "“We will see,” they said. "), below(actors), "say"});
    if (chance(10)) extraction.quotes.push_back({words(article.text, "“Nobody knows.” "), std::nullopt, ""});
    article.id = article_id(article);
    return extraction;
  }

  // The same words under another headline, by another publisher, on another day.
  Extraction copy_of(Extraction extraction) {
    Article& article = extraction.article;
    article.uri = "https://copies.example/" + std::to_string(below(1'000'000));
    article.title = "Copy " + std::to_string(below(1000));
    article.publisher = pick(kPublishers);
    if (chance(80)) article.published = Day{19000 + static_cast<std::int32_t>(below(400))};
    article.text += "Reported by " + pick(kFirst) + ". ";
    article.id = article_id(article);
    return extraction;
  }

 private:
  std::uint64_t next() {  // splitmix64 (Steele, Lea, Flood 2014)
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
  }

  template <std::size_t N>
  std::string pick(const std::array<const char*, N>& from) {
    return from[below(static_cast<std::uint32_t>(N))];
  }

  // Appends `sentence` and says where it is, in code points.
  static Span words(std::string& text, const std::string& sentence) {
    const auto length = [](const std::string& utf8) {
      return static_cast<std::uint32_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
    };
    const std::uint32_t begin = length(text);
    text += sentence;
    return {begin, begin + length(sentence) - 1};
  }

  Actor actor(std::string& text) {
    const std::uint32_t who = std::min(below(world_), below(world_));  // some are in the news more than others
    const std::string plain = pick_at(kFirst, who) + " " + pick_at(kLast, who / 7);
    Actor actor;
    actor.name = plain;
    if (chance(15)) std::transform(plain.begin(), plain.end(), actor.name.begin(), [](char c) { return static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c); });
    if (chance(10)) actor.name = pick_at(kFirst, who) + "-" + pick_at(kLast, who / 7);
    actor.type = static_cast<EntityType>(who % 3 == 0 ? 0 : who % 3 == 1 ? 1 : 2);
    if (chance(10) && actor.type == EntityType::gpe) actor.type = EntityType::loc;
    actor.aliases.push_back(actor.name);
    if (chance(40)) actor.aliases.push_back(pick_at(kLast, who / 7));
    if (chance(10)) actor.aliases.push_back("the " + pick(kNouns));
    std::sort(actor.aliases.begin(), actor.aliases.end());
    actor.aliases.erase(std::unique(actor.aliases.begin(), actor.aliases.end()), actor.aliases.end());
    actor.mentions.push_back({words(text, actor.name + " "), MentionKind::name});
    if (chance(30)) actor.mentions.push_back({words(text, "they "), MentionKind::pronoun});
    return actor;
  }

  Statement statement(std::uint32_t actors, std::string& text) {
    Statement statement;
    statement.subject = below(actors);
    statement.object = below(actors);
    statement.type = pick(kTypes);
    statement.predicate = pick(kVerbs);
    if (chance(70)) statement.time = parse_when(time_value(), chance(20) ? pick(kModifiers) : "");
    statement.polarity = chance(15) ? Polarity::negative : Polarity::positive;
    statement.modality = chance(70) ? Modality::actual : static_cast<Modality>(below(kModalities));
    for (std::uint32_t left = chance(40) ? 1 + below(2) : 0; left > 0; --left) statement.attribution.push_back({below(actors), pick(kVerbs)});
    if (chance(20)) statement.roles.push_back({"location", ActorIndex{below(actors)}});
    if (chance(20)) statement.roles.push_back({"topic", std::string("trade in grain")});
    statement.confidence = static_cast<float>(below(101)) / 100;
    statement.evidence = words(text, "The " + pick(kNouns) + " " + statement.predicate + " naïvely. ");
    return statement;
  }

  std::string time_value() {
    const std::string year = std::to_string(2020 + below(4)), month = two(1 + below(12));
    switch (below(4)) {
      case 0: return year;
      case 1: return year + "-" + month;
      case 2: return year + "-" + month + "-" + two(1 + below(28));
      default: return "2022-03-" + two(1 + below(5));  // so that some relations have several statements
    }
  }
  static std::string two(std::uint32_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

  template <std::size_t N>
  static std::string pick_at(const std::array<const char*, N>& from, std::uint32_t i) {
    return from[i % N];
  }

  static constexpr std::array<const char*, 7> kFirst = {"Anna", "Björn", "Chen", "Dalia", "Émile", "Fatou", "Goran"};
  static constexpr std::array<const char*, 9> kLast = {"Okafor", "Lindqvist", "Moreau", "Petrov", "Tanaka", "Silva", "Nagy", "Haddad", "Weiß"};
  static constexpr std::array<const char*, 5> kTypes = {"CONSULT", "FIGHT", "AID", "ACCUSE", "AGREE"};
  static constexpr std::array<const char*, 6> kVerbs = {"meet", "strike", "help", "accuse", "sign with", "deny"};
  static constexpr std::array<const char*, 4> kNouns = {"ministry", "union", "harbour", "court"};
  static constexpr std::array<const char*, 4> kPublishers = {"The Daily Example", "Example Wire", "Valley Post", "Radio North"};
  static constexpr std::array<const char*, 3> kModifiers = {"START", "END", "APPROX"};

  std::uint64_t state_;
  std::uint32_t world_;
};

}  // namespace relata::tests
