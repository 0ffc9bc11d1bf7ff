// The folder a store lives in, before RocksDB touches it: a file RELATA names the format, so that a foreign folder is never
// written to and a newer store is refused with a clear message.
#pragma once

#include <string>

#include "graph/result.h"

namespace relata::storage {

inline constexpr int kFormat = 3;

enum class FolderState {
  creating,  // new, or left by a creation that was interrupted: finish it
  ready,
  old,  // of format 2
};

// Looks at the folder and, if `create` and there is none or it is empty, makes it and marks it "creating".
// not_found: no store there and `create` is false; corrupt: foreign, damaged or newer; io: cannot be read or written.
Result<FolderState> prepare_folder(const std::string& folder, bool create);

// Marks the folder "ready" and of this format, durably.
Result<void> finish_folder(const std::string& folder);

// The process that holds the store's lock file, as " (process 123)", or "" if that cannot be told.
// Precondition: this process does not hold it (opening the file would drop the lock).
std::string lock_holder(const std::string& folder);

}  // namespace relata::storage
