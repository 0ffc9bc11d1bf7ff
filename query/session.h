// One connection: its requests one after another. Private to server.cpp, for it brings in Asio and Beast.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <ostream>
#include <set>
#include <streambuf>
#include <thread>
#include <vector>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include "query/hall.h"
#include "query/server.h"
#include "query/wire.h"

namespace relata {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

// What a connection can be told from outside, on any thread.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual void end_when_idle() = 0;  // at once when it asks nothing, else after its answer
  virtual void end_now() = 0;
};

// What all connections share. Lives longer than each.
struct Floor {
  const ServerOptions& options;
  const Service& service;
  Hall hall;
  std::atomic<bool> stopping{false};
  std::atomic<std::size_t> streams{0};
  std::mutex mutex;
  std::set<Connection*> connections;  // guarded by mutex

  Floor(const ServerOptions& given, const Service& answers) : options(given), service(answers), hall(static_cast<std::size_t>(given.threads), given.max_waiting) {}
  std::size_t count() {
    const std::lock_guard lock(mutex);
    return connections.size();
  }
};

// Collects what a stream is given, codes it and hands it on in few large pieces.
class Pieces final : public std::streambuf {
 public:
  using Send = std::function<bool(std::string_view)>;
  Pieces(Send send, Coding coding) : send_(std::move(send)), encoder_(coding == Coding::identity ? nullptr : make_encoder(coding)) {
    setp(buffer_.data(), buffer_.data() + buffer_.size());
  }
  bool finish() { return pass(true); }

 protected:
  int_type overflow(int_type byte) override {
    if (!pass(false)) return traits_type::eof();
    if (!traits_type::eq_int_type(byte, traits_type::eof())) sputc(traits_type::to_char_type(byte));
    return traits_type::not_eof(byte);
  }
  int sync() override { return pass(false) ? 0 : -1; }

 private:
  bool pass(bool last) {
    const std::string_view piece(pbase(), static_cast<std::size_t>(pptr() - pbase()));
    std::string coded;
    const bool made = !encoder_ || encoder_->encode(piece, last, coded);
    const std::string_view out = encoder_ ? std::string_view(coded) : piece;
    const bool sent = made && (out.empty() || send_(out));
    setp(buffer_.data(), buffer_.data() + buffer_.size());
    return sent;
  }

  Send send_;
  std::unique_ptr<Encoder> encoder_;
  std::vector<char> buffer_ = std::vector<char>(64 * 1024);
};

template <typename Stream>
class Session final : public Connection, public std::enable_shared_from_this<Session<Stream>> {
 public:
  Session(Stream stream, Floor& floor, std::string client) : stream_(std::move(stream)), floor_(floor), client_(std::move(client)) {
    const std::lock_guard lock(floor_.mutex);
    floor_.connections.insert(this);
  }
  ~Session() override {
    const std::lock_guard lock(floor_.mutex);
    floor_.connections.erase(this);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void start() {
    if constexpr (kSecure) {
      lowest().expires_after(floor_.options.read_timeout);
      stream_.async_handshake(net::ssl::stream_base::server, [self = self()](beast::error_code fault) {
        if (!fault) self->read_head();
      });
    } else {
      read_head();
    }
  }

  void end_when_idle() override {
    net::post(stream_.get_executor(), [weak = this->weak_from_this()] {
      if (const auto session = weak.lock(); session && session->idle_) session->lowest().cancel();
    });
  }
  void end_now() override {
    net::post(stream_.get_executor(), [weak = this->weak_from_this()] {
      if (const auto session = weak.lock()) session->lowest().close();
    });
  }

 private:
  static constexpr bool kSecure = !std::is_same_v<Stream, beast::tcp_stream>;
  using Clock = std::chrono::steady_clock;

  std::shared_ptr<Session> self() { return this->shared_from_this(); }
  beast::tcp_stream& lowest() { return beast::get_lowest_layer(stream_); }

  void read_head() {
    if (floor_.stopping) return close();
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(floor_.options.max_header));
    parser_->body_limit(floor_.options.limits.max_body);
    idle_ = true;
    lowest().expires_after(floor_.options.keep_alive);  // for the whole head: byte by byte is no way to stay
    http::async_read_header(stream_, buffer_, *parser_, [self = self()](beast::error_code fault, std::size_t) { self->on_head(fault); });
  }

