// The file ACKNOWLEDGED: the last version whose batch was acknowledged. It is written after the batch is on disk and not synced, so
// it is never ahead of the store; a store that is behind it has lost its newest batches (a log that was cut).
#pragma once

#include <string>

#include "graph/ids.h"
#include "graph/result.h"

namespace relata::storage {

class Acknowledged {
 public:
  explicit Acknowledged(std::string folder);
  ~Acknowledged();
  Acknowledged(const Acknowledged&) = delete;
  Acknowledged& operator=(const Acknowledged&) = delete;

  // 0 when nothing is known. corrupt: the file is damaged. Ask before the store is opened: a writer may go on meanwhile.
  Result<Version> read() const;
  // Best effort: the batch is safe without it.
  void write(Version version);

 private:
  std::string path_;
  int file_ = -1;
};

// corrupt when the store is behind what was acknowledged.
Result<void> check_acknowledged(const std::string& folder, Version acknowledged, Version found);

}  // namespace relata::storage
