#include "query/text.h"

#include <algorithm>
#include <cstdio>
#include <map>

namespace relata {

std::string plain_line(std::string_view text) {
  std::string line;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto second = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0u;
    const auto third = i + 2 < text.size() ? static_cast<unsigned char>(text[i + 2]) : 0u;
    if (byte < 0x20 || byte == 0x7F) {
      line += ' ';
    } else if (byte == 0xC2 && second >= 0x80 && second < 0xA0) {
      line += ' ';
      ++i;
    } else if (byte == 0xE2 && ((second == 0x80 && third >= 0xA8 && third <= 0xAE) || (second == 0x81 && third >= 0xA6 && third <= 0xA9))) {
      line += ' ';
      i += 2;
    } else {
      line += text[i];
    }
  }
  return line;
}

namespace {

constexpr std::size_t kLongest = 400;  // bytes of a quoted sentence

std::string shortened(std::string_view text) {
  std::string line = plain_line(text);
  if (line.size() <= kLongest) return line;
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
  return line.substr(0, end) + " …";
}

std::string date(const std::optional<Day>& day) { return day ? to_string(*day) : "undated"; }
std::string percent(float confidence) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", static_cast<double>(confidence));
  return text;
}
std::string counted(std::uint64_t n, const std::string& one, const std::string& many) { return std::to_string(n) + " " + (n == 1 ? one : many); }

class Writer {
 public:
  std::string text() && { return std::move(out_); }

  void operator()(const FindAnswer& a) {
    for (const Entity& entity : a.entities) line(entity);
    if (a.entities.empty()) out_ += "nothing found\n";
    more(a.next, 0);
  }
  void operator()(const ShowAnswer& a) { card(a.entity); }
  void operator()(const RelationsAnswer& a) {
    name(a.entities);
    for (const Relation& relation : a.relations) fact(relation, false);
    if (a.relations.empty()) out_ += "nothing found\n";
    more(a.next, a.left_out);
    cut(a.cut);
  }
  void operator()(const TimelineAnswer& a) {
    name(a.entities);
    names_[a.entity.id] = a.entity.name;
    out_ += plain_line(a.entity.name) + "\n";
    for (const Relation& relation : a.events) {
      out_ += (relation.time ? relation.time->value : "undated") + "  ";
      fact(relation, false);
    }
    if (a.events.empty()) out_ += "nothing found\n";
    more(a.next, a.left_out);
    cut(a.cut);
  }
  void operator()(const QuotesAnswer& a) {
    for (const QuotedWords& words : a.quotes) {
      out_ += "“" + shortened(words.text) + "”\n    " + plain_line(a.entity.name) + (words.quote.cue.empty() ? "" : " (" + plain_line(words.quote.cue) + ")") + " — " +
              plain_line(words.publisher) + ", " + date(words.published) + " (" + to_string(words.article) + ")\n";
    }
    if (a.quotes.empty()) out_ += "nothing found\n";
    more(a.next, 0);
    cut(a.cut);
  }
  void operator()(const RelationAnswer& a) {
    name(a.entities);
    fact(a.relation, false);
    for (const Polarity side : {Polarity::positive, Polarity::negative}) {
      const bool any = std::any_of(a.relation.evidence.begin(), a.relation.evidence.end(), [&](const Evidence& e) { return e.polarity == side; });
      if (any) out_ += side == Polarity::positive ? "asserted by\n" : "denied by\n";
      for (const Evidence& proof : a.relation.evidence)
        if (proof.polarity == side) quote(proof);
    }
  }
  void operator()(const StatementsAnswer& a) {
    for (const StatementRow& row : a.statements) {
      out_ += plain_line(row.subject.name) + " —" + row.statement.type + " (" + plain_line(row.statement.predicate) + ")" + meant(row.statement.polarity, row.statement.modality) + ", " +
              (row.statement.time ? row.statement.time->value : "undated") + "→ " + plain_line(row.object.name) + "\n";
      quote(row.evidence);
    }
    if (a.statements.empty()) out_ += "nothing found\n";
    more(a.next, a.left_out);
    cut(a.cut);
  }
  void operator()(const ArticleAnswer& a) {
    const Article& article = a.extraction.article;
    out_ += plain_line(article.title.empty() ? article.uri : article.title) + "\n" + plain_line(article.publisher) + ", " + date(article.published) + ", " + plain_line(article.uri) + "\n";
    out_ += counted(a.extraction.actors.size(), "actor", "actors") + ", " + counted(a.extraction.statements.size(), "statement", "statements") + ", " +
            counted(a.extraction.quotes.size(), "quote", "quotes") + "\n";
  }
  void operator()(const StatsAnswer& a) {
    out_ += "version " + std::to_string(a.version) + "\n" + counted(a.counts.articles, "article", "articles") + "\n" + counted(a.counts.entities, "entity", "entities") + "\n" +
            counted(a.counts.relations, "relation", "relations") + "\n" + counted(a.counts.statements, "statement", "statements") + "\n";
  }
  void operator()(const ConnectionsAnswer& a) {
    name(a.entities);
    for (const Relation& relation : a.relations) fact(relation, false);
    if (a.parts.size() > 1) out_ += "not all are connected:\n";
    for (const auto& part : a.parts) {
      std::string names;
      for (const EntityId id : part) names += (names.empty() ? "" : ", ") + called(id);
      if (a.parts.size() > 1) out_ += "  " + names + "\n";
    }
    cut(a.cut);
  }
  void operator()(const SidesAnswer& a) {
    name(a.entities);
    for (const ContestedRelation& one : a.relations) {
      fact(one.relation, false);
      side("asserted by", one.asserted_by);
      side("denied by", one.denied_by);
    }
    if (a.relations.empty()) out_ += "nothing found\n";
    more(a.next, a.left_out);
    cut(a.cut);
  }
  void operator()(const PathAnswer& a) {
    name(a.entities);
    for (const Path& path : a.paths) {
      if (&path != &a.paths.front()) out_ += "\n";
      out_ += counted(path.hops.size(), "hop", "hops") + (path.departure ? ", from " + to_string(*path.departure) : "") + (path.arrival ? ", there on " + to_string(*path.arrival) : "") + "\n";
      for (const Hop& hop : path.hops) fact(hop.relation, hop.reversed);
    }
    if (a.paths.empty()) out_ += "no path\n";
    cut(a.cut);
  }

