# The library and its flags: Debian builds it with TLS and both compressions, which its header must be told.
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)
find_package(spdlog REQUIRED)
find_package(Boost REQUIRED)

room(query DEPENDS relata_graph LIBRARIES PkgConfig::HTTPLIB spdlog::spdlog Boost::headers)
room_tests(query DEPENDS relata_query relata_graph LIBRARIES PkgConfig::HTTPLIB)
