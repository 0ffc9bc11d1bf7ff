// The service as a client sees it, over a real loopback socket.
#include <doctest/doctest.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <thread>

#include <httplib.h>
#include <nlohmann/json.hpp>

#include "query/coding.h"
#include "query/mcp.h"
#include "query/server.h"
#include "query/tokens.h"
#include "small_graph.h"

using namespace relata;
using namespace relata::tests;
using nlohmann::json;

namespace {

std::vector<Fact> some_facts() {
  return {{"Anna Berg", "CONSULT", "Carl Dahl", "2024-03-01"},
          {"Carl Dahl", "AID", "Eva Falk", "2024-05-02"},
          {"Anna Berg", "ACCUSE", "Eva Falk", "2024-05-03", Polarity::positive, Modality::actual, 0.9f, "Valley Post", "2024-05-04", "Carl Dahl"},
          {"Anna Berg", "ACCUSE", "Eva Falk", "2024-05-03", Polarity::negative, Modality::actual, 0.9f, "Example Wire", "2024-05-05", "Anna Berg"}};
}

// A running service; ends with its scope.
class Running {
 public:
  explicit Running(ServiceLimits limits = {}) : server_(backend(), options(limits)) {
    const Result<int> port = server_.bind();
    REQUIRE(port.ok());
    port_ = *port;
    thread_ = std::thread([this] { (void)server_.serve().ok(); });
    client = std::make_unique<httplib::Client>("127.0.0.1", port_);
    while (!client->Get("/healthz")) std::this_thread::yield();
  }
  ~Running() {
    client.reset();
    server_.stop();
    thread_.join();
  }
  httplib::Result get(const std::string& target) { return client->Get(target); }
  json got(const std::string& target, int status = 200) {
    const auto answer = client->Get(target);
    REQUIRE(answer);
    CAPTURE(target);
    CAPTURE(answer->body);
    REQUIRE(answer->status == status);
    if (status >= 400) check_problem(*answer, status);
    return json::parse(answer->body);
  }
  static void check_problem(const httplib::Response& answer, int status) {
    CHECK(answer.get_header_value("Content-Type") == "application/problem+json");
    const json problem = json::parse(answer.body);
    CHECK(problem.at("status") == status);
    CHECK(!problem.at("title").get<std::string>().empty());
    CHECK(!problem.at("detail").get<std::string>().empty());
    CHECK(problem.at("request") == answer.get_header_value("X-Request-Id"));
  }
  int port() const { return port_; }
  std::unique_ptr<httplib::Client> client;

