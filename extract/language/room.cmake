# The neural pipeline. Highway compiles the kernels for every instruction set and chooses when run.
pkg_check_modules(HWY REQUIRED IMPORTED_TARGET libhwy)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)

room(extract/language DEPENDS relata_extract_tokens relata_extract LIBRARIES PkgConfig::HWY)
room_tests(language DEPENDS relata_extract_language relata_extract_tokens relata_extract LIBRARIES nlohmann_json::nlohmann_json PkgConfig::ZSTD)

file(GLOB bench_language_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/language/*.cpp)
add_executable(bench_language EXCLUDE_FROM_ALL ${bench_language_sources})
target_link_libraries(bench_language PRIVATE relata_extract_language relata_extract_tokens relata_extract PkgConfig::HWY Threads::Threads)
