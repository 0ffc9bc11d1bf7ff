#include "query/history_routes.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ostream>
#include <sstream>
#include <thread>

#include "query/history.h"
#include "query/problem.h"

namespace relata {
namespace {

constexpr std::size_t kFeedPage = 100;
constexpr int kMostFollowers = 64;
constexpr std::chrono::milliseconds kLook{200};
constexpr int kLooksPerBeat = 50;  // a heartbeat every ten seconds

Response json_text(const Json& json, int status = 200) {
  Response response;
  response.status = status;
  response.body = dump(json);
  return response;
}

Response absent(const Call& call) { return problem(404, "this service tells no history", call.request); }
Response read_only(const Call& call) { return problem(403, "this service only reads; start it with writing allowed", call.request); }

std::string value_of(const Call& call, std::string_view name) {
  const auto found = call.given.find(name);
  return found == call.given.end() || found->second.empty() ? "" : found->second.front();
}

Response snapshots(const Call& call) {
  if (!call.backend.history.snapshots) return absent(call);
  const auto all = call.backend.history.snapshots();
  if (!all) return problem(all.error(), call.request);
  Json list = Json::array();
  for (const Snapshot& snapshot : *all) list.push_back(to_json(snapshot));
  return json_text({{"snapshots", std::move(list)}});
}

// Members of a posted JSON object; nothing when it is none.
std::optional<Json> posted(const Call& call) {
  Json body = call.request.body.empty() ? Json::object() : Json::parse(call.request.body, nullptr, false);
  return body.is_object() ? std::optional(std::move(body)) : std::nullopt;
}

std::string member(const Json& body, const char* name) {
  const auto found = body.find(name);
  return found != body.end() && found->is_string() ? found->get<std::string>() : "";
}

Response take(const Call& call) {
  if (!call.backend.take_snapshot) return read_only(call);
  const auto body = posted(call);
  if (!body) return problem(400, "body: a JSON object with name, and note and version if wanted", call.request);
  std::optional<Version> version;
  if (const auto given = body->find("version"); given != body->end()) {
    if (!given->is_number_unsigned()) return problem(400, "version: a whole number", call.request, {{"parameter", "version"}});
    version = given->get<Version>();
  }
  const auto taken = call.backend.take_snapshot(member(*body, "name"), member(*body, "note"), version);
  return taken ? json_text(to_json(*taken), 201) : problem(taken.error(), call.request);
}

Response remove(const Call& call) {
  if (!call.backend.remove_snapshot) return read_only(call);
  const auto removed = call.backend.remove_snapshot(value_of(call, "name"));
  return removed ? json_text({{"removed", value_of(call, "name")}}) : problem(removed.error(), call.request);
}

Response show(const Call& call) {
  if (!call.backend.history.snapshots) return absent(call);
  const auto all = call.backend.history.snapshots();
  if (!all) return problem(all.error(), call.request);
  for (const Snapshot& snapshot : *all)
    if (snapshot.name == value_of(call, "name")) return json_text(to_json(snapshot));
  return problem(404, "snapshot '" + value_of(call, "name").substr(0, 100) + "': there is none of this name", call.request);
}

// Whole: a picture may be too much, which must be known before the answer begins, and the others hold every entity anyway.
Response difference_as(ExportFormat format, const DiffQuestion& question, const Call& call) {
  const auto found = find_diff(question, call.backend.history);
  if (!found) return problem(found.error(), call.request);
  std::ostringstream text;
  if (const auto done = export_diff(*found, format, call.backend.vocabulary, text); !done) return problem(done.error(), call.request);
  Response response;
  response.type = media_type(format);
  response.body = std::move(text).str();
  return response;
}

Response difference(const Call& call) {
  const History& history = call.backend.history;
  if (!history.changes) return absent(call);
  const auto question = diff_question(call.given, *history.view());
  if (!question) return problem(question.error(), call.request);
  const std::string format = value_of(call, "format");
  if (format == "jsonl" || format == "csv") {
    const auto found = find_diff(*question, history);
    if (!found) return problem(found.error(), call.request);
    Response response;
    response.type = format == "csv" ? "text/csv" : "application/x-ndjson";
    response.stream = [found = *found, csv = format == "csv"](std::ostream& out) {
      if (csv) out << diff_csv_header();
      return for_each_row(found, [&](const DiffRow& row) { return static_cast<bool>(out << (csv ? to_csv(row) : dump(to_json(row)) + "\n")); }).ok();
    };
    return response;
  }
  if (const auto graph = graph_format(format)) return difference_as(*graph, *question, call);
  const auto answer = diff(*question, history);
  if (!answer) return problem(answer.error(), call.request);
  if (format != "text") return json_text(to_json(*answer));
  Response response;
  response.type = "text/plain; charset=utf-8";
  response.body = to_text(*answer);
  return response;
}

// The number a feed goes on from; a follower that lost its connection says in Last-Event-ID what it saw last.
Version since(const Call& call) {
  std::string text = value_of(call, "since");
  if (const auto seen = call.request.headers.find("last-event-id"); seen != call.request.headers.end()) text = seen->second;
  const bool number = !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos;
  return number ? static_cast<Version>(std::stoul(text)) : 0;
}

// Ends when the reader goes away or the service stops.
bool follow(const History& history, const std::function<bool()>& stopping, Version seen, std::ostream& out) {
  out << ": changes after version " << seen << "\n\n" << std::flush;
  for (int looks = 0; out && !(stopping && stopping()); ++looks) {
    const auto view = history.view();
    if (view->version() > seen) {
      const auto changes = history.changes(seen, view->version(), kFeedPage);
      if (!changes) return false;
      for (const VersionChanges& one : *changes) out << "id: " << one.version << "\nevent: version\ndata: " << dump(to_json(one, *view)) << "\n\n";
      seen = changes->empty() ? view->version() : changes->back().version;
      out << std::flush;
      continue;
    }
    if (looks % kLooksPerBeat == kLooksPerBeat - 1) out << ": still here\n\n" << std::flush;
    std::this_thread::sleep_for(kLook);
  }
  return true;
}

// One of the few who may follow at once; frees its place when the stream is done with.
class Follower {
 public:
  static std::shared_ptr<Follower> admit(int most) {
    if (count_.fetch_add(1) < most) return std::make_shared<Follower>();
    --count_;
    return nullptr;
  }
  ~Follower() { --count_; }

