#include "storage/extraction_bytes.h"

#include <bit>

#include "storage/bytes.h"

namespace relata::storage {
namespace {

void put(ByteWriter& out, Span span) {
  out.varint(span.begin);
  out.varint(span.end - span.begin);
}

Span get_span(ByteReader& in) {
  Span span;
  span.begin = in.varint32();
  const std::uint32_t length = in.varint32();
  if (length > 0xffffffffu - span.begin) in.fail();
  span.end = in.ok() ? span.begin + length : span.begin;
  return span;
}

void put(ByteWriter& out, std::optional<Day> day) {
  out.u8(day ? 1 : 0);
  if (day) out.zigzag(day->number);
}

Day get_day(ByteReader& in) {
  const std::int64_t number = in.zigzag();
  if (number != static_cast<std::int32_t>(number)) in.fail();
  return {in.ok() ? static_cast<std::int32_t>(number) : 0};
}

std::optional<Day> get_optional_day(ByteReader& in) {
  if (in.u8() == 0) return std::nullopt;
  return get_day(in);
}

// An enumeration stored as one byte below `end`.
template <typename Enum>
Enum get_enum(ByteReader& in, int end) {
  const std::uint8_t value = in.u8();
  if (value >= end) in.fail();
  return in.ok() ? static_cast<Enum>(value) : Enum{};
}

ActorIndex get_actor(ByteReader& in, std::size_t actors) {
  const std::uint32_t index = in.varint32();
  if (index >= actors) in.fail();
  return index;
}

void put(ByteWriter& out, const Article& article) {
  out.fixed64(article.id.value);
  for (const std::string* text : {&article.uri, &article.title, &article.publisher}) out.text(*text);
  put(out, article.published);
  out.u8(static_cast<std::uint8_t>(article.published_from));
  out.text(article.language);
  out.text(article.text);
}

Article get_article(ByteReader& in) {
  Article article;
  article.id = {in.fixed64()};
  for (std::string* text : {&article.uri, &article.title, &article.publisher}) *text = in.text();
  article.published = get_optional_day(in);
  article.published_from = get_enum<PublishedFrom>(in, 5);
  article.language = in.text();
  article.text = in.text();
  return article;
}

void put(ByteWriter& out, const Actor& actor) {
  out.text(actor.name);
  out.u8(static_cast<std::uint8_t>(actor.type));
  out.varint(actor.aliases.size());
  for (const std::string& alias : actor.aliases) out.text(alias);
  out.varint(actor.mentions.size());
  for (const Mention& mention : actor.mentions) {
    put(out, mention.span);
    out.u8(static_cast<std::uint8_t>(mention.kind));
  }
}

Actor read_actor(ByteReader& in) {
  Actor actor;
  actor.name = in.text();
  actor.type = get_enum<EntityType>(in, kEntityTypes);
  actor.aliases.resize(in.count());
  for (std::string& alias : actor.aliases) alias = in.text();
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    const Span span = get_span(in);
    actor.mentions.push_back({span, get_enum<MentionKind>(in, 3)});
  }
  return actor;
}

void put(ByteWriter& out, const std::optional<When>& time) {
  out.u8(time ? 1 : 0);
  if (!time) return;
  out.text(time->value);
  out.text(time->mod);
  out.zigzag(time->begin.number);
  out.zigzag(time->end.number);
  out.u8(static_cast<std::uint8_t>(time->precision));
}

std::optional<When> get_time(ByteReader& in) {
  if (in.u8() == 0) return std::nullopt;
  When time;
  time.value = in.text();
  time.mod = in.text();
  time.begin = get_day(in);
  time.end = get_day(in);
  time.precision = get_enum<Precision>(in, 9);
  return time;
}

void put(ByteWriter& out, const Role& role) {
  out.text(role.name);
  const ActorIndex* actor = std::get_if<ActorIndex>(&role.value);
  out.u8(actor ? 0 : 1);
  if (actor) {
    out.varint(*actor);
  } else {
    out.text(std::get<std::string>(role.value));
  }
}

Role get_role(ByteReader& in, std::size_t actors) {
  Role role;
  role.name = in.text();
  if (in.u8() == 0) {
    role.value = get_actor(in, actors);
  } else {
    role.value = std::string(in.text());
  }
  return role;
}

void put(ByteWriter& out, const Statement& statement) {
  out.varint(statement.subject);
  out.varint(statement.object);
  out.text(statement.type);
  out.text(statement.predicate);
  put(out, statement.time);
  out.u8(static_cast<std::uint8_t>(statement.polarity));
  out.u8(static_cast<std::uint8_t>(statement.modality));
  out.varint(statement.attribution.size());
  for (const Attribution& attribution : statement.attribution) {
    out.varint(attribution.source);
    out.text(attribution.verb);
  }
  out.varint(statement.roles.size());
  for (const Role& role : statement.roles) put(out, role);
  out.fixed32(std::bit_cast<std::uint32_t>(statement.confidence));
  put(out, statement.evidence);
}

Statement get_statement(ByteReader& in, std::size_t actors) {
  Statement statement;
  statement.subject = get_actor(in, actors);
  statement.object = get_actor(in, actors);
  statement.type = in.text();
  statement.predicate = in.text();
  statement.time = get_time(in);
  statement.polarity = get_enum<Polarity>(in, 2);
  statement.modality = get_enum<Modality>(in, kModalities);
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    const ActorIndex source = get_actor(in, actors);
    statement.attribution.push_back({source, std::string(in.text())});
  }
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) statement.roles.push_back(get_role(in, actors));
  statement.confidence = std::bit_cast<float>(in.fixed32());
  statement.evidence = get_span(in);
  return statement;
}

