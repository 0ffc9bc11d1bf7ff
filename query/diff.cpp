#include <algorithm>
#include <charconv>
#include <map>

#include "query/check.h"
#include "query/cursor.h"
#include "query/history.h"
#include "query/resolve.h"

namespace relata {
namespace {

constexpr std::size_t kEvidenceOfLine = 3;
constexpr std::size_t kMostChanged = 20;
constexpr std::size_t kMostVersions = 4'000'000'000u;

std::optional<Version> parse_version(std::string_view text) {
  Version version = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), version);
  return fault == std::errc() && end == text.data() + text.size() ? std::optional(version) : std::nullopt;
}

std::string first_of(const Given& given, std::string_view name) {
  const auto found = given.find(name);
  return found == given.end() || found->second.empty() ? "" : found->second.front();
}

// Every entity a line speaks of.
std::vector<EntityId> speaks_of(const DiffLine& line, const Diff& diff) {
  std::vector<EntityId> ids;
  for (const auto* list : {&line.before, &line.after})
    for (const Entity& entity : *list) ids.push_back(entity.id);
  const auto add = [&](const std::optional<RelationState>& state, const GraphView& view) {
    if (!state) return;
    for (const Group& group : state->groups) ids.insert(ids.end(), {view.entity_id(group.key.source), view.entity_id(group.key.target)});
  };
  add(line.was, *diff.before.view);
  add(line.is, *diff.after.view);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

std::optional<Entity> entity_of(EntityId id, const Diff& diff) {
  for (const GraphView* view : {diff.after.view.get(), diff.before.view.get()})
    if (const auto node = view->node(id)) return view->entity(*node);
  return std::nullopt;
}

DiffSummary summarize(const Diff& diff) {
  DiffSummary summary;
  std::map<EntityId, std::size_t> entities;
  for (const DiffLine& line : diff.lines) {
    ++summary.kinds[line.what];
    ++summary.causes[line.cause];
    if (const auto& state = line.is ? line.is : line.was) {
      const GraphView& view = line.is ? *diff.after.view : *diff.before.view;
      ++summary.relation_types[view.relation_types()[state->groups.front().key.type]];
    }
    for (const EntityId id : speaks_of(line, diff)) ++entities[id];
  }
  std::vector<std::pair<EntityId, std::size_t>> order(entities.begin(), entities.end());
  const auto more = [](const auto& a, const auto& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; };
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(order.size(), kMostChanged));
  std::partial_sort(order.begin(), end, order.end(), more);
  for (auto each = order.begin(); each != end; ++each)
    if (auto entity = entity_of(each->first, diff)) summary.entities.emplace_back(*std::move(entity), each->second);
  return summary;
}

Result<std::optional<Relation>> told(const std::optional<RelationState>& state, const GraphView& view) {
  if (!state) return std::optional<Relation>();
  auto told = relation(view, state->groups.front(), 0);
  if (!told) return told.error();
  // Of a folded relation the counts are those of all its parts.
  told->asserted = state->summary.asserted;
  told->denied = state->summary.denied;
  told->modalities = state->summary.modalities;
  told->contested = state->summary.contested();
  told->publishers = state->summary.publishers;
  return std::optional(*std::move(told));
}

// What the articles that caused a change say, else what is best.
Result<std::vector<Evidence>> evidence(const DiffLine& line, const RelationState& state, const GraphView& view) {
  std::vector<const Edge*> edges;
  for (const Group& group : state.groups) edges.insert(edges.end(), group.edges.begin(), group.edges.end());
  const auto causes = [&](const Edge* edge) {
    return std::binary_search(line.articles.begin(), line.articles.end(), view.statement_id(edge->statement).article);
  };
  std::stable_sort(edges.begin(), edges.end(), [&](const Edge* a, const Edge* b) {
    const bool x = causes(a), y = causes(b);
    return x != y ? x : view.statement_id(a->statement) < view.statement_id(b->statement);
  });
  std::vector<Evidence> proofs;
  for (const Edge* edge : edges) {
    if (proofs.size() == kEvidenceOfLine) break;
    auto proof = view.evidence(edge->statement);
    if (!proof) return proof.error();
    proofs.push_back(*std::move(proof));
  }
  return proofs;
}

