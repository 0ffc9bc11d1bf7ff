# Not part of `all`: ninja bench_identity
add_executable(bench_identity EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/main.cpp)
target_link_libraries(bench_identity PRIVATE relata_options relata_graph)
target_compile_definitions(bench_identity PRIVATE RELATA_SOURCE="${CMAKE_SOURCE_DIR}")
