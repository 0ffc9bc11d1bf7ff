#include "tests/support/parsed_document.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace relata {
namespace {

using nlohmann::json;

template <typename T>
T required(std::optional<T> value, const std::string& what) {
  if (!value) throw std::runtime_error("unknown label " + what);
  return *value;
}

std::string_view keep(WordStore& words, std::string text) { return words.emplace_back(std::move(text)); }

// ASCII is enough for tests.
std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

std::uint32_t code_points(std::string_view text) {
  std::uint32_t count = 0;
  for (const char c : text) count += (c & 0xC0) != 0x80;
  return count;
}

Token token(const json& from, std::string_view text, std::uint32_t& byte, std::uint32_t& point, WordStore& words) {
  const std::string form = from.at("text");
  const std::uint32_t begin = from.at("idx");
  for (; point < begin; ++point)
    do ++byte;
    while ((text[byte] & 0xC0) == 0x80);
  Token token;
  token.text = text.substr(byte, form.size());
  if (token.text != form) throw std::runtime_error("token '" + form + "' is not at its offset");
  token.byte_begin = byte;
  token.span = {begin, begin + code_points(form)};
  token.lower = keep(words, lower(form));
  token.lemma = keep(words, from.at("lemma"));
  token.morph = keep(words, from.at("morph"));
  token.head = from.at("head");
  token.tag = required(parse_tag(std::string(from.at("tag"))), from.at("tag"));
  token.pos = required(parse_pos(std::string(from.at("pos"))), from.at("pos"));
  token.dep = required(parse_dep(std::string(from.at("dep"))), from.at("dep"));
  const std::string ner = from.at("ent_type");
  token.ner = ner.empty() ? Ner::none : required(parse_ner(ner), ner);
  token.ner_begins = from.at("ent_iob") == "B";
  token.space_after = from.at("ws");
  token.is_space = token.pos == Pos::SPACE;
  token.sentence_start = from.at("sent_start");
  return token;
}

}  // namespace

Document parsed_document(const std::string& json_line, WordStore& words) {
  const json line = json::parse(json_line);
  auto article = std::make_unique<Article>();
  article->uri = line.value("uri", "");
  article->title = line.value("title", "");
  article->publisher = line.value("publisher", "");
  article->text = line.at("text");
  article->published = parse_day(line.value("published", ""));
  if (article->published) article->published_from = PublishedFrom::metadata;
  article->id = article_id(*article);
  Document document;
  document.source = std::move(article);
  std::uint32_t byte = 0, point = 0;
  for (const json& from : line.at("tokens")) document.tokens.push_back(token(from, document.article().text, byte, point, words));
  index_tree(document);
  return document;
}

}  // namespace relata
