// The label sets of the language model as enumerations, so that rules compare numbers and a misspelt label does not compile.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace relata {

// Penn Treebank tags; the comment gives the tag where it is not an identifier.
enum class Tag : std::uint8_t {
  DOLLAR /*$*/, CLOSE_QUOTE /*''*/, COMMA /*,*/, LRB /*-LRB-*/, RRB /*-RRB-*/, PERIOD /*.*/, COLON /*:*/, ADD, AFX, CC, CD, DT, EX, FW, HYPH, IN, JJ, JJR, JJS,
  LS, MD, NFP, NN, NNP, NNPS, NNS, PDT, POS, PRP, PRPS /*PRP$*/, RB, RBR, RBS, RP, SYM, TO, UH, VB, VBD, VBG, VBN, VBP, VBZ, WDT, WP, WPS /*WP$*/, WRB, XX,
  SP /*_SP*/, OPEN_QUOTE /*``*/,
};

// Universal part-of-speech tags.
enum class Pos : std::uint8_t { ADJ, ADP, ADV, AUX, CCONJ, DET, INTJ, NOUN, NUM, PART, PRON, PROPN, PUNCT, SCONJ, SPACE, SYM, VERB, X, none };

// ClearNLP dependency labels.
enum class Dep : std::uint8_t {
  ROOT, acl, acomp, advcl, advmod, agent, amod, appos, attr, aux, auxpass, case_ /*case*/, cc, ccomp, compound, conj, csubj, csubjpass, dative, dep, det, dobj,
  expl, intj, mark, meta, neg, nmod, npadvmod, nsubj, nsubjpass, nummod, oprd, parataxis, pcomp, pobj, poss, preconj, predet, prep, prt, punct, quantmod, relcl,
  xcomp, none,
};

// What the entity recognizer tells apart (OntoNotes).
enum class Ner : std::uint8_t {
  none, CARDINAL, DATE, EVENT, FAC, GPE, LANGUAGE, LAW, LOC, MONEY, NORP, ORDINAL, ORG, PERCENT, PERSON, PRODUCT, QUANTITY, TIME, WORK_OF_ART,
};

std::string_view to_string(Tag tag);  // "PRP$"
std::string_view to_string(Pos pos);  // "" for none
std::string_view to_string(Dep dep);  // "case"
std::string_view to_string(Ner ner);  // "" for none
std::optional<Tag> parse_tag(std::string_view text);
std::optional<Pos> parse_pos(std::string_view text);
std::optional<Dep> parse_dep(std::string_view text);
std::optional<Ner> parse_ner(std::string_view text);

}  // namespace relata
