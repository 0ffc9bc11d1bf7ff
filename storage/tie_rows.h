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
// Tells a book all that articles say people are.
Result<void> retell_ties(const Database& database, IdentityBook& book, const Database::Snapshot& at = nullptr);

}  // namespace relata::storage
