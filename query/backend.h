// What the HTTP service needs of the rest of the program; main joins them. All functions may be called from any thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/decision.h"
#include "graph/history.h"
#include "graph/ids.h"
#include "graph/resolver.h"
#include "graph/result.h"
#include "graph/view.h"
#include "query/vocabulary.h"

namespace relata {

// One file of the page for people. Its bytes live as long as the program.
struct PageFile {
  std::string_view path;    // "/", "/assets/index-1a2b.js"
  std::string_view type;    // "text/html; charset=utf-8"
  std::string_view tag;     // changes with the content: ETag
  std::string_view plain;   // as it is
  std::string_view gzip;    // compressed; empty: not worth it
  bool lasting = false;     // another content has another path, so that a browser may keep it for good
};

// What the rest of the program tells of the past. May be called from any thread.
struct History {
  std::function<std::shared_ptr<const GraphView>()> view;  // the newest
  std::function<Result<std::vector<Snapshot>>()> snapshots;
  // What versions (after, until] changed, ascending; at most `most` of them.
  std::function<Result<std::vector<VersionChanges>>(Version after, Version until, std::size_t most)> changes;
};

struct Backend {
  // The newest graph; never null.
  std::function<std::shared_ptr<const GraphView>()> view;
  // Reads articles from the body of a request (`media_type`: "application/json", "text/html", ...) and keeps them. Answers
  // with a receipt as a JSON object. Absent: the service is read-only.
  std::function<Result<std::string>(std::string_view body, std::string_view media_type)> ingest;
  // Takes an article back. Answers with a receipt as a JSON object. Absent: the service is read-only.
  std::function<Result<std::string>(ArticleId)> retract;
  // Makes a decision on identity; answers with it as it was kept, with its id and version. Absent: the service is read-only.
  std::function<Result<Decision>(const Decision&)> decide;
  // Every decision ever made, in their order. Absent: the service tells none.
  std::function<std::vector<Decision>()> decisions;
  // Why the names of an entity are one. Absent: the service tells no reasons.
  std::function<std::vector<Link>(EntityId)> reasons;
  // The view that a question with fold=governments asks (query/folded_view.h). Absent: the service folds nothing.
  std::function<std::shared_ptr<const GraphView>(std::shared_ptr<const GraphView>)> fold;
  // Absent functions: the service tells no history.
  History history = {};
  // Absent: the service is read-only.
  std::function<Result<Snapshot>(const std::string& name, const std::string& note, std::optional<Version> version)> take_snapshot;
  std::function<Result<void>(const std::string& name)> remove_snapshot;
  // Copies the store into a new folder of this name among the backups; answers with its path. Absent: no backups are made.
  std::function<Result<std::string>(const std::string& name)> backup;
  // Whether the service is about to end: those who follow the feed of changes are let go. Absent: never.
  std::function<bool()> stopping;
  int most_followers = 8;  // each takes one of the server's threads
  // Members to add to /v1/stats, as a JSON object. May be absent.
  std::function<std::string()> more_stats;
  // Figures of the store for /metrics, names in snake_case. May be absent.
  std::function<std::vector<std::pair<std::string, double>>()> figures;
  // Whether questions can be answered now; the error's message goes to /readyz. Absent: always.
  std::function<Result<void>()> ready;
  Vocabulary vocabulary;  // lives as long as answers are written
  // The page for people; the file at "/" is what a browser opens. Empty: a short page that names the addresses.
  std::span<const PageFile> page;
  std::string program_version;  // "0.1.0", for /openapi.json
};

}  // namespace relata
