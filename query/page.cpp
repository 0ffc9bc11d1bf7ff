#include "query/page.h"

#include <algorithm>

#include "query/problem.h"

namespace relata {
namespace {

// Colours and places that the page sets on elements by script are not inline styles to this policy (CSP 3, 6.1.14).
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string short_page() {
  std::string body = "<!doctype html><html lang=en><meta charset=utf-8><title>Relata</title><h1>Relata</h1><p>A knowledge graph of who did what to whom, "
                     "when, according to whom. Its addresses are described in <a href=/openapi.json>/openapi.json</a>:</p><ul>";
  for (const Route& route : routes()) ((((body += "<li><code>") += route.method) += ' ') += route.path).append("</code> ").append(route.summary);
  return body += "</ul>";
}

bool names(const Request& request, const char* header, std::string_view word) {
  const auto found = request.headers.find(header);
  return found != request.headers.end() && found->second.find(word) != std::string::npos;
}

Response file_response(const PageFile& file, const Request& request) {
  const bool gzip = !file.gzip.empty() && names(request, "accept-encoding", "gzip");
  const std::string tag = "\"" + std::string(file.tag) + (gzip ? "-gz\"" : "\"");  // two codings are two representations
  Response response;
  response.type = file.type;
  response.headers = {{"ETag", tag},
                      {"Cache-Control", file.lasting ? "public, max-age=31536000, immutable" : "no-cache"},
                      {"Vary", "Accept-Encoding"},
                      {"Content-Security-Policy", std::string(kPolicy)},
                      {"Referrer-Policy", "no-referrer"}};
  if (names(request, "if-none-match", tag)) {
    response.status = 304;
    return response;
  }
  if (gzip) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = gzip ? file.gzip : file.plain;
  return response;
}

}  // namespace

Response page_file(const Call& call) {
  const auto name = call.given.find("file");
  const std::string path = name == call.given.end() ? "/" : "/assets/" + name->second.front();
  const auto& files = call.backend.page;
  const auto found = std::find_if(files.begin(), files.end(), [&](const PageFile& file) { return file.path == path; });
  if (found != files.end()) return file_response(*found, call.request);
  if (path != "/") return problem(404, "the page has no such file; reload it", call.request);
  Response response;
  response.type = "text/html; charset=utf-8";
  response.body = short_page();
  return response;
}

}  // namespace relata
