#include "commands/ask.h"

#include <algorithm>
#include <cstdio>

#include "commands/command.h"
#include "commands/graph.h"
#include "commands/options.h"
#include "query/answer.h"
#include "query/history.h"
#include "query/json.h"
#include "query/parameters.h"
#include "query/redirects.h"
#include "query/text.h"
#include "query/timeline_svg.h"

namespace relata {
namespace {

// How a form of query/parameters.h is called on the command line.
struct Command {
  std::string_view name, form;
  std::vector<std::string_view> positionals;
  std::string_view example;
  std::string (*picture)(const Answer&) = nullptr;  // of `--format svg`; null: there is none
};

std::string timeline_picture(const Answer& answer) { return timeline_svg(std::get<TimelineAnswer>(answer)); }

const std::vector<Command>& commands() {
  static const std::vector<Command> all = {
      {"find", "find", {"q"}, "relata find putin --type PERSON"},
      {"show", "show", {"id"}, "relata show \"Olaf Scholz\""},
      {"neighbours", "neighbourhood", {"id"}, "relata neighbours ATACMS --depth 2 --from 2024-11"},
      {"path", "path", {"source", "target"}, "relata path \"Olaf Scholz\" \"Storm Shadow\" --relation CONSULT,PERMIT"},
      {"connect", "connections", {"entity"}, "relata connect \"Olaf Scholz\" Kursk \"Storm Shadow\"", {}},
      {"who", "who", {"source", "target"}, "relata who \"Olaf Scholz\" ATACMS --all true", {}},
      {"timeline", "timeline", {"id"}, "relata timeline Kursk --from 2024 --format svg > kursk.svg", timeline_picture},
      {"relations", "relations", {}, "relata relations --source Putin --contested true"},
      {"relation", "relation", {"id"}, "relata relation e0123456789abcdef.CONSULT.efedcba9876543210.2024-11-15"},
      {"statements", "statements", {}, "relata statements --entity Scholz --polarity negative"},
      {"quotes", "quotes", {"id"}, "relata quotes Peskov"},
      {"article", "article", {"id"}, "relata article 0123456789abcdef --json"},
      {"stats", "stats", {}, "relata stats --json"},
  };
  return all;
}

// What the options of one command were given; lives as long as the program's options do.
struct Asked {
  const Form* form;
  std::string db = "relata.db";
  bool json = false;
  bool whole = false;  // PostgreSQL: loads the graph instead of fetching what is asked
  std::string format = "text";
  std::string (*picture)(const Answer&) = nullptr;
  std::shared_ptr<Given> given = std::make_shared<Given>();
};

void list_entities(const std::vector<Entity>& entities) {
  for (const Entity& entity : entities)
    std::fprintf(stderr, "  %s  %s  %s  (%u articles)\n", to_string(entity.id).c_str(), entity.name.c_str(), std::string(to_string(entity.type)).c_str(),
                 entity.articles);
}

// The list an answer is about: the first of these that it has.
bool found_nothing(const Json& answer) {
  for (const char* list : {"paths", "events", "relations", "statements", "quotes", "entities"})
    if (const auto found = answer.find(list); found != answer.end() && found->is_array()) return found->empty();
  return false;
}

int ask(const Asked& asked, const OpenView& open, const OpenView& whole) {
  if (const auto checked = check_given(asked.form->parameters, *asked.given); !checked) return report(checked.error());
  const auto newest = asked.whole ? whole(asked.db) : open(asked.db);
  if (!newest) return report(newest.error());
  const auto then = view_for(*asked.given, *newest);
  if (!then) return report(then.error());
  const auto view = folded(*then, *asked.given);
  if (!view) return report(view.error());
  const auto question = asked.form->question(*asked.given, **view);
  if (!question) return report(question.error());
  if (!(*view)->whole() && about_all(*question)) {
    Asked again = asked;
    again.whole = true;
    return ask(again, open, whole);
  }
  Budget budget;
  Visited visited;
  if (wants_explanation(*asked.given)) budget.visited = &visited;
  const auto answered = answer(*question, **view, budget);
  if (!answered) {
    const int exit = report(answered.error());
    if (answered.error().fault == Fault::conflict) list_entities(candidates(*question, **view));
    if (answered.error().fault == Fault::not_found) list_entities(suggested(*question, **view));
    return exit;
  }
  Json json = to_json(*answered);
  report_redirects(json, *asked.given, **view);
  const bool as_json = asked.json || asked.format == "json";
  if (!as_json && json.contains("redirected_from"))
    for (const auto& [from, to] : json["redirected_from"].items()) std::fprintf(stderr, "relata: %s was merged into %s\n", from.c_str(), to.get<std::string>().c_str());
  std::string text = asked.format == "svg" ? asked.picture(*answered) : as_json ? "" : to_text(*answered);
  if (budget.visited) {
    json["explain"] = to_json(visited);
    if (asked.format != "svg")
      text += "looked at " + std::to_string(visited.edges) + " statements, " + std::to_string(visited.nodes) + " entities, " + std::to_string(visited.relations) + " relations\n";
  }
  if (as_json) text = json.dump(2) + "\n";
  std::fwrite(text.data(), 1, text.size(), stdout);
  return found_nothing(json) ? 1 : 0;
}

}  // namespace

void add_questions(CLI::App& program, const OpenView& open, const OpenView& whole, int& exit) {
  for (const Command& one : commands()) {
    const auto asked = std::make_shared<Asked>();
    asked->form = &form(one.form);
    CLI::App* command = program.add_subcommand(std::string(one.name), std::string(asked->form->summary));
    command->footer("Example: " + std::string(one.example));
    for (const std::string_view name : one.positionals)
      for (const Parameter& parameter : asked->form->parameters)
        if (parameter.name == name) add_parameter(command, parameter, true, asked->given);
    for (const Parameter& parameter : asked->form->parameters)
      if (std::find(one.positionals.begin(), one.positionals.end(), parameter.name) == one.positionals.end())
        add_parameter(command, parameter, false, asked->given);
    add_db_option(command, asked->db);
    command->add_flag("--json", asked->json, "As JSON");
    command->add_flag("--whole", asked->whole, "Load a graph on PostgreSQL into memory first, instead of fetching what the question touches");
    asked->picture = one.picture;
    if (one.picture) command->add_option("--format", asked->format, "text, json or svg")->check(CLI::IsMember({"text", "json", "svg"}))->capture_default_str();
    run_as(command, exit, [asked, open, whole] { return ask(*asked, open, whole); });
  }
}

}  // namespace relata
