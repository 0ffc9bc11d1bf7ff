#include "graph/filter.h"

#include <algorithm>
#include <cctype>

#include "graph/identity.h"

namespace relata {
namespace {

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) { return std::toupper(x) == std::toupper(y); });
}

}  // namespace

EdgeTest::EdgeTest(const Filter& filter, const GraphView& view)
    : version_(filter.version.value_or(view.version())),
      known_(filter.known_at.has_value()),
      timed_(filter.from || filter.until),
      known_at_(filter.known_at.value_or(kLastDay)),
      from_(filter.from.value_or(kFirstDay)),
      until_(filter.until.value_or(kLastDay)) {
  if (!filter.modalities.empty()) {
    modalities_ = 0;
    for (const Modality modality : filter.modalities) modalities_ |= 1u << static_cast<unsigned>(modality);
  }
  if (filter.relations.empty()) return;
  for (const std::string& type : view.relation_types())
    types_.push_back(std::any_of(filter.relations.begin(), filter.relations.end(), [&](const std::string& wanted) { return same_letters(type, wanted); }));
}

NodeTest::NodeTest(const Filter& filter, const GraphView& view, std::vector<Node> named, std::vector<Node> avoided)
    : view_(&view), named_(std::move(named)), avoided_(std::move(avoided)) {
  for (const EntityType type : filter.types) mask_ |= 1u << static_cast<unsigned>(type);
}

bool NodeTest::operator()(Node node) const {
  if (std::find(avoided_.begin(), avoided_.end(), node) != avoided_.end()) return false;
  return mask_ == 0 || (mask_ >> static_cast<unsigned>(view_->entity_type(node)) & 1u) != 0 ||
         std::find(named_.begin(), named_.end(), node) != named_.end();
}

StatementTest::StatementTest(const Filter& filter, const GraphView& view) : view_(&view), publisher_(fold_name(filter.publisher)) {
  if (filter.attributed_to) attributed_to_ = view.node(*filter.attributed_to);
  nobody_ = (filter.attributed_to && !attributed_to_) || (!filter.publisher.empty() && publisher_.empty());
}

bool StatementTest::operator()(StatementIndex index) {
  if (all()) return true;
  if (nobody_ || !publisher_agrees(index)) return false;
  if (!attributed_to_) return true;
  const std::vector<Node> sources = view_->ends(index).attribution;
  return std::find(sources.begin(), sources.end(), *attributed_to_) != sources.end();
}

bool StatementTest::publisher_agrees(StatementIndex index) {
  if (publisher_.empty()) return true;
  const std::uint64_t key = view_->publisher_key(index);
  for (const auto& [known, agrees] : known_)
    if (known == key) return agrees;
  const Result<Evidence> proof = view_->evidence(index);
  const bool agrees = proof && fold_name(proof->publisher) == publisher_;
  if (known_.size() < 256) known_.emplace_back(key, agrees);
  return agrees;
}

}  // namespace relata
