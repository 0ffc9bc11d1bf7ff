# Not part of `all`: ninja bench_history
add_executable(bench_history EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/main.cpp)
target_link_libraries(bench_history PRIVATE relata_options relata_storage relata_graph)
