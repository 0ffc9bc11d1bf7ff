// Relations and entities that came, went or changed.
#include "graph/differ.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <tuple>

namespace relata {
namespace {

// 1: better supported, -1: less, 0: as before. Confidence in the steps of edges, so that summing in another order is no change.
int compare_support(const Summary& was, const Summary& is) {
  const auto measure = [](const Summary& s) { return std::tuple(s.publishers, s.asserted + s.denied, std::lround(s.confidence * 1e6)); };
  return measure(is) > measure(was) ? 1 : measure(is) < measure(was) ? -1 : 0;
}

std::string day_text(Day begin, Day end) { return begin > end ? "undated" : to_string(begin) + "/" + to_string(end); }

std::string text_of(const TouchedKey& key) {
  return to_string(key.source) + "." + key.type + "." + to_string(key.target) + "." + day_text(key.begin, key.end);
}

}  // namespace

std::vector<DiffLine> Differ::run() {
  merges_and_splits();
  relations();
  redates();
  entities();
  for (auto& [key, line] : identity_lines_)
    if (welcome(line)) lines_.push_back(std::move(line));
  std::sort(lines_.begin(), lines_.end(), [](const DiffLine& a, const DiffLine& b) { return std::tie(a.what, a.key) < std::tie(b.what, b.key); });
  return std::move(lines_);
}

void Differ::name_articles(DiffLine& line, const std::set<ArticleId>& articles) {
  for (const ArticleId id : articles)
    if (line.articles.size() < kDiffArticles) line.articles.push_back(id);
  line.more_articles = articles.size() - line.articles.size();
}

void Differ::set_cause(DiffLine& line, const Touches& touches, bool gain) const {
  using enum DiffCause;
  const std::array<DiffCause, kDiffCauses> order = gain ? std::array{article_added, extractor_changed, identity_changed, article_retracted}
                                                        : std::array{article_retracted, extractor_changed, identity_changed, article_added};
  for (const DiffCause cause : order) {
    std::set<ArticleId> articles;
    std::set<Version> versions;
    for (const Touch& touch : touches)
      if (touch.cause == cause) {
        articles.insert(touch.article);
        versions.insert(touch.version);
      }
    if (articles.empty()) continue;
    line.cause = cause;
    line.version = *versions.rbegin();
    name_articles(line, articles);
    if (cause == identity_changed)
      for (const VersionChanges& change : changes_)
        if (versions.contains(change.version)) line.decisions.insert(line.decisions.end(), change.decided.begin(), change.decided.end());
    return;
  }
}

void Differ::pair_up(const std::map<TouchedKey, Touches>& keys, bool was) {
  for (const auto& [key, touches] : keys) {
    TouchedKey folded = key;
    folded.source = was ? folding_.was(key.source) : folding_.is(key.source);
    folded.target = was ? folding_.was(key.target) : folding_.is(key.target);
    pairs_[folded].insert(touches.begin(), touches.end());
  }
}

std::vector<TouchedKey> Differ::names(const TouchedKey& folded, bool was) const {
  std::vector<TouchedKey> all;
  const auto& members = was ? was_members_ : is_members_;
  const auto of = [&](EntityId id) {
    const auto found = members.find(id);
    return found == members.end() ? std::vector{id} : found->second;
  };
  for (const EntityId source : of(folded.source))
    for (const EntityId target : of(folded.target)) all.push_back({source, target, folded.type, folded.begin, folded.end});
  return all;
}

void Differ::relations() {
  gather_members();
  pair_up(touched_.before, true);
  pair_up(touched_.after, false);
  for (const auto& [folded, touches] : pairs_) {
    if (folded.source == folded.target) continue;
    std::vector<Group> was, is;
    for (const TouchedKey& key : names(folded, true))
      if (auto group = before_.group(key)) was.push_back(std::move(*group));
    for (const TouchedKey& key : names(folded, false))
      if (auto group = after_.group(key)) is.push_back(std::move(*group));
    relation_line(folded, touches, std::move(was), std::move(is));
  }
}

void Differ::relation_line(const TouchedKey& folded, const Touches& touches, std::vector<Group> was, std::vector<Group> is) {
  DiffLine line;
  line.key = text_of(folded);
  if (!was.empty()) line.was = before_.state(std::move(was));
  if (!is.empty()) line.is = after_.state(std::move(is));
  if (!line.was && !line.is) return;
  bool gain = line.is.has_value();
  if (!line.was || !line.is) {
    line.what = gain ? DiffKind::relation_added : DiffKind::relation_removed;
  } else {
    const Summary &a = line.was->summary, &b = line.is->summary;
    const int support = compare_support(a, b);
    gain = support > 0;
    if (a.contested() != b.contested()) {
      line.what = b.contested() ? DiffKind::relation_contested : DiffKind::relation_uncontested;
    } else if (support != 0) {
      line.what = gain ? DiffKind::relation_better_supported : DiffKind::relation_less_supported;
    } else {
      moved_along(folded);
      return;
    }
  }
  set_cause(line, touches, gain);
  if (!welcome(line)) return;
  touches_of_[line.key] = &touches;
  lines_.push_back(std::move(line));
}

std::set<std::string> Differ::sources_of(const DiffLine& line) const {
  std::set<std::string> uris;
  for (const Touch& touch : *touches_of_.at(line.key))
    if (const auto uri = touched_.uris.find(touch.article); uri != touched_.uris.end()) uris.insert(uri->second);
  return uris;
}

void Differ::redates() {
  std::map<std::string, std::vector<std::size_t>> went, came;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const std::string same = lines_[i].key.substr(0, lines_[i].key.rfind('.'));
    if (lines_[i].what == DiffKind::relation_removed) went[same].push_back(i);
    if (lines_[i].what == DiffKind::relation_added) came[same].push_back(i);
  }
  for (const auto& [same, lines] : went)
    if (const auto found = came.find(same); found != came.end()) redate(lines, found->second);
  std::erase_if(lines_, [](const DiffLine& line) { return line.what == DiffKind::relation_removed && !line.was; });
}

