room(extract/statements DEPENDS relata_extract_stance relata_extract_times relata_extract_language relata_extract_tokens relata_extract
     relata_graph)
room_tests(statements DEPENDS relata_extract_statements relata_extract_stance relata_extract_times relata_extract_language relata_extract_tokens relata_extract)
if(TARGET test_statements)
  target_sources(test_statements PRIVATE ${CMAKE_SOURCE_DIR}/tests/statements/marked.cpp)
endif()
