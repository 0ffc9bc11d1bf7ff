// Rows of what a sentence states and what it does not.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/statements/marked.h"

namespace relata {

struct Row {
  const char* text;
  std::vector<const char*> states;
  std::vector<const char*> not_states = {};
};

inline void check(const Row& row, bool details = false) {
  const std::vector<std::string> found = told(row.text, details);
  std::string all;
  for (const std::string& line : found) all += "\n  " + line;
  for (const char* expected : row.states) {
    INFO(row.text << "\nstates:" << all << "\nexpected: " << expected);
    CHECK(std::find(found.begin(), found.end(), expected) != found.end());
  }
  for (const char* wrong : row.not_states) {
    INFO(row.text << "\nmust not state: " << wrong);
    CHECK(std::find(found.begin(), found.end(), wrong) == found.end());
  }
}

template <std::size_t N>
void check(const Row (&rows)[N]) {
  for (const Row& row : rows) check(row);
}

}  // namespace relata
