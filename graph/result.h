// Result<T>: a value, or an Error the caller must look at.
//
//   Result<Date> d = parse_date(text);
//   if (!d) return d.error();
//   use(*d);
//
// Errors a caller can cause travel this way; exceptions of libraries are caught where the library is called.
// A Result owns its value. Like any value it may be moved between threads but not shared while written.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace relata {

// The few kinds of failure of the whole program; one switch maps them to exit codes, one to HTTP statuses.
enum class Fault {
  bad_input,  // what the caller gave is malformed, too large or contradictory
  not_found,  // well-formed, but there is no such thing
  conflict,   // fits two things, or contradicts what is already there
  corrupt,    // stored bytes are not what was written
  io,         // the world failed: disk full, permission, lost connection
};

struct [[nodiscard]] Error {
  Fault fault = Fault::bad_input;
  std::string message;  // names the guilty part and the cure, e.g. "depth=99: at most 8"
};

inline Error bad_input(std::string message) { return {Fault::bad_input, std::move(message)}; }
inline Error not_found(std::string message) { return {Fault::not_found, std::move(message)}; }
inline Error conflict(std::string message) { return {Fault::conflict, std::move(message)}; }
inline Error corrupt(std::string message) { return {Fault::corrupt, std::move(message)}; }
inline Error io_error(std::string message) { return {Fault::io, std::move(message)}; }

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Precondition of these: ok().
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(value()); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // Precondition: !ok().
  const Error& error() const {
    assert(!ok());
    return std::get<1>(state_);
  }

 private:
  T& value() {
    assert(ok());
    return std::get<0>(state_);
  }
  const T& value() const {
    assert(ok());
    return std::get<0>(state_);
  }
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool ok() const { return !error_; }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    assert(!ok());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

}  // namespace relata
