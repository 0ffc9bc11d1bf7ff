// JSON written straight into text, without a tree between: the values of an answer are many and small. Private to the files that
// say what shape answers have.
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relata {

class JsonOut {
 public:
  // Closes what it opened.
  class [[nodiscard]] Scope {
   public:
    Scope(JsonOut& out, char end) : out_(out), end_(end) {}
    ~Scope() { out_.close(end_); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    JsonOut& out_;
    const char end_;
  };
  Scope object() {
    open('{');
    return {*this, '}'};
  }
  Scope array() {
    open('[');
    return {*this, ']'};
  }
  // An object that was written before, to which fields may be added. Precondition: it has one.
  Scope object(std::string_view written) {
    json(written.substr(0, written.size() - 1));
    return {*this, '}'};
  }

  // Text that is not UTF-8 makes well_formed() false; with `replacing` its bad bytes become U+FFFD.
  explicit JsonOut(bool replacing) : replacing_(replacing) { text_.reserve(4096); }
  bool well_formed() const { return well_formed_; }
  std::string take() { return std::move(text_); }

  void key(std::string_view name) {
    separate();
    quote(name);
    text_ += ':';
    first_ = true;
  }
  // The text of a value that was written before.
  void json(std::string_view written) { plain(written); }

  void put(std::string_view text) {
    separate();
    quote(text);
  }
  void put(const std::string& text) { put(std::string_view(text)); }
  void put(const char* text) { put(std::string_view(text)); }
  void put(bool flag) { plain(flag ? "true" : "false"); }
  void put(std::integral auto number) {
    char digits[24];
    plain({digits, std::to_chars(digits, digits + sizeof digits, number).ptr});
  }
  void put(double number);
  void put(std::nullptr_t) { plain("null"); }

  template <typename T>
  void put(const std::optional<T>& value) { value ? write_value(*value) : put(nullptr); }
  template <typename T>
  void put(const std::vector<T>& values) {
    const Scope all = array();
    for (const T& value : values) write_value(value);
  }

  template <typename T>
  void field(std::string_view name, const T& value) {
    key(name);
    write_value(value);
  }

 private:
  template <typename T>
  void write_value(const T& value) {
    if constexpr (requires { put(value); })
      put(value);
    else
      write(*this, value);  // of the type's own shape
  }

  void separate() {
    if (!first_) text_ += ',';
    first_ = false;
  }
  void plain(std::string_view value) {
    separate();
    text_ += value;
  }
  void quote(std::string_view text);
  void open(char begin) {
    separate();
    text_ += begin;
    first_ = true;
  }
  void close(char end) {
    text_ += end;
    first_ = false;
  }

  std::string text_;
  bool first_ = true;  // nothing stands before in what is open
  const bool replacing_;
  bool well_formed_ = true;
};

// The text of one value by its write(JsonOut&, value).
template <typename T>
std::string written(const T& value) {
  JsonOut out(false);
  write(out, value);
  if (out.well_formed()) return out.take();
  JsonOut again(true);
  write(again, value);
  return again.take();
}

}  // namespace relata
