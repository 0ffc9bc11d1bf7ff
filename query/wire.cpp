#include "query/wire.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <ctime>
#include <mutex>

#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include "query/json_out.h"
#include "query/server.h"

namespace relata {
namespace {

std::string_view reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    default: return "Answer";
  }
}

void add_field(std::string& head, std::string_view name, std::string_view value) {
  head += name;
  head += ": ";
  constexpr std::string_view kBreaks{"\r\n\0", 3};
  if (value.find_first_of(kBreaks) == std::string_view::npos) {
    head += value;
  } else {
    for (const char c : value)
      if (kBreaks.find(c) == std::string_view::npos) head += c;
  }
  head += "\r\n";
}

// The second, written once for all that happens in it.
class Clocked {
 public:
  explicit Clocked(const char* format) : format_(format) {}
  const std::string& now() {
    const std::time_t now = std::time(nullptr);
    if (now == of_) return text_;
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[40];
    text_.assign(text, std::strftime(text, sizeof text, format_, &parts));
    of_ = now;
    return text_;
  }

 private:
  const char* format_;
  std::time_t of_ = -1;
  std::string text_;
};

const std::string& now_for_headers() {
  thread_local Clocked clock("%a, %d %b %Y %H:%M:%S GMT");
  return clock.now();
}
const std::string& now_for_logs() {
  thread_local Clocked clock("%Y-%m-%dT%H:%M:%SZ");
  return clock.now();
}

// Lines go out many at once: when there are many, when somebody flushes, and at the end of the program.
class GatheredError final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  ~GatheredError() override { flush_(); }

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    constexpr std::size_t kMany = 32 * 1024;
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    text_.append(line.data(), line.size());
    if (text_.size() >= kMany) flush_();
  }
  void flush_() override {
    for (std::string_view rest = text_; !rest.empty();) {
      const ssize_t size = ::write(STDERR_FILENO, rest.data(), rest.size());
      if (size < 0 && errno != EINTR) break;  // nobody reads it: the service goes on
      rest.remove_prefix(size > 0 ? static_cast<std::size_t>(size) : 0);
    }
    text_.clear();
  }

 private:
  std::string text_;
};

}  // namespace

void log_to_standard_error() {
  spdlog::set_default_logger(std::make_shared<spdlog::logger>("relata", std::make_shared<GatheredError>()));
  spdlog::set_pattern("%v");  // the lines carry their time themselves
  spdlog::flush_on(spdlog::level::err);
  spdlog::flush_every(std::chrono::seconds(1));
}

void flush_log() { spdlog::default_logger_raw()->flush(); }

std::string head_of(const Response& answer, const Request& request, Coding coding, Framing framing, std::size_t length, bool keep_alive) {
  std::string head;
  head.reserve(512);
  head += "HTTP/1.1 " + std::to_string(answer.status) + " ";
  head += reason(answer.status);
  head += "\r\n";
  add_field(head, "Date", now_for_headers());
  const bool bodiless = answer.status == 204 || answer.status == 304;
  if (!bodiless) add_field(head, "Content-Type", answer.type);
  if (coding != Coding::identity) add_field(head, "Content-Encoding", to_string(coding));
  add_field(head, "Vary", "Accept-Encoding, Origin");
  for (const auto& [name, value] : answer.headers) add_field(head, name, value);
  add_field(head, "X-Request-Id", request.id);
  add_field(head, "X-Content-Type-Options", "nosniff");
  if (framing == Framing::chunks) add_field(head, "Transfer-Encoding", "chunked");
  if (framing == Framing::length && !bodiless) add_field(head, "Content-Length", std::to_string(length));
  if (!keep_alive) add_field(head, "Connection", "close");
  head += "\r\n";
  return head;
}

std::string request_id(std::string_view given) {
  static std::atomic<std::uint64_t> count{0};
  static const auto start = static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
  const bool harmless = !given.empty() && given.size() <= 64 &&
                        std::all_of(given.begin(), given.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.'; });
  if (harmless) return std::string(given);
  char text[40];
  char* end = std::to_chars(text, text + 20, start & 0xffffffffffu, 16).ptr;
  *end++ = '-';
  return {text, std::to_chars(end, text + sizeof text, ++count, 16).ptr};
}

void log_answer(const Request& request, int status, std::size_t bytes, std::chrono::nanoseconds time) {
  const double ms = std::chrono::duration<double, std::milli>(time).count();
  JsonOut line(true);
  {
    const auto object = line.object();
    line.field("time", now_for_logs());
    line.field("level", "info");
    line.field("request", request.id);
    line.field("client", request.client);
    line.field("method", std::string_view(request.method).substr(0, 20));
    line.field("target", std::string_view(request.target).substr(0, 500));
    line.field("status", status);
    line.field("bytes", bytes);
    line.field("ms", std::round(ms * 1000) / 1000);
  }
  spdlog::info("{}", line.take());
}

void log_fault(const Request& request, std::string_view what) {
  JsonOut line(true);
  {
    const auto object = line.object();
    line.field("time", now_for_logs());
    line.field("level", "error");
    line.field("request", request.id);
    line.field("target", std::string_view(request.target).substr(0, 500));
    line.field("exception", what);
  }
  spdlog::error("{}", line.take());
}

}  // namespace relata
