// What an expression takes from its surroundings: the publication date, the date in focus, the tense of its clause.
#pragma once

#include <optional>

#include "extract/document.h"
#include "extract/times/calendar.h"

namespace relata::times {

enum class Tense : std::uint8_t { none, past, present, future };

// Tense of the verb that governs a token; at most a few steps up the tree.
Tense tense_at(const Document& document, TokenIndex token);

struct Context {
  std::optional<Day> published;
  // The text tells history: its full dates lie far from its publication, or it has none. Then everything counts from the focus.
  bool narrative = false;
  Ymd focus;               // the last date told as far as told; year 0: none yet
  bool focus_moved = false;  // a date of the text set it
};

}  // namespace relata::times
