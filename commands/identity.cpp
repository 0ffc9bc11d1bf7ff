#include "commands/identity.h"

#include <chrono>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/graph.h"
#include "graph/identity.h"
#include "query/resolve.h"

namespace relata {
namespace {

using json = nlohmann::ordered_json;

struct Options {
  std::string db = "relata.db", a, b, author, note;
  std::vector<std::string> actors;
  bool json = false;
};

std::string now() {
  const std::time_t time = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  char text[32];
  std::tm parts{};
  gmtime_r(&time, &parts);
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

// Ids are taken as they are, so that a name once merged away can be spoken of; anything else is looked up as a name.
Result<EntityId> entity_of(const GraphView& view, std::string_view parameter, const std::string& text) {
  if (const auto id = parse_entity_id(text)) return *id;
  const auto node = resolve(view, parameter, text);
  if (!node) return node.error();
  return view.entity_id(*node);
}

Result<ActorRef> parse_actor(const std::string& text) {
  const auto article = text.size() > 18 && text.substr(16, 2) == ".e" ? parse_article_id(text.substr(0, 16)) : std::nullopt;
  const auto number = article ? parse_statement_id(text.substr(0, 16) + ".s" + text.substr(18)) : std::nullopt;
  if (!number) return bad_input("'" + text + "': an actor is written 0123456789abcdef.e3");
  return ActorRef{*article, number->ordinal};
}

Result<Decision> decision_of(const Options& options, DecisionKind kind, const GraphView& view) {
  Decision decision;
  decision.kind = kind;
  decision.author = options.author;
  decision.note = options.note;
  decision.time = now();
  if (kind == DecisionKind::undo) {
    const auto number = options.a.starts_with("d") ? parse_statement_id("0000000000000000.s" + options.a.substr(1)) : std::nullopt;
    if (!number) return bad_input("'" + options.a + "': a decision is written d12 (relata identity decisions)");
    decision.undone = number->ordinal;
    return decision;
  }
  const auto a = entity_of(view, "entity", options.a);
  if (!a) return a.error();
  decision.a = *a;
  if (kind == DecisionKind::split) {
    for (const std::string& text : options.actors) {
      const auto actor = parse_actor(text);
      if (!actor) return actor.error();
      decision.actors.push_back(*actor);
    }
    std::sort(decision.actors.begin(), decision.actors.end());
    return decision;
  }
  const auto b = entity_of(view, "other", options.b);
  if (!b) return b.error();
  decision.b = *b;
  return decision;
}

int decide(const Options& options, DecisionKind kind) {
  const auto store = open_to_write(options.db, false);
  if (!store) return report(store.error());
  auto decision = decision_of(options, kind, *(*store)->view());
  if (!decision) return report(decision.error());
  Batch batch;
  batch.decide.push_back(*decision);
  const auto receipt = (*store)->apply(batch);
  if (!receipt) return report(receipt.error());
  const DecisionId id = receipt->decided.front().id;
  if (options.json) std::cout << json{{"decision", "d" + std::to_string(id)}, {"version", receipt->version}}.dump() << "\n";
  else std::printf("decision d%u, version %u; relata identity undo d%u takes it back\n", id, receipt->version, id);
  return 0;
}

// One line an actor: which entity it became.
int list(const Options& options) {
  const auto store = open_to_read(options.db);
  if (!store) return report(store.error());
  const auto view = (*store)->view();
  for (const ArticleId id : view->articles()) {
    const auto extraction = view->extraction(id);
    if (!extraction) return report(extraction.error());
    for (ActorIndex i = 0; i < extraction->actors.size(); ++i) {
      const Node node = view->node_of(id, i);
      const std::string entity = to_string(view->entity_id(node));
      if (options.json) std::cout << json{{"uri", extraction->article.uri}, {"id", actor_id(id, i)}, {"entity", entity}}.dump() << "\n";
      else std::cout << actor_id(id, i) << "  " << extraction->actors[i].name << "  ->  " << entity << "  " << view->entity(node).name << "\n";
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
  json out = json::array();
  for (const Link& link : links) {
    if (options.json) out.push_back({{"a", link.a}, {"b", link.b}, {"reason", to_string(link.reason)}, {"score", link.score}});
    else std::cout << link.a << "  =  " << link.b << "  " << to_string(link.reason) << " " << link.score << "\n";
  }
  if (options.json) std::cout << out.dump(2) << "\n";
  else if (links.empty()) std::cout << "it has one name\n";
  return 0;
}

json to_json(const Decision& decision, bool undone) {
  json made{{"id", "d" + std::to_string(decision.id)}, {"kind", to_string(decision.kind)}, {"version", decision.version}, {"undone", undone},
            {"author", decision.author}, {"time", decision.time}, {"note", decision.note}};
  if (decision.kind == DecisionKind::undo) made["of"] = "d" + std::to_string(decision.undone);
  else made["entity"] = to_string(decision.a);
  if (decision.kind == DecisionKind::merge || decision.kind == DecisionKind::never) made["other"] = to_string(decision.b);
  for (const ActorRef actor : decision.actors) made["actors"].push_back(actor_id(actor.article, actor.actor));
  return made;
}

int decisions(const Options& options) {
  const auto store = open_to_read(options.db);
  if (!store) return report(store.error());
  const std::vector<Decision> all = (*store)->decisions();
  const std::set<DecisionId> taken_back = undone(all);
  for (const Decision& decision : all) {
    const json line = to_json(decision, taken_back.contains(decision.id));
    if (options.json) std::cout << line.dump() << "\n";
    else
      std::cout << "d" << decision.id << "  " << to_string(decision.kind) << (taken_back.contains(decision.id) ? " (undone)" : "") << "  "
                << line.value("entity", line.value("of", "")) << " " << line.value("other", "") << "  " << decision.author << "  " << decision.time << "  "
                << decision.note << "\n";
  }
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
