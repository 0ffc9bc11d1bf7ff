#include "commands/mcp.h"

#include <iostream>
#include <memory>
#include <string>

#include "commands/command.h"
#include "query/mcp.h"

namespace relata {
namespace {

constexpr std::size_t kLongest = 4u << 20;  // bytes of one message

// One message a line; what is longer is skipped, and answered as no JSON.
bool read_line(std::istream& in, std::string& line) {
  line.clear();
  bool any = false;
  for (int byte = in.get(); byte != std::char_traits<char>::eof(); byte = in.get()) {
    any = true;
    if (byte == '\n') return true;
    if (line.size() <= kLongest) line += static_cast<char>(byte);
  }
  return any;
}

int serve(const std::string& db, const OpenView& open) {
  const auto view = open(db);
  if (!view) return report(view.error());
  McpOptions options;
  options.view = [view] { return *view; };
  options.program_version = RELATA_RELEASE;
  for (std::string line; read_line(std::cin, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (line.size() > kLongest) line = "too long";
    const std::string answer = mcp_answer(line, options);
    if (!answer.empty()) std::cout << answer << std::endl;
  }
  return 0;
}

}  // namespace

void add_mcp(CLI::App& program, const OpenView& open, int& exit) {
  const auto db = std::make_shared<std::string>("relata.db");
  CLI::App* command = program.add_subcommand("mcp", "Questions as tools for an assistant (Model Context Protocol), over standard input and output");
  command->footer("Example: relata mcp --db graph");
  add_db_option(command, *db);
  run_as(command, exit, [db, open] { return serve(*db, open); });
}

}  // namespace relata