// Each that went takes the first that came from one of its sources and is not taken yet.
void Differ::redate(const std::vector<std::size_t>& went, const std::vector<std::size_t>& came) {
  std::map<std::string, std::deque<std::size_t>> by_source;
  for (const std::size_t j : came)
    for (const std::string& uri : sources_of(lines_[j])) by_source[uri].push_back(j);
  const auto is_taken = [&](std::size_t j) { return lines_[j].what == DiffKind::relation_redated; };
  for (const std::size_t i : went) {
    std::optional<std::size_t> first;
    for (const std::string& uri : sources_of(lines_[i])) {
      std::deque<std::size_t>& waiting = by_source[uri];
      while (!waiting.empty() && is_taken(waiting.front())) waiting.pop_front();
      if (!waiting.empty()) first = std::min(first.value_or(waiting.front()), waiting.front());
    }
    if (!first) continue;
    DiffLine& line = lines_[*first];
    line.what = DiffKind::relation_redated;
    line.was = std::move(lines_[i].was);
    lines_[i].was.reset();
    line.key = std::min(lines_[i].key, line.key);  // the same both ways
  }
}

void Differ::entities() {
  for (const auto& [id, touches] : touched_.entities) {
    const auto was = before_.entity(id), is = after_.entity(id);
    if (folding_.folds(id) || (!was && !is)) continue;
    DiffLine line;
    line.key = to_string(id);
    if (was) line.before = {*was};
    if (is) line.after = {*is};
    if (!was || !is) {
      if (identity_lines_.contains(id)) continue;  // merged into, or split to nothing
      line.what = is ? DiffKind::entity_added : DiffKind::entity_removed;
    } else if (was->name != is->name) {
      line.what = DiffKind::entity_renamed;
    } else if (was->type != is->type) {
      line.what = DiffKind::entity_retyped;
    } else {
      continue;
    }
    set_cause(line, touches, is.has_value());
    if (welcome(line)) lines_.push_back(std::move(line));
  }
}

bool Differ::welcome(const DiffLine& line) const {
  if (!line.was && !line.is) {
    const auto wanted = [&](const Entity& entity) { return std::find(filter_.types.begin(), filter_.types.end(), entity.type) != filter_.types.end(); };
    return filter_.types.empty() || std::any_of(line.before.begin(), line.before.end(), wanted) || std::any_of(line.after.begin(), line.after.end(), wanted);
  }
  const auto passes = [&](const std::optional<RelationState>& state) {
    if (!state) return false;
    const Summary& summary = state->summary;
    if (filter_.polarity && (*filter_.polarity == Polarity::positive ? summary.asserted : summary.denied) == 0) return false;
    if (filter_.contested && *filter_.contested != summary.contested()) return false;
    return summary.publishers >= filter_.min_publishers && summary.confidence >= filter_.min_confidence - 1.0 / 255;
  };
  return passes(line.was) || passes(line.is);
}

}  // namespace relata
