#include "storage/bulk_portion.h"

#include "storage/bytes.h"
#include "storage/extraction_bytes.h"
#include "storage/past_rows.h"

namespace relata::storage {
namespace {

void add_statement(const Statement& statement, BulkPortion& portion) {
  const StatementColumns columns = columns_of(statement, portion.types);
  BulkStatement& made = portion.statements.emplace_back();
  made.subject = columns.subject;
  made.object = columns.object;
  made.begin = columns.begin;
  made.end = columns.end;
  made.time_hash = columns.time_hash;
  made.first_source = static_cast<std::uint32_t>(portion.sources.size());
  made.type = columns.type;
  made.confidence = columns.confidence;
  made.polarity = columns.polarity;
  made.modality = columns.modality;
  portion.sources.insert(portion.sources.end(), columns.attribution.begin(), columns.attribution.end());
}

BulkArticle article_of(const Extraction& extraction, const BulkPortion& portion) {
  const Article& article = extraction.article;
  BulkArticle made;
  made.id = article.id;
  made.publisher = publisher_number(article.publisher);
  made.published = article.published.value_or(kFirstDay);
  made.published_known = article.published.has_value();
  made.first_actor = static_cast<std::uint32_t>(portion.actors.size());
  made.actors = static_cast<std::uint32_t>(extraction.actors.size());
  made.first_statement = static_cast<std::uint32_t>(portion.statements.size());
  made.statements = static_cast<std::uint32_t>(extraction.statements.size());
  made.sketch = static_cast<std::uint32_t>(portion.sketches.size());
  made.address = ByteReader(address_prefix(article.uri)).big64();
  made.hash = hash_of(extraction);
  return made;
}

}  // namespace

BulkPortion portion_of(const std::vector<Extraction>& extractions, const HashPlaces& places) {
  BulkPortion portion;
  ByteWriter spelled, bodies;
  portion.articles.reserve(extractions.size());
  portion.sketches.reserve(extractions.size());
  for (const Extraction& extraction : extractions) {
    const Article& article = extraction.article;
    portion.articles.push_back(article_of(extraction, portion));
    portion.wordings.push_back({places.hash(article.uri), article.uri.find("://") != std::string::npos});
    portion.sketches.push_back(sketch_row(article));
    for (const Actor& actor : extraction.actors) {
      const std::size_t begin = spelled.bytes().size();
      encode_naming(actor, spelled);
      const std::size_t bytes = spelled.bytes().size() - begin;
      portion.actors.push_back({places.hash(std::string_view(spelled.bytes()).substr(begin, bytes)), begin, bytes});
    }
    for (const Statement& statement : extraction.statements) add_statement(statement, portion);
    encode_extraction(extraction, bodies);
    portion.body_ends.push_back(bodies.bytes().size());
  }
  portion.spelled = spelled.take();
  portion.bodies = bodies.take();
  return portion;
}

}  // namespace relata::storage
