#include "graph/history.h"

#include "graph/date.h"

namespace relata {

Result<void> check_snapshot_name(const std::string& name) {
  const auto refuse = [&](const std::string& why) { return bad_input("snapshot '" + name.substr(0, 100) + "': " + why); };
  if (name.empty() || name.size() > 100) return refuse("a name has 1 to 100 bytes");
  for (const char c : name)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return refuse("a name has no control characters");
  if (name.find_first_not_of("0123456789") == std::string::npos) return refuse("a number is a version, choose a name with a letter");
  if (parse_when(name)) return refuse("a date is a day of publication, choose another name");
  return {};
}

}  // namespace relata
