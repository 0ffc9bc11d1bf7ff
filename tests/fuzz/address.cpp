// Addresses of strangers: the service answers them, with a message when they mean nothing.
#include "query/service.h"
#include "tests/fuzz/fuzz.h"
#include "tests/query/small_graph.h"

namespace {

const relata::Service& service() {
  using namespace relata;
  static const Service made([] {
    Backend backend;
    backend.view = [view = tests::graph_of({{"Ana", "CONSULT", "Berg", "2024-11-15"},
                                            {"Berg", "ACCUSE", "Carl", "2024-W07", Polarity::negative, Modality::possible, 0.4F, "Kurier", "2024-02-12", "Dora"},
                                            {"Carl", "AID", "Dora", "19"},
                                            {"Ana", "CONSULT", "Dora"},
                                            {"Dora", "ASSAULT", "Ana", "2024-11"}})] { return view; };
    backend.program_version = "0";
    return backend;
  }());
  return made;
}

relata::Response get(std::string target) {
  relata::Request request;
  request.method = "GET";
  request.target = std::move(target);
  request.id = "fuzz";
  return service().handle(request);
}

}  // namespace

std::vector<std::string> relata::fuzz::seeds() {
  std::vector<std::string> all = {"/v1/entities?q=an&type=PERSON,ORG&limit=2",
                                  "/v1/entities/Ana",
                                  "/v1/entities/Ana/neighbourhood?depth=3&from=2024-01&to=2025&relation=CONSULT,AID",
                                  "/v1/entities/Dora/timeline?limit=1&polarity=negative",
                                  "/v1/entities/Dora/quotes",
                                  "/v1/paths?source=Ana&target=Carl&k=5&max_hops=4",
                                  "/v1/path?source=Ana&target=Carl",
                                  "/v1/paths?source=Ana&target=Carl&mode=latest_departure&through=Berg&avoid=Dora&max_gap=400&until=2024-12",
                                  "/v1/paths?source=Ana&target=Dora&mode=time_respecting&through_type=PERSON&avoid_type=GPE,ORG&explain=true",
                                  "/v1/connections?entity=Ana,Carl,Dora&max_hops=3",
                                  "/v1/contested?source=Ana&target=Dora&all=true",
                                  "/v1/entities?q=Anna",
                                  "/v1/jobs/j0",
                                  "/metrics",
                                  "/v1/relations?limit=1&contested=true&min_confidence=0.2",
                                  "/v1/statements?entity=Ana&publisher=Kurier&attributed_to=Dora&modality=possible",
                                  "/v1/stats",
                                  "/v1/export?format=graphml",
                                  "/openapi.json",
                                  "/"};
  // Cursors as the service gives them.
  for (const char* list : {"/v1/relations?limit=1", "/v1/statements?limit=1", "/v1/entities?q=a&limit=1"}) {
    const std::string body = get(list).body;
    const std::size_t at = body.find("\"next\":\"");
    if (at != std::string::npos) all.push_back(std::string(list) + "&cursor=" + body.substr(at + 8, body.find('"', at + 8) - at - 8));
  }
  return all;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace relata;
  const Response response = get(fuzz::bytes_of(data, size));
  fuzz::expect(response.status >= 200 && response.status < 500, "an address is answered, or it is its sender who is wrong");
  fuzz::expect(response.stream || !response.body.empty() || response.status == 204 || response.status == 304, "an answer has a body");
  return 0;
}
