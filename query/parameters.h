// The parameters of every question in one table: names, kinds, ranges, defaults and words for people. HTTP dispatches and
// describes itself from it, the command line may take its options from it, so they cannot disagree.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "graph/result.h"
#include "graph/view.h"
#include "query/questions.h"

namespace relata {

enum class ParameterKind { text, entity, integer, number, boolean, date, choice };

struct Parameter {
  std::string_view name;
  std::string_view description;
  ParameterKind kind = ParameterKind::text;
  double low = 0, high = 0;              // of integer and number, both inclusive
  std::string_view fallback = {};        // what an absent parameter means; empty: nothing
  std::vector<std::string_view> choices = {};  // of choice
  bool list = false;                     // several values, repeated or with commas
  bool required = false;
};

// What was given: name -> values, in the order given.
using Given = std::map<std::string, std::vector<std::string>, std::less<>>;

// One kind of question.
struct Form {
  std::string_view name;  // "neighbourhood"
  std::string_view summary;
  std::vector<Parameter> parameters;
  // Precondition: `given` passed check_given. Names in attributed_to are looked up in the view.
  Result<Question> (*question)(const Given& given, const GraphView& view);
};

// find, show, neighbourhood, timeline, quotes, relations, relation, statements, article, stats, path, connections,
// who.
const std::vector<Form>& forms();
const Form& form(std::string_view name);  // precondition: there is one

// The common filters of DESIGN 3.3 without limit and cursor.
const std::vector<Parameter>& filter_parameters();

// bad_input, naming the parameter and its range: unknown, repeated, missing, malformed or out of range.
Result<void> check_given(const std::vector<Parameter>& parameters, const Given& given);

// Whether `explain` was asked for: Budget::visited then belongs into the answer.
bool wants_explanation(const Given& given);

// Precondition: `given` passed check_given with filter_parameters() among its parameters.
Result<Filter> filter_from(const Given& given, const GraphView& view);

// "2024", "2024-11" and "2024-11-15"; the first day of it for a beginning, the last for an end. bad_input names the parameter.
Result<Day> parse_date_parameter(std::string_view parameter, std::string_view text, bool end);

}  // namespace relata
