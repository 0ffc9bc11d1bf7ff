#include "query/problem.h"

namespace relata {
namespace {

std::string_view title(int status) {
  switch (status) {
    case 400: return "Bad request";
    case 401: return "Not authorized";
    case 403: return "Forbidden";
    case 404: return "Not found";
    case 405: return "Method not allowed";
    case 406: return "Not acceptable";
    case 408: return "Request timed out";
    case 409: return "Conflict";
    case 413: return "Body too large";
    case 414: return "Address too long";
    case 415: return "Unsupported media type";
    case 416: return "Range not satisfiable";
    case 417: return "Expectation failed";
    case 429: return "Too many requests";
    case 431: return "Header too large";
    case 500: return "Internal error";
    case 501: return "Not implemented";
    case 503: return "Not available now";
    default: return "Error";
  }
}

}  // namespace

int http_status(Fault fault) {
  switch (fault) {
    case Fault::bad_input: return 400;
    case Fault::not_found: return 404;
    case Fault::conflict: return 409;
    case Fault::corrupt: return 500;
    case Fault::io: return 503;
  }
  return 500;
}

Response problem(int status, std::string_view detail, const Request& request, const Json& more) {
  Json json{{"type", "about:blank"}, {"title", title(status)}, {"status", status}, {"detail", detail}, {"instance", request.target.substr(0, 500)}, {"request", request.id}};
  json.update(more);
  Response response;
  response.status = status;
  response.type = "application/problem+json";
  response.body = dump(json) + "\n";
  return response;
}

Response problem(const Error& error, const Request& request, const Json& more) { return problem(http_status(error.fault), error.message, request, more); }

}  // namespace relata
