#include "commands/share.h"

#include <charconv>

#include "graph/date.h"

namespace relata {
namespace {

Result<std::optional<When>> edge_of_window(const std::string& window, std::string_view text) {
  if (text.empty()) return std::optional<When>();
  const auto when = parse_when(text);
  if (!when) return bad_input("window=" + window + ": FROM..UNTIL, each a day, month or year such as 2024-05 or missing");
  return when;
}

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

}  // namespace

void add_share_options(CLI::App* command, ShareOptions& options) {
  command->add_option("--window", options.window, "Only articles published in FROM..UNTIL, such as 2024-01..2024-06 or 2024..; read-only")->group("A share of the graph");
  command->add_option("--part", options.part, "Only articles that say something of every Nth entity, 2/8: the second of eight parts; read-only")->group("A share of the graph");
}

Result<Share> parse_share(const ShareOptions& options) {
  Share share;
  if (!options.window.empty()) {
    const std::size_t dots = options.window.find("..");
    const std::string_view window = options.window;
    const auto from = edge_of_window(options.window, window.substr(0, dots));
    if (!from) return from.error();
    const auto until = dots == std::string::npos ? from : edge_of_window(options.window, window.substr(dots + 2));
    if (!until) return until.error();
    if (*from) share.from = (**from).begin;
    if (*until) share.until = (**until).end;
  }
  if (options.part.empty()) return share;
  const std::size_t slash = options.part.find('/');
  const auto part = number(std::string_view(options.part).substr(0, slash));
  const auto of = slash == std::string::npos ? std::nullopt : number(std::string_view(options.part).substr(slash + 1));
  if (!part || !of || *part < 1 || *part > *of || *of > 65536) return bad_input("part=" + options.part + ": K/N, the Kth of N parts, such as 2/8");
  share.part = *part - 1;
  share.of = *of;
  return share;
}

}  // namespace relata
