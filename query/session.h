// One connection: its requests one after another. Private to server.cpp, for it brings in Asio and Beast.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <ostream>
#include <set>
#include <thread>
#include <vector>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "query/crew.h"
#include "query/hall.h"
#include "query/pieces.h"
#include "query/server.h"
#include "query/wire.h"

namespace relata {

namespace beast = boost::beast;
namespace http = beast::http;

using Strand = net::strand<net::io_context::executor_type>;
using Socket = net::basic_stream_socket<net::ip::tcp, Strand>;
using SecureSocket = net::ssl::stream<Socket>;

// What a connection can be told from outside, on any thread.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual void end_when_idle() = 0;  // at once when it asks nothing, else after its answer
  virtual void end_now() = 0;
  virtual void end_if_late(std::chrono::steady_clock::time_point now) = 0;  // what it was given time for is not done
};

// What all connections share. Lives longer than each.
struct Floor {
  const ServerOptions& options;
  const Service& service;
  Crew& crew;
  Hall hall;
  std::atomic<bool> stopping{false};
  std::atomic<std::size_t> streams{0};
  std::mutex mutex;
  std::set<Connection*> connections;  // guarded by mutex

  Floor(const ServerOptions& given, const Service& answers, Crew& threads) : options(given), service(answers), crew(threads), hall(static_cast<std::size_t>(given.threads), given.max_waiting) {}
  std::size_t count() {
    const std::lock_guard lock(mutex);
    return connections.size();
  }
};

template <typename Stream>
class Session final : public Connection, public std::enable_shared_from_this<Session<Stream>> {
  using Clock = std::chrono::steady_clock;

 public:
  Session(Stream stream, Floor& floor, Lane& lane, std::string client) : stream_(std::move(stream)), floor_(floor), lane_(lane), client_(std::move(client)) {
    ++lane_.connections;
    const std::lock_guard lock(floor_.mutex);
    floor_.connections.insert(this);
  }
  ~Session() override {
    const std::lock_guard lock(floor_.mutex);
    floor_.connections.erase(this);
    --lane_.connections;
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void start() {
    net::post(stream_.get_executor(), [self = self()] { self->begin(); });
  }

  void end_when_idle() override {
    net::post(stream_.get_executor(), [weak = this->weak_from_this()] {
      beast::error_code ignored;
      if (const auto session = weak.lock(); session && session->idle_) session->lowest().cancel(ignored);
    });
  }
  void end_now() override {
    net::post(stream_.get_executor(), [weak = this->weak_from_this()] {
      beast::error_code ignored;
      if (const auto session = weak.lock()) session->lowest().close(ignored);
    });
  }
  void end_if_late(Clock::time_point now) override {
    if (now.time_since_epoch().count() < deadline_) return;
    net::post(stream_.get_executor(), [weak = this->weak_from_this()] {
      beast::error_code ignored;
      if (const auto session = weak.lock(); session && session->late()) session->lowest().close(ignored);
    });
  }

 private:
  static constexpr bool kSecure = !std::is_same_v<Stream, Socket>;

  std::shared_ptr<Session> self() { return this->shared_from_this(); }
  Socket& lowest() { return beast::get_lowest_layer(stream_); }

  // What is waited for from now on must happen within this time. The connection is closed soon after.
  void allow(std::chrono::seconds time) { deadline_ = (Clock::now() + time).time_since_epoch().count(); }
  void allow_any_time() { deadline_ = Clock::time_point::max().time_since_epoch().count(); }
  bool late() const { return Clock::now().time_since_epoch().count() >= deadline_; }

  void begin() {
    if constexpr (kSecure) {
      allow(floor_.options.read_timeout);
      stream_.async_handshake(net::ssl::stream_base::server, [self = self()](beast::error_code fault) {
        if (!fault) self->read_head();
      });
    } else {
      beast::error_code fault;
      stream_.non_blocking(true, fault);
      if (!fault) read_head();
    }
  }

  void read_head() {
    if (floor_.stopping) return close();
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(floor_.options.max_header));
    parser_->body_limit(floor_.options.limits.max_body);
    idle_ = true;
    allow(floor_.options.keep_alive);  // for the whole head: byte by byte is no way to stay
    take_in(&Session::on_head);
  }

  using Done = void (Session::*)(beast::error_code);

  // Parses what has come, and reads more until the head is there, or all of the request for a parser that is eager.
  void take_in(Done done) {
    while (parser_->eager() ? !parser_->is_done() : !parser_->is_header_done()) {
      beast::error_code fault = http::error::need_more;
      if (buffer_.size() > 0) buffer_.consume(parser_->put(buffer_.data(), fault));
      if (fault == http::error::need_more) return read_more(done);
      if (fault) return (this->*done)(fault);
    }
    (this->*done)({});
  }

  void read_more(Done done) {
    constexpr std::size_t kLeast = 4096, kMost = 64 * 1024;
    const std::size_t room = std::min({std::max(kLeast, buffer_.capacity() - buffer_.size()), kMost, buffer_.max_size() - buffer_.size()});
    if (room == 0) return (this->*done)(http::error::buffer_overflow);
    stream_.async_read_some(buffer_.prepare(room), [self = self(), done](beast::error_code fault, std::size_t size) {
      self->buffer_.commit(size);
      if (!fault) return self->take_in(done);
      if (fault == net::error::eof) {
        fault = http::error::end_of_stream;
        if (self->parser_->got_some()) self->parser_->put_eof(fault);
      }
      (*self.*done)(fault);
    });
  }

