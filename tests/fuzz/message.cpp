// JSON bodies of strangers: messages of the Model Context Protocol, which reach every question, and articles that are posted.
#include <nlohmann/json.hpp>

#include "extract/reading/article_source.h"
#include "query/mcp.h"
#include "tests/fuzz/fuzz.h"
#include "tests/query/small_graph.h"

namespace {

const relata::McpOptions& options() {
  using namespace relata;
  static const McpOptions made = [] {
    McpOptions all;
    all.view = [view = tests::graph_of({{"Ana", "CONSULT", "Berg", "2024-11-15"},
                                        {"Berg", "ACCUSE", "Carl", "2024-02-12", Polarity::negative},
                                        {"Carl", "AID", "Dora", "2019"},
                                        {"Dora", "ASSAULT", "Ana", "2024-11"}})] { return view; };
    return all;
  }();
  return made;
}

}  // namespace

std::vector<std::string> relata::fuzz::seeds() {
  return {R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}})",
          R"({"jsonrpc":"2.0","method":"notifications/initialized"})",
          R"({"jsonrpc":"2.0","id":"a","method":"tools/list","params":{}})",
          R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"find","arguments":{"q":"an","limit":3,"type":["PERSON","ORG"]}}})",
          R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"path","arguments":{"source":"Ana","target":"Carl","mode":"latest_departure","max_gap":30,"k":3}}})",
          R"({"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"connections","arguments":{"entity":["Ana","Carl","Dora"],"max_hops":4,"explain":true}}})",
          R"([{"jsonrpc":"2.0","id":5,"method":"ping"},{"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"who","arguments":{"source":"Ana","target":"Dora","all":true}}}])",
          R"({"title":"A","text":"Ana met Berg in Sorova on Monday.","published":"2024-10-10","publisher":"Kurier","uri":"u"})",
          R"([{"text":"Ana met Berg.","date":"2024-10-10T12:00:00Z"},{"content":"Berg thanked Ana.","source":{"name":"Post"}}])"};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace relata;
  const std::string body = fuzz::bytes_of(data, size);
  const std::string answer = mcp_answer(body, options());
  fuzz::expect(answer.empty() || !nlohmann::json::parse(answer, nullptr, false).is_discarded(), "the answer to a message is JSON");
  const auto articles = read_bytes(body, "application/json", "posted");
  fuzz::expect(articles.ok() || !articles.error().message.empty(), "a body is articles, or it is told why not");
  return 0;
}