  void on_head(beast::error_code fault) {
    idle_ = false;
    start_ = Clock::now();
    take_head();
    if (fault) return on_broken(fault);
    if (std::optional<Response> refused = floor_.service.admit(request_)) {
      if (!parser_->is_done()) ends_ = lingers_ = true;  // its body is not read
      return send(*refused);
    }
    if (parser_->is_done()) return enter();
    lowest().expires_after(floor_.options.read_timeout);
    if (!beast::iequals(parser_->get()[http::field::expect], "100-continue")) return read_body();
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    net::async_write(stream_, net::buffer(kContinue.data(), kContinue.size()), [self = self()](beast::error_code broken, std::size_t) {
      if (!broken) self->read_body();
    });
  }

  void read_body() {
    http::async_read(stream_, buffer_, *parser_, [self = self()](beast::error_code fault, std::size_t) {
      if (fault) return self->on_broken(fault);
      self->request_.body = std::move(self->parser_->get().body());
      self->enter();
    });
  }

  void take_head() {
    const auto& head = parser_->get();
    request_ = {std::string(head.method_string()), std::string(head.target()), {}, {}, request_id(view_of(head["X-Request-Id"])), client_};
    for (const auto& field : head) {
      std::string name(field.name_string());
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      const auto [at, fresh] = request_.headers.emplace(std::move(name), std::string(field.value()));
      if (!fresh) (at->second += ", ") += view_of(field.value());  // RFC 9110, 5.2
    }
    ends_ = !parser_->is_header_done() || !parser_->keep_alive();
    lingers_ = false;
  }

  static std::string_view view_of(beast::string_view text) { return {text.data(), text.size()}; }

  // What the parser refuses is answered when there is somebody to answer; silence and a closed connection are not.
  void on_broken(beast::error_code fault) {
    ends_ = lingers_ = true;
    if (fault == http::error::end_of_stream || fault == beast::error::timeout || fault == net::error::operation_aborted) return close();
    if (fault == http::error::body_limit)
      return send(floor_.service.refused(request_, 413, "body: at most " + std::to_string(floor_.options.limits.max_body) + " bytes"));
    if (fault == http::error::header_limit || fault == http::error::buffer_overflow)
      return send(floor_.service.refused(request_, 431, "header: at most " + std::to_string(floor_.options.max_header) + " bytes with the address"));
    if (fault.category() == http::make_error_code(http::error::bad_version).category() && fault != http::error::partial_message)
      return send(floor_.service.refused(request_, 400, "the request is not HTTP as it should be: " + fault.message()));
    close();
  }

  // Answers at once or when a seat is free. The state of the service itself is told also when all seats are taken.
  void enter() {
    lowest().expires_never();
    if (request_.target == "/healthz" || request_.target == "/readyz" || request_.target == "/metrics") return send(answered());
    const auto entry = floor_.hall.enter([self = self()] { net::post(self->stream_.get_executor(), [self] { self->answer(); }); });
    if (entry == Hall::Entry::seated) return answer();
    if (entry == Hall::Entry::full) send(floor_.service.refused(request_, 503, "too many requests wait already; come again"));
  }

  void answer() {
    Response response = answered();
    floor_.hall.leave();
    if (response.stream) return begin_stream(std::move(response));
    send(response);
  }

  // The last place before the socket: nothing a request brings about may end the process.
  Response answered() {
    try {
      return floor_.service.respond(request_);
    } catch (const std::exception& error) {
      log_fault(request_, error.what());
      return floor_.service.refused(request_, 500, "an error of this program; its log names the request");
    }
  }

  Coding coding() const {
    const auto accepted = request_.headers.find("accept-encoding");
    return accepted == request_.headers.end() ? Coding::identity : choose_coding(accepted->second);
  }

  void send(Response response) {
    constexpr std::size_t kWorthIt = 1024;  // bytes
    Coding used = Coding::identity;
    body_ = std::move(response.body);
    const auto coded = [](const auto& header) { return header.first == "Content-Encoding"; };
    if (body_.size() >= kWorthIt && std::none_of(response.headers.begin(), response.headers.end(), coded)) used = coding();
    if (used != Coding::identity) {
      std::string smaller = compressed(used, body_);
      if (smaller.empty())
        used = Coding::identity;
      else
        body_ = std::move(smaller);
    }
    ends_ |= floor_.stopping;
    head_ = head_of(response, request_, used, Framing::length, body_.size(), !ends_);
    const bool bodiless = request_.method == "HEAD" || response.status == 204 || response.status == 304;
    if (bodiless) body_.clear();
    status_ = response.status;
    lowest().expires_after(floor_.options.write_timeout);
    const std::array<net::const_buffer, 2> parts{net::buffer(head_), net::buffer(body_)};
    net::async_write(stream_, parts, [self = self()](beast::error_code fault, std::size_t) { self->on_sent(fault); });
  }

