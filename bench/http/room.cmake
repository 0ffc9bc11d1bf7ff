# Not a part of `all`: ninja bench_http && build/bench_http STORE FOLDER QUERIES.tsv [CLIENTS] [SECONDS]
add_executable(bench_http EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/main.cpp ${CMAKE_SOURCE_DIR}/bench/peer/facts.cpp)
target_link_libraries(bench_http PRIVATE relata_options relata_storage relata_query relata_graph PkgConfig::HTTPLIB Threads::Threads)
