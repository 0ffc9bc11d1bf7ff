// What a bulk load keeps of some articles, made of them alone, so that several portions are made at the same time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/content_hash.h"
#include "storage/copy_rows.h"
#include "storage/derive.h"
#include "storage/hash_places.h"

namespace relata::storage {

struct BulkStatement {
  std::uint32_t subject = 0, object = 0;  // places among the article's actors
  Day begin, end;
  std::uint32_t time_hash = 0;
  std::uint32_t first_source = 0;  // into the sources beside it; the next statement's ends them
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
  std::uint32_t portion = 0;  // the portion it came in
  std::uint32_t sketch = 0;   // place in it
  std::uint64_t address = 0;  // the first half of its key in family "addresses"
  ContentHash hash;           // of the extraction
  bool outdated = false;      // another wording of its uri came too, and stays: see Correction of graph/batch.h

  std::optional<Day> day() const { return published_known ? std::optional(published) : std::nullopt; }
};

struct BulkPortion {
  // All that two actors of one form have in common, spelled as bytes: see encode_naming() and decode_actor() of storage/rows.h.
  struct Spelled {
    HashPlaces::Hash hash;
    std::size_t begin = 0, bytes = 0;  // of `spelled`
  };
  struct Wording {
    HashPlaces::Hash uri;
    bool correctable = false;  // only addresses are
  };

  std::vector<BulkArticle> articles;  // their places count within the portion
  std::vector<BulkStatement> statements;
  std::vector<std::uint32_t> sources;
  std::vector<Spelled> actors;
  std::vector<Wording> wordings;      // of articles, as all that follow
  std::vector<SketchRow> sketches;
  std::vector<std::size_t> body_ends; // in `bodies`
  std::string spelled, bodies;
  TypeTable types;

  std::string_view form(const Spelled& actor) const { return std::string_view(spelled).substr(actor.begin, actor.bytes); }
};

// `places`: tells hashes. Precondition: the articles are valid.
BulkPortion portion_of(const std::vector<Extraction>& extractions, const HashPlaces& places);

}  // namespace relata::storage
