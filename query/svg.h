// What the pictures have in common. Private to the exports.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "graph/kinds.h"
#include "query/layout.h"

namespace relata {

// Opens the picture with a white ground; sizes in pixels. The caller writes </svg>.
void begin_svg(std::ostream& out, double width, double height, std::string_view title);

// One line of text with a white rim, so that it can be read over lines. `anchor`: start, middle or end.
void text(std::ostream& out, Point at, std::string_view words, int size, std::string_view anchor, std::string_view colour);

// "12.5": at most one decimal, whatever the locale.
std::string number(double value);

// Distinguishable with the common forms of colour blindness as far as twelve can be (after Paul Tol's muted scheme).
std::string_view colour(EntityType type);

}  // namespace relata
