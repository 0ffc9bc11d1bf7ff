# The program, and the tests that run it whole.
file(GLOB command_sources CONFIGURE_DEPENDS commands/*.cpp)
# The page for people, built from web/ where there is a Node that can (18 or later).
find_program(NODE node)
find_program(NPM npm)
if(NODE)
  execute_process(COMMAND ${NODE} -p "process.versions.node.split('.')[0]" OUTPUT_VARIABLE node_version OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(node_version VERSION_LESS 18)
    set(NODE NODE-NOTFOUND)
  endif()
endif()
if(NOT NODE OR NOT NPM)
  message(STATUS "No Node.js 18 with npm: the program gets a short page instead of the whole one")
endif()
set(page ${CMAKE_BINARY_DIR}/page.cpp)
file(GLOB_RECURSE page_sources CONFIGURE_DEPENDS web/src/*)
file(GLOB page_settings CONFIGURE_DEPENDS web/*.html web/*.json web/*.ts web/*.mjs web/embed.cmake)
add_custom_command(OUTPUT ${page} DEPENDS ${page_sources} ${page_settings} COMMENT "Building the page for people"
  COMMAND ${CMAKE_COMMAND} -DWEB=${CMAKE_SOURCE_DIR}/web -DOUT=${page} -DNODE=${NODE} -DNPM=${NPM} -P ${CMAKE_SOURCE_DIR}/web/embed.cmake)
set(program_libraries relata_options relata_extract_pipeline relata_storage relata_query relata_graph Threads::Threads)
add_library(relata_program OBJECT main.cpp ${command_sources})
target_link_libraries(relata_program PRIVATE ${program_libraries})
target_compile_definitions(relata_program PRIVATE RELATA_RELEASE="${PROJECT_VERSION}")
add_executable(relata ${page})
target_link_libraries(relata PRIVATE relata_program ${program_libraries})
set_target_properties(relata PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

# The program as it is built without Node, for its test.
set(short_page ${CMAKE_BINARY_DIR}/short/page.cpp)
add_custom_command(OUTPUT ${short_page} DEPENDS ${page_settings} COMMENT "Embedding the short page"
  COMMAND ${CMAKE_COMMAND} -DWEB=${CMAKE_SOURCE_DIR}/web -DOUT=${short_page} -P ${CMAKE_SOURCE_DIR}/web/embed.cmake)
add_executable(relata_without_page ${short_page})
target_link_libraries(relata_without_page PRIVATE relata_program ${program_libraries})

room_tests(pipeline DEPENDS relata_extract_pipeline)

# Run with Debian's Python, which has the modules that ./check installs.
find_program(PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(PYTHON)
  file(GLOB cases CONFIGURE_DEPENDS tests/cases/*.case)
  function(program_test name)
    add_test(NAME ${name} COMMAND ${PYTHON} ${ARGN} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  endfunction()
  program_test(cases tests/cases/run.py $<TARGET_FILE:relata> ${cases})
  program_test(filter tests/program/filter_test.py $<TARGET_FILE:relata>)
  program_test(lines tests/program/lines_test.py $<TARGET_FILE:relata> samples/articles)
  program_test(history tests/program/history_test.py $<TARGET_FILE:relata>)
  program_test(kill tests/program/kill_test.py $<TARGET_FILE:relata> 5)
  program_test(exports tests/exports/run.py $<TARGET_FILE:relata> samples/articles)
  program_test(fold tests/program/fold_test.py $<TARGET_FILE:relata>)
  program_test(without_node tests/page/without_node.py $<TARGET_FILE:relata_without_page> samples/articles)
  program_test(client tests/program/client_test.py $<TARGET_FILE:relata> samples/articles)
  program_test(hardening tests/program/hardening_test.py $<TARGET_FILE:relata> samples/articles)
  program_test(http tests/program/http_test.py $<TARGET_FILE:relata> samples/articles)
endif()

# The page in a browser: with the Node.js that built it, and Debian's Chromium.
find_program(CHROMIUM chromium PATHS /usr/bin NO_DEFAULT_PATH)
if(NODE AND NPM AND CHROMIUM)
  add_test(NAME page COMMAND ${CMAKE_COMMAND} -DNODE=${NODE} -DNPM=${NPM} -DRELATA=$<TARGET_FILE:relata> -DARTICLES=${CMAKE_SOURCE_DIR}/samples/articles
    -P ${CMAKE_SOURCE_DIR}/tests/page/run.cmake)
  set_tests_properties(page PROPERTIES SKIP_REGULAR_EXPRESSION "npm could not get" TIMEOUT 300)
endif()
