// The small rows of the store and their keys (FORMAT.md has them byte by byte): lifetimes of articles, the actors of each
// entity key, the log that views are built from, and the records of entities.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/content_hash.h"
#include "graph/entity.h"
#include "graph/identity.h"
#include "graph/result.h"
#include "graph/view.h"

namespace relata::storage {

class ByteWriter;

// One lifetime of an article. Key of "articles" and "bodies".
struct ArticleKey {
  ArticleId id;
  Version added = 0;
  auto operator<=>(const ArticleKey&) const = default;
};
std::string encode(const ArticleKey& key);
std::optional<ArticleKey> decode_article_key(std::string_view bytes);
std::string to_string(const ArticleKey& key);  // for messages

// Value of "articles".
struct ArticleRow {
  Version removed = kForever;
  std::uint32_t actors = 0;
  std::uint32_t statements = 0;
  bool operator==(const ArticleRow&) const = default;
};
std::string encode(const ArticleRow& row);
std::optional<ArticleRow> decode_article_row(std::string_view bytes);

// Key of "actors": an actor under the entity it is, and under each it was.
struct ActorKey {
  EntityId entity;
  ArticleKey article;
  ActorIndex actor = 0;
  auto operator<=>(const ActorKey&) const = default;
};
std::string encode(const ActorKey& key);
void encode(const ActorKey& key, ByteWriter& out);  // behind what is there
std::optional<ActorKey> decode_actor_key(std::string_view bytes);

// Value of "actors": what the actor gives to its entity's record, and until when.
struct ActorRow {
  Version removed = kForever;
  bool moved_on = false;  // at `removed` it became another entity, under which it stands too; gives nothing here any more
  Actor actor;  // without mentions
  EntityTally::Share share;
};
std::string encode(const ActorRow& row);
void encode(const ActorRow& row, ByteWriter& out);  // behind what is there
// Its two halves: all but the actor, and the actor.
void encode_share(const ActorRow& row, ByteWriter& out);
void encode_naming(const Actor& actor, ByteWriter& out);
std::optional<ActorRow> decode_actor_row(std::string_view bytes);

// The same with the actor left as it is spelled, alike for all that are named alike: for walks over very many rows.
struct SpelledActorRow {
  Version removed = kForever;
  bool moved_on = false;
  EntityTally::Share share;
  std::string_view actor;  // into the bytes
};
std::optional<SpelledActorRow> decode_spelled_actor_row(std::string_view bytes);
std::optional<Actor> decode_actor(std::string_view spelled);

// The columns of one statement, as an edge needs them.
struct StatementColumns {
  TypeIndex type = 0;
  ActorIndex subject = 0, object = 0;
  Day begin = kLastDay, end = kFirstDay;  // undated as in Edge
  Polarity polarity = Polarity::positive;
  Modality modality = Modality::actual;
  std::uint8_t confidence = 0;
  std::uint32_t time_hash = 0;  // of TIMEX3 mod and value: tells relations of the same days apart
  std::vector<ActorIndex> attribution;
  bool operator==(const StatementColumns&) const = default;
};

// What a view keeps of an article: value of "log" for an added article.
struct ArticleColumns {
  std::optional<Day> published;
  std::uint64_t publisher = 0;  // XXH3-64 of its name, lowest bit set
  std::vector<EntityId> entities;  // of its actors, when it was added
  std::vector<StatementColumns> statements;
  bool operator==(const ArticleColumns&) const = default;
};
std::string encode(const ArticleColumns& columns);
void encode(const ArticleColumns& columns, ByteWriter& out);  // behind what is there
// `types`: number of known relation types.
std::optional<ArticleColumns> decode_columns(std::string_view bytes, std::size_t types);

// Key of "log": the changes of the graph in the order of versions. The numbers are stored: do not change.
enum class Change : std::uint8_t { article_removed = 1, article_added = 2, actors_moved = 3, original_changed = 4 };
struct LogKey {
  Version version = 0;
  Change change = Change::article_added;
  ArticleKey article;  // `added` equals `version` for an added article, may for a changed original, else is less
};
std::string encode(const LogKey& key);
std::optional<LogKey> decode_log_key(std::string_view bytes);

// An entity as the sum of its actors, like EntityTally, but small enough to store: it knows only the first and last of its
// publication days and so cannot take an actor back. Value of "entities".
class EntityRecord {
 public:
  void add(const Actor& actor, const EntityTally::Share& share);
  // The two halves of add(): so many actors of one form, and what one of them gives.
  void name(const Actor& actor, int actors);
  void tally(const EntityTally::Share& share);
  // Nobody mentions it any more: the record of all that ever did, without its counts.
  void close() { articles_ = statements_ = 0; }
  bool holds() const { return articles_ > 0; }
  std::uint32_t articles() const { return articles_; }
  Entity entity(EntityId id) const;
  // Names it once had and has no more: older versions are searched by them. Distinct, ascending.
  const std::vector<std::string>& former() const { return former_; }
  // `others`: records of actors that give nothing to this one any more.
  void remember(std::initializer_list<const EntityRecord*> others);
  const NameCounts& named() const { return named_; }

 private:
  friend std::string encode(const EntityRecord& record);
  friend std::optional<EntityRecord> decode_entity_record(std::string_view bytes);

  bool has_name(const std::string& name) const { return named_.names.contains(name) || named_.aliases.contains(name); }

  NameCounts named_;
  std::uint32_t articles_ = 0, statements_ = 0;
  std::optional<Day> first_, last_;
  std::vector<std::string> former_;
};
// The record of an entity from all its actors: those that hold, else those that did to their end, else those that moved on.
class RecordCount {
 public:
  void add(const ActorRow& row) {
    (row.moved_on ? once_ : ever_).add(row.actor, row.share);
    if (row.removed == kForever) now_.add(row.actor, row.share);
  }
  bool holds() const { return now_.holds(); }
  EntityRecord record() && {
    if (now_.holds()) {
      now_.remember({&ever_, &once_});
      return std::move(now_);
    }
    EntityRecord& last = ever_.holds() ? ever_ : once_;
    last.remember({&once_});
    last.close();
    return std::move(last);
  }

 private:
  EntityRecord now_, ever_, once_;
};

std::string encode(const EntityRecord& record);
std::optional<EntityRecord> decode_entity_record(std::string_view bytes);
// Parts of a record, without decoding the rest.
std::optional<std::uint32_t> articles_of_record(std::string_view bytes);
std::optional<EntityType> type_of_record(std::string_view bytes);

// Value of "keys": the text an entity key's number is the hash of.
struct KeyRow {
  Version added = 0;  // first version in which an actor had it
  std::string text;
};
std::string encode(EntityId key);  // key of "keys" and "entities"
std::optional<EntityId> decode_entity_id(std::string_view bytes);
std::string encode(const KeyRow& row);
std::optional<KeyRow> decode_key_row(std::string_view bytes);

// The row of "meta" that counts; written with every batch.
struct StateRow {
  Version version = 0;
  std::uint64_t articles = 0, entities = 0, statements = 0, relations = 0;  // that hold at `version`
  std::uint32_t types = 0;  // relation types known
  ContentHash hash;
  bool operator==(const StateRow&) const = default;
};
std::string encode(const StateRow& row);
std::optional<StateRow> decode_state_row(std::string_view bytes);

}  // namespace relata::storage
