#include "bench/peer/facts.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <unordered_map>

namespace relata::bench {
namespace {

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(2);
}

std::vector<std::string_view> cells(std::string_view line) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t comma = line.find(',');
    parts.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    line.remove_prefix(comma + 1);
  }
}

template <typename Number>
Number number(std::string_view text) {
  Number value{};
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc()) give_up("not a number: " + std::string(text));
  return value;
}

void each_line(const std::string& path, const std::function<void(const std::vector<std::string_view>&)>& visit) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) give_up(path + " cannot be read");
  while (std::getline(file, line)) visit(cells(line));
}

EntityType type_of(std::string_view text) {
  return text == "person" ? EntityType::person : text == "organisation" ? EntityType::org : text == "place" ? EntityType::gpe : EntityType::event;
}

Modality modality_of(std::string_view text) {
  return text == "asserted" ? Modality::actual : text == "planned" ? Modality::future : text == "possible" ? Modality::possible : Modality::requested;
}

}  // namespace

Facts::Facts(const std::string& folder) {
  read_entities(folder + "/entities.csv");
  read_facts(folder + "/facts.csv");
}

void Facts::read_entities(const std::string& path) {
  each_line(path, [&](const auto& row) {
    char digits[16];
    std::snprintf(digits, sizeof digits, " %07zu", entities_.size());
    entities_.push_back({std::string(row[1]) + digits, type_of(row[2])});
  });
}

void Facts::read_facts(const std::string& path) {
  std::unordered_map<std::string, std::uint8_t> places;
  each_line(path, [&](const auto& row) {
    const auto [at, fresh] = places.try_emplace(std::string(row[2]), static_cast<std::uint8_t>(relations_.size()));
    if (fresh) relations_.push_back(at->first);
    facts_.push_back({number<std::uint32_t>(row[1]), number<std::uint32_t>(row[3]), number<std::int32_t>(row[8]), number<std::uint32_t>(row[5]),
                      parse_day(row[4]).value_or(kFirstDay), at->second, static_cast<std::uint8_t>(modality_of(row[7])),
                      static_cast<std::uint8_t>(number<double>(row[9]) * 100 + 0.5), row[6] == "-1"});
  });
}

Actor Facts::actor(std::uint32_t entity) const {
  const Named& named = entities_[entity];
  return {named.name, named.type, {named.name}, {}};
}

void Facts::each(const std::function<void(Extraction, std::size_t)>& visit) const {
  Stream stream(*this);
  while (auto extraction = stream.next()) visit(*std::move(extraction), stream.first_fact());
}

std::optional<Extraction> Stream::next() {
  const auto& facts = facts_.facts_;
  first_ = last_;
  if (first_ == facts.size()) return std::nullopt;
  while (last_ < facts.size() && facts[last_].document == facts[first_].document) ++last_;
  return facts_.document(first_, last_);
}

Extraction Facts::document(std::size_t first, std::size_t last) const {
  Extraction made;
  Article& article = made.article;
  article.uri = "news:" + std::to_string(facts_[first].document);
  article.publisher = "Agency " + std::to_string(facts_[first].document % 97);
  article.published = facts_[first].day;
  article.published_from = PublishedFrom::metadata;
  made.extractor = "peer 1";
  std::vector<std::uint32_t> known;
  const auto mention = [&](std::uint32_t entity) {
    const auto at = std::find(known.begin(), known.end(), entity);
    const auto index = static_cast<ActorIndex>(at - known.begin());
    if (at == known.end()) {
      known.push_back(entity);
      made.actors.push_back(actor(entity));
    }
    const auto begin = static_cast<std::uint32_t>(article.text.size());
    article.text += entities_[entity].name;
    made.actors[index].mentions.push_back({{begin, static_cast<std::uint32_t>(article.text.size())}, MentionKind::name});
    return index;
  };
  for (std::size_t i = first; i < last; ++i) {
    const Fact& fact = facts_[i];
    Statement& statement = made.statements.emplace_back();
    statement.evidence.begin = static_cast<std::uint32_t>(article.text.size());
    if (fact.attribution >= 0) {
      statement.attribution.push_back({mention(static_cast<std::uint32_t>(fact.attribution)), "say"});
      article.text += " said that ";
    }
    statement.subject = mention(fact.subject);
    statement.predicate = relations_[fact.relation];
    std::replace(statement.predicate.begin(), statement.predicate.end(), '_', ' ');
    article.text += (fact.denied ? " never " : " ") + statement.predicate + " ";
    statement.object = mention(fact.object);
    article.text += ".";
    statement.evidence.end = static_cast<std::uint32_t>(article.text.size());
    article.text += "\n";
    statement.type = relations_[fact.relation];
    const std::string date = to_string(fact.day);
    statement.time = When{date, "", fact.day, fact.day, Precision::day};
    statement.polarity = fact.denied ? Polarity::negative : Polarity::positive;
    statement.modality = static_cast<Modality>(fact.modality);
    statement.confidence = static_cast<float>(fact.confidence) / 100;
  }
  article.id = article_id(article);
  return made;
}

}  // namespace relata::bench
