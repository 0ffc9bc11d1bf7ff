#include "extract/language/recognizer.h"

#include <limits>
#include <string>

namespace relata {
namespace {

constexpr std::size_t kSlots = 3, kColumns = 96, kInside = 48, kTypes = 19;
constexpr std::size_t kHalf = kColumns / 2 / kernels::kBlock;  // blocks outside a name, and inside
constexpr float kForbidden = -std::numeric_limits<float>::infinity();

}  // namespace

Result<NameRecognizer> NameRecognizer::load(const ModelFile& model) {
  NameRecognizer recognizer;
  auto network = TransitionNetwork::load(model, "ner", kSlots, kColumns);
  if (!network) return network.error();
  recognizer.network_ = *network;
  const auto lines = model.lines("ner.moves");
  if (!lines) return lines.error();
  for (const std::string_view line : *lines) {
    const std::size_t kind = line.empty() ? std::string_view::npos : std::string_view("BILUO").find(line[0]);
    const auto type = parse_ner(line.size() < 2 ? std::string_view() : line.substr(2));
    if (kind == std::string_view::npos || !type) return corrupt("the language model has an unknown move '" + std::string(line) + "'");
    recognizer.moves_.push_back({static_cast<Kind>(kind), *type});
  }
  if (recognizer.moves_.size() != kColumns) return corrupt("the language model's recognizer has another number of moves");
  recognizer.outside_.assign(2 * kColumns, kForbidden);
  recognizer.inside_.assign(kTypes * kColumns, kForbidden);
  for (std::size_t i = 0; i < kColumns; ++i) {
    const Move move = recognizer.moves_[i];
    const bool inside = move.kind == Kind::inside || move.kind == Kind::last;
    if (inside != (i >= kInside)) return corrupt("the moves of the language model's recognizer are not in their order");
    if (inside) {
      recognizer.inside_[static_cast<std::size_t>(move.type) * kColumns + i] = 0;
    } else {
      if (move.kind != Kind::begin) recognizer.outside_[i] = 0;
      recognizer.outside_[kColumns + i] = 0;
    }
  }
  return recognizer;
}

void NameRecognizer::recognize(HiddenRows& hidden, std::size_t first, Document& document, Workspace& workspace) const {
  std::vector<Token>& tokens = document.tokens;
  const auto count = static_cast<TokenIndex>(tokens.size());
  LowerRows& rows = workspace.rows_;
  rows.start(hidden, first, count);
  TokenIndex open = kNoToken;
  for (TokenIndex i = 0; i < count; ++i) {
    Token& token = tokens[i];
    const bool more = i + 1 < count && !tokens[i + 1].sentence_start;
    token.ner = open == kNoToken ? Ner::none : tokens[open].ner;
    token.ner_begins = false;
    if (open == kNoToken ? token.is_space : !more) {  // only one move is possible
      open = kNoToken;
      continue;
    }
    const float* parts[kSlots] = {rows.row(0, i), open == kNoToken ? rows.missing(1) : rows.row(1, open),
                                  open == kNoToken ? rows.missing(2) : rows.row(2, i - 1)};
    float units[kernels::kHidden];
    kernels::hidden_layer(network_.head, parts, kSlots, units);
    const kernels::Choice choice = open == kNoToken
                                       ? kernels::Choice{0, kHalf, outside_.data() + (more ? kColumns : 0)}
                                       : kernels::Choice{kHalf, kHalf, inside_.data() + static_cast<std::size_t>(token.ner) * kColumns};
    const Move move = moves_[kernels::best_column(network_.head, units, choice).column];
    token.ner = move.type;
    token.ner_begins = move.kind == Kind::begin || move.kind == Kind::unit;
    if (move.kind == Kind::begin) open = i;
    if (move.kind == Kind::last) open = kNoToken;
  }
}

}  // namespace relata
