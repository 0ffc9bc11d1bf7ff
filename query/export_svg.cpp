// Scalable Vector Graphics 1.1: a picture of a small graph.
//
// Entities are discs coloured by type, relations arrows: dashed when contested, faint when nothing says that they are actual,
// crossed out by a red label when only denied. Every mark has a <title> that tells more when it is pointed at.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "query/attributes.h"
#include "query/exporter.h"
#include "query/layout.h"
#include "query/svg.h"
#include "query/xml_text.h"

namespace relata {
namespace {

constexpr double kApart = 190, kMargin = 90, kRadius = 9;  // pixels

struct Drawn {
  EntityId id;
  std::string name;
  EntityType type;
  std::string title, status;
  Point at{};
};

std::string_view stroke_of(std::string_view status) {
  if (status == "added") return "#1a7f37";
  if (status == "removed") return "#cf222e";
  if (status == "changed") return "#9a6700";
  return "#57606a";
}

bool actual(const Relation& relation) { return relation.modalities[static_cast<std::size_t>(Modality::actual)] > 0; }

std::string title_of(const Relation& relation) {
  std::string text = relation.type;
  if (!relation.predicates.empty()) text += " (" + joined(relation.predicates) + ")";
  text += relation.time ? ", " + relation.time->value : ", undated";
  text += ": asserted " + std::to_string(relation.asserted) + ", denied " + std::to_string(relation.denied);
  if (!relation.evidence.empty()) text += "\n" + relation.evidence.front().text + "\n" + relation.evidence.front().publisher;
  return text;
}

class Svg final : public Exporter {
 public:
  using Exporter::Exporter;

  void entity(const Entity& entity, std::string_view status) override {
    if (++entities_ > kPictureEntities) return;
    place_of_[entity.id] = drawn_.size();
    drawn_.push_back({entity.id, entity.name, entity.type, entity.name + " (" + std::string(to_string(entity.type)) + "), " + std::to_string(entity.articles) + " articles",
                      std::string(status)});
  }
  void relation(const Relation& relation, std::string_view status) override {
    if (++relations_ > kPictureRelations) return;
    kept_.push_back({relation, std::string(status)});
  }

  Result<void> finish() override {
    if (entities_ > kPictureEntities || relations_ > kPictureRelations)
      return bad_input("format=svg: " + std::to_string(entities_) + " entities and " + std::to_string(relations_) + " relations are too many for a picture (at most " +
                       std::to_string(kPictureEntities) + " and " + std::to_string(kPictureRelations) +
                       "); choose a part by entity, by source and target, or by filters");
    std::erase_if(kept_, [&](const Kept& one) { return !place_of_.contains(one.relation.source) || !place_of_.contains(one.relation.target); });
    const Point size = arrange();
    begin_svg(out(), size.x, size.y, "Relata: a part of the graph");
    out() << "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"context-stroke\"/></marker></defs>\n";
    edges();
    for (const Drawn& one : drawn_) disc(one);
    out() << "</svg>\n";
    return {};
  }

 private:
  std::ostream& out() { return out_.stream(); }
  struct Kept {
    Relation relation;
    std::string status;
  };

  Point arrange() {
    std::vector<std::pair<std::size_t, std::size_t>> links;
    for (const Kept& one : kept_) links.emplace_back(place_of_.at(one.relation.source), place_of_.at(one.relation.target));
    const std::vector<Point> places = layout(drawn_.size(), links);
    Point size{2 * kMargin, 2 * kMargin};
    for (std::size_t i = 0; i < drawn_.size(); ++i) {
      drawn_[i].at = {kMargin + kApart * places[i].x, kMargin + kApart * places[i].y};
      size = {std::max(size.x, drawn_[i].at.x + kMargin), std::max(size.y, drawn_[i].at.y + kMargin)};
    }
    return size;
  }

  // Relations of one pair are bent apart, so that each can be seen.
  void edges() {
    std::map<std::pair<std::size_t, std::size_t>, int> drawn;
    for (const Kept& one : kept_) {
      const std::size_t a = place_of_.at(one.relation.source), b = place_of_.at(one.relation.target);
      const int turn = drawn[{std::min(a, b), std::max(a, b)}]++;
      const double bend = (turn % 2 == 0 ? 1 : -1) * ((turn + 1) / 2) * 34.0 * (a < b ? 1 : -1);
      edge(one, drawn_[a].at, drawn_[b].at, bend);
    }
  }

  void edge(const Kept& one, Point from, Point to, double bend) {
    const double dx = to.x - from.x, dy = to.y - from.y, far = std::max(1.0, std::hypot(dx, dy));
    const Point middle{(from.x + to.x) / 2 - dy / far * bend * 2, (from.y + to.y) / 2 + dx / far * bend * 2};  // of the control polygon
    const auto shorten = [&](Point end) {
      const double x = middle.x - end.x, y = middle.y - end.y, length = std::max(1.0, std::hypot(x, y));
      return Point{end.x + x / length * (kRadius + 3), end.y + y / length * (kRadius + 3)};
    };
    const Point begin = shorten(from), end = shorten(to);
    const bool denied = one.relation.asserted == 0 && one.relation.denied > 0;
    out() << "<g opacity=\"" << (actual(one.relation) ? "1" : "0.5") << "\"><title>" << xml(title_of(one.relation)) << "</title><path d=\"M" << number(begin.x) << ' '
         << number(begin.y) << 'Q' << number(middle.x) << ' ' << number(middle.y) << ' ' << number(end.x) << ' ' << number(end.y) << "\" fill=\"none\" stroke=\""
         << stroke_of(one.status) << "\" stroke-width=\"1.4\" marker-end=\"url(#tip)\"" << (one.relation.contested ? " stroke-dasharray=\"6 4\"" : "") << "/>";
    const std::string label = one.relation.type + (one.relation.time ? " " + one.relation.time->value : "");
    text(out(), {(from.x + to.x + 2 * middle.x) / 4, (from.y + to.y + 2 * middle.y) / 4 - 3}, label, 9, "middle", denied ? "#cf222e" : "#57606a");
    out() << "</g>\n";
  }

  void disc(const Drawn& one) {
    out() << "<g><title>" << xml(one.title) << "</title><circle cx=\"" << number(one.at.x) << "\" cy=\"" << number(one.at.y) << "\" r=\"" << kRadius << "\" fill=\""
         << colour(one.type) << "\" stroke=\"" << (one.status.empty() ? "#ffffff" : stroke_of(one.status)) << "\" stroke-width=\"" << (one.status.empty() ? 1.5 : 3) << "\"/>";
    text(out(), {one.at.x, one.at.y + kRadius + 13}, one.name, 12, "middle", "#1f2328");
    out() << "</g>\n";
  }

  std::vector<Drawn> drawn_;
  std::vector<Kept> kept_;
  std::map<EntityId, std::size_t> place_of_;
  std::size_t entities_ = 0, relations_ = 0;
};

}  // namespace

std::unique_ptr<Exporter> svg_exporter(std::ostream& out, bool marked) { return std::make_unique<Svg>(out, marked); }

}  // namespace relata
