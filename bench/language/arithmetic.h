// How much arithmetic one core can do, and how much of it the window layers reach.
#pragma once

namespace relata {

// Prints, for the best instruction set of this processor, both in GFLOP/s of processor time, as JSON. Returns the exit code.
int print_arithmetic();

}  // namespace relata
