#include "tests/storage/faulty_disk.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <mutex>

namespace relata::tests {
namespace {

std::mutex setting;             // guards `fault` while `set` changes
std::atomic<bool> set{false}, unsynced{false};
DiskFault fault;
std::atomic<std::uint64_t> counted{0}, failures{0};

bool fails(const char* path) {
  if (!set) return false;
  const std::lock_guard lock(setting);
  if (!set || !std::string_view(path).starts_with(fault.folder)) return false;
  const std::uint64_t number = counted++;
  if (number < fault.nth || (number > fault.nth && !fault.lasting)) return false;
  ++failures;
  errno = fault.error;
  return true;
}

bool fails(int file) {
  if (!set) return false;
  std::array<char, 512> path{};
  std::array<char, 64> name{};
  std::snprintf(name.data(), name.size(), "/proc/self/fd/%d", file);
  return ::readlink(name.data(), path.data(), path.size() - 1) > 0 && fails(path.data());
}

}  // namespace

FaultyDisk::FaultyDisk(const DiskFault& wanted) {
  const std::lock_guard lock(setting);
  fault = wanted;
  counted = failures = 0;
  set = true;
}

FaultyDisk::~FaultyDisk() { set = false; }
std::uint64_t FaultyDisk::calls() const { return counted; }
std::uint64_t FaultyDisk::failed() const { return failures; }

NoSync::NoSync() { unsynced = true; }
NoSync::~NoSync() { unsynced = false; }

}  // namespace relata::tests

using relata::tests::fails;

extern "C" {

int open(const char* path, int flags, ...) {
  std::va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  if ((flags & (O_CREAT | O_WRONLY | O_RDWR)) != 0 && fails(path)) return -1;
  return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

// A full disk takes the first half.
ssize_t write(int file, const void* bytes, size_t size) {
  if (!fails(file)) return ::syscall(SYS_write, file, bytes, size);
  const int error = errno;
  if (error == ENOSPC && size > 1) (void)::syscall(SYS_write, file, bytes, size / 2);
  errno = error;
  return -1;
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) { return fails(file) ? -1 : ::syscall(SYS_pwrite64, file, bytes, size, at); }
int fsync(int file) { return fails(file) ? -1 : relata::tests::unsynced ? 0 : static_cast<int>(::syscall(SYS_fsync, file)); }
int fdatasync(int file) { return fails(file) ? -1 : relata::tests::unsynced ? 0 : static_cast<int>(::syscall(SYS_fdatasync, file)); }
int sync_file_range(int file, off64_t at, off64_t size, unsigned flags) { return relata::tests::unsynced ? 0 : static_cast<int>(::syscall(SYS_sync_file_range, file, at, size, flags)); }
int rename(const char* from, const char* to) noexcept { return fails(to) ? -1 : static_cast<int>(::syscall(SYS_rename, from, to)); }
int link(const char* from, const char* to) noexcept { return fails(to) ? -1 : static_cast<int>(::syscall(SYS_link, from, to)); }
int mkdir(const char* path, mode_t mode) noexcept { return fails(path) ? -1 : static_cast<int>(::syscall(SYS_mkdir, path, mode)); }
int ftruncate(int file, off_t size) noexcept { return fails(file) ? -1 : static_cast<int>(::syscall(SYS_ftruncate, file, size)); }
int fallocate(int file, int mode, off_t at, off_t size) { return fails(file) ? -1 : static_cast<int>(::syscall(SYS_fallocate, file, mode, at, size)); }

size_t fwrite(const void* bytes, size_t size, size_t count, FILE* file) {
  static const auto real = reinterpret_cast<size_t (*)(const void*, size_t, size_t, FILE*)>(::dlsym(RTLD_NEXT, "fwrite"));
  return fails(::fileno(file)) ? 0 : real(bytes, size, count, file);
}
}
