#include "graph/memory_graph.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <set>
#include <tuple>

namespace relata {
namespace {

std::vector<std::string> folded_names(const Entity& entity) {
  std::vector<std::string> names{fold_name(entity.name)};
  for (const std::string& alias : entity.aliases) names.push_back(fold_name(alias));
  return names;
}

Edge edge_of(const Statement& statement, const HeldExtraction& held, TypeIndex type) {
  Edge edge;
  edge.begin = statement.time ? statement.time->begin : kLastDay;
  edge.end = statement.time ? statement.time->end : kFirstDay;
  edge.published_known = held.extraction->article.published.has_value();
  edge.published = held.extraction->article.published.value_or(kFirstDay);
  edge.added = held.added;
  edge.removed = held.removed;
  edge.type = type;
  edge.polarity = statement.polarity;
  edge.modality = statement.modality;
  edge.confidence = static_cast<std::uint8_t>(std::lround(std::clamp(statement.confidence, 0.0f, 1.0f) * 255));
  return edge;
}

}  // namespace

MemoryGraph::MemoryGraph(std::vector<HeldExtraction> held, Version version, std::map<EntityId, std::vector<Home>> redirects,
                         std::vector<Decision> decisions, std::shared_ptr<const KnownNames> known)
    : held_(std::move(held)), version_(version), redirects_(std::move(redirects)), decisions_(std::move(decisions)), known_(std::move(known)) {
  cut_at(version);
  std::sort(held_.begin(), held_.end(), [](const HeldExtraction& a, const HeldExtraction& b) {
    return std::tuple(a.extraction->article.id, a.added) < std::tuple(b.extraction->article.id, b.added);
  });
  house_actors();
  name_entities();
  link_statements();
  tally_entities();
}

void MemoryGraph::cut_at(Version version) {
  const auto later = [&](const auto& entry) { return entry.since > version; };
  std::erase_if(held_, [&](const HeldExtraction& held) { return held.added > version; });
  for (HeldExtraction& held : held_) {
    if (held.removed > version) held.removed = kForever;
    for (auto& homes : held.homes) std::erase_if(homes, later);
    std::erase_if(held.origins, later);
  }
  for (auto& [id, homes] : redirects_) std::erase_if(homes, later);
  std::erase_if(redirects_, [](const auto& entry) { return entry.second.empty(); });
  std::erase_if(decisions_, [&](const Decision& decision) { return decision.version > version; });
}

Result<std::shared_ptr<const GraphView>> MemoryGraph::at(Version version) const {
  if (version > version_) return bad_input("version=" + std::to_string(version) + ": the newest is " + std::to_string(version_));
  return std::shared_ptr<const GraphView>(std::make_shared<const MemoryGraph>(held_, version, redirects_, decisions_, known_));
}

ContentHash MemoryGraph::content_hash() const {
  ContentHash sum = hash_of(decisions_);
  for (const HeldExtraction& held : held_) {
    if (!holds(held)) continue;
    std::vector<EntityId> entities;
    for (const auto& homes : held.homes) entities.push_back(homes.back().entity);
    sum += hash_of(*held.extraction, entities);
  }
  return sum;
}

void MemoryGraph::house_actors() {
  for (HeldExtraction& held : held_) {
    if (!held.homes.empty()) continue;
    for (const Actor& actor : held.extraction->actors) held.homes.push_back({{held.added, relata::entity_id(entity_key(actor))}});
  }
}

void MemoryGraph::name_entities() {
  for (const HeldExtraction& held : held_)
    for (const auto& homes : held.homes)
      for (const Home& home : homes) nodes_.try_emplace(home.entity, 0);
  Node next = 0;
  for (auto& [id, node] : nodes_) node = next++;
  for (const HeldExtraction& held : held_) {
    std::vector<Node>& row = actors_.emplace_back();
    for (const auto& homes : held.homes) row.push_back(nodes_.at(homes.back().entity));
  }
}

void MemoryGraph::link_statements() {
  std::set<std::string> types;
  for (std::size_t h = 0; h < held_.size(); ++h)
    for (std::uint32_t i = 0; i < held_[h].extraction->statements.size(); ++i) {
      statements_.push_back({h, i});
      types.insert(held_[h].extraction->statements[i].type);
    }
  types_.assign(types.begin(), types.end());
  std::sort(statements_.begin(), statements_.end(), [&](const Told& a, const Told& b) {
    const auto key = [&](const Told& told) {
      return std::tuple(held_[told.held].extraction->article.id, told.ordinal, held_[told.held].added);
    };
    return key(a) < key(b);
  });
  edges_.resize(nodes_.size());
  std::set<std::tuple<Node, Node, std::string, std::string>> relations;
  for (StatementIndex s = 0; s < statements_.size(); ++s) {
    const HeldExtraction& held = held_[statements_[s].held];
    const Ends ends = this->ends(s);
    add_edges(s);
    if (!holds(held)) continue;
    ++counts_.statements;
    const Statement& statement = said(s);
    if (ends.subject != ends.object)
      relations.emplace(ends.subject, ends.object, statement.type, statement.time ? statement.time->mod + statement.time->value : "");
  }
  counts_.relations = relations.size();
  for (auto& edges : edges_)
    std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return std::tuple(a.begin, a.statement, a.added) < std::tuple(b.begin, b.statement, b.added); });
}

