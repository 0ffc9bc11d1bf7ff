// JSON written straight into text, without a tree between: the values of an answer are many and small. Private to the files that
// say what shape answers have.
#pragma once

#include <algorithm>
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
  explicit JsonOut(bool replacing) : replacing_(replacing) { grow(4096); }
  JsonOut(const JsonOut&) = delete;
  JsonOut& operator=(const JsonOut&) = delete;
  bool well_formed() const { return well_formed_; }
  // Of no more use after that.
  std::string take() {
    text_.resize(size_);
    return std::move(text_);
  }
  // Much is to come: so many bytes.
  void expect(std::size_t bytes) {
    if (bytes > text_.size() - size_) grow(bytes);
  }

  void key(std::string_view name) {
    separate();
    quote(name);
    add(':');
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
    if (!first_) add(',');
    first_ = false;
  }
  void plain(std::string_view value) {
    separate();
    add(value);
  }
  void quote(std::string_view text);
  void open(char begin) {
    separate();
    add(begin);
    first_ = true;
  }
  void close(char end) {
    add(end);
    first_ = false;
  }

  void add(char byte) {
    if (size_ == text_.size()) grow(1);
    text_[size_++] = byte;
  }
  void add(std::string_view bytes) {
    if (bytes.size() > text_.size() - size_) grow(bytes.size());
    bytes.copy(text_.data() + size_, bytes.size());
    size_ += bytes.size();
  }
  // At least so many bytes more, and never by little.
  void grow(std::size_t bytes) { text_.resize(std::max(size_ + bytes, 2 * text_.size())); }

  std::string text_;  // and behind it room for more: one byte after another would be looked at by the string's own append
  std::size_t size_ = 0;
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
