// Questions as tools for assistants: the Model Context Protocol (modelcontextprotocol.io/specification, revisions 2024-11-05 to
// 2025-06-18), which is JSON-RPC 2.0. Only tools; nothing is kept between messages.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "graph/view.h"
#include "query/questions.h"

namespace relata {

struct McpOptions {
  std::function<std::shared_ptr<const GraphView>()> view;
  Budget budget = {};
  std::chrono::milliseconds time{10'000};  // for one question; 0: no end
  std::string program_version = {};
};

// The answer to one message or batch; empty when none is due (notifications, answers). Never throws for what a message holds.
std::string mcp_answer(std::string_view message, const McpOptions& options);

}  // namespace relata
