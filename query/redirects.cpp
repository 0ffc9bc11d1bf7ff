#include "query/redirects.h"

#include "graph/ids.h"

namespace relata {

Json redirects(const Given& given, const GraphView& view) {
  constexpr std::size_t kIdBytes = 17;
  Json found = Json::object();
  const auto look = [&](std::string_view text) {
    const auto id = parse_entity_id(text);
    const auto node = id ? view.node(*id) : std::nullopt;
    if (node && view.entity_id(*node) != *id) found[to_string(*id)] = to_string(view.entity_id(*node));
  };
  for (const auto& [name, values] : given)
    for (const std::string_view value : values) {
      look(value);
      if (value.size() <= 2 * kIdBytes || value[kIdBytes] != '.') continue;  // no relation id: "<source>.<TYPE>.<target>.<time>"
      look(value.substr(0, kIdBytes));
      const std::size_t target = value.find('.', kIdBytes + 1);
      if (target != std::string_view::npos) look(value.substr(target + 1, kIdBytes));
    }
  return found;
}

void report_redirects(Json& answer, const Given& given, const GraphView& view) {
  if (Json found = redirects(given, view); !found.empty()) answer["redirected_from"] = std::move(found);
}

}  // namespace relata
