// The articles of a bulk load as columns in memory, portion after portion as they come, while their bodies go to the spool. About 130 bytes a
// statement, sketches included.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/body_spool.h"
#include "storage/bulk_portion.h"
#include "storage/store.h"

namespace relata::storage {

// What actors of the same name, type and aliases have in common.
struct BulkForm {
  Actor actor;  // without mentions
  std::string key;
  EntityId own;  // the entity of its key
};

struct BulkArticles {
  struct Portion {
    std::vector<BulkStatement> statements;
    std::vector<std::uint32_t> sources;  // places among the article's actors
    std::vector<std::uint32_t> actors;   // into forms
  };
  std::vector<BulkArticle> articles;     // their places count within their portion
  std::vector<Portion> portions;
  std::vector<std::vector<SketchRow>> sketches;  // by portion
  std::vector<BulkForm> forms;
  TypeTable types;
  std::size_t statements = 0, sources = 0, actors = 0;  // in all portions
};

class BulkGatherer {
 public:
  explicit BulkGatherer(BodySpool& spool) : spool_(spool) {}

  // A portion of articles, for add(). From any thread.
  BulkPortion prepare(const std::vector<Extraction>& extractions) const { return portion_of(extractions, hashes_); }
  // Portions in the order of the load. bad_input when the numbers of a store do not suffice.
  Result<void> add(BulkPortion&& portion);
  // What became of each article, as Receipt tells it of a batch with all of them.
  void tell(Receipt& receipt) const;
  BulkArticles take() { return std::move(all_); }

 private:
  struct Came {
    std::uint32_t article;  // place
    bool again;
  };
  void correct(const HashPlaces::Hash& uri, std::uint32_t place);
  std::uint32_t form_of(const BulkPortion& portion, const BulkPortion::Spelled& actor);
  Result<void> add_articles(BulkPortion& portion);
  Result<void> add_columns(BulkPortion& portion);
  Result<void> check_numbers() const;

  BodySpool& spool_;
  BulkArticles all_;
  std::vector<Came> came_;
  std::vector<std::uint32_t> wordings_;  // the article that stays, of each address
  const HashPlaces hashes_;
  HashPlaces known_ = hashes_, places_of_forms_ = hashes_, addresses_ = hashes_;  // places among articles, forms, wordings_
};

}  // namespace relata::storage