Result<DiffRow> row(const DiffLine& line, const Diff& diff) {
  DiffRow row{line, {}, {}, {}, {}};
  auto was = told(line.was, *diff.before.view), is = told(line.is, *diff.after.view);
  if (!was) return was.error();
  if (!is) return is.error();
  row.was = std::move(*was);
  row.is = std::move(*is);
  if (!row.was && !row.is) return row;
  const bool now = row.is && (line.cause != DiffCause::article_retracted || !row.was);
  auto proofs = evidence(line, now ? *line.is : *line.was, now ? *diff.after.view : *diff.before.view);
  if (!proofs) return proofs.error();
  row.evidence = *std::move(proofs);
  const Relation& shown = row.is ? *row.is : *row.was;
  for (const EntityId end : {shown.source, shown.target})
    if (auto entity = entity_of(end, diff)) row.ends.push_back(*std::move(entity));
  return row;
}

}  // namespace

Result<std::shared_ptr<const GraphView>> view_for(const Given& given, std::shared_ptr<const GraphView> newest) {
  std::string text = first_of(given, "version");
  if (text.empty()) {
    const std::string cursor = first_of(given, "cursor");
    text = cursor.substr(0, cursor.find('.'));
  }
  const auto version = parse_version(text);
  if (!version || *version == newest->version()) return newest;
  return newest->at(*version);
}

Result<NamedMoment> moment(const std::string& text, std::string_view parameter, const History& history, const Filter& filter) {
  const auto newest = history.view();
  const auto named = [&](Version version, std::string snapshot) -> Result<NamedMoment> {
    const auto view = newest->at(version);
    if (!view) return Error{view.error().fault, std::string(parameter) + "='" + text.substr(0, 100) + "': " + view.error().message};
    return NamedMoment{{*view, filter.known_at}, text, std::move(snapshot)};
  };
  if (text.empty() || text == "newest") return named(newest->version(), "");
  if (const auto version = parse_version(text); version && (*version <= newest->version() || text.size() != 4)) return named(*version, "");
  const auto snapshots = history.snapshots();
  if (!snapshots) return snapshots.error();
  for (const Snapshot& snapshot : *snapshots)
    if (snapshot.name == text) return named(snapshot.version, text);
  if (text.starts_with('v') && parse_version(std::string_view(text).substr(1))) return named(*parse_version(std::string_view(text).substr(1)), "");
  const auto day = parse_date_parameter(parameter, text, true);
  if (!day) return not_found(std::string(parameter) + "='" + text.substr(0, 100) + "': a version, a day such as 2024-11-15, \"newest\" or the name of a snapshot");
  const auto view = newest->at(filter.version.value_or(newest->version()));
  if (!view) return view.error();
  return NamedMoment{{*view, *day}, text, ""};
}

const std::vector<Parameter>& diff_parameters() {
  static const std::vector<Parameter> all = [] {
    std::vector<Parameter> own{
        {"before", "a version (v17 or 17), a day of publication, the name of a snapshot, or newest; absent: the oldest version"},
        {"after", "the same", ParameterKind::text, 0, 0, "newest"},
        {"entity", "entity id or name: only changes that speak of it", ParameterKind::entity}};
    Parameter what{"what", "kinds of changes", ParameterKind::choice};
    for (int i = 0; i < kDiffKinds; ++i) what.choices.push_back(to_string(static_cast<DiffKind>(i)));
    what.list = true;
    own.push_back(std::move(what));
    own.insert(own.end(), filter_parameters().begin(), filter_parameters().end());
    own.push_back({"limit", "at most so many in one answer", ParameterKind::integer, 1, kMaxLimit, "50"});
    own.push_back({"cursor", "the `next` of the answer before"});
    return own;
  }();
  return all;
}

