# Fuzzed targets. ctest gives each two seconds; RELATA_FUZZ_SECONDS=180 gives more, and a build with the asan preset sees more.
option(RELATA_LIBFUZZER "Link fuzzed targets with libFuzzer (Clang) instead of the plain driver" OFF)

# fuzzed(<name> DEPENDS <rooms...>): tests/fuzz/<name>.cpp -> fuzz_<name>
function(fuzzed name)
  cmake_parse_arguments(FUZZED "" "" "DEPENDS" ${ARGN})
  if(RELATA_LIBFUZZER)
    add_executable(fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/${name}.cpp)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  else()
    add_executable(fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/${name}.cpp ${CMAKE_SOURCE_DIR}/tests/fuzz/driver.cpp ${CMAKE_SOURCE_DIR}/tests/fuzz/mutate.cpp)
    add_test(NAME fuzz_${name} COMMAND fuzz_${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  endif()
  target_link_libraries(fuzz_${name} PRIVATE relata_options ${FUZZED_DEPENDS} Threads::Threads)
endfunction()

fuzzed(reader DEPENDS relata_extract_reading)
fuzzed(tokens DEPENDS relata_extract_tokens relata_extract_reading)
fuzzed(language DEPENDS relata_extract_language relata_extract_reading)
fuzzed(times DEPENDS relata_extract_times relata_extract_language relata_extract_reading)
fuzzed(extractor DEPENDS relata_extract_pipeline)
fuzzed(line DEPENDS relata_extract_pipeline)
fuzzed(address DEPENDS relata_query)
