# Not part of `all`: ninja bench_peer bench_lines bench_live
add_executable(bench_lines EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/lines.cpp ${CMAKE_CURRENT_LIST_DIR}/facts.cpp)
target_link_libraries(bench_lines PRIVATE relata_options relata_extract_pipeline relata_graph)
add_executable(bench_peer EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/peer.cpp ${CMAKE_CURRENT_LIST_DIR}/classes.cpp ${CMAKE_CURRENT_LIST_DIR}/facts.cpp)
target_link_libraries(bench_peer PRIVATE relata_options relata_storage relata_query relata_graph Threads::Threads)
add_executable(bench_live EXCLUDE_FROM_ALL ${CMAKE_CURRENT_LIST_DIR}/live.cpp ${CMAKE_CURRENT_LIST_DIR}/facts.cpp)
target_link_libraries(bench_live PRIVATE relata_options relata_storage relata_query relata_graph Threads::Threads)
