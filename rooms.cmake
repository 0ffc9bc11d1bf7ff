# The rooms, what each may see of ours, and the libraries each uses. tests/arrows.sh holds the includes to the same arrows.
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)

room(graph LIBRARIES PkgConfig::UTF8PROC PkgConfig::XXHASH)
room_tests(graph DEPENDS relata_graph)

room(extract DEPENDS relata_graph)

file(GLOB room_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/*/room.cmake ${CMAKE_SOURCE_DIR}/extract/*/room.cmake
     ${CMAKE_SOURCE_DIR}/bench/*/room.cmake ${CMAKE_SOURCE_DIR}/tests/*/room.cmake ${CMAKE_SOURCE_DIR}/tools/*/room.cmake)
foreach(room_file IN LISTS room_files)
  include(${room_file})
endforeach()

if(EXISTS ${CMAKE_SOURCE_DIR}/main.cpp)
  include(program.cmake)
endif()

# Every benchmark builds; none runs in the tests.
get_property(benches DIRECTORY PROPERTY BUILDSYSTEM_TARGETS)
list(FILTER benches INCLUDE REGEX "^bench_")
add_custom_target(benches DEPENDS ${benches})
