#include "extract/language/parser.h"

#include <limits>
#include <string>

#include "extract/language/tree_repair.h"

namespace relata {
namespace {

using Kind = DependencyParser::Kind;
using Move = DependencyParser::Move;

constexpr std::size_t kSlots = 8, kMoves = 106, kColumns = 112, kKinds = 5;
constexpr unsigned bit(Kind kind) { return 1u << static_cast<unsigned>(kind); }
constexpr unsigned kArcs = bit(Kind::left) | bit(Kind::right);
constexpr std::uint8_t kNoShift = 1, kStart = 2;

// "L nsubj||ccomp"
Result<Move> read_move(std::string_view line) {
  const std::string_view kinds = "SDLRB";
  const std::size_t kind = line.empty() ? std::string_view::npos : kinds.find(line[0]);
  const std::string_view label = line.size() < 2 ? std::string_view() : line.substr(2);
  const std::size_t bars = label.find("||");
  const auto dep = parse_dep(label.substr(0, bars));
  const auto below = parse_dep(bars == std::string_view::npos ? std::string_view() : label.substr(bars + 2));
  if (kind == std::string_view::npos || !dep || !below)
    return corrupt("the language model has an unknown move '" + std::string(line) + "'");
  return Move{static_cast<Kind>(kind), *dep, *below};
}

}  // namespace

// Stack, buffer and arcs of a text being parsed.
class ParserState {
 public:
  ParserState(DependencyParser::Workspace& workspace, std::size_t tokens) : w_(workspace), count_(static_cast<TokenIndex>(tokens)) {
    w_.heads_.assign(tokens, kNoToken);
    w_.left_.assign(tokens, kNoToken);
    w_.right_.assign(tokens, kNoToken);
    w_.elder_.assign(tokens, kNoToken);
    w_.moves_.assign(tokens, 0);
    w_.marks_.assign(tokens, 0);
    w_.stack_.clear();
    w_.put_back_.clear();
  }

  bool done() const { return w_.stack_.empty() && buffered() == 0; }

  // The kinds of moves that are allowed, as bits.
  unsigned allowed() const {
    const TokenIndex front = buffer(0);
    const bool at_start = front != kNoToken && (w_.marks_[front] & kStart) != 0;
    const bool stacked = !w_.stack_.empty();
    unsigned kinds = 0;
    if (!stacked || (buffered() >= 2 && !at_start && (w_.marks_[front] & kNoShift) == 0)) kinds |= bit(Kind::shift);
    if (stacked) kinds |= bit(Kind::reduce);
    if (stacked && front != kNoToken && !at_start) kinds |= kArcs;
    if (const TokenIndex next = buffer(1); next != kNoToken && next == front + 1 && (w_.marks_[next] & kStart) == 0)
      kinds |= bit(Kind::split);
    return kinds;
  }

  void features(TokenIndex (&out)[kSlots]) const {
    out[0] = buffer(0);
    out[1] = buffer(1);
    out[2] = stacked(0);
    out[3] = stacked(1);
    out[4] = stacked(2);
    out[5] = out[0] == kNoToken ? kNoToken : w_.left_[out[0]];
    out[6] = out[2] == kNoToken ? kNoToken : w_.left_[out[2]];
    out[7] = out[2] == kNoToken ? kNoToken : w_.right_[out[2]];
  }

  void apply(Kind kind, std::uint8_t move) {
    switch (kind) {
      case Kind::shift:
        take_front();
        break;
      case Kind::reduce:
        reduce();
        break;
      case Kind::left:
        attach_left(move);
        break;
      case Kind::right:
        attach_right(move);
        break;
      case Kind::split:
        w_.marks_[buffer(1)] |= kStart;
        break;
    }
  }

 private:
  std::size_t buffered() const { return count_ - next_ + w_.put_back_.size(); }
  TokenIndex buffer(std::size_t i) const {
    const std::size_t back = w_.put_back_.size();
    if (i < back) return w_.put_back_[back - 1 - i];
    const std::size_t at = next_ + i - back;
    return at < count_ ? static_cast<TokenIndex>(at) : kNoToken;
  }
  TokenIndex stacked(std::size_t i) const { return i < w_.stack_.size() ? w_.stack_[w_.stack_.size() - 1 - i] : kNoToken; }

