#include "commands/options.h"

#include <algorithm>

namespace relata {

void add_parameter(CLI::App* command, const Parameter& parameter, bool positional, const std::shared_ptr<Given>& given) {
  std::string name(parameter.name), help(parameter.description);
  std::replace(name.begin(), name.end(), '_', '-');
  if (!parameter.fallback.empty()) help += " [" + std::string(parameter.fallback) + "]";
  const std::string key(parameter.name);
  if (positional && parameter.list) {
    CLI::Option* option = command->add_option_function<std::vector<std::string>>(name, [given, key](const std::vector<std::string>& values) { (*given)[key] = values; }, help);
    if (parameter.required) option->required();
    return;
  }
  if (positional) {
    CLI::Option* option = command->add_option_function<std::string>(name, [given, key](const std::string& value) { (*given)[key] = {value}; }, help);
    if (parameter.required) option->required();
    return;
  }
  command->add_option_function<std::vector<std::string>>("--" + name, [given, key](const std::vector<std::string>& values) { (*given)[key] = values; }, help)
      ->expected(1)
      ->take_all();
}

}  // namespace relata
