// The synthetic news of the peer benchmark (entities.csv and facts.csv of its folder) as extracted articles: one document is one article,
// each fact a sentence of it. Names are made unique by the entity's number, so that every entity keeps to itself.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "graph/extraction.h"

namespace relata::bench {

class Facts {
 public:
  // Prints what is wrong and ends the program when the folder cannot be read.
  explicit Facts(const std::string& folder);

  std::size_t entities() const { return entities_.size(); }
  std::size_t facts() const { return facts_.size(); }
  Actor actor(std::uint32_t entity) const;  // without mentions

  // Visits the documents in order: the article, and the number of its first fact; its statements are the facts from there on.
  void each(const std::function<void(Extraction extraction, std::size_t first_fact)>& visit) const;

 private:
  friend class Stream;
  struct Named {
    std::string name;
    EntityType type;
  };
  struct Fact {
    std::uint32_t subject, object;
    std::int32_t attribution;  // -1: the writer
    std::uint32_t document;
    Day day;
    std::uint8_t relation, modality, confidence;  // confidence in hundredths
    bool denied;
  };
  void read_entities(const std::string& path);
  void read_facts(const std::string& path);
  Extraction document(std::size_t first, std::size_t last) const;

  std::vector<Named> entities_;
  std::vector<Fact> facts_;
  std::vector<std::string> relations_;
};

// The documents one after another.
class Stream {
 public:
  explicit Stream(const Facts& facts) : facts_(facts) {}
  std::optional<Extraction> next();  // nothing at the end
  std::size_t first_fact() const { return first_; }  // of the document given last

 private:
  const Facts& facts_;
  std::size_t first_ = 0, last_ = 0;
};

}  // namespace relata::bench
