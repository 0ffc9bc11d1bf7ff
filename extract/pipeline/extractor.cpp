#include "extract/pipeline/extractor.h"

#include <algorithm>
#include <cmath>

#include "extract/data.h"
#include "extract/names/lexicon.h"
#include "extract/names/names.h"
#include "extract/pipeline/appositions.h"
#include "extract/pipeline/credits.h"
#include "extract/pipeline/paragraphs.h"
#include "extract/pipeline/prefixed_verbs.h"
#include "extract/pipeline/version.h"
#include "extract/reading/noise.h"
#include "extract/reference/office.h"
#include "extract/reference/person_weights.h"
#include "extract/reference/reference.h"
#include "extract/stance/lexicon.h"
#include "extract/statements/ontology.h"
#include "extract/statements/statements.h"
#include "extract/times/times.h"

namespace relata {
namespace {

Actor actor_of(const Document& document, const ActorTokens& tokens) {
  Actor actor{tokens.name, tokens.type, tokens.aliases, {}};
  for (const MentionTokens& mention : tokens.mentions) actor.mentions.push_back({document.span_of(mention.tokens), mention.kind});
  return actor;
}

// Thousandths, so that a confidence is the same number before and after it was printed.
float rounded(float confidence) { return std::round(std::clamp(confidence, 0.0f, 1.0f) * 1000) / 1000; }

}  // namespace

Result<Extractor> Extractor::load(const Language::Options& options) {
  auto home = home_folder();
  if (!home) return home.error();
  auto language = Language::load(*home + "/models", options);
  if (!language) return language.error();
  Document empty;
  empty.source = std::make_unique<const Article>();
  for (const Result<void>& data : {mark_noise(empty), names::check_lexicon(), reference::check_person_weights(), reference::check_offices(), check_times_data(), stance::check_stance_data()})
    if (!data) return data.error();
  if (const auto ontology = statements::Ontology::load(); !ontology) return ontology.error();
  auto version = extractor_version(*home);
  if (!version) return version.error();
  return Extractor(std::move(*language), std::move(*version));
}

std::vector<Document> Extractor::parse(std::vector<Article> articles) const {
  std::vector<Document> documents = parse_paragraphs(language_, std::move(articles));
  for (Document& document : documents) {
    if (part_credits(document)) index_tree(document);
    if (mend_appositions(document)) index_tree(document);
    if (mend_prefixed_verbs(document)) index_tree(document);
    if (const auto marked = mark_noise(document); !marked) continue;  // load() has seen that it can
  }
  return documents;
}

Reading Extractor::read(Document document) const {
  Reading reading{std::move(document), {}, {}, {}, {}, {}};
  const Document& text = reading.document;
  reading.names = find_names(text);
  reading.actors = resolve_references(text, reading.names);
  reading.times = find_times(text);
  reading.speech = Speech::find(text, reading.actors);
  reading.statements = find_statements(text, reading.actors, reading.times, reading.speech);
  return reading;
}

Extraction Extractor::settle(const Reading& reading) const {
  Extraction made{reading.document.article(), version_, {}, {}, {}};
  std::vector<ActorIndex> entity(reading.actors.actors.size(), kNoActor);  // only named actors become entities
  for (std::size_t i = 0; i < entity.size(); ++i) {
    const ActorTokens& actor = reading.actors.actors[i];
    if (!actor.named) continue;
    entity[i] = static_cast<ActorIndex>(made.actors.size());
    made.actors.push_back(actor_of(reading.document, actor));
  }
  for (Statement statement : reading.statements) {
    statement.subject = entity[statement.subject];
    statement.object = entity[statement.object];
    if (statement.subject == kNoActor || statement.object == kNoActor) continue;
    for (Attribution& by : statement.attribution) by.source = entity[by.source];
    std::erase_if(statement.attribution, [](const Attribution& by) { return by.source == kNoActor; });
    for (Role& role : statement.roles)
      if (auto* actor = std::get_if<ActorIndex>(&role.value)) *actor = entity[*actor];
    std::erase_if(statement.roles, [](const Role& role) {
      const auto* actor = std::get_if<ActorIndex>(&role.value);
      return actor && *actor == kNoActor;
    });
    statement.confidence = rounded(statement.confidence);
    made.statements.push_back(std::move(statement));
  }
  for (Quote quote : reading.speech.quotes()) {
    if (quote.source && entity[*quote.source] != kNoActor) {
      quote.source = entity[*quote.source];
      quote.speaker = {};  // the words stand for speakers who are no entity
    } else {
      quote.source.reset();
    }
    made.quotes.push_back(std::move(quote));
  }
  return made;
}

std::vector<Extraction> Extractor::extract(std::vector<Article> articles) const {
  std::vector<Extraction> made;
  made.reserve(articles.size());
  for (Document& document : parse(std::move(articles))) made.push_back(settle(read(std::move(document))));
  return made;
}

}  // namespace relata
