// Questions about the past that one view cannot answer: what changed between two moments, which moments have names.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "graph/diff.h"
#include "query/answers.h"
#include "query/backend.h"
#include "query/export.h"
#include "query/json.h"
#include "query/parameters.h"
#include "query/questions.h"

namespace relata {

// The view a question is put to: of `version`, if it is given or a cursor pins it, else the newest. bad_input: no such version.
Result<std::shared_ptr<const GraphView>> view_for(const Given& given, std::shared_ptr<const GraphView> newest);

// A moment is a version ("17"), the name of a snapshot, a day of publication ("2024-11-15", "2024-11": its end), or "newest".
struct NamedMoment {
  Moment moment;
  std::string text;      // as it was asked for
  std::string snapshot;  // its name, if it is one
};

struct DiffQuestion {
  std::string before = {}, after = "newest";
  std::string entity = {};  // id or name: only lines that speak of it
  std::vector<DiffKind> kinds = {};
  Filter filter = {};
  Page page = {};
};

struct DiffRow {
  DiffLine line;
  std::optional<Relation> was, is;  // without evidence; of a folded relation the first
  std::vector<Entity> ends;         // source and target of a relation
  std::vector<Evidence> evidence;   // from the articles that caused it, as far as they say it; else the best
};

struct DiffSummary {
  std::map<DiffKind, std::size_t> kinds;
  std::map<DiffCause, std::size_t> causes;
  std::map<std::string, std::size_t> relation_types;
  std::vector<std::pair<Entity, std::size_t>> entities;  // the most changed: lines that speak of them, most first; at most 20
};

struct DiffAnswer {
  NamedMoment before, after;
  DiffSummary summary;  // of all lines, not only of this page
  std::vector<DiffRow> rows;
  std::size_t left_out = 0;
  Next next;
};

const std::vector<Parameter>& diff_parameters();
// Precondition: `given` passed check_given with diff_parameters().
Result<DiffQuestion> diff_question(const Given& given, const GraphView& view);
Result<DiffAnswer> diff(const DiffQuestion& question, const History& history);

// All of it, without pages.
struct FoundDiff {
  NamedMoment before, after;
  std::string about;  // id of the entity asked for
  Diff diff;
};
Result<FoundDiff> find_diff(const DiffQuestion& question, const History& history);
// Until the visitor returns false.
Result<void> for_each_row(const FoundDiff& found, const std::function<bool(const DiffRow&)>& visit);
// Entities and relations of the lines, once each, as a graph with what became of them. bad_input: the format cannot hold so much.
Result<void> export_diff(const FoundDiff& found, ExportFormat format, const Vocabulary& vocabulary, std::ostream& out);
// Every form a diff can have: json in pages, text, lines, graphs.
const std::vector<std::string_view>& diff_formats();
// Nothing when it is not one of those that are graphs.
std::optional<ExportFormat> graph_format(std::string_view name);
Result<NamedMoment> moment(const std::string& text, std::string_view parameter, const History& history, const Filter& filter);

Json to_json(const DiffAnswer& answer);
Json to_json(const DiffRow& row);
Json to_json(const Snapshot& snapshot);
// One change of the feed: what a version did, with the titles of its articles.
Json to_json(const VersionChanges& changes, const GraphView& newest);
std::string to_text(const DiffAnswer& answer);
std::string diff_csv_header();
std::string to_csv(const DiffRow& row);

}  // namespace relata
