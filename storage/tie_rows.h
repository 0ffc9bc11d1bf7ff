// The rows of what articles say people are (FORMAT.md has them byte by byte): a book of identity needs them, and the rest of an article not.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/identity_book.h"
#include "storage/database.h"

namespace relata::storage {

// In family "identity", of articles that hold; none for one that says nothing of the kind.
inline constexpr std::string_view kTiesPrefix = "t";
std::string ties_key(ArticleId id);
std::optional<ArticleId> decode_ties_key(std::string_view key);
std::string encode(const std::vector<TiedActor>& tied);
std::optional<std::vector<TiedActor>> decode_ties(std::string_view bytes);

// Puts the row of an article; nothing when it needs none.
void put_ties(const Extraction& extraction, WriteSet& writes);
// Whether every article that holds has the row it needs: not in a store that a program wrote which did not know them, nor in one that was loaded
// without names.
inline constexpr std::string_view kTiesKey = "ties";  // of family "meta"
Result<bool> ties_complete(const Database& database, const Database::Snapshot& at = nullptr);
// Puts the rows that are missing. Interrupted, it is done again. The caller has the turn to write.
Result<void> complete_ties(Database& database);
// Tells a book all that articles say people are, by their texts where rows are missing.
Result<void> retell_ties(const Database& database, IdentityBook& book, const Database::Snapshot& at = nullptr);

}  // namespace relata::storage
