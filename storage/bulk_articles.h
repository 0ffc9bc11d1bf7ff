// The articles of a bulk load as columns in memory, in the order they come, while their bodies go to disk. About 75 bytes a statement.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/content_hash.h"
#include "storage/body_spool.h"
#include "storage/derive.h"
#include "storage/hash_places.h"
#include "storage/rows.h"
#include "storage/store.h"

namespace relata::storage {

struct BulkStatement {
  std::uint32_t subject = 0, object = 0;  // places among the article's actors
  Day begin, end;
  std::uint32_t time_hash = 0;
  std::uint32_t first_source = 0;  // into BulkArticles::sources; the next statement's ends them
  TypeIndex type = 0;
  std::uint8_t confidence = 0;
  Polarity polarity : 1 = Polarity::positive;
  Modality modality : 3 = Modality::actual;
};

struct BulkArticle {
  ArticleId id;
  std::uint64_t publisher = 0;
  Day published;
  bool published_known = false;
  std::uint32_t first_actor = 0, actors = 0;
  std::uint32_t first_statement = 0, statements = 0;
  std::uint64_t address = 0;  // the first half of its key in family "addresses"
  ContentHash hash;           // of the extraction
  bool outdated = false;      // another wording of its uri came too, and stays: see Correction of graph/batch.h

  std::optional<Day> day() const { return published_known ? std::optional(published) : std::nullopt; }
};

// What actors of the same name, type and aliases have in common.
struct BulkForm {
  Actor actor;  // without mentions
  std::string key;
  EntityId own;  // the entity of its key
};

struct BulkArticles {
  std::vector<BulkArticle> articles;
  std::vector<BulkStatement> statements;
  std::vector<std::uint32_t> sources;  // places among the article's actors
  std::vector<std::uint32_t> actors;   // into forms
  std::vector<BulkForm> forms;
  TypeTable types;
};

class BulkGatherer {
 public:
  explicit BulkGatherer(BodySpool& spool) : spool_(spool) {}

  // Precondition: valid. bad_input when the numbers of a store do not suffice.
  Result<void> add(const Extraction& extraction);
  // What became of each, as Receipt tells it of a batch with all of them.
  void tell(Receipt& receipt) const;
  BulkArticles take() { return std::move(all_); }

 private:
  struct Came {
    std::uint32_t article;  // place
    bool again;
  };
  void correct(const std::string& uri, std::uint32_t place);
  std::uint32_t form_of(const Actor& actor);
  void add_statement(const Statement& statement);

  BodySpool& spool_;
  BulkArticles all_;
  std::vector<Came> came_;
  std::vector<std::uint32_t> wordings_;  // the article that stays, of each address
  std::unordered_map<ArticleId, std::uint32_t> known_;  // into articles
  HashPlaces places_of_forms_, addresses_;
  std::string spelled_;      // scratch
};

}  // namespace relata::storage
