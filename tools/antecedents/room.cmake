# Built on demand, by train.py.
add_executable(antecedent_traits EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tools/antecedents/traits.cpp)
target_link_libraries(antecedent_traits PRIVATE relata_options relata_extract_reference relata_extract_names relata_extract_language relata_extract
                      relata_graph nlohmann_json::nlohmann_json Threads::Threads)
