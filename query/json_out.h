// JSON written straight into text, without a tree between: the values of an answer are many and small. Private to the files that
// say what shape answers have.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace relata {

class JsonOut {
 public:
  // Closes what it opened.
  class [[nodiscard]] Scope {
   public:
    Scope(JsonOut& out, bool object) : out_(out), object_(object) { object_ ? out_.writer_.StartObject() : out_.writer_.StartArray(); }
    ~Scope() { object_ ? out_.writer_.EndObject() : out_.writer_.EndArray(); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    JsonOut& out_;
    const bool object_;
  };
  Scope object() { return {*this, true}; }
  Scope array() { return {*this, false}; }

  // Text that is not UTF-8 makes well_formed() false; with `replacing` its bad bytes become U+FFFD.
  explicit JsonOut(bool replacing) : replacing_(replacing) {}
  bool well_formed() const { return well_formed_; }
  std::string take() const { return {buffer_.GetString(), buffer_.GetSize()}; }

  void key(std::string_view name) { writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }
  void put(std::string_view text);
  void put(const std::string& text) { put(std::string_view(text)); }
  void put(const char* text) { put(std::string_view(text)); }
  void put(bool flag) { writer_.Bool(flag); }
  void put(std::unsigned_integral auto number) { writer_.Uint64(number); }
  void put(std::signed_integral auto number) { writer_.Int64(number); }
  void put(double number) { writer_.Double(number); }
  void put(std::nullptr_t) { writer_.Null(); }

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

  using Flags = rapidjson::Writer<rapidjson::StringBuffer, rapidjson::UTF8<>, rapidjson::UTF8<>, rapidjson::CrtAllocator, rapidjson::kWriteValidateEncodingFlag>;
  rapidjson::StringBuffer buffer_;
  Flags writer_{buffer_};
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
