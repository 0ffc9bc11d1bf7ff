# The program, and the tests that run it whole.
file(GLOB command_sources CONFIGURE_DEPENDS commands/*.cpp)
set(page ${CMAKE_BINARY_DIR}/page.cpp)
add_custom_command(OUTPUT ${page} DEPENDS web/index.html web/embed.cmake
  COMMAND ${CMAKE_COMMAND} -DIN=${CMAKE_SOURCE_DIR}/web/index.html -DOUT=${page} -P ${CMAKE_SOURCE_DIR}/web/embed.cmake)
add_executable(relata main.cpp ${command_sources} ${page})
target_link_libraries(relata PRIVATE relata_options relata_extract_pipeline relata_storage relata_query relata_graph Threads::Threads)
target_compile_definitions(relata PRIVATE RELATA_RELEASE="${PROJECT_VERSION}")
set_target_properties(relata PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

room_tests(pipeline DEPENDS relata_extract_pipeline)

# Run with Debian's Python, which has the modules that ./check installs.
find_program(PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(PYTHON)
  file(GLOB cases CONFIGURE_DEPENDS tests/cases/*.case)
  function(program_test name)
    add_test(NAME ${name} COMMAND ${PYTHON} ${ARGN} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  endfunction()
  program_test(cases tests/cases/run.py $<TARGET_FILE:relata> ${cases})
  program_test(lines tests/program/lines_test.py $<TARGET_FILE:relata> samples/articles)
  program_test(kill tests/program/kill_test.py $<TARGET_FILE:relata> 5)
  program_test(exports tests/exports/run.py $<TARGET_FILE:relata> samples/articles)
  program_test(http tests/program/http_test.py $<TARGET_FILE:relata> samples/articles)
endif()
