// What a fuzzed target gives its driver. The entry point is libFuzzer's, so that one build serves it (RELATA_LIBFUZZER) and another the plain
// driver of driver.cpp, which needs nothing but the compiler.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace relata::fuzz {

// Good inputs, which the driver spoils.
std::vector<std::string> seeds();

// What must hold of every input's result.
inline void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "fuzz: does not hold: %s\n", what);
  std::abort();
}

inline std::string bytes_of(const std::uint8_t* data, std::size_t size) {
  return size == 0 ? std::string() : std::string(reinterpret_cast<const char*>(data), size);
}

}  // namespace relata::fuzz