void put(ByteWriter& out, const Quote& quote) {
  put(out, quote.span);
  out.u8(quote.source ? 1 : 0);
  if (quote.source) out.varint(*quote.source);
  out.text(quote.cue);
  put(out, quote.speaker);
}

Quote get_quote(ByteReader& in, std::size_t actors) {
  Quote quote;
  quote.span = get_span(in);
  if (in.u8() != 0) quote.source = get_actor(in, actors);
  quote.cue = in.text();
  quote.speaker = get_span(in);
  return quote;
}

}  // namespace

void encode_extraction(const Extraction& extraction, ByteWriter& out) {
  put(out, extraction.article);
  out.text(extraction.extractor);
  out.varint(extraction.actors.size());
  for (const Actor& actor : extraction.actors) put(out, actor);
  out.varint(extraction.statements.size());
  for (const Statement& statement : extraction.statements) put(out, statement);
  out.varint(extraction.quotes.size());
  for (const Quote& quote : extraction.quotes) put(out, quote);
}

std::string encode_extraction(const Extraction& extraction) {
  ByteWriter out;
  encode_extraction(extraction, out);
  return out.take();
}

Result<Extraction> decode_extraction(std::string_view bytes) {
  ByteReader in(bytes);
  Extraction extraction;
  extraction.article = get_article(in);
  extraction.extractor = in.text();
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) extraction.actors.push_back(read_actor(in));
  const std::size_t actors = extraction.actors.size();
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) extraction.statements.push_back(get_statement(in, actors));
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) extraction.quotes.push_back(get_quote(in, actors));
  if (!in.done()) return corrupt("the extraction of an article does not decode");
  return extraction;
}

namespace {

void skip_actor(ByteReader& in) {
  in.text();
  in.u8();
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) in.text();
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    get_span(in);
    in.u8();
  }
}

void skip_role(ByteReader& in) {
  in.text();
  if (in.u8() == 0)
    in.varint();
  else
    in.text();
}

// As get_statement(), without copies; `verbs` is filled with those of its attribution.
void get_telling(ByteReader& in, std::vector<std::string_view>& verbs, Telling& told) {
  in.varint();
  in.varint();
  in.text();
  told.predicate = in.text();
  told.timed = in.u8() != 0;
  told.time = told.timed ? in.text() : std::string_view();
  told.mod = told.timed ? in.text() : std::string_view();
  if (told.timed) {
    in.zigzag();
    in.zigzag();
    in.u8();
  }
  told.polarity = get_enum<Polarity>(in, 2);
  told.modality = get_enum<Modality>(in, kModalities);
  verbs.clear();
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    in.varint();
    verbs.push_back(in.text());
  }
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) skip_role(in);
  told.confidence = std::bit_cast<float>(in.fixed32());
  told.span = get_span(in);
}

}  // namespace

TellingReader::TellingReader(std::string_view bytes) : in_(bytes) {
  in_.fixed64();
  article_.uri = in_.text();
  article_.title = in_.text();
  article_.publisher = in_.text();
  article_.published = get_optional_day(in_);
  in_.u8();
  in_.text();
  text_ = in_.text();
  in_.text();
  for (std::size_t left = in_.count(); left > 0 && in_.ok(); --left) skip_actor(in_);
  statements_ = in_.count();
}

Result<Telling> TellingReader::tell(std::uint32_t ordinal) {
  Telling told = article_;
  for (; next_ <= ordinal && in_.ok(); ++next_) get_telling(in_, verbs_, told);
  if (!in_.ok() || next_ != ordinal + 1 || ordinal >= statements_) return corrupt("the extraction of an article does not decode");
  told.verbs = verbs_;
  told.sentence = part_at(text_, told.span);
  return told;
}

}  // namespace relata::storage
