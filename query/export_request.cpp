#include "query/export_request.h"

#include <algorithm>
#include <map>

#include "query/answer.h"
#include "query/check.h"

namespace relata {
namespace {

constexpr std::string_view kOfEntity[] = {"depth", "limit"};
constexpr std::string_view kOfPath[] = {"mode", "k", "max_hops"};

const Parameter& parameter(std::string_view of, std::string_view name) {
  const std::vector<Parameter>& all = form(of).parameters;
  return *std::find_if(all.begin(), all.end(), [&](const Parameter& one) { return one.name == name; });
}

std::vector<Parameter> make_parameters() {
  Parameter format{"format", "of which tool", ParameterKind::choice};
  for (int i = 0; i < kExportFormats; ++i) format.choices.push_back(to_string(static_cast<ExportFormat>(i)));
  format.required = true;
  std::vector<Parameter> all{std::move(format),
                             {"entity", "entity id or name: its neighbourhood instead of the whole graph", ParameterKind::entity},
                             {"source", "entity id or name: the paths from it to `target` instead of the whole graph", ParameterKind::entity},
                             {"target", "entity id or name", ParameterKind::entity}};
  for (const std::string_view name : kOfEntity) all.push_back(parameter("neighbourhood", name));
  for (const std::string_view name : kOfPath) all.push_back(parameter("path", name));
  all.insert(all.end(), filter_parameters().begin(), filter_parameters().end());
  return all;
}

// What the form of a question knows of the parameters given.
Given of_form(const Form& form, const Given& given) {
  Given own;
  for (const Parameter& one : form.parameters)
    if (const auto found = given.find(one.name); found != given.end()) own.insert(*found);
  return own;
}

Part part_of(RelationsAnswer answer) { return {std::move(answer.entities), std::move(answer.relations)}; }

// Hops that several paths share are told once.
Part part_of(PathAnswer answer) {
  std::map<std::string, Relation> relations;
  for (Path& path : answer.paths)
    for (Hop& hop : path.hops) {
      std::string id = hop.relation.id;
      relations.try_emplace(std::move(id), std::move(hop.relation));
    }
  Part part{std::move(answer.entities), {}};
  for (auto& [id, relation] : relations) part.relations.push_back(std::move(relation));
  return part;
}

Result<std::optional<Part>> chosen(const Given& given, const GraphView& view) {
  const bool entity = given.contains("entity"), path = given.contains("source") || given.contains("target");
  if (!entity && !path) {
    for (const auto names : {std::span<const std::string_view>(kOfEntity), std::span<const std::string_view>(kOfPath)})
      for (const std::string_view name : names)
        if (given.contains(name)) return bad_input(std::string(name) + ": needs entity, or source and target");
    return std::optional<Part>();
  }
  if (entity && path) return bad_input("entity: not together with source and target");
  const Form& asked = form(entity ? "neighbourhood" : "path");
  Given own = of_form(asked, given);
  if (entity) own["id"] = given.find("entity")->second;
  if (const Result<void> fine = check_given(asked.parameters, own); !fine) return fine.error();
  const Result<Question> question = asked.question(own, view);
  if (!question) return question.error();
  Result<Answer> told = answer(*question, view);
  if (!told) return told.error();
  if (entity) return std::optional(part_of(std::get<RelationsAnswer>(*std::move(told))));
  return std::optional(part_of(std::get<PathAnswer>(*std::move(told))));
}

}  // namespace

const std::vector<Parameter>& export_parameters() {
  static const std::vector<Parameter> all = make_parameters();
  return all;
}

Result<ExportRequest> export_request(const Given& given, const GraphView& view) {
  ExportRequest request;
  request.format = *parse_export_format(given.find("format")->second.front());
  Result<Filter> filter = filter_from(given, view);
  if (!filter) return filter.error();
  request.filter = *std::move(filter);
  if (request.filter.version == view.version()) request.filter.version.reset();  // is all that the view shows
  if (const Result<void> sane = check(request.filter, view); !sane) return sane.error();
  Result<std::optional<Part>> part = chosen(given, view);
  if (!part) return part.error();
  request.part = *std::move(part);
  if (request.format == ExportFormat::articles && (request.part || request.filter != Filter{})) return bad_input("format=articles: is whole articles, without filters");
  return request;
}

Result<void> write_export(const ExportRequest& request, const GraphView& view, const Vocabulary& vocabulary, std::ostream& out) {
  if (request.part) return export_part(request.part->entities, request.part->relations, request.format, out, vocabulary);
  return export_graph(view, request.filter, request.format, out, vocabulary);
}

}  // namespace relata
