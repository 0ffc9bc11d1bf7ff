// Opening graphs, with what is known about names from data/identity/.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "graph/result.h"
#include "query/parameters.h"
#include "storage/store.h"

namespace relata {

// To write; made if it is not there and `create`. `known`: a file of known entities (commands/names_file.h) that identity is settled with
// from now on; empty: those the store has. Without `names` every spelling of a name is an entity of its own until the first batch
// that is written with names; a graph once written with names is not written without.
Result<std::unique_ptr<Store>> open_to_write(const std::string& db, bool create, const std::string& known = {}, bool names = true, std::chrono::milliseconds follow = {});
// To ask questions: a graph on PostgreSQL is not loaded, its views fetch what a question touches (OpenOptions::distant).
Result<std::unique_ptr<Store>> open_to_ask(const std::string& db);
// To read, also beside a running writer.
Result<std::unique_ptr<Store>> open_to_read(const std::string& db, const Share& share = {}, std::chrono::milliseconds follow = {});

// The view that a question asks: with fold=governments among what was given, by data/identity/governments.tsv, else as it is.
Result<std::shared_ptr<const GraphView>> folded(std::shared_ptr<const GraphView> view, const Given& given);
// Folds by that file; keeps the last view it folded, so that one view is folded once.
Result<std::function<std::shared_ptr<const GraphView>(std::shared_ptr<const GraphView>)>> folder_of_views();

}  // namespace relata
