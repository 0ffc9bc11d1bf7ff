#include "commands/patch.h"

#include <istream>
#include <nlohmann/json.hpp>
#include <ostream>

#include "extract/pipeline/line.h"

namespace relata {
namespace {

using json = nlohmann::ordered_json;
constexpr const char* kKind = "relata patch 1";

json decision_json(const Decision& decision) {
  json actors = json::array();
  for (const ActorRef& actor : decision.actors) actors.push_back({to_string(actor.article), actor.actor});
  return {{"kind", to_string(decision.kind)}, {"a", to_string(decision.a)}, {"b", to_string(decision.b)}, {"actors", std::move(actors)}, {"undone", decision.undone},
          {"author", decision.author},        {"note", decision.note},      {"time", decision.time}};
}

Error wrong(std::size_t line, const std::string& what) { return bad_input("patch, line " + std::to_string(line) + ": " + what); }

std::optional<Decision> decision_of(const json& from) {
  Decision decision;
  bool known = false;
  for (const auto kind : {DecisionKind::merge, DecisionKind::split, DecisionKind::never, DecisionKind::undo})
    if (from.value("kind", "") == to_string(kind)) {
      decision.kind = kind;
      known = true;
    }
  const auto a = parse_entity_id(from.value("a", "")), b = parse_entity_id(from.value("b", ""));
  if (!known || !a || !b) return std::nullopt;
  decision.a = *a;
  decision.b = *b;
  for (const json& actor : from.value("actors", json::array())) {
    const auto article = parse_article_id(actor.at(0).get<std::string>());
    if (!article) return std::nullopt;
    decision.actors.push_back({*article, actor.at(1).get<ActorIndex>()});
  }
  decision.undone = from.value("undone", DecisionId{0});
  decision.author = from.value("author", "");
  decision.note = from.value("note", "");
  decision.time = from.value("time", "");
  return decision;
}

struct BatchHead {
  Batch batch;
  std::size_t add = 0;
  ContentHash hash;  // after it
};

std::optional<BatchHead> head_of(const json& from) {
  BatchHead head;
  head.batch.correction = Correction::none;
  head.add = from.at("add").get<std::size_t>();
  const auto hash = parse_content_hash(from.at("hash").get<std::string>());
  if (!hash) return std::nullopt;
  head.hash = *hash;
  for (const json& id : from.at("retract")) {
    const auto article = parse_article_id(id.get<std::string>());
    if (!article) return std::nullopt;
    head.batch.retract.push_back(*article);
  }
  for (const json& one : from.at("decide")) {
    auto decision = decision_of(one);
    if (!decision) return std::nullopt;
    head.batch.decide.push_back(*std::move(decision));
  }
  return head;
}

// Lines of a patch, numbered, as JSON objects; exceptions of the library end here.
class Lines {
 public:
  explicit Lines(std::istream& in) : in_(in) {}
  bool next() {
    ++number_;
    return static_cast<bool>(std::getline(in_, text_));
  }
  const std::string& text() const { return text_; }
  std::size_t number() const { return number_; }
  template <typename Reader>
  auto read(const Reader& reader) const -> decltype(reader(json())) {
    try {
      return reader(json::parse(text_));
    } catch (const json::exception&) {
      return std::nullopt;
    }
  }

 private:
  std::istream& in_;
  std::string text_;
  std::size_t number_ = 0;
};

}  // namespace

Result<void> write_patch(const Store& store, Version before, Version after, std::ostream& out) {
  const auto newest = store.view();
  if (before > after) return bad_input("a patch goes forward: before (version " + std::to_string(before) + ") must not be newer than after (version " + std::to_string(after) + ")");
  const auto from = newest->at(before), to = newest->at(after);
  if (!from) return from.error();
  if (!to) return to.error();
  const auto changes = store.changes(before, after, after - before);
  if (!changes) return changes.error();
  const auto moment = [](const GraphView& view) { return json{{"version", view.version()}, {"hash", to_string(view.content_hash())}}; };
  out << json{{"patch", kKind}, {"before", moment(**from)}, {"after", moment(**to)}, {"batches", changes->size()}}.dump() << "\n";
  for (const VersionChanges& one : *changes) {
    const auto then = newest->at(one.version);
    if (!then) return then.error();
    json retract = json::array(), decide = json::array();
    for (const ArticleId id : one.retracted) retract.push_back(to_string(id));
    for (const Decision& decision : one.decided) decide.push_back(decision_json(decision));
    out << json{{"version", one.version}, {"retract", std::move(retract)}, {"decide", std::move(decide)}, {"add", one.added.size()}, {"hash", to_string((*then)->content_hash())}}.dump() << "\n";
    for (const ArticleId id : one.added) {
      const auto extraction = (*then)->extraction(id);
      if (!extraction) return extraction.error();
      out << to_line(*extraction) << "\n";
    }
  }
  return out.flush() ? Result<void>() : Result<void>(io_error("the patch cannot be written"));
}

Result<Version> apply_patch(Store& store, std::istream& in) {
  Lines lines(in);
  if (!lines.next()) return wrong(1, "is missing: a patch begins with what it changes");
  const auto hash_in = [](const char* moment) {
    return [moment](const json& head) -> std::optional<ContentHash> {
      return head.at("patch") == kKind ? parse_content_hash(head.at(moment).at("hash").get<std::string>()) : std::nullopt;
    };
  };
  const auto before = lines.read(hash_in("before")), after = lines.read(hash_in("after"));
  if (!before || !after) return wrong(1, "is not the head of a patch of this program (" + std::string(kKind) + ")");
  const ContentHash found = store.view()->content_hash();
  bool reached = found == *before;
  while (found != *after && lines.next()) {
    auto head = lines.read(head_of);
    if (!head) return wrong(lines.number(), "is not the head of a batch");
    for (std::size_t left = head->add; left > 0; --left) {
      if (!lines.next()) return wrong(lines.number(), "is missing: " + std::to_string(left) + " articles of the batch follow");
      auto extraction = from_line(lines.text());
      if (!extraction) return wrong(lines.number(), extraction.error().message);
      head->batch.add.push_back(*std::move(extraction));
    }
    if (!reached) {
      reached = found == head->hash;  // an earlier run came as far as this
      continue;
    }
    const auto receipt = store.apply(head->batch);
    if (!receipt) return receipt.error();
    if (const ContentHash is = store.view()->content_hash(); is != head->hash)
      return conflict("version " + std::to_string(receipt->version) + ": has content " + to_string(is) + " where the patch says " + to_string(head->hash) + ": the graphs were made with other names or decisions");
  }
  if (const ContentHash is = store.view()->content_hash(); is != *after) {
    if (!reached) return conflict("the graph has content " + to_string(found) + " but the patch changes " + to_string(*before) + ": nothing was done; apply it to a copy of that version");
    return conflict("the patch ends early: content is " + to_string(is) + ", not " + to_string(*after));
  }
  return store.view()->version();
}

}  // namespace relata
