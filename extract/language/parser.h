// Tokens -> dependency tree: a greedy arc-eager transition system that can take back an attachment (Honnibal and Johnson 2015,
// "An Improved Non-monotonic Transition System for Dependency Parsing"), over the precomputed rows of its lower layer.
#pragma once

#include <string_view>
#include <vector>

#include "extract/document.h"
#include "extract/language/lower_rows.h"

namespace relata {

class DependencyParser {
 public:
  // Buffers of one thread, for one text after the other.
  class Workspace {
   public:
    explicit Workspace(const DependencyParser& parser) : rows_(parser.network_) {}

   private:
    friend class DependencyParser;
    friend class ParserState;
    LowerRows rows_;
    std::vector<TokenIndex> heads_, stack_, put_back_, left_, right_, elder_;
    std::vector<std::uint8_t> moves_, marks_;
  };

  static Result<DependencyParser> load(const ModelFile& model);

  // From now on the lower layer rounds its inputs (reduced.h). Before the first Workspace is made.
  void reduce() { network_.reduced = kernels::reduce(network_.lower, kernels::kHidden); }

  // Sets head, dep and sentence_start of all tokens (is_space is read), which are the positions from `first` on of `hidden`.
  // Linear in the number of tokens.
  void parse(HiddenRows& hidden, std::size_t first, Document& document, Workspace& workspace) const;

  enum class Kind : std::uint8_t { shift, reduce, left, right, split };
  struct Move {
    Kind kind = Kind::shift;
    Dep label = Dep::none;
    // The word's true head is to be looked for below its head, under this label (pseudo-projective parsing); none: it is not.
    Dep below = Dep::none;
  };

 private:
  DependencyParser() = default;
  TransitionNetwork network_;
  std::vector<Move> moves_;
  std::vector<float> masks_;  // per set of allowed kinds: 0 or minus infinity a column
};

}  // namespace relata