// One edge for each stretch of versions in which the two ends are the same two entities.
void MemoryGraph::add_edges(StatementIndex index) {
  const HeldExtraction& held = held_[statements_[index].held];
  const Statement& statement = said(index);
  const auto &subjects = held.homes[statement.subject], &objects = held.homes[statement.object];
  Edge edge = edge_of(statement, held, type_index(statement.type));
  edge.statement = index;
  for (std::size_t s = 0, o = 0; s < subjects.size() && o < objects.size();) {
    const Version next_s = s + 1 < subjects.size() ? subjects[s + 1].since : held.removed;
    const Version next_o = o + 1 < objects.size() ? objects[o + 1].since : held.removed;
    edge.added = std::max(subjects[s].since, objects[o].since);
    edge.removed = std::min(next_s, next_o);
    const Node subject = nodes_.at(subjects[s].entity), object = nodes_.at(objects[o].entity);
    if (subject != object && edge.added < edge.removed) {
      edge.other = object;
      edge.outgoing = true;
      edges_[subject].push_back(edge);
      edge.other = subject;
      edge.outgoing = false;
      edges_[object].push_back(edge);
    }
    s += next_s <= next_o;
    o += next_o <= next_s;
  }
}

TypeIndex MemoryGraph::type_index(const std::string& type) {
  return static_cast<TypeIndex>(std::lower_bound(types_.begin(), types_.end(), type) - types_.begin());
}

void MemoryGraph::tally_entities() {
  std::vector<EntityTally> now(nodes_.size()), ever(nodes_.size()), once(nodes_.size());
  for (std::size_t h = 0; h < held_.size(); ++h) {
    const Extraction& extraction = *held_[h].extraction;
    std::vector<std::uint32_t> shares(extraction.actors.size());
    for (const Statement& statement : extraction.statements) {
      if (actors_[h][statement.subject] == actors_[h][statement.object]) continue;
      ++shares[statement.subject];
      ++shares[statement.object];
    }
    std::set<Node> seen;
    for (std::size_t a = 0; a < extraction.actors.size(); ++a) {
      const Node node = actors_[h][a];
      const EntityTally::Share share{extraction.article.published, shares[a], seen.insert(node).second};
      ever[node].add(extraction.actors[a], share);
      if (holds(held_[h])) now[node].add(extraction.actors[a], share);
      std::set<Node> left;
      for (const Home& home : held_[h].homes[a])
        if (const Node before = nodes_.at(home.entity); before != node && left.insert(before).second)
          once[before].add(extraction.actors[a], {extraction.article.published, 0, false});
    }
    counts_.articles += holds(held_[h]);
  }
  entities_.resize(nodes_.size());
  for (const auto& [id, node] : nodes_) {
    const bool holds = !now[node].empty();
    const EntityTally& tally = (holds ? now : !ever[node].empty() ? ever : once)[node];
    entities_[node] = tally.entity(id);
    if (known_) known_->add_external(entities_[node], tally.named());
    counts_.entities += holds;
    if (!holds) entities_[node].articles = entities_[node].statements = 0;
  }
}