 private:
  static std::atomic<int> count_;
};
std::atomic<int> Follower::count_{0};

Response changes(const Call& call) {
  const History& history = call.backend.history;
  if (!history.changes) return absent(call);
  const auto view = history.view();
  const Version after = since(call);
  if (after < view->oldest()) return problem(400, "since=" + std::to_string(after) + ": the oldest version that is kept is " + std::to_string(view->oldest()), call.request, {{"parameter", "since"}});
  const auto accept = call.request.headers.find("accept");
  if (accept != call.request.headers.end() && accept->second.find("text/event-stream") != std::string::npos) {
    const int most = std::max(1, std::min(kMostFollowers, call.backend.most_followers));
    const auto place = Follower::admit(most);
    if (!place) return problem(503, "so many follow already as may: " + std::to_string(most), call.request);
    Response response;
    response.type = "text/event-stream";
    response.headers = {{"Cache-Control", "no-store"}};
    response.stream = [history, stopping = call.backend.stopping, after, place](std::ostream& out) { return follow(history, stopping, after, out); };
    return response;
  }
  const std::string limit = value_of(call, "limit");
  const std::size_t most = limit.empty() ? 50 : std::stoul(limit);
  const auto found = history.changes(after, view->version(), most);
  if (!found) return problem(found.error(), call.request);
  Json list = Json::array();
  for (const VersionChanges& one : *found) list.push_back(to_json(one, *view));
  const Version last = found->size() < most || found->empty() ? view->version() : found->back().version;
  return json_text({{"changes", std::move(list)}, {"version", view->version()}, {"next", last < view->version() ? Json(last) : Json(nullptr)}, {"last", last}});
}

Response backup(const Call& call) {
  if (!call.backend.backup) return problem(403, "this service makes no backups", call.request);
  const auto body = posted(call);
  const std::string name = body ? member(*body, "name") : "";
  const bool plain = !name.empty() && name.size() <= 100 && name.front() != '.' &&
                     std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_' || c == '.'; });
  if (!plain) return problem(400, "name: letters, digits, '-', '_' and '.', not a '.' first", call.request, {{"parameter", "name"}});
  const auto made = call.backend.backup(name);
  return made ? json_text({{"backup", *made}}, 201) : problem(made.error(), call.request);
}

std::vector<Parameter> with_format(std::vector<Parameter> parameters) {
  Parameter format{"format", "json and text in pages; the others are whole, graphs with a status to colour by", ParameterKind::choice, 0, 0, "json", diff_formats()};
  parameters.push_back(std::move(format));
  return parameters;
}

}  // namespace

std::vector<Route> history_routes() {
  const Parameter name{"name", "name of a snapshot", ParameterKind::text, 0, 0, {}, {}, false, true};
  return {
      {"GET", "/v1/snapshots", "Versions with names", {}, "Snapshots", {}, snapshots, false},
      {"POST", "/v1/snapshots", "Give the newest version, or an older one, a name", {}, "Snapshot", {}, take, false, "SnapshotOrder", {}, 201},
      {"GET", "/v1/snapshots/{name}", "One snapshot", {name}, "Snapshot", {}, show, false},
      {"DELETE", "/v1/snapshots/{name}", "Take the name away; the version stays", {name}, "Removed", {}, remove, false},
      {"GET", "/v1/diff", "What changed between two moments, and why", with_format(diff_parameters()), "Diff", {}, difference, false},
      {"GET", "/v1/changes", "What each version did, in pages; as server-sent events with Accept: text/event-stream",
       {{"since", "versions after this one", ParameterKind::integer, 0, 4294967294.0, "0"}, {"limit", "at most so many versions", ParameterKind::integer, 1, 1000, "50"}},
       "Changes", {}, changes, false},
      {"POST", "/v1/backup", "Copy the store while it serves: to a folder of this name in DB.backups", {}, "Backup", {}, backup, false, "BackupOrder", {}, 201},
  };
}

}  // namespace relata
