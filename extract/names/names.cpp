#include "extract/names/names.h"

#include "extract/names/lexicon.h"
#include "extract/names/spans.h"
#include "extract/names/types.h"

namespace relata {

std::vector<Name> find_names(const Document& document) {
  const names::Lexicon& lexicon = names::lexicon();
  return names::choose_types(document, lexicon, names::find_spans(document, lexicon));
}

}  // namespace relata
