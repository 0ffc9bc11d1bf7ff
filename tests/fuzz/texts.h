// News of a world that is not, with what the stages of reading look at: names, titles, quotations, dates, lists, marks.
#pragma once

#include <string>
#include <vector>

namespace relata::fuzz {

inline const std::vector<std::string>& texts() {
  static const std::vector<std::string> all = {
      "Marta Lindqvist told Tomas Berg on Friday that Norland had refused to meet the Sudrian president. \"We will not talk,\" she said, \"before the "
      "ships leave.\" He denied it.",
      "OSTBURG, Nov. 12 (Harbour Wire) \u2013 The foreign minister of Norland, Dr. Jan van der Horst, visited Ostburg, capital of Sudria, on 11 November "
      "2024 and signed a pact with Prime Minister Ana Petrova.\n\nThe two leaders didn't speak to reporters. According to the daily Kurier, talks between "
      "Norland, Sudria and the U.N. may resume in early 2025.",
      "\u201cIf Sudria attacks,\u201d warned Admiral O\u2019Neill, \u201cwe would send 20 FX-7 missiles, worth $3.5bn, to our allies\u201d \u2014 as "
      "he did in the spring of 2019, three weeks before the vote.",
      "Norlanders were killed by Sudrian shelling near the town of Zell, the army said; its spokesman, Col. Abdul Rahman al-Hadi, blamed \u201cterrorists\u201d.",
      "* First: the bank (Zentralbank AG) bought 51% of Kestrel Ltd.\n* Second: the president's wife, Eva, sued it.\n* Third: who knew?\n\nBy A. Writer\nPhoto: "
      "J. Doe/HW\nRead more: http://news.example/a?b=c#d",
      "It was reported that the company which the minister whose brother Berg had accused of lying owns was sold to Kestrel, which he and she and they "
      "deny, although neither Norland nor Sudria has said so since last Tuesday at 5 p.m.",
      "Zo\u00eb, \u0141ukasz and \u0412\u043b\u0430\u0434\u0438\u043c\u0438\u0440 met \u738b\u5c0f\u660e in S\u00e3o Paulo \U0001F642 every second Monday from 1998 until mid-2003."};
  return all;
}

}  // namespace relata::fuzz
