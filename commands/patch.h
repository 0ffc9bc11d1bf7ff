// The difference of two versions as the batches that made it, so that a copy of the one becomes the other: JSON lines
// (docs/history.md).
#pragma once

#include <iosfwd>

#include "graph/result.h"
#include "storage/store.h"

namespace relata {

// bad_input: `before` is not older than `after`.
Result<void> write_patch(const Store& store, Version before, Version after, std::ostream& out);

// Batch after batch. conflict: the graph is neither what the patch begins with nor what one of its batches made, or does not
// become what it should; bad_input names the line. What a broken-off run applied is gone on from.
Result<Version> apply_patch(Store& store, std::istream& in);

}  // namespace relata
