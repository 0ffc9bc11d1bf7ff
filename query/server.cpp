#include "query/server.h"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ostream>
#include <streambuf>
#include <thread>
#include <vector>

#include <httplib.h>
#include <spdlog/spdlog.h>

#include "query/json.h"
#include "query/problem.h"

namespace relata {
namespace {

using Clock = std::chrono::steady_clock;

// The client's own id when it is harmless, else a number of this process.
std::string request_id(const httplib::Request& from) {
  static std::atomic<std::uint64_t> count{0};
  static const auto start = static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
  const std::string given = from.get_header_value("X-Request-Id");
  const bool harmless = !given.empty() && given.size() <= 64 &&
                        std::all_of(given.begin(), given.end(), [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_' || c == '.'; });
  if (harmless) return given;
  char text[40];
  std::snprintf(text, sizeof text, "%llx-%llx", static_cast<unsigned long long>(start & 0xffffffffffu), static_cast<unsigned long long>(++count));
  return text;
}

Request request_of(const httplib::Request& from) {
  Request request{from.method, from.target, {}, from.body, request_id(from)};
  for (const auto& [name, value] : from.headers) {
    std::string lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    request.headers.emplace(std::move(lower), value);
  }
  return request;
}

// Collects what a stream is given, so that it goes out in few large chunks and not in one for each word.
class Chunks final : public std::streambuf {
 public:
  explicit Chunks(httplib::DataSink& sink) : sink_(sink) { setp(buffer_.data(), buffer_.data() + buffer_.size()); }

 protected:
  int_type overflow(int_type byte) override {
    if (sync() != 0) return traits_type::eof();
    if (!traits_type::eq_int_type(byte, traits_type::eof())) sputc(traits_type::to_char_type(byte));
    return traits_type::not_eof(byte);
  }
  int sync() override {
    const auto size = static_cast<std::size_t>(pptr() - pbase());
    setp(buffer_.data(), buffer_.data() + buffer_.size());
    return size == 0 || sink_.write(buffer_.data(), size) ? 0 : -1;
  }

 private:
  httplib::DataSink& sink_;
  std::vector<char> buffer_ = std::vector<char>(64 * 1024);
};

void send(const Response& answer, const Request& request, httplib::Response& to) {
  to.status = answer.status;
  for (const auto& [name, value] : answer.headers) to.set_header(name, value);
  to.set_header("X-Request-Id", request.id);
  to.set_header("X-Content-Type-Options", "nosniff");
  if (answer.stream) {
    to.set_chunked_content_provider(answer.type, [stream = answer.stream](std::size_t, httplib::DataSink& sink) {
      Chunks chunks(sink);
      std::ostream out(&chunks);
      const bool whole = stream(out) && out.flush();
      if (whole) sink.done();
      return whole;
    });
  } else if (to.has_header("Content-Encoding")) {  // the library would compress a body once more
    to.set_content_provider(answer.body.size(), answer.type, [body = answer.body](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
      return sink.write(body.data() + offset, length);
    });
  } else if (answer.status != 304) {
    to.set_content(answer.body, answer.type);
  }
}

// Whether "Accept-Encoding" takes gzip: names it or "*", and not with q=0 (RFC 9110, 12.5.3).
bool takes_gzip(const std::string& header) {
  for (const std::string_view coding : {"gzip", "*"}) {
    const std::size_t at = header.find(coding);
    if (at == std::string::npos) continue;
    const std::string item = header.substr(at, header.find(',', at) - at);
    const std::size_t q = item.find("q=");
    return q == std::string::npos || item.find_first_of("123456789", q) != std::string::npos;
  }
  return false;
}

// The library would choose brotli at its slowest level, a second for what gzip does in ten milliseconds. The request is a
// plain variable of the library's that handlers see as const, and this is its only place to be asked otherwise.
void prefer_gzip(const httplib::Request& from) {
  const bool gzip = takes_gzip(from.get_header_value("Accept-Encoding"));
  httplib::Headers& headers = const_cast<httplib::Request&>(from).headers;
  headers.erase("Accept-Encoding");
  if (gzip) headers.emplace("Accept-Encoding", "gzip");
}

void log(const Request& request, const Response& answer, Clock::time_point start) {
  const double ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  const Json line{{"request", request.id},   {"method", request.method},     {"target", request.target.substr(0, 500)},
                  {"status", answer.status}, {"bytes", answer.body.size()}, {"ms", std::round(ms * 1000) / 1000}};
  spdlog::info("{}", dump(line));
}

// What the library refused by itself, before any handler saw it.
std::string_view refused(int status) {
  switch (status) {
    case 400: return "the request is not HTTP as it should be";
    case 413: return "body: too large";
    case 414: return "address: too long";
    case 416: return "Range: cannot be satisfied";
    default: return "the request was refused";
  }
}

}  // namespace

struct Server::Parts {
  ServerOptions options;
  Service service;
  httplib::Server http;
  std::atomic<bool> stopped{false}, serving{false};

  Parts(Backend backend, ServerOptions given) : options(std::move(given)), service(std::move(backend), options.limits) {
    http.set_payload_max_length(options.limits.max_body);
    http.set_read_timeout(options.read_timeout);
    http.set_write_timeout(options.write_timeout);
    http.set_keep_alive_timeout(options.keep_alive.count());
    http.set_keep_alive_max_count(1000);
    http.set_tcp_nodelay(true);
    const auto threads = static_cast<std::size_t>(std::clamp(options.threads, 1, 256));
    http.new_task_queue = [threads] { return new httplib::ThreadPool(threads); };  // httplib takes it
    http.set_pre_routing_handler([](const httplib::Request& from, httplib::Response&) {
      prefer_gzip(from);
      return httplib::Server::HandlerResponse::Unhandled;
    });
    const auto dispatch = [this](const httplib::Request& from, httplib::Response& to) { handle(from, to); };
    const char* everything = "[^]*";
    http.Get(everything, dispatch).Delete(everything, httplib::Server::Handler(dispatch)).Options(everything, dispatch);
    http.Post(everything, httplib::Server::Handler(dispatch)).Put(everything, httplib::Server::Handler(dispatch)).Patch(everything, httplib::Server::Handler(dispatch));
    http.set_error_handler([](const httplib::Request& from, httplib::Response& to) {
      if (!to.body.empty()) return;
      const Request request = request_of(from);
      send(problem(to.status, refused(to.status), request), request, to);
    });
    http.set_exception_handler([](const httplib::Request& from, httplib::Response& to, std::exception_ptr fault) {
      const Request request = request_of(from);
      try {
        std::rethrow_exception(std::move(fault));
      } catch (const std::exception& error) {
        spdlog::error("{}", dump(Json{{"request", request.id}, {"target", request.target.substr(0, 500)}, {"exception", error.what()}}));
      }
      send(problem(500, "an error of this program; its log names the request", request), request, to);
    });
  }

  void handle(const httplib::Request& from, httplib::Response& to) {
    const Clock::time_point start = Clock::now();
    const Request request = request_of(from);
    const Response answer = service.handle(request);
    send(answer, request, to);
    if (options.log_requests) log(request, answer, start);
  }
};


Server::Server(Backend backend, ServerOptions options) : parts_(std::make_unique<Parts>(std::move(backend), std::move(options))) {}
Server::~Server() { stop(); }

Result<int> Server::bind() {
  const ServerOptions& options = parts_->options;
  const int port = options.port == 0                                       ? parts_->http.bind_to_any_port(options.host)
                   : parts_->http.bind_to_port(options.host, options.port) ? options.port
                                                                           : -1;
  if (port < 0) return io_error("cannot listen on " + options.host + ":" + std::to_string(options.port) + ": the address is taken, forbidden or not of this machine");
  return port;
}

Result<void> Server::serve() {
  parts_->serving = true;
  const bool ended_well = parts_->stopped || parts_->http.listen_after_bind();
  parts_->serving = false;
  return ended_well || parts_->stopped ? Result<void>() : io_error("listening failed");
}

void Server::stop() {
  parts_->stopped = true;
  while (parts_->serving && !parts_->http.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));  // it cannot be stopped before it runs
  parts_->http.stop();
}

}  // namespace relata
