#include "storage/bulk_articles.h"

namespace relata::storage {

std::uint32_t BulkGatherer::form_of(const BulkPortion& portion, const BulkPortion::Spelled& actor) {
  const auto fresh = static_cast<std::uint32_t>(all_.forms.size());
  const std::uint32_t form = places_of_forms_.place(actor.hash, fresh);
  if (form != fresh) return form;
  BulkForm& made = all_.forms.emplace_back();
  made.actor = read_form(portion.form(actor));
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

void BulkGatherer::add_article(const BulkPortion& portion, const BulkArticle& article, const std::vector<TypeIndex>& types) {
  BulkArticle& made = all_.articles.emplace_back(article);
  made.first_actor = static_cast<std::uint32_t>(all_.actors.size());
  made.first_statement = static_cast<std::uint32_t>(all_.statements.size());
  made.sketch = static_cast<std::uint32_t>(all_.sketches.size());
  all_.sketches.push_back(portion.sketches[article.sketch]);
  for (std::uint32_t i = 0; i < article.actors; ++i) all_.actors.push_back(form_of(portion, portion.actors[article.first_actor + i]));
  for (std::size_t i = article.first_statement; i < std::size_t{article.first_statement} + article.statements; ++i) {
    BulkStatement& statement = all_.statements.emplace_back(portion.statements[i]);
    const std::size_t first = statement.first_source, end = i + 1 < portion.statements.size() ? portion.statements[i + 1].first_source : portion.sources.size();
    statement.first_source = static_cast<std::uint32_t>(all_.sources.size());
    statement.type = types[statement.type];
    all_.sources.insert(all_.sources.end(), portion.sources.begin() + static_cast<std::ptrdiff_t>(first), portion.sources.begin() + static_cast<std::ptrdiff_t>(end));
  }
}

Result<void> BulkGatherer::check_numbers() const {
  constexpr std::size_t kMost = 0xf0000000u;  // and room for a portion
  if (all_.statements.size() > kMost || all_.actors.size() > kMost || all_.sources.size() > kMost)
    return bad_input("the load is refused: a store holds less than 2^32 statements, entities and actors");
  return {};
}

Result<void> BulkGatherer::add(const BulkPortion& portion) {
  std::vector<TypeIndex> types;
  for (const std::string& name : portion.types.names()) types.push_back(all_.types.place(name));
  if (portion.types.full() || all_.types.full())
    return bad_input("the load is refused: a store knows " + std::to_string(TypeTable::kMost) + " relation types and takes no more");
  for (std::size_t i = 0; i < portion.articles.size(); ++i) {
    const BulkArticle& article = portion.articles[i];
    const auto place = static_cast<std::uint32_t>(all_.articles.size());
    const auto [known, fresh] = known_.try_emplace(article.id, place);
    came_.push_back({known->second, !fresh});
    if (!fresh) continue;
    add_article(portion, article, types);
    if (portion.wordings[i].correctable) correct(portion.wordings[i].uri, place);
    if (auto spooled = spool_.add(article.id, portion.body(i)); !spooled) return spooled;
  }
  return check_numbers();
}

}  // namespace relata::storage
