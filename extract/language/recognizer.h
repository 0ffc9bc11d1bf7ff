// Tokens -> names: one move a token, begins / goes on / ends / is a whole name / is none.
#pragma once

#include <vector>

#include "extract/document.h"
#include "extract/language/lower_rows.h"

namespace relata {

class NameRecognizer {
 public:
  class Workspace {
   public:
    explicit Workspace(const NameRecognizer& recognizer) : rows_(recognizer.network_) {}

   private:
    friend class NameRecognizer;
    LowerRows rows_;
  };

  static Result<NameRecognizer> load(const ModelFile& model);

  // From now on the lower layer rounds its inputs (reduced.h). Before the first Workspace is made.
  void reduce() { network_.reduced = kernels::reduce(network_.lower, kernels::kHidden); }

  // Sets ner and ner_begins of all tokens (sentence_start and is_space are read), which are the positions from `first` on of `hidden`.
  void recognize(HiddenRows& hidden, std::size_t first, Document& document, Workspace& workspace) const;

 private:
  enum class Kind : std::uint8_t { begin, inside, last, unit, outside };
  struct Move {
    Kind kind = Kind::outside;
    Ner type = Ner::none;
  };
  NameRecognizer() = default;

  TransitionNetwork network_;
  std::vector<Move> moves_;
  std::vector<float> outside_;  // masks of the moves outside a name: O and whole names; all
  std::vector<float> inside_;   // per type: the mask of the moves inside a name of that type
};

}  // namespace relata
