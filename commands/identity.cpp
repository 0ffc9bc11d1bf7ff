#include "commands/identity.h"

#include <cstdio>
#include <iostream>
#include <memory>

#include "commands/command.h"
#include "commands/graph.h"
#include "query/decisions.h"
#include "query/text.h"

namespace relata {
namespace {

struct Options {
  std::string db = "relata.db", a, b, author, note;
  std::vector<std::string> actors;
  bool json = false;
};

DecisionWords words_of(const Options& options, DecisionKind kind) {
  DecisionWords words;
  (kind == DecisionKind::undo ? words.decision : words.entity) = options.a;
  words.other = options.b;
  words.actors = options.actors;
  words.author = options.author;
  words.note = options.note;
  return words;
}

int decide(const Options& options, DecisionKind kind) {
  const auto store = open_to_write(options.db, false);
  if (!store) return report(store.error());
  const auto decision = decision_of(kind, words_of(options, kind), *(*store)->view());
  if (!decision) return report(decision.error());
  Batch batch;
  batch.decide.push_back(*decision);
  const auto receipt = (*store)->apply(batch);
  if (!receipt) return report(receipt.error());
  const DecisionId id = receipt->decided.front().id;
  if (options.json) std::cout << dump(decision_receipt(receipt->decided.front(), *(*store)->view())) << "\n";
  else std::printf("decision d%u, version %u; relata identity undo d%u takes it back\n", id, receipt->version, id);
  return 0;
}

std::string text(const Json& json, const char* member) { return json.at(member).get<std::string>(); }

// One line an actor: which entity it became.
int list(const Options& options) {
  const auto store = open_to_read(options.db);
  if (!store) return report(store.error());
  const auto view = (*store)->view();
  for (const ArticleId id : view->articles()) {
    const auto actors = actors_of(*view, id, std::nullopt);
    if (!actors) return report(actors.error());
    for (const Json& actor : *actors) {
      if (options.json) std::cout << dump(actor) << "\n";
      else std::cout << text(actor, "id") << "  " << plain_line(text(actor, "name")) << "  ->  " << text(actor, "entity") << "  " << plain_line(view->entity(*view->node(*parse_entity_id(text(actor, "entity")))).name) << "\n";
    }
  }
  return 0;
}

int why(const Options& options) {
  const auto store = open_to_read(options.db);
  if (!store) return report(store.error());
  const auto id = entity_of(*(*store)->view(), "entity", options.a);
  if (!id) return report(id.error());
  const auto links = (*store)->reasons(*id);
  Json out = Json::array();
  for (const Link& link : links) {
    if (options.json) out.push_back(to_json(link));
    else std::cout << plain_line(link.a) << (link.reason == LinkReason::apart ? "  /  " : "  =  ") << plain_line(link.b) << "  " << to_string(link.reason) << " " << link.score << "\n";
  }
  if (options.json) std::cout << out.dump(2) << "\n";
  else if (links.empty()) std::cout << "it has one name\n";
  return 0;
}

int decisions(const Options& options) {
  const auto store = open_to_read(options.db);
  if (!store) return report(store.error());
  const std::vector<Decision> all = (*store)->decisions();
  const std::set<DecisionId> taken_back = undone(all);
  for (const Decision& decision : all) {
    const Json line = to_json(decision, taken_back.contains(decision.id));
    if (options.json) std::cout << dump(line) << "\n";
    else
      std::cout << "d" << decision.id << "  " << to_string(decision.kind) << (taken_back.contains(decision.id) ? " (undone)" : "") << "  "
                << line.value("entity", line.value("of", "")) << " " << line.value("other", "") << "  " << plain_line(decision.author) << "  " << plain_line(decision.time) << "  "
                << plain_line(decision.note) << "\n";
  }
  return 0;
}

int settle_with(const Options& options) {
  const auto store = open_to_write(options.db, false, options.a);
  if (!store) return report(store.error());
  const auto version = (*store)->view()->version();
  if (options.json) std::cout << dump(Json{{"version", version}}) << "\n";
  else std::printf("identity is settled with %s; version %u\n", options.a.c_str(), version);
  return 0;
}

CLI::App* command(CLI::App* group, const std::shared_ptr<Options>& options, const char* name, const char* help, const char* example) {
  CLI::App* made = group->add_subcommand(name, help);
  made->footer(std::string("Example: ") + example);
  add_db_option(made, options->db);
  made->add_flag("--json", options->json, "As JSON");
  return made;
}

CLI::App* decision_command(CLI::App* group, const std::shared_ptr<Options>& options, const char* name, const char* help, const char* example) {
  CLI::App* made = command(group, options, name, help, example);
  made->add_option("--author", options->author, "Who decides");
  made->add_option("--note", options->note, "Why");
  return made;
}

}  // namespace

void add_identity(CLI::App& program, int& exit) {
  const auto options = std::make_shared<Options>();
  CLI::App* group = program.add_subcommand("identity", "Who is who, and an analyst's word on it");
  group->require_subcommand(1);
  group->footer("Example: relata identity merge \"Storm Shadow\" SCALP --note \"one missile\"");

  run_as(command(group, options, "list", "Which entity each article's entity became", "relata identity list --json"), exit, [options] { return list(*options); });
  run_as(command(group, options, "decisions", "All decisions, also those taken back", "relata identity decisions"), exit, [options] { return decisions(*options); });

  CLI::App* why_command = command(group, options, "why", "Why the names of an entity are one", "relata identity why Zelensky");
  why_command->add_option("entity", options->a, "Id or name")->required();
  run_as(why_command, exit, [options] { return why(*options); });

  CLI::App* names = command(group, options, "names", "Settle identity anew with a file of known entities (an empty file: with none)", "relata identity names people.jsonl");
  names->add_option("file", options->a, "JSON lines, or FollowTheMoney entities (docs/identity.md)")->required()->check(CLI::ExistingFile);
  run_as(names, exit, [options] { return settle_with(*options); });

  for (const auto& [kind, help] : {std::pair{DecisionKind::merge, "Two entities are one"}, std::pair{DecisionKind::never, "Two names are not one, whatever they look like"}}) {
    const std::string name(to_string(kind));
    CLI::App* made = decision_command(group, options, name.c_str(), help, ("relata identity " + name + " e0123456789abcdef efedcba9876543210 --author ana").c_str());
    made->add_option("entity", options->a, "Id or name")->required();
    made->add_option("other", options->b, "Id or name")->required();
    run_as(made, exit, [options, decided = kind] { return decide(*options, decided); });
  }
  CLI::App* split = decision_command(group, options, "split", "Some actors are somebody else of the same name", "relata identity split \"John Smith\" 0123456789abcdef.e3");
  split->add_option("entity", options->a, "Id or name")->required();
  split->add_option("actors", options->actors, "Actors, as `relata identity list` prints them")->required();
  run_as(split, exit, [options] { return decide(*options, DecisionKind::split); });

  CLI::App* undo = decision_command(group, options, "undo", "Take a decision back", "relata identity undo d3");
  undo->add_option("decision", options->a, "d and its number")->required();
  run_as(undo, exit, [options] { return decide(*options, DecisionKind::undo); });
}

}  // namespace relata
