#include "commands/options.h"

#include <algorithm>

namespace relata {

void add_parameter(CLI::App* command, const Parameter& parameter, bool positional, const std::shared_ptr<Given>& given) {
  std::string name(parameter.name), help(parameter.description);
  std::replace(name.begin(), name.end(), '_', '-');
  if (!parameter.fallback.empty()) help += " [" + std::string(parameter.fallback) + "]";
  CLI::Option* option = command->add_option_function<std::vector<std::string>>(
      (positional ? "" : "--") + name, [given, key = std::string(parameter.name)](const std::vector<std::string>& values) { (*given)[key] = values; }, help);
  option->expected(1)->take_all();
  if (positional && parameter.required) option->required();
}

}  // namespace relata
