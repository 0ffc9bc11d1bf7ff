#include "query/resolve.h"

#include <algorithm>

#include "graph/identity.h"

namespace relata {
namespace {

constexpr std::size_t kCandidates = 20;

constexpr std::size_t kSuggested = 5;

struct Fits {
  std::vector<Entity> exact;    // that bear the name or, when nobody does, a name that ends with it; best first
  std::vector<Entity> nearest;  // when nobody does: that may be meant
};

Fits fits(const GraphView& view, std::string_view text) {
  Fits found;
  for (const EntityMatch& match : view.named(text, kCandidates)) {
    Entity entity = view.entity(match.node);
    if (entity.articles > 0) (match.exact ? found.exact : found.nearest).push_back(std::move(entity));
  }
  if (!found.exact.empty()) return found;
  for (const NearMatch& match : view.near_named(text, kCandidates)) {
    Entity entity = view.entity(match.node);
    if (entity.articles > 0) (match.ending ? found.exact : found.nearest).push_back(std::move(entity));
  }
  return found;
}

// Index of the entity whose own name it is, if that is one alone and no namesake is in more articles.
std::optional<std::size_t> bearer(const std::vector<Entity>& exact, std::string_view text) {
  if (exact.size() == 1) return 0;
  const std::string folded = fold_name(text);
  std::optional<std::size_t> own;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    if (fold_name(exact[i].name) != folded) continue;
    if (own) return std::nullopt;
    own = i;
  }
  if (!own) return std::nullopt;
  const bool first = std::all_of(exact.begin(), exact.end(), [&](const Entity& e) { return e.articles <= exact[*own].articles; });
  return first ? own : std::nullopt;
}

std::string listed(const std::vector<Entity>& entities, std::size_t limit) {
  std::string text;
  for (std::size_t i = 0; i < std::min(entities.size(), limit); ++i) {
    if (i > 0) text += ", ";
    text += entities[i].name + " (" + std::string(to_string(entities[i].type)) + ", " + to_string(entities[i].id) + ")";
  }
  return text;
}

}  // namespace

Result<Node> resolve(const GraphView& view, std::string_view parameter, std::string_view text) {
  const std::string guilty = std::string(parameter) + "='" + std::string(text.substr(0, 200)) + "'";
  if (const auto id = parse_entity_id(text)) {
    if (const auto node = view.node(*id)) return *node;
    return not_found(guilty + ": no such entity");
  }
  if (fold_name(text).empty()) return bad_input(guilty + ": give an entity id or a name with a letter or digit");
  const Fits found = fits(view, text);
  if (const auto chosen = bearer(found.exact, text); chosen && *chosen < found.exact.size()) return *view.node(found.exact[*chosen].id);
  if (!found.exact.empty()) return conflict(guilty + ": fits several entities, give an id: " + listed(found.exact, kCandidates));
  if (found.nearest.empty()) return not_found(guilty + ": no entity has this name");
  return not_found(guilty + ": no entity has this name; nearest: " + listed(found.nearest, kSuggested));
}

std::vector<Entity> ambiguous(const GraphView& view, std::string_view text) {
  if (text.empty() || parse_entity_id(text)) return {};
  Fits found = fits(view, text);
  if (found.exact.size() < 2 || bearer(found.exact, text)) return {};
  return std::move(found.exact);
}

std::vector<Entity> suggestions(const GraphView& view, std::string_view text) {
  if (text.empty() || parse_entity_id(text)) return {};
  Fits found = fits(view, text);
  if (!found.exact.empty()) return {};
  if (found.nearest.size() > kSuggested) found.nearest.resize(kSuggested);
  return std::move(found.nearest);
}

}  // namespace relata
