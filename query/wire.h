// Heads of answers as bytes, and what is logged of them. Private to the server.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "query/coding.h"
#include "query/http.h"

namespace relata {

// How the body follows its head.
enum class Framing { length, chunks, until_close };

// The status line and all header fields of an answer, with the empty line. Line breaks inside of values are dropped: nobody
// smuggles a header in (RFC 9112, 11.1).
std::string head_of(const Response& answer, const Request& request, Coding coding, Framing framing, std::size_t length, bool keep_alive);

// The client's own id when it is harmless, else a number of this process.
std::string request_id(std::string_view given);

// One JSON line for an answered request, by spdlog's default logger. `bytes`: of the body as sent.
void log_answer(const Request& request, int status, std::size_t bytes, std::chrono::nanoseconds time);
// What was logged is written out, at the latest after a second by itself.
void flush_log();
void log_fault(const Request& request, std::string_view what);

}  // namespace relata
