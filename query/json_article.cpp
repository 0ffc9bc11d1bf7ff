// An article of the graph in the form of DESIGN 3.1.
#include "query/json_values.h"

namespace relata {
namespace {

void write_document(JsonOut& out, const Article& article, const std::string& extractor) {
  const auto object = out.object();
  out.field("id", article.id);
  out.field("uri", article.uri);
  out.field("title", article.title);
  out.field("publisher", article.publisher);
  out.field("published", article.published);
  out.field("published_from", to_string(article.published_from));
  out.field("language", article.language);
  out.field("extractor", extractor);
  out.field("text", article.text);
}

void write_words(JsonOut& out, const Article& article, Span span) {
  out.field("begin", span.begin);
  out.field("end", span.end);
  out.field("text", text_at(article.text, span));
}

void write_actor(JsonOut& out, const ArticleAnswer& answer, ActorIndex index) {
  const Article& article = answer.extraction.article;
  const Actor& actor = answer.extraction.actors[index];
  const auto object = out.object();
  out.field("id", actor_id(article.id, index));
  out.field("name", actor.name);
  out.field("type", to_string(actor.type));
  out.field("aliases", actor.aliases);
  out.key("mentions");
  {
    const auto mentions = out.array();
    for (const Mention& mention : actor.mentions) {
      const auto one = out.object();
      write_words(out, article, mention.span);
      out.field("kind", to_string(mention.kind));
    }
  }
  out.field("entity", answer.entities[index]);
}

void write_statement(JsonOut& out, const Article& article, const Statement& statement, std::uint32_t ordinal) {
  const auto object = out.object();
  out.field("id", StatementId{article.id, ordinal});
  out.field("subject", actor_id(article.id, statement.subject));
  out.field("object", actor_id(article.id, statement.object));
  out.field("type", statement.type);
  out.field("predicate", statement.predicate);
  out.field("time", statement.time);
  out.field("polarity", to_string(statement.polarity));
  out.field("modality", to_string(statement.modality));
  out.key("attribution");
  {
    const auto sources = out.array();
    for (const Attribution& one : statement.attribution) {
      const auto source = out.object();
      out.field("source", actor_id(article.id, one.source));
      out.field("verb", one.verb);
    }
  }
  out.key("roles");
  {
    const auto roles = out.object();
    for (const Role& role : statement.roles)
      out.field(role.name, std::holds_alternative<ActorIndex>(role.value) ? actor_id(article.id, std::get<ActorIndex>(role.value)) : std::get<std::string>(role.value));
  }
  out.field("confidence", rounded(statement.confidence));
  out.key("evidence");
  const auto evidence = out.object();
  write_words(out, article, statement.evidence);
}

}  // namespace

void write(JsonOut& out, const ArticleAnswer& answer) {
  const Extraction& extraction = answer.extraction;
  const auto object = out.object();
  out.key("document");
  write_document(out, extraction.article, extraction.extractor);
  out.key("entities");
  {
    const auto entities = out.array();
    for (ActorIndex actor = 0; actor < extraction.actors.size(); ++actor) write_actor(out, answer, actor);
  }
  out.key("statements");
  {
    const auto statements = out.array();
    for (std::uint32_t i = 0; i < extraction.statements.size(); ++i) write_statement(out, extraction.article, extraction.statements[i], i);
  }
  out.key("quotes");
  const auto quotes = out.array();
  for (const Quote& quote : extraction.quotes) {
    const auto one = out.object();
    write_words(out, extraction.article, quote.span);
    out.key("source");
    quote.source ? out.put(actor_id(extraction.article.id, *quote.source)) : out.put(nullptr);
    out.field("cue", quote.cue);
  }
}

}  // namespace relata
