# RocksDB of Debian has no pkg-config file; the library and its headers are in the system's folders.
find_library(ROCKSDB rocksdb REQUIRED)

room(storage DEPENDS relata_graph LIBRARIES ${ROCKSDB} PkgConfig::XXHASH)
room_tests(storage DEPENDS relata_storage relata_graph)
