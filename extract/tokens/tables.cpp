#include "extract/tokens/tables.h"

// The file made by the build's pack_tables becomes part of the program: no path to look up, no time to load, pages read when touched.
__asm__(
    ".section .rodata\n"
    ".balign 64\n"
    ".global relata_token_tables\n"
    "relata_token_tables:\n"
    ".incbin \"" RELATA_TOKEN_PACK "\"\n"
    ".byte 0\n"
    ".previous\n");

extern "C" const char relata_token_tables[];

namespace relata::pack {

const Tables& tables() {
  static const Tables kTables(relata_token_tables);
  return kTables;
}

}  // namespace relata::pack
