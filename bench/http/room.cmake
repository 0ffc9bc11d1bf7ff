# Not a part of `all`: ninja bench_http && build/bench_http [CLIENTS] [SECONDS]
add_executable(bench_http EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/bench/http/main.cpp)
target_link_libraries(bench_http PRIVATE relata_options relata_query relata_graph PkgConfig::HTTPLIB Threads::Threads)
