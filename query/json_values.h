// The shapes of the values that answers are made of (DESIGN 3.3), for JsonOut. Fields stand in a fixed order.
#pragma once

#include "query/answers.h"
#include "query/json_out.h"

namespace relata {

void write(JsonOut& out, const EntityId& id);
void write(JsonOut& out, const StatementId& id);
void write(JsonOut& out, const ArticleId& id);
void write(JsonOut& out, const Day& day);
void write(JsonOut& out, const When& when);
void write(JsonOut& out, const Entity& entity);
void write(JsonOut& out, const Evidence::Source& source);
void write(JsonOut& out, const Evidence& proof);
void write(JsonOut& out, const Relation& relation);
void write(JsonOut& out, const StatementRow& row);
void write(JsonOut& out, const ArticleAnswer& answer);

// The fields of a relation without the braces around, for what adds its own.
void write_fields(JsonOut& out, const Relation& relation);

// Confidences are told with four decimals.
double rounded(float confidence);

}  // namespace relata
