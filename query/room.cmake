# The library and its flags: Debian builds it with TLS and both compressions, which its header must be told.
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)
find_package(spdlog REQUIRED)
find_package(Boost REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlienc)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(PROMETHEUS REQUIRED IMPORTED_TARGET prometheus-cpp-core)

room(query DEPENDS relata_graph LIBRARIES PkgConfig::HTTPLIB PkgConfig::XXHASH spdlog::spdlog Boost::headers OpenSSL::SSL ZLIB::ZLIB PkgConfig::BROTLI PkgConfig::ZSTD PkgConfig::PROMETHEUS)
room_tests(query DEPENDS relata_query relata_graph LIBRARIES PkgConfig::HTTPLIB)
