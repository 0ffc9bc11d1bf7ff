#include "query/wire.h"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <ctime>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "query/json.h"
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
  for (const char c : value)
    if (c != '\r' && c != '\n' && c != '\0') head += c;
  head += "\r\n";
}

std::string now_as(const char* format) {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[40];
  return {text, std::strftime(text, sizeof text, format, &parts)};
}

}  // namespace

void log_to_standard_error() {
  spdlog::set_default_logger(spdlog::stderr_logger_mt("relata"));
  spdlog::set_pattern("%v");  // the lines carry their time themselves
}

std::string head_of(const Response& answer, const Request& request, Coding coding, Framing framing, std::size_t length, bool keep_alive) {
  std::string head = "HTTP/1.1 " + std::to_string(answer.status) + " ";
  head += reason(answer.status);
  head += "\r\n";
  add_field(head, "Date", now_as("%a, %d %b %Y %H:%M:%S GMT"));
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
  std::snprintf(text, sizeof text, "%llx-%llx", static_cast<unsigned long long>(start & 0xffffffffffu), static_cast<unsigned long long>(++count));
  return text;
}

void log_answer(const Request& request, int status, std::size_t bytes, std::chrono::nanoseconds time) {
  const double ms = std::chrono::duration<double, std::milli>(time).count();
  const Json line{{"time", now_as("%Y-%m-%dT%H:%M:%SZ")},
                  {"level", "info"},
                  {"request", request.id},
                  {"client", request.client},
                  {"method", request.method.substr(0, 20)},
                  {"target", request.target.substr(0, 500)},
                  {"status", status},
                  {"bytes", bytes},
                  {"ms", std::round(ms * 1000) / 1000}};
  spdlog::info("{}", dump(line));
}

void log_fault(const Request& request, std::string_view what) {
  const Json line{{"time", now_as("%Y-%m-%dT%H:%M:%SZ")}, {"level", "error"}, {"request", request.id}, {"target", request.target.substr(0, 500)}, {"exception", what}};
  spdlog::error("{}", dump(line));
}

}  // namespace relata
