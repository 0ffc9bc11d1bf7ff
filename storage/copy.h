// A graph copied from one store to another, whatever stands behind them: all versions, decisions and what else is kept.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "graph/content_hash.h"
#include "graph/result.h"

namespace relata {

struct CopyReport {
  std::uint64_t rows = 0, bytes = 0;  // copied now; not those of a run that was stopped
  ContentHash hash;                   // of all rows, the same in both
};

// `from` is read at one moment, while others may write to it. `to` must be missing, empty, or left by a copy of the same state that
// was stopped, which goes on. Every row is read again at the end and compared by hash. conflict: `to` holds another graph, or `from` has
// changed since the stopped copy began; corrupt: the hashes differ. `progress` is told of rows, from this thread.
Result<CopyReport> copy_graph(const std::string& from, const std::string& to, const std::function<void(std::uint64_t rows)>& progress = {});

}  // namespace relata