  void on_head(beast::error_code fault) {
    idle_ = false;
    start_ = Clock::now();
    take_head();
    if (fault) return on_broken(fault);
    if (std::optional<Response> refused = floor_.service.admit(request_)) {
      if (!parser_->is_done()) ends_ = lingers_ = true;  // its body is not read
      return send(*std::move(refused));
    }
    if (parser_->is_done()) return enter();
    allow(floor_.options.read_timeout);
    if (!beast::iequals(parser_->get()[http::field::expect], "100-continue")) return read_body();
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    net::async_write(stream_, net::buffer(kContinue.data(), kContinue.size()), [self = self()](beast::error_code broken, std::size_t) {
      if (!broken) self->read_body();
    });
  }

  void read_body() {
    parser_->eager(true);
    take_in(&Session::on_body);
  }
  void on_body(beast::error_code fault) {
    if (fault) return on_broken(fault);
    request_.body = std::move(parser_->get().body());
    enter();
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
    if (fault == http::error::end_of_stream || fault == net::error::operation_aborted) return close();
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
    allow_any_time();
    if (request_.target == "/healthz" || request_.target == "/readyz" || request_.target == "/metrics") return send(answered());
    const auto entry = floor_.hall.enter([self = self()] { net::post(self->stream_.get_executor(), [self] { self->answer(); }); });
    if (entry == Hall::Entry::seated) return answer();
    if (entry == Hall::Entry::full) send(floor_.service.refused(request_, 503, "too many requests wait already; come again"));
  }

  void answer() {
    Response response = answered();
    floor_.hall.leave();
    if (response.stream) return begin_stream(std::move(response));
    send(std::move(response));
  }

  // The last place before the socket: nothing a request brings about may end the process.
  Response answered() {
    const Crew::Answering at_it(floor_.crew, lane_);
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
    allow(floor_.options.write_timeout);
    write();
  }

  void write() {
    const auto sent = [self = self()](beast::error_code fault, std::size_t) { self->on_sent(fault); };
    if constexpr (kSecure) {
      head_ += body_;  // in one record where it fits
      net::async_write(stream_, net::buffer(head_), sent);
    } else {
      // Nearly always the kernel takes it all at once.
      beast::error_code fault;
      const std::size_t first = stream_.write_some(std::array{net::const_buffer(net::buffer(head_)), net::const_buffer(net::buffer(body_))}, fault);
      const std::size_t of_head = std::min(first, head_.size());
      if (fault == net::error::would_block || (!fault && first < head_.size() + body_.size()))
        net::async_write(stream_, std::array{net::buffer(head_) + of_head, net::buffer(body_) + (first - of_head)}, sent);
      else
        on_sent(fault);
    }
  }

  void on_sent(beast::error_code fault) {
    log(body_.size());
    if (fault) return;
    if (ends_) return lingers_ ? linger() : close();
    if (buffer_.size() == 0) return read_head();
    net::post(stream_.get_executor(), [self = self()] { self->read_head(); });  // asked without waiting for answers: one call at a time
  }

  void log(std::size_t bytes) const {
    if (floor_.options.log_requests) log_answer(request_, status_, bytes, Clock::now() - start_);
  }

  // A client that is still sending would lose the answer if the connection were just closed: hear it out for a moment.
  void linger() {
    beast::error_code ignored;
    lowest().shutdown(net::socket_base::shutdown_send, ignored);
    allow(std::chrono::seconds(2));
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
      allow(std::chrono::seconds(2));
      stream_.async_shutdown([self = self()](beast::error_code) {});
    } else {
      beast::error_code ignored;
      lowest().shutdown(net::socket_base::shutdown_send, ignored);
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
      beast::error_code ignored;
      if (!whole) return static_cast<void>(self->lowest().close(ignored));  // without a proper end, so that the reader notices
      self->ends_ ? self->close() : self->read_head();
    });
  }

  // Waits until it is written, by a thread of the server.
  bool write_all(std::string bytes) {
    std::promise<bool> written;
    net::post(stream_.get_executor(), [&] {
      allow(floor_.options.write_timeout);
      net::async_write(stream_, net::buffer(bytes), [&](beast::error_code fault, std::size_t) { written.set_value(!fault); });
    });
    return written.get_future().get();
  }

  Stream stream_;
  Floor& floor_;
  Lane& lane_;
  const std::string client_;
  beast::flat_buffer buffer_{256 * 1024};  // at most: what is neither head nor body, such as endless chunk extensions, ends there
  std::optional<http::request_parser<http::string_body>> parser_;
  Request request_;
  std::atomic<Clock::rep> deadline_{Clock::time_point::max().time_since_epoch().count()};
  bool idle_ = false, ends_ = false, lingers_ = false;
  Clock::time_point start_;
  std::string head_, body_;
  int status_ = 0;
};

}  // namespace relata
