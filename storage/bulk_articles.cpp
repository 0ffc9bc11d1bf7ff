#include "storage/bulk_articles.h"

namespace relata::storage {

std::uint32_t BulkGatherer::form_of(const BulkPortion& portion, const BulkPortion::Spelled& actor) {
  const auto fresh = static_cast<std::uint32_t>(all_.forms.size());
  const std::uint32_t form = places_of_forms_.place(actor.hash, fresh);
  if (form != fresh) return form;
  BulkForm& made = all_.forms.emplace_back();
  made.actor = decode_actor(portion.form(actor)).value();  // that encode_naming() wrote a moment ago
  made.key = entity_key(made.actor);
  made.own = entity_id(made.key);
  return form;
}

// Of wordings that come together the one published last stays, of those the one with the greatest id; only addresses are corrected.
void BulkGatherer::correct(const HashPlaces::Hash& uri, std::uint32_t place) {
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

Result<void> BulkGatherer::check_numbers() const {
  constexpr std::size_t kMost = 0xf0000000u;  // and room for a portion
  if (all_.statements > kMost || all_.actors > kMost || all_.sources > kMost)
    return bad_input("the load is refused: a store holds less than 2^32 statements, entities and actors");
  return {};
}

Result<void> BulkGatherer::add(BulkPortion&& portion) {
  if (auto added = add_articles(portion); !added) return added;
  if (auto added = add_columns(portion); !added) return added;
  return check_numbers();
}

Result<void> BulkGatherer::add_articles(BulkPortion& portion) {
  std::vector<BodySpool::Place> places;
  for (std::size_t i = 0; i < portion.articles.size(); ++i) {
    const BulkArticle& article = portion.articles[i];
    const auto place = static_cast<std::uint32_t>(all_.articles.size());
    const std::uint32_t known = known_.place(hashes_.hash({reinterpret_cast<const char*>(&article.id.value), sizeof article.id.value}), place);
    came_.push_back({known, known != place});
    if (known != place) continue;
    all_.articles.push_back(article);
    all_.articles.back().portion = static_cast<std::uint32_t>(all_.portions.size());
    if (portion.wordings[i].correctable) correct(portion.wordings[i].uri, place);
    const std::size_t begin = i > 0 ? portion.body_ends[i - 1] : 0;
    places.push_back({article.id, begin, portion.body_ends[i] - begin});
  }
  return spool_.add(std::move(portion.bodies), places);
}

Result<void> BulkGatherer::add_columns(BulkPortion& portion) {
  std::vector<TypeIndex> types;
  for (const std::string& name : portion.types.names()) types.push_back(all_.types.place(name));
  if (portion.types.full() || all_.types.full())
    return bad_input("the load is refused: a store knows " + std::to_string(TypeTable::kMost) + " relation types and takes no more");
  for (BulkStatement& statement : portion.statements) statement.type = types[statement.type];
  std::vector<std::uint32_t> forms;
  forms.reserve(portion.actors.size());
  constexpr std::size_t kAhead = 8;
  for (std::size_t i = 0; i < portion.actors.size(); ++i) {
    if (i + kAhead < portion.actors.size()) places_of_forms_.expect(portion.actors[i + kAhead].hash);
    forms.push_back(form_of(portion, portion.actors[i]));
  }
  all_.statements += portion.statements.size();
  all_.sources += portion.sources.size();
  all_.actors += forms.size();
  all_.portions.push_back({std::move(portion.statements), std::move(portion.sources), std::move(forms)});
  all_.sketches.push_back(std::move(portion.sketches));
  return {};
}

}  // namespace relata::storage
