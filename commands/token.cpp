#include "commands/token.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>

#include "commands/command.h"
#include "commands/serve.h"
#include "query/tokens.h"

namespace relata {
namespace {

struct Options {
  std::string db = "relata.db", file, name, right = "read";
  std::string where() const { return file.empty() ? tokens_file(db) : file; }
};

Day today() {
  return Day{static_cast<std::int32_t>(std::chrono::duration_cast<std::chrono::hours>(std::chrono::system_clock::now().time_since_epoch()).count() / 24)};
}

int add(const Options& options) {
  auto tokens = read_tokens(options.where());
  if (!tokens) return report(tokens.error());
  const auto known = std::find_if((*tokens).begin(), (*tokens).end(), [&](const Token& one) { return one.name == options.name; });
  if (known != (*tokens).end()) return report(conflict("token '" + options.name + "': there is one; remove it first"));
  const auto secret = make_secret();
  if (!secret) return report(secret.error());
  (*tokens).push_back({options.name, parse_right(options.right).value_or(Right::read), today(), hash_of(*secret)});
  if (const auto written = write_tokens(options.where(), *tokens); !written) return report(written.error());
  std::fprintf(stderr, "relata: keep it well, it is not shown again; use it as \"Authorization: Bearer ...\"\n");
  std::puts((*secret).c_str());
  return 0;
}

int list(const Options& options) {
  const auto tokens = read_tokens(options.where());
  if (!tokens) return report(tokens.error());
  for (const Token& token : *tokens) std::printf("%s  %s  made %s\n", token.name.c_str(), std::string(to_string(token.right)).c_str(), to_string(token.made).c_str());
  if ((*tokens).empty()) std::puts("no tokens");
  return (*tokens).empty() ? 1 : 0;
}

int remove(const Options& options) {
  auto tokens = read_tokens(options.where());
  if (!tokens) return report(tokens.error());
  if (std::erase_if(*tokens, [&](const Token& one) { return one.name == options.name; }) == 0) return report(not_found("token '" + options.name + "': there is none"));
  const auto written = write_tokens(options.where(), *tokens);
  return written ? 0 : report(written.error());
}

}  // namespace

void add_token(CLI::App& program, int& exit) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("token", "Who may ask the service of a graph");
  command->require_subcommand(1);
  const auto one = [&](const char* name, const char* help, const char* example, int (*run)(const Options&)) {
    CLI::App* made = command->add_subcommand(name, help);
    made->footer(std::string("Example: ") + example);
    add_db_option(made, options->db);
    made->add_option("--tokens", options->file, "File of tokens (default: the graph's folder and \".tokens\")");
    run_as(made, exit, [options, run] { return run(*options); });
    return made;
  };
  CLI::App* added = one("add", "Make a token and print it, once", "relata token add newsroom --right write --db graph", add);
  added->add_option("name", options->name, "Letters, digits, '-', '_' and '.'")->required();
  added->add_option("--right", options->right, "read, write or admin; each includes the one before")->check(CLI::IsMember({"read", "write", "admin"}))->capture_default_str();
  one("list", "Names, rights and days of all tokens", "relata token list --db graph", list);
  one("remove", "Take a token back; a running service knows within a second", "relata token remove newsroom --db graph", remove)
      ->add_option("name", options->name, "As given to add")
      ->required();
}

}  // namespace relata
