# On throw-away servers that the tests start themselves (servers.py).
find_program(SYSTEM_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
function(postgres_test name)
  add_test(NAME ${name} COMMAND ${SYSTEM_PYTHON} ${ARGN} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)
endfunction()
if(SYSTEM_PYTHON)
  # On four servers the tests that make many stores take minutes: a part of them there.
  postgres_test(postgres_store tests/postgres/store_test.py ${CMAKE_BINARY_DIR}/test_storage 1)
  postgres_test(postgres_store_on_four tests/postgres/store_test.py ${CMAKE_BINARY_DIR}/test_storage 4
                "--test-case=random batches*,several writers*,writers at*,order and*,a store written*")
  # The last number: how often a writer is killed or the server restarted.
  postgres_test(postgres_program tests/postgres/program_test.py ${CMAKE_BINARY_DIR}/relata samples/articles 6)
endif()
