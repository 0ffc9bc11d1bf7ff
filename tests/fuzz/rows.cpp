// Stored bytes gone bad: every decoder of the store takes any bytes, and what it accepts it writes again as it read it.
#include "graph/extraction.h"
#include "storage/extraction_bytes.h"
#include "storage/identity_rows.h"
#include "storage/rows.h"
#include "tests/fuzz/fuzz.h"
#include "tests/query/small_graph.h"

namespace {

using namespace relata;
using namespace relata::storage;

Extraction sample() {
  return tests::article_of({"Ana", "ACCUSE", "Berg", "2024-02-12", Polarity::negative, Modality::possible, 0.4F, "Kurier", "2024-02-13", "Dora"}, 3);
}

}  // namespace

std::vector<std::string> relata::fuzz::seeds() {
  const Extraction one = sample();
  ActorRow actor;
  actor.actor = one.actors[0];
  actor.share = {one.article.published, 2, true};
  ArticleColumns columns;
  columns.published = one.article.published;
  columns.publisher = 77;
  columns.entities = {EntityId{1}, EntityId{2}};
  columns.statements.push_back({0, 0, 1, *one.article.published, *one.article.published, Polarity::negative, Modality::possible, 100, 5, {0}});
  const ArticleKey key{one.article.id, 3};
  std::vector<std::string> all{encode_extraction(one), encode(key), encode(ArticleRow{kForever, 2, 1}), encode(ActorKey{EntityId{9}, key, 1}), encode(actor), encode(columns),
                               encode(std::vector<MovedActor>{{0, EntityId{4}}, {1, EntityId{5}}}), encode(Redirect{EntityId{1}, EntityId{2}})};
  for (std::size_t i = 0; i < all.size(); ++i) all[i].insert(all[i].begin(), static_cast<char>(i));
  return all;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes = fuzz::bytes_of(data + 1, size - 1);
  // All decoders see all bytes: a key of one family may stand in another.
  if (const auto extraction = decode_extraction(bytes)) {
    const auto again = decode_extraction(encode_extraction(*extraction));
    fuzz::expect(again.ok() && again->statements.size() == extraction->statements.size(), "an extraction is written as it was read");
  }
  if (const auto key = decode_article_key(bytes)) fuzz::expect(encode(*key) == bytes, "a key is written as it was read");
  if (const auto key = decode_actor_key(bytes)) fuzz::expect(encode(*key) == bytes, "a key is written as it was read");
  if (const auto row = decode_article_row(bytes)) fuzz::expect(decode_article_row(encode(*row)) == row, "a row is written as it was read");
  if (const auto row = decode_actor_row(bytes)) fuzz::expect(decode_actor_row(encode(*row)).has_value(), "a row is written as it was read");
  if (const auto columns = decode_columns(bytes, 3)) fuzz::expect(decode_columns(encode(*columns), 3) == columns, "columns are written as they were read");
  if (const auto moved = decode_moved(bytes)) fuzz::expect(decode_moved(encode(*moved)).has_value(), "moves are written as they were read");
  (void)decode_entity_record(bytes);
  (void)decode_entity_id(bytes);
  (void)decode_key_row(bytes);
  (void)decode_state_row(bytes);
  (void)decode_log_key(bytes);
  const std::size_t half = bytes.size() / 2;
  (void)decode_decision(bytes.substr(0, half), bytes.substr(half));
  (void)decode_redirect(bytes.substr(0, half), bytes.substr(half));
  return 0;
}