 private:
  void name(const std::vector<Entity>& entities) {
    for (const Entity& entity : entities) names_[entity.id] = entity.name;
  }
  std::string called(EntityId id) const {
    const auto found = names_.find(id);
    return found == names_.end() ? to_string(id) : plain_line(found->second);
  }
  static std::string meant(Polarity polarity, Modality modality) {
    std::string text;
    if (polarity == Polarity::negative) text += ", denied";
    if (modality != Modality::actual) (text += ", ") += to_string(modality);
    return text;
  }

  void line(const Entity& entity) {
    out_ += to_string(entity.id) + "  " + plain_line(entity.name) + "  " + std::string(to_string(entity.type)) + "  " + counted(entity.articles, "article", "articles") + ", " +
            counted(entity.statements, "statement", "statements") + "\n";
  }
  void card(const Entity& entity) {
    line(entity);
    std::string aliases;
    for (const std::string& alias : entity.aliases)
      if (alias != entity.name) (aliases += aliases.empty() ? "" : ", ") += plain_line(alias);
    if (!aliases.empty()) out_ += "also called: " + aliases + "\n";
    for (const auto& [source, id] : entity.external) out_ += plain_line(source) + ": " + plain_line(id) + "\n";
    if (entity.first) out_ += "in the news: " + date(entity.first) + " to " + date(entity.last) + "\n";
  }

  // A —TYPE (predicate), date→ B: “sentence” — publisher, date (article)
  void fact(const Relation& relation, bool reversed) {
    const std::string predicate = relation.predicates.empty() ? "" : " (" + plain_line(relation.predicates.front()) + ")";
    std::string doubt;
    if (relation.contested)
      doubt = ", contested";
    else if (relation.asserted == 0)
      doubt = ", denied";
    else if (relation.modalities[0] == 0 && !relation.evidence.empty())
      doubt = ", " + std::string(to_string(relation.evidence.front().modality));
    const std::string label = relation.type + predicate + doubt + ", " + (relation.time ? relation.time->value : "undated");
    out_ += reversed ? called(relation.target) + " ←" + label + "— " + called(relation.source) : called(relation.source) + " —" + label + "→ " + called(relation.target);
    out_ += "  [" + counted(relation.publishers, "publisher", "publishers") + ", " + percent(relation.confidence) + "]\n";
    if (!relation.evidence.empty()) quote(relation.evidence.front());
  }
  void side(const char* what, const std::vector<Voice>& voices) {
    if (!voices.empty()) out_ += std::string("  ") + what + "\n";
    for (const Voice& voice : voices) quote(voice.evidence);
  }
  void quote(const Evidence& proof) {
    out_ += "    “" + shortened(proof.text) + "” — " + (proof.publisher.empty() ? "unknown publisher" : plain_line(proof.publisher)) + ", " + date(proof.published) + " (" +
            plain_line(proof.uri.empty() ? to_string(proof.statement.article) : proof.uri) + ")\n";
    std::string sources;
    for (const Evidence::Source& source : proof.attribution) sources += (sources.empty() ? "" : ", ") + plain_line(source.name) + " (" + plain_line(source.verb) + ")";
    if (!sources.empty()) out_ += "    according to " + sources + "\n";
  }
  void more(const Next& next, std::size_t left_out) {
    if (next) out_ += "… " + (left_out > 0 ? std::to_string(left_out) + " more" : std::string("more")) + ": --cursor " + *next + "\n";
  }
  void cut(bool was) {
    if (was) out_ += "(a part: looking at everything would take too long; narrow the question)\n";
  }

  std::string out_;
  std::map<EntityId, std::string> names_;
};

}  // namespace

std::string to_text(const Answer& answer) {
  Writer writer;
  std::visit(writer, answer);
  return std::move(writer).text();
}

}  // namespace relata
