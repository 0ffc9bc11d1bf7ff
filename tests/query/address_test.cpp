// Request targets and parameters as strangers write them.
#include <doctest/doctest.h>

#include "query/address.h"
#include "query/parameters.h"

using namespace relata;

TEST_CASE("paths and queries are taken apart and decoded") {
  const auto address = parse_address("/v1/entities/a%2Fb%20c+d?q=x+y%2B&q=&flag&e=%C3%A9#part");
  REQUIRE(address.ok());
  CHECK(address->path == std::vector<std::string>{"v1", "entities", "a/b c+d"});
  CHECK(address->query.at("q") == std::vector<std::string>{"x y+", ""});
  CHECK(address->query.at("flag") == std::vector<std::string>{""});
  CHECK(address->query.at("e") == std::vector<std::string>{"é"});
}

TEST_CASE("broken escapes, bad UTF-8 and control characters are refused") {
  for (const char* target : {"/a%", "/a%2", "/a%zz", "/%00", "/%1b", "/%ff", "/%c3", "/%ed%a0%80", "/%c0%80", "/?a=%80", "/?%0a=1"}) {
    CAPTURE(target);
    CHECK(parse_address(target).error().fault == Fault::bad_input);
  }
}

TEST_CASE("escaping comes back") {
  const std::string odd = "a/b?c#d e%é\"";
  CHECK(parse_address("/" + escape(odd))->path.at(0) == odd);
}

TEST_CASE("a date parameter is a day, a month or a year, and means its beginning or its end") {
  CHECK(*parse_date_parameter("from", "2024", false) == *make_day(2024, 1, 1));
  CHECK(*parse_date_parameter("until", "2024-02", true) == *make_day(2024, 2, 29));
  CHECK(*parse_date_parameter("from", "2024-02-03", false) == *make_day(2024, 2, 3));
  for (const char* text : {"", "24", "2024-13", "2024-02-30", "2024-1-1", "yesterday", "2024-W10", "202", "2024-02-03T10"})
    CHECK(parse_date_parameter("from", text, false).error().message.starts_with("from="));
}

TEST_CASE("every form accepts its defaults and names an unknown parameter") {
  for (const Form& one : forms()) {
    CAPTURE(one.name);
    Given given;
    for (const Parameter& parameter : one.parameters) {
      if (parameter.required) given[std::string(parameter.name)] = {"x"};
      if (!parameter.fallback.empty()) given[std::string(parameter.name)] = {std::string(parameter.fallback)};
    }
    CHECK(check_given(one.parameters, given).ok());
    given["colour"] = {"red"};
    CHECK(check_given(one.parameters, given).error().message.starts_with("colour: unknown parameter"));
  }
}
