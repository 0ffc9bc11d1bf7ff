#include "graph/extraction.h"

#include <algorithm>

#include "graph/ids.h"

namespace relata {
namespace {

std::uint32_t code_points(std::string_view utf8) {
  return static_cast<std::uint32_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// What a statement points at, checked part by part.
class Check {
 public:
  explicit Check(const Extraction& extraction) : extraction_(extraction), length_(code_points(extraction.article.text)) {}

  Result<void> actors() const {
    for (std::size_t i = 0; i < extraction_.actors.size(); ++i) {
      const std::string where = "actor " + std::to_string(i);
      if (extraction_.actors[i].name.empty()) return fault(where, "has no name");
      for (const Mention& mention : extraction_.actors[i].mentions)
        if (!inside(mention.span)) return fault(where, "has a mention outside the text");
    }
    return {};
  }

  Result<void> statements() const {
    for (std::size_t i = 0; i < extraction_.statements.size(); ++i) {
      const Statement& statement = extraction_.statements[i];
      const std::string where = "statement " + std::to_string(i);
      if (!known(statement.subject) || !known(statement.object)) return fault(where, "joins an actor that the article does not have");
      if (!inside(statement.evidence)) return fault(where, "has evidence outside the text");
      if (statement.type.empty()) return fault(where, "has no type");
      if (!(statement.confidence >= 0 && statement.confidence <= 1)) return fault(where, "has a confidence outside 0..1");
      for (const Attribution& attribution : statement.attribution)
        if (!known(attribution.source)) return fault(where, "is attributed to an actor that the article does not have");
      for (const Role& role : statement.roles)
        if (const auto* actor = std::get_if<ActorIndex>(&role.value); actor && !known(*actor))
          return fault(where, "has a role for an actor that the article does not have");
    }
    return {};
  }

  Result<void> quotes() const {
    for (std::size_t i = 0; i < extraction_.quotes.size(); ++i) {
      const Quote& quote = extraction_.quotes[i];
      if (!inside(quote.span) || !inside(quote.speaker)) return fault("quote " + std::to_string(i), "lies outside the text");
      if (quote.source && !known(*quote.source)) return fault("quote " + std::to_string(i), "has a source that the article does not have");
    }
    return {};
  }

 private:
  bool known(ActorIndex actor) const { return actor < extraction_.actors.size(); }
  bool inside(Span span) const { return span.begin <= span.end && span.end <= length_; }
  Error fault(const std::string& where, const std::string& what) const {
    return bad_input("article " + to_string(extraction_.article.id) + ", " + where + ": " + what);
  }

  const Extraction& extraction_;
  std::uint32_t length_;
};

}  // namespace

Result<void> validate(const Extraction& extraction) {
  if (extraction.article.id != article_id(extraction.article))
    return bad_input("article " + to_string(extraction.article.id) + ": the id is not its content's, which is " +
                     to_string(article_id(extraction.article)));
  const Check check(extraction);
  if (auto checked = check.actors(); !checked) return checked;
  if (auto checked = check.statements(); !checked) return checked;
  return check.quotes();
}

}  // namespace relata
