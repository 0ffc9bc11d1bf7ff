# The neural pipeline. Highway compiles the kernels for every instruction set and chooses when run.
pkg_check_modules(HWY REQUIRED IMPORTED_TARGET libhwy)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)

room(extract/language DEPENDS relata_extract_tokens relata_extract LIBRARIES PkgConfig::HWY)
room_tests(language DEPENDS relata_extract_language relata_extract_tokens relata_extract LIBRARIES nlohmann_json::nlohmann_json PkgConfig::ZSTD)