std::optional<Node> MemoryGraph::node(EntityId id) const {
  const auto redirect = redirects_.find(id);
  const auto found = nodes_.find(redirect == redirects_.end() ? id : redirect->second.back().entity);
  return found == nodes_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<EntityMatch> MemoryGraph::named(std::string_view prefix, std::size_t limit) const {
  const std::string folded = fold_name(prefix);
  std::vector<EntityMatch> matches;
  if (folded.empty()) return matches;
  for (Node node = 0; node < entities_.size(); ++node) {
    bool begins = false, exact = false;
    for (const std::string& name : folded_names(entities_[node])) {
      begins |= name.starts_with(folded);
      exact |= name == folded;
    }
    if (begins) matches.push_back({node, exact});
  }
  std::sort(matches.begin(), matches.end(), [&](const EntityMatch& a, const EntityMatch& b) {
    const auto key = [&](const EntityMatch& match) {
      const Entity& entity = entities_[match.node];
      return std::tuple(entity.articles == 0, !match.exact, -static_cast<std::int64_t>(entity.articles), entity.name, entity.id);
    };
    return key(a) < key(b);
  });
  if (matches.size() > limit) matches.resize(limit);
  return matches;
}

const Statement& MemoryGraph::said(StatementIndex index) const {
  const Told& told = statements_[index];
  return held_[told.held].extraction->statements[told.ordinal];
}

StatementId MemoryGraph::statement_id(StatementIndex index) const {
  const Told& told = statements_[index];
  return {held_[told.held].extraction->article.id, told.ordinal};
}

std::optional<StatementIndex> MemoryGraph::statement(StatementId id) const {
  const auto after = std::upper_bound(statements_.begin(), statements_.end(), id, [&](StatementId wanted, const Told& told) {
    return wanted < StatementId{held_[told.held].extraction->article.id, told.ordinal};
  });
  if (after == statements_.begin()) return std::nullopt;
  const auto index = static_cast<StatementIndex>(after - statements_.begin() - 1);  // the newest lifetime
  return statement_id(index) == id ? std::optional(index) : std::nullopt;
}

GraphView::Ends MemoryGraph::ends(StatementIndex index) const {
  const Statement& statement = said(index);
  const std::vector<Node>& nodes = actors_[statements_[index].held];
  Ends ends{nodes[statement.subject], nodes[statement.object], {}};
  for (const Attribution& attribution : statement.attribution) ends.attribution.push_back(nodes[attribution.source]);
  return ends;
}

Result<Evidence> MemoryGraph::evidence(StatementIndex index) const {
  const Article& article = held_[statements_[index].held].extraction->article;
  const Statement& statement = said(index);
  Evidence evidence;
  evidence.statement = statement_id(index);
  evidence.uri = article.uri;
  evidence.title = article.title;
  evidence.publisher = article.publisher;
  evidence.published = article.published;
  evidence.span = statement.evidence;
  evidence.text = text_at(article.text, statement.evidence);
  evidence.polarity = statement.polarity;
  evidence.modality = statement.modality;
  evidence.confidence = statement.confidence;
  const Ends nodes = ends(index);
  for (std::size_t i = 0; i < nodes.attribution.size(); ++i) {
    const Entity& source = entities_[nodes.attribution[i]];
    evidence.attribution.push_back({source.id, source.name, statement.attribution[i].verb});
  }
  return evidence;
}

std::uint64_t MemoryGraph::voice_key(StatementIndex index, Version version) const {
  const HeldExtraction* held = &held_[statements_[index].held];
  ArticleId original = held->extraction->article.id;
  for (const Origin& origin : held->origins)
    if (origin.since <= version) original = origin.original;
  held = newest(original);
  return std::hash<std::string>{}(held->extraction->article.publisher) | 1u;
}

Result<Statement> MemoryGraph::statement_value(StatementIndex index) const { return said(index); }

const HeldExtraction* MemoryGraph::newest(ArticleId id) const {
  const auto after = std::upper_bound(held_.begin(), held_.end(), id,
                                      [](ArticleId wanted, const HeldExtraction& held) { return wanted < held.extraction->article.id; });
  if (after == held_.begin() || (after - 1)->extraction->article.id != id) return nullptr;
  return &*(after - 1);
}

Result<Extraction> MemoryGraph::extraction(ArticleId id) const {
  const HeldExtraction* held = newest(id);
  if (!held || held->removed != kForever) return not_found("article " + to_string(id) + ": no such article");
  return *held->extraction;
}

std::vector<ArticleId> MemoryGraph::articles() const {
  std::vector<ArticleId> ids;
  for (const HeldExtraction& held : held_)
    if (held.removed == kForever) ids.push_back(held.extraction->article.id);
  return ids;
}

Node MemoryGraph::node_of(ArticleId article, ActorIndex actor) const {
  const HeldExtraction* held = newest(article);
  assert(held);
  return actors_[static_cast<std::size_t>(held - held_.data())][actor];
}

}  // namespace relata
