#include "extract/reference/discourse.h"

namespace relata::reference {
namespace {

void become_person(Cluster& cluster) {
  cluster.maybe_person = false;
  cluster.type = EntityType::person;
  cluster.types = names::type_bit(EntityType::person);
  cluster.gender = Gender::unknown;
  cluster.number = Number::singular;
}

}  // namespace

Discourse::Discourse(const Document& text, const names::Lexicon& words, std::vector<Phrase>& phrases, std::vector<Cluster>& actors)
    : document(text), tokens(text.tokens), lexicon(words), syntax(text), mentions(phrases), clusters(actors), mention_at(text.tokens.size(), kNone) {
  for (std::uint32_t i = 0; i < mentions.size(); ++i)
    if (!mentions[i].coordination) mention_at[mentions[i].head] = i;
  for (std::uint32_t i = 0; i < clusters.size(); ++i) {
    if (clusters[i].type != EntityType::person) continue;
    auto first = [&](std::uint32_t cluster) { return clusters[cluster].mentions.front(); };
    if (named_first == kNone || first(i) < first(named_first)) named_first = i;
    if (most_named == kNone || clusters[i].times_named > clusters[most_named].times_named ||
        (clusters[i].times_named == clusters[most_named].times_named && first(i) < first(most_named)))
      most_named = i;
  }
}

void Discourse::note(std::uint32_t index) {
  Cluster& cluster = clusters[mentions[index].cluster];
  cluster.last = index;
  ++cluster.seen;
}

void Discourse::join(std::uint32_t index, std::uint32_t id) {
  Phrase& mention = mentions[index];
  Cluster& cluster = clusters[id];
  mention.cluster = id;
  cluster.mentions.push_back(index);
  if (mention.gender == Gender::male || mention.gender == Gender::female) {
    if (cluster.maybe_person) become_person(cluster);
    if (cluster.gender == Gender::unknown) cluster.gender = mention.gender;
    cluster.animate = true;
  }
  if (cluster.types == 0) cluster.types = mention.types;
}

std::uint32_t Discourse::open(std::uint32_t index) {
  const Phrase& mention = mentions[index];
  Cluster cluster;
  cluster.types = mention.types;
  cluster.gender = mention.gender;
  cluster.number = mention.number;
  cluster.animate = mention.animate;
  for (int type = 0; type < kEntityTypes; ++type)
    if (mention.types & (1u << type)) {
      cluster.type = static_cast<EntityType>(type);
      break;
    }
  clusters.push_back(std::move(cluster));
  const auto id = static_cast<std::uint32_t>(clusters.size() - 1);
  join(index, id);
  return id;
}

}  // namespace relata::reference
