// Answers as JSON, in the shapes of DESIGN 3.3. Fields stand in a fixed order; numbers of confidence have four decimals.
#pragma once

#include <nlohmann/json.hpp>

#include "query/answers.h"
#include "query/questions.h"

namespace relata {

using Json = nlohmann::ordered_json;

Json to_json(const Entity& entity);
Json to_json(const Relation& relation);
Json to_json(const When& when);
Json to_json(const StatementRow& row);
Json to_json(const Answer& answer);
Json to_json(const Visited& visited);

// The line of DESIGN 3.1 for an article of the graph; `entities`: what its actors became, as "entity" of each.
Json to_json(const ArticleAnswer& answer);

// The same as text, made without the tree: what serves every request.
std::string to_json_text(const Entity& entity);
std::string to_json_text(const Relation& relation);
std::string to_json_text(const Answer& answer);
// Adds a member to the text of an object that has one already.
void add_member(std::string& object, std::string_view name, const Json& value);

// Text of any JSON value; bytes that are not UTF-8 are replaced, never thrown about.
std::string dump(const Json& json, int indent = -1);

}  // namespace relata
