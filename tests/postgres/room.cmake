# On throw-away servers that the tests start themselves (servers.py). Longer ones are run by hand: store_test.py without a filter or on
# four servers; program_test.py with more rounds.
find_program(SYSTEM_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(SYSTEM_PYTHON)
  add_test(NAME postgres_store COMMAND ${SYSTEM_PYTHON} tests/postgres/store_test.py ${CMAKE_BINARY_DIR}/test_storage 1
           "--test-case=a new store*,stores that*,writers at*,random batches*,snapshots*" WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  add_test(NAME postgres_identity COMMAND ${SYSTEM_PYTHON} tests/postgres/store_test.py ${CMAKE_BINARY_DIR}/test_identity 1 WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  add_test(NAME postgres_program COMMAND ${SYSTEM_PYTHON} tests/postgres/program_test.py $<TARGET_FILE:relata> samples/articles 3 WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  add_test(NAME postgres_twin COMMAND ${SYSTEM_PYTHON} tests/postgres/twin_test.py $<TARGET_FILE:relata> samples/articles 120 WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  add_test(NAME postgres_migration COMMAND ${SYSTEM_PYTHON} tests/postgres/migration_test.py $<TARGET_FILE:relata> samples/articles WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(postgres_migration PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)
  set_tests_properties(postgres_twin PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)
  set_tests_properties(postgres_program PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)
  set_tests_properties(postgres_identity PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)
  set_tests_properties(postgres_store PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)
endif()