Result<DiffQuestion> diff_question(const Given& given, const GraphView& view) {
  DiffQuestion question;
  auto filter = filter_from(given, view);
  if (!filter) return filter.error();
  question.filter = *std::move(filter);
  question.before = first_of(given, "before");
  if (question.before.empty()) question.before = "v" + std::to_string(view.oldest());
  if (const std::string after = first_of(given, "after"); !after.empty()) question.after = after;
  question.entity = first_of(given, "entity");
  if (const auto what = given.find("what"); what != given.end())
    for (int i = 0; i < kDiffKinds; ++i)
      for (const std::string& value : what->second)
        if (("," + value + ",").find("," + std::string(to_string(static_cast<DiffKind>(i))) + ",") != std::string::npos) question.kinds.push_back(static_cast<DiffKind>(i));
  question.page.cursor = first_of(given, "cursor");
  if (const auto limit = parse_version(first_of(given, "limit"))) question.page.limit = *limit;
  return question;
}

namespace {

// Pages after the first are of the graph that was the newest when the first was asked for.
std::string pinned(const std::string& text, const std::string& cursor) {
  const auto version = text == "newest" ? parse_version(cursor.substr(0, cursor.find('.'))) : std::nullopt;
  return version ? "v" + std::to_string(*version) : text;
}

}  // namespace

Result<FoundDiff> find_diff(const DiffQuestion& question, const History& history) {
  const std::string& cursor_text = question.page.cursor;
  const auto before = moment(pinned(question.before, cursor_text), "before", history, question.filter);
  const auto after = moment(pinned(question.after, cursor_text), "after", history, question.filter);
  if (!before) return before.error();
  if (!after) return after.error();
  const auto [low, high] = std::minmax({before->moment.view->version(), after->moment.view->version()});
  const auto changes = history.changes(low, high, kMostVersions);
  if (!changes) return changes.error();
  Filter filter = question.filter;
  filter.version.reset();
  filter.known_at.reset();
  auto found = diff(before->moment, after->moment, *changes, filter);
  if (!found) return found.error();
  if (!question.kinds.empty())
    std::erase_if(found->lines, [&](const DiffLine& line) { return std::find(question.kinds.begin(), question.kinds.end(), line.what) == question.kinds.end(); });
  std::string about;
  if (!question.entity.empty()) {
    auto node = resolve(*after->moment.view, "entity", question.entity);
    const bool gone = !node;
    if (gone) node = resolve(*before->moment.view, "entity", question.entity);
    if (!node) return node.error();
    const EntityId id = (gone ? before : after)->moment.view->entity_id(*node);
    about = to_string(id);
    std::erase_if(found->lines, [&](const DiffLine& line) {
      const auto ids = speaks_of(line, *found);
      return !std::binary_search(ids.begin(), ids.end(), id);
    });
  }
  return FoundDiff{*before, *after, std::move(about), std::move(*found)};
}

Result<void> for_each_row(const FoundDiff& found, const std::function<bool(const DiffRow&)>& visit) {
  for (const DiffLine& line : found.diff.lines) {
    const auto one = row(line, found.diff);
    if (!one) return one.error();
    if (!visit(*one)) break;
  }
  return {};
}

Result<DiffAnswer> diff(const DiffQuestion& question, const History& history) {
  const auto found = find_diff(question, history);
  if (!found) return found.error();
  const auto& lines = found->diff.lines;
  const auto [low, high] = std::minmax({found->before.moment.view->version(), found->after.moment.view->version()});
  std::vector<std::string> parts{question.before, std::to_string(low), std::to_string(high), question.after, found->about};
  for (const DiffKind kind : question.kinds) parts.emplace_back(to_string(kind));
  const std::string print = fingerprint("diff", parts, question.filter);
  Filter pinned = question.filter;
  pinned.version = high;
  const auto where = place(question.page, print, pinned, *history.view());
  if (!where) return where.error();
  DiffAnswer answer{found->before, found->after, summarize(found->diff), {}, 0, {}};
  const std::size_t first = std::min(where->offset, lines.size()), last = first + std::min(question.page.limit, lines.size() - first);
  for (std::size_t i = first; i < last; ++i) {
    auto one = row(lines[i], found->diff);
    if (!one) return one.error();
    answer.rows.push_back(*std::move(one));
  }
  answer.left_out = lines.size() - last;
  if (answer.left_out > 0) answer.next = cursor({high, last}, print);
  return answer;
}

}  // namespace relata
