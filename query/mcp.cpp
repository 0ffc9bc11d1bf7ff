#include "query/mcp.h"

#include <algorithm>
#include <array>

#include "query/answer.h"
#include "query/json.h"
#include "query/parameters.h"
#include "query/schemas.h"
#include "query/text.h"

namespace relata {
namespace {

constexpr std::array<std::string_view, 3> kRevisions{"2025-06-18", "2025-03-26", "2024-11-05"};  // newest first
constexpr std::size_t kLongestBatch = 50;
constexpr int kParseError = -32700, kInvalidRequest = -32600, kUnknownMethod = -32601, kInvalidParams = -32602;

// How a form of query/parameters.h is called as a tool.
struct Tool {
  std::string_view name, form;
};
constexpr std::array kTools{Tool{"find", "find"},         Tool{"entity", "show"},       Tool{"neighbours", "neighbourhood"}, Tool{"path", "path"},
                            Tool{"timeline", "timeline"}, Tool{"relations", "relations"}, Tool{"evidence", "relation"},        Tool{"statements", "statements"},
                            Tool{"quotes", "quotes"},     Tool{"connections", "connections"}, Tool{"who", "who"},              Tool{"article", "article"},
                            Tool{"diff", "diff"},         Tool{"stats", "stats"}};

const Form* form_of(std::string_view tool) {
  for (const Tool& one : kTools)
    if (one.name == tool)
      for (const Form& form : forms())
        if (form.name == one.form) return &form;
  return nullptr;
}

Json failure(const Json& id, int code, std::string_view message) { return {{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", code}, {"message", message}}}}; }
Json success(const Json& id, Json result) { return {{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}}; }

Json input_schema(const Form& form) {
  Json properties = Json::object(), required = Json::array();
  for (const Parameter& parameter : form.parameters) {
    Json schema = schema_of(parameter);
    schema["description"] = parameter.description;
    properties[std::string(parameter.name)] = std::move(schema);
    if (parameter.required) required.push_back(parameter.name);
  }
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}, {"additionalProperties", false}};
}

Json list_tools() {
  Json tools = Json::array();
  for (const Tool& tool : kTools)
    if (const Form* form = form_of(tool.name))
      tools.push_back({{"name", tool.name}, {"description", form->summary}, {"inputSchema", input_schema(*form)}, {"annotations", {{"readOnlyHint", true}}}});
  return {{"tools", std::move(tools)}};
}

std::string text_of(const Json& value) { return value.is_string() ? value.get<std::string>() : dump(value); }

Result<Given> given_from(const Json& arguments) {
  Given given;
  if (arguments.is_null()) return given;
  if (!arguments.is_object()) return bad_input("arguments: an object is expected");
  for (const auto& [name, value] : arguments.items()) {
    if (value.is_null()) continue;
    if (value.is_object()) return bad_input(name.substr(0, 100) + ": a value or a list of values is expected");
    if (value.is_array()) {
      if (value.empty()) continue;
      for (const Json& one : value) {
        if (one.is_structured()) return bad_input(name.substr(0, 100) + ": a list of plain values is expected");
        given[name].push_back(text_of(one));
      }
    } else {
      given[name].push_back(text_of(value));
    }
  }
  return given;
}

Json told(std::string text, bool failed) { return {{"content", Json::array({Json{{"type", "text"}, {"text", std::move(text)}}})}, {"isError", failed}}; }

// Errors an assistant can mend: in the result, so that it reads them.
Json refused(const Error& error, const std::vector<Entity>& meant) {
  std::string text = error.message;
  for (const Entity& entity : meant) text += "\n  " + to_string(entity.id) + "  " + entity.name + "  " + std::string(to_string(entity.type));
  return told(std::move(text), true);
}

Json call(const Form& form, const Json& arguments, const McpOptions& options) {
  const Result<Given> given = given_from(arguments);
  if (!given) return refused(given.error(), {});
  if (const Result<void> fine = check_given(form.parameters, *given); !fine) return refused(fine.error(), {});
  const auto view = options.view();
  const Result<Question> question = form.question(*given, *view);
  if (!question) return refused(question.error(), {});
  Budget budget = options.budget;
  Visited visited;
  if (wants_explanation(*given)) budget.visited = &visited;
  if (options.time > std::chrono::milliseconds::zero()) budget.deadline = std::chrono::steady_clock::now() + options.time;
  const Result<Answer> answered = answer(*question, *view, budget);
  if (!answered)
    return refused(answered.error(), answered.error().fault == Fault::conflict ? candidates(*question, *view)
                                     : answered.error().fault == Fault::not_found ? suggested(*question, *view)
                                                                                  : std::vector<Entity>{});
  Json json = to_json(*answered);
  if (budget.visited) json["explain"] = to_json(visited);
  Json result = told(to_text(*answered), false);
  result["structuredContent"] = std::move(json);
  return result;
}

Json initialized(const Json& params, const McpOptions& options) {
  const Json wanted = params.is_object() ? params.value("protocolVersion", Json()) : Json();
  const bool known = wanted.is_string() && std::find(kRevisions.begin(), kRevisions.end(), wanted.get<std::string>()) != kRevisions.end();
  return {{"protocolVersion", known ? wanted : Json(kRevisions.front())},
          {"capabilities", {{"tools", Json::object()}}},
          {"serverInfo", {{"name", "relata"}, {"version", options.program_version.empty() ? "0" : options.program_version}}},
          {"instructions",
           "A knowledge graph of news: who did what to whom, when, according to whom. Names or entity ids name entities; find tells ids. Every relation carries the "
           "sentence that says it, its article, date and publisher: quote them."}};
}

// Null when no answer is due.
Json answered(const Json& message, const McpOptions& options) {
  if (!message.is_object() || message.value("jsonrpc", Json()) != Json("2.0")) return failure(nullptr, kInvalidRequest, "a JSON-RPC 2.0 message is expected");
  const bool asks = message.contains("id");
  const Json id = message.value("id", Json());
  if (asks && !id.is_string() && !id.is_number() && !id.is_null()) return failure(nullptr, kInvalidRequest, "id: a string or a number is expected");
  const Json method = message.value("method", Json());
  if (!method.is_string()) {
    if (message.contains("result") || message.contains("error")) return nullptr;
    return failure(id, kInvalidRequest, "method: is missing");
  }
  if (!asks) return nullptr;
  const Json params = message.value("params", Json::object());
  if (method == "initialize") return success(id, initialized(params, options));
  if (method == "ping") return success(id, Json::object());
  if (method == "tools/list") return success(id, list_tools());
  if (method != "tools/call") return failure(id, kUnknownMethod, "'" + method.get<std::string>().substr(0, 100) + "': no such method");
  const Json name = params.is_object() ? params.value("name", Json()) : Json();
  const Form* form = name.is_string() ? form_of(name.get<std::string>()) : nullptr;
  if (!form) return failure(id, kInvalidParams, "name: no such tool; tools/list names them");
  return success(id, call(*form, params.value("arguments", Json()), options));
}

// Deeper than any message is; the parser recurses, so hostile nesting ends here.
bool too_deep(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[' || c == '{') {
      if (++depth > 64) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

}  // namespace

std::string mcp_answer(std::string_view message, const McpOptions& options) {
  const Json parsed = too_deep(message) ? Json(Json::value_t::discarded) : Json::parse(message, nullptr, false);
  if (parsed.is_discarded()) return dump(failure(nullptr, kParseError, "not JSON, or nested too deeply"));
  if (!parsed.is_array()) {
    const Json one = answered(parsed, options);
    return one.is_null() ? "" : dump(one);
  }
  if (parsed.empty() || parsed.size() > kLongestBatch) return dump(failure(nullptr, kInvalidRequest, "a batch holds 1 to " + std::to_string(kLongestBatch) + " messages"));
  Json all = Json::array();
  for (const Json& message_of_batch : parsed)
    if (Json one = answered(message_of_batch, options); !one.is_null()) all.push_back(std::move(one));
  return all.empty() ? "" : dump(all);
}

}  // namespace relata
