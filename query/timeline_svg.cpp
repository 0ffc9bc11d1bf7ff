#include "query/timeline_svg.h"

#include <algorithm>
#include <map>
#include <sstream>

#include "query/svg.h"
#include "query/xml_text.h"

namespace relata {
namespace {

constexpr double kLeft = 30, kAxis = 620, kLabels = 430, kTop = 64, kRow = 20;  // pixels

// Days onto the axis.
class Scale {
 public:
  Scale(Day first, Day last) : first_(first), days_(std::max(1, last.number - first.number + 1)) {}
  double at(Day day) const { return kLeft + kAxis * (day.number - first_.number) / days_; }
  int days() const { return days_; }

 private:
  Day first_;
  int days_;
};

// First days of years, or of months when there are few years.
void ticks(std::ostream& out, const Scale& scale, Day first, Day last, double bottom) {
  const bool months = scale.days() < 3 * 366;
  const int step = months ? (scale.days() > 400 ? 3 : 1) : scale.days() / 366 / 15 + 1;
  YearMonthDay at{civil(first).year, 1, 1};
  for (std::optional<Day> day = make_day(at.year, at.month, 1); day && *day <= last; day = make_day(at.year, at.month, 1)) {
    if (first <= *day) {
      const double x = scale.at(*day);
      out << "<line x1=\"" << number(x) << "\" x2=\"" << number(x) << "\" y1=\"" << kTop - 12 << "\" y2=\"" << number(bottom) << "\" stroke=\"#d0d7de\"/>";
      text(out, {x, kTop - 18}, to_string(*day).substr(0, months ? 7 : 4), 10, "middle", "#57606a");
    }
    at.month += months ? step : 12 * step;
    at.year += (at.month - 1) / 12;
    at.month = (at.month - 1) % 12 + 1;
  }
}

std::string label(const Relation& event, const Entity& of, const std::map<EntityId, std::string>& names) {
  const bool outgoing = event.source == of.id;
  const auto other = names.find(outgoing ? event.target : event.source);
  std::string text = (event.time ? event.time->value + "  " : "") + event.type + (outgoing ? " → " : " ← ") + (other == names.end() ? "" : other->second);
  if (event.contested) text += "  (contested)";
  else if (event.asserted == 0) text += "  (denied)";
  return text;
}

}  // namespace

std::string timeline_svg(const TimelineAnswer& answer) {
  std::map<EntityId, std::string> names;
  for (const Entity& entity : answer.entities) names[entity.id] = entity.name;
  std::map<EntityId, EntityType> types;
  for (const Entity& entity : answer.entities) types[entity.id] = entity.type;
  std::optional<Day> first, last;
  for (const Relation& event : answer.events)
    if (event.time) {
      first = first ? std::min(*first, event.time->begin) : event.time->begin;
      last = last ? std::max(*last, event.time->end) : event.time->end;
    }
  std::ostringstream out;
  const double bottom = kTop + kRow * static_cast<double>(answer.events.size()) + 10;
  begin_svg(out, kLeft + kAxis + kLabels, bottom + 20, "Relata: timeline of " + answer.entity.name);
  text(out, {kLeft, 24}, answer.entity.name, 16, "start", "#1f2328");
  const Scale scale(first.value_or(Day{}), last.value_or(Day{}));
  if (first) ticks(out, scale, *first, *last, bottom);
  double y = kTop;
  for (const Relation& event : answer.events) {
    const double x = event.time ? scale.at(event.time->begin) : kLeft, end = event.time ? std::max(x + 4, scale.at(event.time->end)) : kLeft;
    const EntityId other = event.source == answer.entity.id ? event.target : event.source;
    out << "\n<g><title>" << xml(event.evidence.empty() ? event.type : event.evidence.front().text) << "</title>";
    if (event.time)
      out << "<rect x=\"" << number(x) << "\" y=\"" << number(y) << "\" width=\"" << number(end - x) << "\" height=\"12\" rx=\"2\" fill=\""
          << colour(types.contains(other) ? types[other] : EntityType::org) << "\" opacity=\"" << (event.asserted == 0 ? "0.4" : "0.9") << "\""
          << (event.contested ? " stroke=\"#cf222e\" stroke-dasharray=\"4 3\"" : "") << "/>";
    text(out, {end + 6, y + 10}, label(event, answer.entity, names), 11, "start", "#1f2328");
    out << "</g>";
    y += kRow;
  }
  out << "\n</svg>\n";
  return out.str();
}

}  // namespace relata
