// Requests and responses as plain values, so that the service can be asked without a socket.
#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "graph/result.h"

namespace relata {

struct Request {
  std::string method;   // "GET"
  std::string target;   // raw, as in the request line: "/v1/entities?q=pu%C5%A5in"
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  std::string id;       // names the request in logs and answers
  std::string client = {};  // address it comes from; empty: not from a socket
};

struct Response {
  int status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  // Instead of body: writes it piece by piece. False ends the connection without a proper end, so that the reader notices.
  std::function<bool(std::ostream&)> stream;
};

}  // namespace relata
