// A sentence with its names marked, "[Orlov|PERSON] met [Weber|PERSON]", parsed by the real language runtime, and what is stated in it.
#pragma once

#include <string>
#include <vector>

#include "extract/document.h"
#include "extract/mentions.h"
#include "extract/statements/explain.h"

namespace relata {

struct Marked {
  Document document;
  Actors actors;  // one a name string
};

// Published on Monday 2024-11-18. The names of one string are one actor.
Marked marked(const std::string& text);

// "Orlov CONSULT Weber" each, or "Orlov CONSULT Weber negative future according to Petrov on 2024-11-15" with `details`.
std::vector<std::string> told(const std::string& text, bool details = false);

}  // namespace relata