  void on_sent(beast::error_code fault) {
    log(body_.size());
    if (fault) return;
    if (!ends_) return read_head();
    lingers_ ? linger() : close();
  }

  void log(std::size_t bytes) const {
    if (floor_.options.log_requests) log_answer(request_, status_, bytes, Clock::now() - start_);
  }

  // A client that is still sending would lose the answer if the connection were just closed: hear it out for a moment.
  void linger() {
    beast::error_code ignored;
    lowest().socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
    lowest().expires_after(std::chrono::seconds(2));
    drain(std::make_shared<std::array<char, 16 * 1024>>(), 0);
  }
  void drain(std::shared_ptr<std::array<char, 16 * 1024>> sink, std::size_t heard) {
    constexpr std::size_t kPatience = 256u << 20;
    const net::mutable_buffer into = net::buffer(*sink);
    lowest().async_read_some(into, [self = self(), sink = std::move(sink), heard](beast::error_code fault, std::size_t size) {
      if (!fault && heard + size < kPatience) self->drain(sink, heard + size);
    });
  }

  void close() {
    if constexpr (kSecure) {
      lowest().expires_after(std::chrono::seconds(2));
      stream_.async_shutdown([self = self()](beast::error_code) {});
    } else {
      beast::error_code ignored;
      lowest().socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
    }
  }

  // A stream writes at its reader's pace, so it has a thread of its own and no seat.
  void begin_stream(Response response) {
    if (floor_.streams.fetch_add(1) >= floor_.options.max_streams) {
      --floor_.streams;
      return send(floor_.service.refused(request_, 503, "too many exports and feeds are being read; come again"));
    }
    std::thread([self = self(), response = std::move(response)]() mutable {
      self->stream(response);
      Floor& floor = self->floor_;
      net::post(self->stream_.get_executor(), [self, &floor] { --floor.streams; });
    }).detach();
  }

  // Runs on the stream's own thread.
  void stream(const Response& response) {
    const Coding used = coding();
    const bool chunks = parser_->get().version() >= 11;
    ends_ |= !chunks || floor_.stopping;
    status_ = response.status;
    std::size_t bytes = 0;
    bool whole = write_all(head_of(response, request_, used, chunks ? Framing::chunks : Framing::until_close, 0, !ends_));
    if (whole && request_.method != "HEAD") {
      Pieces pieces(
          [&](std::string_view piece) {
            bytes += piece.size();
            if (!chunks) return write_all(std::string(piece));
            char size[20];
            std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
            return write_all(size + std::string(piece) + "\r\n");
          },
          used);
      std::ostream out(&pieces);
      whole = response.stream(out) && out.flush() && pieces.finish() && (!chunks || write_all("0\r\n\r\n"));
    }
    net::post(stream_.get_executor(), [self = self(), whole, bytes] {
      self->log(bytes);
      if (!whole) return self->lowest().close();  // without a proper end, so that the reader notices
      self->ends_ ? self->close() : self->read_head();
    });
  }

  // Waits until it is written, by a thread of the server.
  bool write_all(std::string bytes) {
    std::promise<bool> written;
    net::post(stream_.get_executor(), [&] {
      lowest().expires_after(floor_.options.write_timeout);
      net::async_write(stream_, net::buffer(bytes), [&](beast::error_code fault, std::size_t) { written.set_value(!fault); });
    });
    return written.get_future().get();
  }

  Stream stream_;
  Floor& floor_;
  const std::string client_;
  beast::flat_buffer buffer_{256 * 1024};  // at most: what is neither head nor body, such as endless chunk extensions, ends there
  std::optional<http::request_parser<http::string_body>> parser_;
  Request request_;
  bool idle_ = false, ends_ = false, lingers_ = false;
  Clock::time_point start_;
  std::string head_, body_;
  int status_ = 0;
};

}  // namespace relata