  void take_front() {
    w_.stack_.push_back(buffer(0));
    if (w_.put_back_.empty()) {
      ++next_;
    } else {
      w_.put_back_.pop_back();
    }
  }
  // A word without a head goes back to the buffer, unless it was alone.
  void reduce() {
    const TokenIndex top = stacked(0);
    w_.stack_.pop_back();
    if (w_.heads_[top] == kNoToken && !w_.stack_.empty()) {
      w_.marks_[top] |= kNoShift;
      w_.put_back_.push_back(top);
    }
  }
  void attach_left(std::uint8_t move) {
    const TokenIndex top = stacked(0), front = buffer(0);
    // An earlier head loses it; it was that head's last child to the right.
    if (const TokenIndex old = w_.heads_[top]; old != kNoToken) w_.right_[old] = w_.elder_[top];
    w_.heads_[top] = front;
    w_.moves_[top] = move;
    w_.left_[front] = top;
    w_.marks_[front] &= static_cast<std::uint8_t>(~kNoShift);
    w_.stack_.pop_back();
  }
  void attach_right(std::uint8_t move) {
    const TokenIndex top = stacked(0), front = buffer(0);
    w_.heads_[front] = top;
    w_.moves_[front] = move;
    w_.elder_[front] = w_.right_[top];
    w_.right_[top] = front;
    take_front();
  }

  DependencyParser::Workspace& w_;
  TokenIndex count_;
  TokenIndex next_ = 0;  // first token never taken from the buffer
};

Result<DependencyParser> DependencyParser::load(const ModelFile& model) {
  DependencyParser parser;
  auto network = TransitionNetwork::load(model, "parser", kSlots, kColumns);
  if (!network) return network.error();
  parser.network_ = *network;
  const auto lines = model.lines("parser.moves");
  if (!lines) return lines.error();
  for (const std::string_view line : *lines) {
    const auto move = read_move(line);
    if (!move) return move.error();
    parser.moves_.push_back(*move);
  }
  // Shift and reduce come first and the break last, where the choice among few kinds looks for them.
  if (parser.moves_.size() != kMoves || parser.moves_[0].kind != Kind::shift || parser.moves_[1].kind != Kind::reduce ||
      parser.moves_.back().kind != Kind::split) {
    return corrupt("the moves of the language model's parser are not in their order");
  }
  parser.masks_.assign((1u << kKinds) * kColumns, -std::numeric_limits<float>::infinity());
  for (unsigned kinds = 0; kinds < 1u << kKinds; ++kinds) {
    for (std::size_t i = 0; i < kMoves; ++i) {
      if (kinds & bit(parser.moves_[i].kind)) parser.masks_[kinds * kColumns + i] = 0;
    }
  }
  return parser;
}

namespace {

// The best of the allowed kinds, of which there are at least two.
std::uint32_t choose(const kernels::Head& head, LowerRows& rows, const ParserState& state, unsigned kinds, const float* mask) {
  TokenIndex tokens[kSlots];
  state.features(tokens);
  const float* parts[kSlots];
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    parts[slot] = tokens[slot] == kNoToken ? rows.missing(slot) : rows.row(slot, tokens[slot]);
  }
  float hidden[kernels::kHidden];
  kernels::hidden_layer(head, parts, kSlots, hidden);
  if (kinds & kArcs) return kernels::best_column(head, hidden, {0, 7, mask}).column;
  const kernels::Best low = kernels::best_column(head, hidden, {0, 1, mask});
  if ((kinds & bit(Kind::split)) == 0) return low.column;
  const kernels::Best high = kernels::best_column(head, hidden, {6, 1, mask});
  return high.score > low.score ? high.column : low.column;
}

}  // namespace

void DependencyParser::parse(HiddenRows& hidden, std::size_t first, Document& document, Workspace& workspace) const {
  std::vector<Token>& tokens = document.tokens;
  workspace.rows_.start(hidden, first, tokens.size());
  ParserState state(workspace, tokens.size());
  while (!state.done()) {
    const unsigned kinds = state.allowed();
    std::uint32_t move = 0;
    if (kinds == bit(Kind::reduce)) {
      move = 1;
    } else if (kinds != bit(Kind::shift)) {
      move = choose(network_.head, workspace.rows_, state, kinds, masks_.data() + kinds * kColumns);
    }
    state.apply(moves_[move].kind, static_cast<std::uint8_t>(move));
  }
  std::vector<Dep> below(tokens.size(), Dep::none);
  for (TokenIndex i = 0; i < tokens.size(); ++i) {
    const bool root = workspace.heads_[i] == kNoToken;
    const Move& move = moves_[workspace.moves_[i]];
    tokens[i].head = root ? i : workspace.heads_[i];
    tokens[i].dep = root ? Dep::ROOT : move.label;
    if (!root) below[i] = move.below;
  }
  std::vector<TokenIndex> left, right;
  find_sentences(tokens, left, right);
  if (restore_crossing_arcs(tokens, below, left, right)) find_sentences(tokens, left, right);
}

}  // namespace relata
