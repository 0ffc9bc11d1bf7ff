// Cursors of strangers: "<question>\n<cursor>". The service answers a page or says what is wrong; a page it gives goes on to another.
#include <nlohmann/json.hpp>

#include "query/address.h"
#include "query/service.h"
#include "tests/fuzz/fuzz.h"
#include "tests/query/small_graph.h"

namespace {

using namespace relata;

const Service& service() {
  static const Service made([] {
    Backend backend;
    backend.view = [view = tests::graph_of({{"Ana", "CONSULT", "Berg", "2024-11-15"},
                                            {"Berg", "ACCUSE", "Carl", "2024-02-12", Polarity::negative},
                                            {"Carl", "AID", "Dora", "2019"},
                                            {"Ana", "CONSULT", "Dora"},
                                            {"Dora", "ASSAULT", "Ana", "2024-11"},
                                            {"Ana", "FIGHT", "Carl", "2024-03", Polarity::positive, Modality::possible, 0.5F, "Kurier", "2024-04-01", "Dora"}})] { return view; };
    return backend;
  }());
  return made;
}

Response get(std::string target) {
  Request request;
  request.method = "GET";
  request.target = std::move(target);
  request.id = "fuzz";
  return service().handle(request);
}

constexpr const char* kLists[] = {"/v1/relations?limit=1", "/v1/relations?limit=2&entity=Ana", "/v1/statements?limit=1", "/v1/entities?limit=1", "/v1/entities?limit=1&q=a",
                                  "/v1/entities/Ana/neighbourhood?limit=1&depth=2", "/v1/entities/Ana/timeline?limit=1", "/v1/contested?source=Ana&target=Dora&all=true&limit=1"};

std::string next_of(const Response& response) {
  const auto json = nlohmann::json::parse(response.body, nullptr, false);
  return json.is_object() && json.contains("next") && json["next"].is_string() ? json["next"].get<std::string>() : std::string();
}

}  // namespace

std::vector<std::string> relata::fuzz::seeds() {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < std::size(kLists); ++i) {
    std::string cursor = next_of(get(kLists[i]));
    for (int page = 0; page < 3 && !cursor.empty(); ++page) {
      all.push_back(std::string(1, static_cast<char>('0' + i)) + cursor);
      cursor = next_of(get(std::string(kLists[i]) + "&cursor=" + cursor));
    }
  }
  return all;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string list = kLists[data[0] % std::size(kLists)];
  std::string cursor = relata::fuzz::bytes_of(data + 1, size - 1);
  // Pages end: a cursor, be it true or made up, leads on to the end of the list and not round in circles.
  for (int page = 0; page < 60; ++page) {
    const Response response = get(list + "&cursor=" + relata::escape(cursor));
    // 404: the version that the cursor names has no such entity.
    relata::fuzz::expect(response.status == 200 || response.status == 400 || response.status == 404 || response.status == 414, "a cursor is answered with a page or refused");
    if (response.status != 200) return 0;
    cursor = next_of(response);
    if (cursor.empty()) return 0;
  }
  relata::fuzz::expect(false, "the pages of a list come to an end");
  return 0;
}
