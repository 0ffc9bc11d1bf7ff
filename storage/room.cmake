# RocksDB of Debian has no pkg-config file; the library and its headers are in the system's folders.
find_library(ROCKSDB rocksdb REQUIRED)
pkg_check_modules(PQ REQUIRED IMPORTED_TARGET libpq)

room(storage DEPENDS relata_graph LIBRARIES ${ROCKSDB} PkgConfig::XXHASH PkgConfig::PQ)
file(GLOB postgres_sources CONFIGURE_DEPENDS storage/postgres/*.cpp)
target_sources(relata_storage PRIVATE ${postgres_sources})
room_tests(storage DEPENDS relata_storage relata_graph)
if(TARGET test_storage)
  target_sources(test_storage PRIVATE tests/storage/faulty_disk.cpp)
  target_link_libraries(test_storage PRIVATE ${CMAKE_DL_LIBS})
endif()
