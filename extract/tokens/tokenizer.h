// Text -> pieces: the tokens of a text before anything is known about them but their form.
#pragma once

#include <string_view>
#include <vector>

#include "extract/tokens/lexeme.h"
#include "extract/tokens/lexeme_store.h"
#include "extract/tokens/scratch.h"

namespace relata {

// Splits as the model's training did: white space, exceptions ("don't"), prefixes, suffixes, infixes, addresses, phrases (":)").
// The pieces and the spaces between them cover the text exactly. Linear in the text's length, whatever the text.
// Keeps nothing but a reference to the store: any number of threads may tokenize with one Tokenizer.
class Tokenizer {
 public:
  // The store outlives the Tokenizer and every piece it made.
  explicit Tokenizer(LexemeStore& store) : store_(&store) {}

  // Replaces `out`. `text` is valid UTF-8 below 4 GiB and outlives nothing: pieces view the store and `scratch` only.
  // `scratch` must live as long as the pieces (give it to the Document: Document::scratch).
  void tokenize(std::string_view text, Scratch& scratch, std::vector<Piece>& out) const;

 private:
  LexemeStore* store_;
};

}  // namespace relata
