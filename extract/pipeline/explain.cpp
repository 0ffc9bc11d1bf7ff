#include "extract/pipeline/explain.h"

#include <algorithm>
#include <cstdio>

#include "extract/names/names.h"
#include "extract/reference/reference.h"
#include "extract/statements/explain.h"
#include "extract/times/times.h"

namespace relata {
namespace {

// Tokens of a sentence whose tree is printed; hostile ones have a million.
constexpr std::size_t kMaxTokens = 400;

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
    if (!blank)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

std::string padded(std::string text, std::size_t width) {
  std::size_t shown = 0;
  for (const char c : text) shown += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  if (shown < width) text.append(width - shown, ' ');
  return text;
}

class Explainer {
 public:
  explicit Explainer(Document document)
      : document_(std::move(document)),
        actors_(resolve_references(document_, find_names(document_))),
        times_(find_times(document_)),
        statements_(explain_statements(document_, actors_, times_, Speech::find(document_, actors_))) {}

  std::string text() {
    const Article& article = document_.article();
    out_ = "== " + one_line(article.uri) + (article.published ? ", published " + to_string(*article.published) : ", no publication date") + "\n";
    std::size_t next = 0;
    for (std::size_t s = 0; s < document_.sentences.size(); ++s) {
      add_sentence(s);
      const std::uint32_t end = document_.span_of(document_.sentences[s]).end;
      for (; next < statements_.size() && statements_[next].explanation.word.begin < end; ++next) add_statement(statements_[next]);
    }
    return std::move(out_);
  }

 private:
  void add_sentence(std::size_t number) {
    const TokenRange sentence = document_.sentences[number];
    out_ += "\n[" + std::to_string(number + 1) + "] " + one_line(document_.text_of(sentence)) + "\n";
    if (document_.noise[number]) out_ += "    noise: not the article's own words, makes no statement\n";
    const TokenIndex last = std::min(sentence.last, sentence.first + static_cast<TokenIndex>(kMaxTokens));
    for (TokenIndex i = sentence.first; i < last; ++i)
      if (!document_.tokens[i].is_space) add_token(i, sentence);
    if (last < sentence.last) out_ += "    ... " + std::to_string(sentence.last - last) + " more tokens\n";
  }

  void add_token(TokenIndex i, TokenRange sentence) {
    const Token& token = document_.tokens[i];
    std::string line = "    " + padded(std::to_string(i - sentence.first), 3) + ' ' + padded(std::string(token.text), 16) + ' ' +
                       padded(std::string(to_string(token.tag)), 5) + ' ' + padded(std::string(to_string(token.dep)), 9);
    if (token.head != i && sentence.contains(token.head))
      line += " < " + std::to_string(token.head - sentence.first) + ' ' + std::string(document_.tokens[token.head].text);
    if (const ActorIndex actor = actors_.of_token[i]; actor != kNoActor)
      line = padded(std::move(line), 60) + " = " + actors_.actors[actor].name + ' ' + std::string(to_string(actors_.actors[actor].type));
    line.erase(line.find_last_not_of(' ') + 1);
    out_ += line + '\n';
  }

  void add_statement(const ExplainedStatement& found) {
    const Statement& statement = found.statement;
    const Explanation& why = found.explanation;
    char confidence[16];
    std::snprintf(confidence, sizeof confidence, "%.2f", static_cast<double>(statement.confidence));
    out_ += "  * " + name(statement.subject) + "  " + statement.type + "  " + name(statement.object) + "   " +
            std::string(to_string(statement.polarity)) + ", " + std::string(to_string(statement.modality)) + ", " + confidence + "\n";
    out_ += "      rule     " + why.rule + ", at \"" + one_line(text_at(document_.article().text, why.word)) + "\" (" + statement.predicate + ")\n";
    out_ += "      type     " + (why.entry.empty() ? "no row: " + statement.type + " by the rule" : why.entry) + "\n";
    out_ += "      says     " + chain(statement.attribution) + "\n";
    out_ += "      date     " + date(found) + "\n";
    for (const Role& role : statement.roles) {
      const auto* actor = std::get_if<ActorIndex>(&role.value);
      out_ += "      " + padded(role.name, 8) + ' ' + (actor != nullptr ? name(*actor) : std::get<std::string>(role.value)) + "\n";
    }
    if (!actors_.actors[statement.subject].named || !actors_.actors[statement.object].named)
      out_ += "      left out: an actor without a name\n";
  }

  std::string name(ActorIndex actor) const {
    const ActorTokens& found = actors_.actors[actor];
    return found.named ? found.name : "(" + found.name + ")";
  }

  std::string chain(const std::vector<Attribution>& attribution) const {
    if (attribution.empty()) return "the article";
    std::string text;
    for (const Attribution& by : attribution) text += (text.empty() ? "" : ", as told by ") + name(by.source) + " (" + by.verb + ")";
    return text;
  }

  static std::string value(const When& when) { return when.value + (when.mod.empty() ? "" : " " + when.mod); }

  std::string date(const ExplainedStatement& found) const {
    const std::optional<Span>& words = found.explanation.date;
    const std::optional<When>& when = found.statement.time;
    if (!words) return when ? value(*when) + ", told by the head of the article" : "none";
    const std::string quoted = "\"" + one_line(text_at(document_.article().text, *words)) + "\" -> ";
    if (when) return quoted + value(*when);
    for (const TimeExpression& time : times_)
      if (time.span == *words) return quoted + time.value + ", no days of the calendar";
    return quoted + "no days of the calendar";
  }

  Document document_;
  Actors actors_;
  std::vector<TimeExpression> times_;
  std::vector<ExplainedStatement> statements_;  // in text order
  std::string out_;
};

}  // namespace

std::string explain(Document document) { return Explainer(std::move(document)).text() + "\n"; }

}  // namespace relata
