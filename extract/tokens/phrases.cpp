#include "extract/tokens/phrases.h"

#include <algorithm>
#include <bitset>

#include "extract/tokens/characters.h"

namespace relata {
namespace {

struct Span {
  std::uint32_t begin, end;
};

// First bytes of the first tokens of all phrases: most tokens are passed over after one look.
std::bitset<256> first_bytes() {
  std::bitset<256> out;
  for (const auto& entry : pack::tables().all<pack::MapEntry>(pack::tables().header().phrases.entries))
    out.set(static_cast<unsigned char>(pack::tables().text(entry.key).front()));
  return out;
}

bool matches(std::span<const pack::Text> phrase, const std::vector<Piece>& pieces, std::size_t at) {
  if (phrase.size() > pieces.size() - at) return false;
  for (std::size_t i = 0; i < phrase.size(); ++i)
    if (pieces[at + i].lexeme->text != pack::tables().text(phrase[i])) return false;
  return true;
}

std::vector<Span> occurrences(const std::vector<Piece>& pieces) {
  static const std::bitset<256> kFirst = first_bytes();
  const pack::Tables& tables = pack::tables();
  std::vector<Span> out;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const std::string_view first = pieces[i].lexeme->text;
    if (!kFirst[static_cast<unsigned char>(first.front())]) continue;
    const pack::MapEntry* entry = tables.find(tables.header().phrases, first);
    if (!entry) continue;
    const pack::Run group = tables.all<pack::Run>(tables.header().phrase_groups)[entry->value];
    for (const pack::Run& run : tables.part<pack::Run>(tables.header().phrase_runs, group))
      if (matches(tables.part<pack::Text>(tables.header().phrase_tokens, run), pieces, i))
        out.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + run.count)});
  }
  return out;
}

// The spans to replace, by their beginnings. A span that is not kept blocks its tokens too: so was the model trained.
std::vector<Span> choose(std::vector<Span> spans, std::size_t tokens) {
  std::sort(spans.begin(), spans.end(), [](Span a, Span b) {
    const auto length = [](Span s) { return s.end - s.begin; };
    return length(a) != length(b) ? length(a) > length(b) : a.begin < b.begin;
  });
  std::vector<bool> seen(tokens);
  std::vector<Span> out;
  for (const Span s : spans) {
    if (!seen[s.begin] && !seen[s.end - 1]) out.push_back(s);
    for (std::uint32_t i = s.begin; i < s.end; ++i) seen[i] = true;
  }
  std::sort(out.begin(), out.end(), [](Span a, Span b) { return a.begin < b.begin; });
  return out;
}

std::uint32_t end_byte(const Piece& piece) { return piece.byte_begin + static_cast<std::uint32_t>(piece.lexeme->text.size()); }

}  // namespace

std::size_t longest_exception() { return pack::tables().header().longest_exception; }

bool append_exception(std::string_view key, std::uint64_t hash, std::uint32_t byte, std::uint32_t point, LexemeStore& store, Scratch& scratch,
                      std::vector<Piece>& out) {
  const pack::Tables& tables = pack::tables();
  const pack::MapEntry* entry = tables.find(tables.header().exceptions, key, hash);
  if (!entry) return false;
  const pack::Run run = tables.all<pack::Run>(tables.header().exception_runs)[entry->value];
  for (const auto& part : tables.part<pack::ExceptionPiece>(tables.header().exception_pieces, run)) {
    Piece piece;
    const std::string_view form = tables.text(part.text);
    piece.lexeme = part.norm.size != 0 ? store.get(form, scratch, tables.text(part.norm)) : store.get(form, scratch);
    piece.byte_begin = byte;
    piece.begin = point;
    piece.end = point + count_code_points(form);
    byte += static_cast<std::uint32_t>(form.size());
    point = piece.end;
    out.push_back(piece);
  }
  return true;
}

void join_phrases(std::string_view text, LexemeStore& store, Scratch& scratch, std::vector<Piece>& pieces) {
  std::vector<Span> spans = occurrences(pieces);
  if (spans.empty()) return;
  spans = choose(std::move(spans), pieces.size());
  std::vector<Piece> out;
  out.reserve(pieces.size());
  std::size_t done = 0;
  for (const Span span : spans) {
    out.insert(out.end(), pieces.begin() + static_cast<std::ptrdiff_t>(done), pieces.begin() + span.begin);
    const Piece& first = pieces[span.begin];
    const Piece& last = pieces[span.end - 1];
    const std::string_view surface = text.substr(first.byte_begin, end_byte(last) - first.byte_begin);
    const bool replaced = surface.size() <= longest_exception() &&
                          append_exception(surface, murmur64a(surface), first.byte_begin, first.begin, store, scratch, out);
    if (replaced) out.back().space_after = last.space_after;
    else out.insert(out.end(), pieces.begin() + span.begin, pieces.begin() + span.end);
    done = span.end;
  }
  out.insert(out.end(), pieces.begin() + static_cast<std::ptrdiff_t>(done), pieces.end());
  pieces.swap(out);
}

}  // namespace relata