 private:
  static ServerOptions options(ServiceLimits limits) {
    ServerOptions options;
    options.port = 0;
    options.log_requests = false;
    options.limits = limits;
    return options;
  }
  static Backend backend() {
    Backend backend;
    backend.view = [view = graph_of(some_facts())] { return view; };
    backend.ingest = [](std::string_view body, std::string_view) -> Result<std::string> {
      if (body == "broken") return bad_input("body: is broken");
      return std::string(R"({"version":2})");
    };
    backend.retract = [](ArticleId id) -> Result<std::string> { return not_found("article " + to_string(id) + ": no such article"); };
    return backend;
  }
  Server server_;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace

TEST_CASE("questions are answered over HTTP") {
  Running service;
  CHECK(service.got("/v1/entities?q=anna")["entities"][0]["name"] == "Anna Berg");
  CHECK(service.got("/v1/entities/anna%20berg")["name"] == "Anna Berg");
  const json around = service.got("/v1/entities/Anna%20Berg/neighbourhood?depth=1&limit=1");
  CHECK(around["relations"].size() == 1);
  CHECK(around["left_out"] == 1);
  const json rest = service.got("/v1/entities/Anna%20Berg/neighbourhood?depth=1&limit=1&cursor=" + around["next"].get<std::string>());
  CHECK(rest["next"] == nullptr);
  CHECK(rest["relations"][0]["id"] != around["relations"][0]["id"]);
  const json path = service.got("/v1/paths?source=Anna+Berg&target=Eva+Falk&relation=CONSULT,AID");
  CHECK(path["paths"][0]["length"] == 2);
  CHECK(path["paths"][0]["hops"][0]["evidence"][0]["text"] == "Anna Berg CONSULT Carl Dahl.");
  const json contested = service.got("/v1/relations?contested=true");
  REQUIRE(contested["relations"].size() == 1);
  const std::string id = contested["relations"][0]["id"];
  CHECK(service.got("/v1/relations/" + id)["denied"] == 1);
  CHECK(service.got("/v1/statements?attributed_to=Carl+Dahl")["statements"].size() == 1);
  CHECK(service.got("/v1/entities/Carl%20Dahl/quotes")["quotes"].size() == 1);
  const json events = service.got("/v1/entities/Anna%20Berg/timeline")["events"];
  CHECK(events[0]["time"]["value"] == "2024-03-01");
  const std::string article = contested["relations"][0]["evidence"][0]["article"];
  CHECK(service.got("/v1/articles/" + article)["document"]["id"] == article);
  CHECK(service.got("/v1/stats")["articles"] == 4);
  CHECK(service.got("/readyz")["status"] == "ready");
}

TEST_CASE("answers that take long hold up nobody else") {
  constexpr int kLong = 4, kShort = 8;
  std::promise<void> answered;
  Backend backend;
  backend.view = [view = graph_of(some_facts())] { return view; };
  std::atomic<int> reading{0};
  backend.ingest = [&, done = answered.get_future().share()](std::string_view, std::string_view) -> Result<std::string> {
    ++reading;
    done.wait();
    return std::string(R"({"version":2})");
  };
  Server server(std::move(backend), {.port = 0, .log_requests = false});
  const Result<int> port = server.bind();
  REQUIRE(port.ok());
  std::thread serving([&] { (void)server.serve().ok(); });
  std::vector<std::thread> writers;
  std::atomic<int> written{0};
  for (int i = 0; i < kLong; ++i)
    writers.emplace_back([&] {
      httplib::Client client("127.0.0.1", *port);
      const auto receipt = client.Post("/v1/articles", "{}", "application/json");
      written += receipt && receipt->status == 200;
    });
  while (reading < kLong) std::this_thread::yield();
  int told = 0;
  for (int i = 0; i < kShort; ++i) {
    httplib::Client client("127.0.0.1", *port);
    const auto answer = client.Get("/v1/entities?q=anna");
    told += answer && answer->status == 200;
  }
  answered.set_value();
  for (std::thread& one : writers) one.join();
  server.stop();
  serving.join();
  CHECK(told == kShort);
  CHECK(written == kLong);
}

TEST_CASE("requests sent without waiting for answers are all answered, in their order") {
  Running service;
  constexpr int kMany = 3000;
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(service.port()));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  std::thread asking([&] {
    std::string requests;
    for (int i = 0; i < kMany; ++i) requests += "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Request-Id: number-" + std::to_string(i) + "\r\n\r\n";
    for (std::size_t sent = 0; sent < requests.size();) {
      const ssize_t size = ::send(socket, requests.data() + sent, requests.size() - sent, MSG_NOSIGNAL);
      if (size <= 0) break;
      sent += static_cast<std::size_t>(size);
    }
  });
  std::string text;
  const std::string last = "X-Request-Id: number-" + std::to_string(kMany - 1) + "\r\n";
  std::vector<char> buffer(64 * 1024);
  while (text.find(last, text.size() - std::min<std::size_t>(text.size(), 128 * 1024)) == std::string::npos) {
    const ssize_t size = ::recv(socket, buffer.data(), buffer.size(), 0);
    if (size <= 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
  asking.join();
  ::close(socket);
  std::size_t at = 0;
  int found = 0;
  for (int i = 0; i < kMany && at != std::string::npos; ++i, ++found) at = text.find("X-Request-Id: number-" + std::to_string(i) + "\r\n", at);
  CHECK(at != std::string::npos);
  CHECK(found == kMany);
}

TEST_CASE("every error is a problem that names what is wrong") {
  Running service;
  const auto parameter = [&](const std::string& target) { return service.got(target, 400).value("parameter", ""); };
  CHECK(parameter("/v1/entities/x/neighbourhood?depth=99") == "depth");
  CHECK(parameter("/v1/entities/x/neighbourhood?depth=one") == "depth");
  CHECK(parameter("/v1/entities?limit=0") == "limit");
  CHECK(parameter("/v1/entities?limit=100000") == "limit");
  CHECK(parameter("/v1/relations?from=2024-02-30") == "from");
  CHECK(parameter("/v1/relations?polarity=maybe") == "polarity");
  CHECK(parameter("/v1/relations?type=PERSON,ALIEN") == "type");
  CHECK(parameter("/v1/relations?contested=perhaps") == "contested");
  CHECK(parameter("/v1/relations?min_confidence=nan") == "min_confidence");
  CHECK(parameter("/v1/relations?limit=1&limit=2") == "limit");
  CHECK(parameter("/v1/relations?cursor=nonsense") == "cursor");
  CHECK(parameter("/v1/relations?version=7") == "version");
  CHECK(parameter("/v1/paths?source=Anna+Berg") == "target");
  CHECK(parameter("/v1/paths?source=Anna+Berg&target=anna+berg") == "target");
  service.got("/v1/relations?colour=red", 400);
  service.got("/v1/relations?q=%zz", 400);
  service.got("/v1/relations?q=%ff", 400);
  service.got("/v1/entities/nobody", 404);
  service.got("/v1/entities/e0000000000000000", 404);
  service.got("/v1/relations/e0.X.e1", 400);
  service.got("/v2", 404);
  service.got("/v1/entities?q=" + std::string(8100, 'a'), 414);
  service.got("/v1/entities?q=" + std::string(9000, 'a'), 414);
}

TEST_CASE("an ambiguous name is answered with the candidates") {
  Backend backend;
  backend.view = [] {
    std::vector<HeldExtraction> held;
    for (const EntityType type : {EntityType::person, EntityType::gpe}) {
      Extraction extraction = article_of({"Georgia", "CONSULT", "Anna Berg"}, static_cast<int>(type));
      extraction.actors[0].type = type;
      held.push_back({std::make_shared<const Extraction>(extraction), 1, kForever});
    }
    return std::make_shared<const MemoryGraph>(std::move(held), 1);
  };
  const Service service(backend);
  const Response answer = service.handle({"GET", "/v1/paths?source=Anna%20Berg&target=georgia", {}, "", "1"});
  CHECK(answer.status == 409);
  const json problem = json::parse(answer.body);
  CHECK(problem["parameter"] == "target");
  CHECK(problem["candidates"].size() == 2);
}

TEST_CASE("methods, bodies and media types outside the table are refused") {
  ServiceLimits limits;
  limits.max_body = 1000;
  Running service(limits);
  const auto deleted = service.client->Delete("/v1/entities");
  REQUIRE(deleted);
  CHECK(deleted->status == 405);
  CHECK(deleted->get_header_value("Allow") == "GET, HEAD");
  Running::check_problem(*deleted, 405);
  const auto posted = [&](const std::string& body, const char* type) {
    const auto answer = service.client->Post("/v1/articles", body, type);
    REQUIRE(answer);
    if (answer->status >= 400) Running::check_problem(*answer, answer->status);
    return answer->status;
  };
  CHECK(posted("{}", "application/json; charset=utf-8") == 200);
  CHECK(posted("broken", "text/plain") == 400);
  CHECK(posted("", "text/plain") == 400);
  CHECK(posted("x", "image/png") == 415);
  CHECK(posted(std::string(2000, 'x'), "text/plain") == 413);
  const auto from = [&](const std::string& origin) { return service.client->Post("/v1/articles", httplib::Headers{{"Origin", origin}}, "{}", "application/json")->status; };
  CHECK(from("http://evil.example") == 403);
  CHECK(from("http://127.0.0.1:" + std::to_string(service.port())) == 200);
  const auto gone = service.client->Delete("/v1/articles/0123456789abcdef");
  REQUIRE(gone);
  CHECK(gone->status == 404);
}

TEST_CASE("an answer that has not changed is not sent again") {
  Running service;
  const auto first = service.get("/v1/stats");
  const auto answer = service.get("/v1/entities?q=anna");
  REQUIRE(answer);
  const std::string tag = answer->get_header_value("ETag");
  CHECK(!tag.empty());
  const auto again = service.client->Get("/v1/entities?q=anna", httplib::Headers{{"If-None-Match", tag}});
  REQUIRE(again);
  CHECK(again->status == 304);
  CHECK(again->body.empty());
}

TEST_CASE("exports are streamed, answers compressed for who asks") {
  Running service;
  const json graph = service.got("/v1/export?format=nodelink&relation=AID");
  CHECK(graph["links"].size() == 1);
  CHECK(graph["nodes"].size() == 2);
  CHECK(service.got("/v1/export", 400)["parameter"] == "format");
  CHECK(service.got("/v1/export?format=xls", 400)["parameter"] == "format");
  service.client->set_decompress(false);
  const auto coding = [&](const char* accepted) {
    const auto answer = service.client->Get("/v1/relations", httplib::Headers{{"Accept-Encoding", accepted}});
    REQUIRE(answer);
    return answer->get_header_value("Content-Encoding");
  };
  CHECK(coding("gzip, deflate, br") == "br");
  CHECK(coding("gzip, br, zstd") == "zstd");
  CHECK(coding("gzip;q=1, br;q=0.2") == "gzip");
  CHECK(coding("*") == "zstd");
  CHECK(coding("deflate").empty());
  CHECK(coding("gzip;q=0").empty());
  CHECK(coding("gzip;q=0.5, identity") == "gzip");
}

TEST_CASE("the description names every route that answers") {
  Running service;
  const json description = service.got("/openapi.json");
  CHECK(description["openapi"] == "3.1.0");
  for (const auto& [path, operations] : description["paths"].items())
    for (const auto& [method, operation] : operations.items()) {
      CAPTURE(path);
      std::string target = path;
      while (target.find('{') != std::string::npos) target.replace(target.find('{'), target.find('}') - target.find('{') + 1, "x");
      if (method != "get") continue;
      const auto answer = service.get(target);
      REQUIRE(answer);
      CHECK(answer->status != 405);
      CHECK(operation.contains("responses"));
    }
  CHECK(description["components"]["schemas"].contains("Relation"));
}

TEST_CASE("every coding gives the text back") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "line " + std::to_string(i * i % 977) + "\n";
  CHECK(compressed(Coding::gzip, text).size() < text.size() / 3);
  CHECK(compressed(Coding::brotli, text).size() < text.size() / 3);
  CHECK(compressed(Coding::zstd, text).size() < text.size() / 3);
  Running service;
  service.client->set_decompress(true);
  const json plain = service.got("/v1/relations");
  for (const char* accepted : {"gzip", "br"}) {  // those the client of this test can read
    const auto answer = service.client->Get("/v1/relations", httplib::Headers{{"Accept-Encoding", accepted}});
    REQUIRE(answer);
    CHECK(json::parse(answer->body) == plain);
    const auto streamed = service.client->Get("/v1/export?format=nodelink", httplib::Headers{{"Accept-Encoding", accepted}});
    REQUIRE(streamed);
    CHECK(json::parse(streamed->body)["nodes"].size() == 3);
  }
}

TEST_CASE("a token's secret is nowhere but with who has it") {
  const auto secret = make_secret(), other = make_secret();
  REQUIRE(secret.ok());
  REQUIRE(other.ok());
  CHECK(*secret != *other);
  CHECK((*secret).size() == 50);
  const std::vector<Token> tokens{{"one", Right::read, Day{20000}, hash_of(*secret)}, {"two", Right::admin, Day{20000}, hash_of(*other)}};
  CHECK(token_of(tokens, *other)->name == "two");
  CHECK(token_of(tokens, *secret + "x") == nullptr);
  CHECK(token_of(tokens, "") == nullptr);
  CHECK(hash_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-4, appendix B.1
}

TEST_CASE("large bodies become jobs that can be asked about") {
  ServiceLimits limits;
  limits.large_body = 10;
  Running service(limits);
  const auto accepted = service.client->Post("/v1/articles", "a body of some length", "text/plain");
  REQUIRE(accepted);
  CHECK(accepted->status == 202);
  const std::string where = accepted->get_header_value("Location");
  json job = json::parse(accepted->body);
  CHECK(where == "/v1/jobs/" + job["id"].get<std::string>());
  while (job["state"] == "waiting" || job["state"] == "working") job = service.got(where);
  CHECK(job["state"] == "done");
  CHECK(job["receipt"]["version"] == 2);
  service.got("/v1/jobs/j00", 404);
}

TEST_CASE("too much at once is told to come again") {
  ServiceLimits limits;
  limits.ingests = 0;
  Running service(limits);
  const auto refused = service.client->Post("/v1/articles", "x", "text/plain");
  REQUIRE(refused);
  CHECK(refused->status == 503);
  CHECK(!refused->get_header_value("Retry-After").empty());
}

TEST_CASE("messages of the Model Context Protocol") {
  McpOptions options;
  options.view = [view = graph_of(some_facts())] { return view; };
  const auto told = [&](const std::string& message) { return json::parse(mcp_answer(message, options)); };
  CHECK(told(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26"}})")["result"]["protocolVersion"] == "2025-03-26");
  CHECK(mcp_answer(R"({"jsonrpc":"2.0","method":"notifications/initialized"})", options).empty());
  CHECK(told("{")["error"]["code"] == -32700);
  CHECK(told(std::string(100'000, '['))["error"]["code"] == -32700);
  CHECK(told("7")["error"]["code"] == -32600);
  CHECK(told("[]")["error"]["code"] == -32600);
  CHECK(told(R"({"jsonrpc":"2.0","id":1,"method":"x"})")["error"]["code"] == -32601);
  CHECK(told(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x"}})")["error"]["code"] == -32602);
  const json path = told(R"({"jsonrpc":"2.0","id":"p","method":"tools/call","params":{"name":"path","arguments":{"source":"Anna Berg","target":"Eva Falk","relation":["CONSULT","AID"]}}})");
  CHECK(path["id"] == "p");
  CHECK(path["result"]["isError"] == false);
  CHECK(path["result"]["structuredContent"]["paths"][0]["length"] == 2);
  const json wrong = told(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"entity","arguments":{"id":"Ana Berg"}}})");
  CHECK(wrong["result"]["isError"] == true);
  CHECK(wrong["result"]["content"][0]["text"].get<std::string>().find("Anna Berg") != std::string::npos);
}
