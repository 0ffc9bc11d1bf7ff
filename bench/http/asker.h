// A client of one keep-alive connection, made to be cheaper than any server.
#pragma once

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace relata::bench {

// Ends the program when the server does not answer with 200.
class Asker {
 public:
  explicit Asker(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int yes = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) fail("cannot connect");
  }
  ~Asker() { ::close(socket_); }
  Asker(const Asker&) = delete;
  Asker& operator=(const Asker&) = delete;

  // Bytes of the answer's body.
  std::size_t ask(const std::string& target) {
    const std::string request = "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n";
    if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) fail(target);
    std::size_t got = 0, need = 0, body = 0;
    std::string head;
    while (need == 0 || got < need) {
      const ssize_t size = ::recv(socket_, buffer_.data(), buffer_.size(), 0);
      if (size <= 0) fail(target);
      got += static_cast<std::size_t>(size);
      if (need > 0) continue;
      head.append(buffer_.data(), static_cast<std::size_t>(size));
      const std::size_t end = head.find("\r\n\r\n"), length = head.find("Content-Length: ");
      if (end == std::string::npos || length == std::string::npos) continue;
      if (head.compare(0, 12, "HTTP/1.1 200") != 0) fail(target + ": " + head.substr(0, 12));
      body = std::strtoul(head.c_str() + length + 16, nullptr, 10);
      need = end + 4 + body;
    }
    return body;
  }

 private:
  [[noreturn]] static void fail(const std::string& what) {
    std::fprintf(stderr, "%s: no answer\n", what.c_str());
    std::exit(3);
  }

  int socket_;
  std::vector<char> buffer_ = std::vector<char>(256 * 1024);
};

}  // namespace relata::bench
