# Reading articles: files, folders, standard input, request bodies; text, HTML, JSON, JSONL; plain, gzip, zstd.
find_package(nlohmann_json REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(UCHARDET REQUIRED IMPORTED_TARGET uchardet)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)

room(extract/reading DEPENDS relata_extract relata_graph
  LIBRARIES nlohmann_json::nlohmann_json ZLIB::ZLIB PkgConfig::GUMBO PkgConfig::UCHARDET PkgConfig::ZSTD)
room_tests(reading DEPENDS relata_extract_reading relata_extract LIBRARIES ZLIB::ZLIB PkgConfig::ZSTD)
