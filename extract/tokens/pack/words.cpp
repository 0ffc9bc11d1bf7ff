#include <algorithm>
#include <stdexcept>

#include "extract/tokens/pack/sections.h"

namespace relata::pack {
namespace {

using nlohmann::json;

using Values = std::map<std::string, std::uint32_t>;

void write_norms(const json& norms, const json& symbols, Builder& builder) {
  std::map<std::uint64_t, std::string> by_id;
  for (const auto& pair : norms.at("by_hash")) by_id[std::stoull(pair.at(0).get<std::string>())] = pair.at(1);
  // One list of norms by id serves all three tables; the ids of texts are as good as the texts.
  const auto id = [&](const std::string& text) -> std::uint64_t {
    return symbols.contains(text) ? symbols.at(text).get<std::uint64_t>() : murmur64a(text);
  };
  for (const auto& [text, norm] : norms.at("base_norms").items()) by_id.try_emplace(id(text), norm);
  for (const auto& [text, norm] : norms.at("lexeme_norm").items()) by_id[id(text)] = norm;
  std::vector<IdNorm> out;
  for (const auto& [key, norm] : by_id) out.push_back({key, builder.text(norm)});
  builder.header.norm_ids = builder.slice(out);
}

void write_exceptions(const json& exceptions, Builder& builder) {
  Values values;
  std::vector<Run> runs;
  std::vector<ExceptionPiece> pieces;
  for (const auto& [key, list] : exceptions.items()) {
    runs.push_back({static_cast<std::uint32_t>(pieces.size()), static_cast<std::uint32_t>(list.size())});
    values[key] = static_cast<std::uint32_t>(runs.size() - 1);
    std::string joined;
    for (const json& piece : list) {
      for (const auto& [name, value] : piece.items())
        if (name != "ORTH" && name != "NORM") throw std::runtime_error("exception '" + key + "' sets " + name);
      joined += piece.at("ORTH").get<std::string>();
      const std::string norm = piece.value("NORM", "");
      pieces.push_back({builder.text(piece.at("ORTH")), norm.empty() ? Text{} : builder.text(norm)});
    }
    if (joined != key) throw std::runtime_error("exception '" + key + "' changes the text");
    builder.header.longest_exception = std::max(builder.header.longest_exception, static_cast<std::uint32_t>(key.size()));
  }
  builder.header.exceptions = builder.map(values);
  builder.header.exception_runs = builder.slice(runs);
  builder.header.exception_pieces = builder.slice(pieces);
}

void write_phrases(const json& phrases, Builder& builder) {
  std::map<std::string, std::vector<std::vector<std::string>>> by_first;
  for (const auto& [key, tokens] : phrases.items()) by_first[tokens.at(0)].push_back(tokens);
  Values values;
  std::vector<Run> groups, runs;
  std::vector<Text> texts;
  for (const auto& [first, list] : by_first) {
    values[first] = static_cast<std::uint32_t>(groups.size());
    groups.push_back({static_cast<std::uint32_t>(runs.size()), static_cast<std::uint32_t>(list.size())});
    for (const auto& tokens : list) {
      runs.push_back({static_cast<std::uint32_t>(texts.size()), static_cast<std::uint32_t>(tokens.size())});
      for (const std::string& token : tokens) texts.push_back(builder.text(token));
      builder.header.longest_phrase = std::max(builder.header.longest_phrase, static_cast<std::uint32_t>(tokens.size()));
    }
  }
  builder.header.phrases = builder.map(values);
  builder.header.phrase_groups = builder.slice(groups);
  builder.header.phrase_runs = builder.slice(runs);
  builder.header.phrase_tokens = builder.slice(texts);
}

}  // namespace

void write_words(const json& tokenizer, const json& norms, const json& symbols, Builder& builder) {
  builder.header.symbols = builder.map(symbols.at("symbols").get<Values>());
  write_norms(norms, symbols.at("symbols"), builder);
  write_exceptions(tokenizer.at("exceptions"), builder);
  write_phrases(tokenizer.at("special_phrases"), builder);
}

}  // namespace relata::pack
