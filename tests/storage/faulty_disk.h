// A disk that fails. The test program has its own open, write, pwrite, fsync, fdatasync, rename, link, mkdir, ftruncate, fallocate and fwrite, which
// RocksDB's library and our code call in place of the C library's; while a fault is set, the calls that change something below a folder
// are counted, and fail from a chosen one on.
#pragma once

#include <cstdint>
#include <string>

namespace relata::tests {

struct DiskFault {
  std::string folder;
  std::uint64_t nth = 0;  // the first call that fails, counted from 0
  int error = 0;          // errno
  bool lasting = false;   // all later calls fail too
};

class FaultyDisk {
 public:
  explicit FaultyDisk(const DiskFault& fault);
  ~FaultyDisk();  // the disk is well again
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  std::uint64_t calls() const;   // so far, failed ones too
  std::uint64_t failed() const;
};

// While it lives nothing waits for the disk: for tests that reopen what a process wrote, never a machine.
class NoSync {
 public:
  NoSync();
  ~NoSync();
  NoSync(const NoSync&) = delete;
  NoSync& operator=(const NoSync&) = delete;
};

}  // namespace relata::tests
