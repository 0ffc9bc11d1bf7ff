// News-like English out of templates and word lists of our own, for measurements: as much text as wanted, the same for the same seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace relata {

// Articles of some 3 KB (the last one shorter), together at least `bytes` bytes. None contains a line break.
std::vector<std::string> make_articles(std::size_t bytes, std::uint64_t seed);

}  // namespace relata
