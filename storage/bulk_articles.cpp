#include "storage/bulk_articles.h"

#include "storage/bytes.h"
#include "storage/extraction_bytes.h"
#include "storage/past_rows.h"

namespace relata::storage {

std::uint32_t BulkGatherer::form_of(const Actor& actor) {
  spelled_.clear();
  spelled_ += static_cast<char>(actor.type);
  const auto spell = [this](const std::string& text) {
    const std::uint64_t size = text.size();
    spelled_.append(reinterpret_cast<const char*>(&size), sizeof size);
    spelled_ += text;
  };
  spell(actor.name);
  for (const std::string& alias : actor.aliases) spell(alias);
  const auto fresh = static_cast<std::uint32_t>(all_.forms.size());
  const std::uint32_t form = places_of_forms_.place(spelled_, fresh);
  if (form != fresh) return form;
  BulkForm& made = all_.forms.emplace_back();
  made.actor = {actor.name, actor.type, actor.aliases, {}};
  made.key = entity_key(actor);
  made.own = entity_id(made.key);
  return form;
}

void BulkGatherer::add_statement(const Statement& statement) {
  const StatementColumns columns = columns_of(statement, all_.types);
  BulkStatement& made = all_.statements.emplace_back();
  made.subject = columns.subject;
  made.object = columns.object;
  made.begin = columns.begin;
  made.end = columns.end;
  made.time_hash = columns.time_hash;
  made.first_source = static_cast<std::uint32_t>(all_.sources.size());
  made.type = columns.type;
  made.confidence = columns.confidence;
  made.polarity = columns.polarity;
  made.modality = columns.modality;
  all_.sources.insert(all_.sources.end(), columns.attribution.begin(), columns.attribution.end());
}

// Of wordings that come together the one published last stays, of those the one with the greatest id; only addresses are corrected.
void BulkGatherer::correct(const std::string& uri, std::uint32_t place) {
  if (uri.find("://") == std::string::npos) return;
  const auto fresh = static_cast<std::uint32_t>(wordings_.size());
  const std::uint32_t address = addresses_.place(uri, fresh);
  if (address == fresh) {
    wordings_.push_back(place);
    return;
  }
  BulkArticle &before = all_.articles[wordings_[address]], &now = all_.articles[place];
  const bool later = std::pair(before.day(), before.id) < std::pair(now.day(), now.id);
  (later ? before : now).outdated = true;
  if (later) wordings_[address] = place;
}

void BulkGatherer::tell(Receipt& receipt) const {
  for (const Came& each : came_) {
    const BulkArticle& article = all_.articles[each.article];
    (article.outdated ? receipt.outdated : each.again ? receipt.already : receipt.added).push_back(article.id);
  }
}

Result<void> BulkGatherer::add(const Extraction& extraction) {
  const Article& article = extraction.article;
  const auto place = static_cast<std::uint32_t>(all_.articles.size());
  const auto [known, fresh] = known_.try_emplace(article.id, place);
  came_.push_back({known->second, !fresh});
  if (!fresh) return {};
  BulkArticle made;
  made.id = article.id;
  made.publisher = publisher_number(article.publisher);
  made.published = article.published.value_or(kFirstDay);
  made.published_known = article.published.has_value();
  made.first_actor = static_cast<std::uint32_t>(all_.actors.size());
  made.actors = static_cast<std::uint32_t>(extraction.actors.size());
  made.first_statement = static_cast<std::uint32_t>(all_.statements.size());
  made.statements = static_cast<std::uint32_t>(extraction.statements.size());
  made.address = ByteReader(address_prefix(article.uri)).big64();
  made.hash = hash_of(extraction);
  all_.articles.push_back(made);
  correct(article.uri, place);
  for (const Actor& actor : extraction.actors) all_.actors.push_back(form_of(actor));
  for (const Statement& statement : extraction.statements) add_statement(statement);
  constexpr std::size_t kMost = 0xfffffff0u;
  if (all_.statements.size() > kMost || all_.actors.size() > kMost || all_.sources.size() > kMost)
    return bad_input("the load is refused: a store holds less than 2^32 statements, entities and actors");
  if (all_.types.full())
    return bad_input("article " + relata::to_string(article.id) + ": the store knows " + std::to_string(TypeTable::kMost) + " relation types and takes no more");
  return spool_.add(article.id, encode_extraction(extraction));
}

}  // namespace relata::storage
