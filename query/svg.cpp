#include "query/svg.h"

#include <array>
#include <cmath>

#include "query/xml_text.h"

namespace relata {

void begin_svg(std::ostream& out, double width, double height, std::string_view title) {
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << number(width) << "\" height=\"" << number(height) << "\" viewBox=\"0 0 "
      << number(width) << ' ' << number(height) << "\" font-family=\"system-ui, Helvetica, Arial, sans-serif\">\n<title>" << xml(title)
      << "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
}

void text(std::ostream& out, Point at, std::string_view words, int size, std::string_view anchor, std::string_view colour) {
  out << "<text x=\"" << number(at.x) << "\" y=\"" << number(at.y) << "\" font-size=\"" << size << "\" text-anchor=\"" << anchor << "\" fill=\"" << colour
      << "\" stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\">" << xml(words) << "</text>";
}

std::string number(double value) {
  const auto tenths = static_cast<long long>(std::llround(value * 10));
  std::string text = (tenths < 0 ? "-" : "") + std::to_string(std::llabs(tenths) / 10);
  if (tenths % 10 != 0) text += "." + std::to_string(std::llabs(tenths) % 10);
  return text;
}

std::string_view colour(EntityType type) {
  static constexpr std::array<std::string_view, kEntityTypes> kColours = {"#332288", "#117733", "#cc6677", "#44aa99", "#999933", "#88ccee",
                                                                          "#882255", "#aa4499", "#ddaa33", "#ee7733", "#777777", "#0077bb"};
  return kColours[static_cast<std::size_t>(type)];
}

}  // namespace relata
