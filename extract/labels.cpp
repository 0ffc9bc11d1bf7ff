#include "extract/labels.h"

#include <array>
#include <cstddef>

namespace relata {
namespace {

// In the order of the enumerations.
constexpr std::array<std::string_view, 50> kTags = {
    "$",   "''",  ",",  "-LRB-", "-RRB-", ".",   ":",   "ADD",  "AFX", "CC",  "CD",  "DT",  "EX",   "FW", "HYPH", "IN",  "JJ",
    "JJR", "JJS", "LS", "MD",    "NFP",   "NN",  "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR",  "RBS", "RP",
    "SYM", "TO",  "UH", "VB",    "VBD",   "VBG", "VBN", "VBP",  "VBZ", "WDT", "WP",  "WP$", "WRB",  "XX", "_SP",  "``"};
constexpr std::array<std::string_view, 19> kPos = {"ADJ",  "ADP",   "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART",
                                                   "PRON", "PROPN", "PUNCT", "SCONJ", "SPACE", "SYM", "VERB", "X",    ""};
constexpr std::array<std::string_view, 46> kDeps = {
    "ROOT", "acl",     "acomp",    "advcl", "advmod",   "agent",     "amod",      "appos",  "attr",  "aux",       "auxpass", "case",
    "cc",   "ccomp",   "compound", "conj",  "csubj",    "csubjpass", "dative",    "dep",    "det",   "dobj",      "expl",    "intj",
    "mark", "meta",    "neg",      "nmod",  "npadvmod", "nsubj",     "nsubjpass", "nummod", "oprd",  "parataxis", "pcomp",   "pobj",
    "poss", "preconj", "predet",   "prep",  "prt",      "punct",     "quantmod",  "relcl",  "xcomp", ""};
constexpr std::array<std::string_view, 19> kNer = {"",       "CARDINAL", "DATE",     "EVENT", "FAC",        "GPE", "LANGUAGE",
                                                   "LAW",    "LOC",      "MONEY",    "NORP",  "ORDINAL",    "ORG", "PERCENT",
                                                   "PERSON", "PRODUCT",  "QUANTITY", "TIME",  "WORK_OF_ART"};

static_assert(kTags[static_cast<std::size_t>(Tag::OPEN_QUOTE)] == "``" && kTags[static_cast<std::size_t>(Tag::NNP)] == "NNP");
static_assert(kPos[static_cast<std::size_t>(Pos::none)].empty() && kPos[static_cast<std::size_t>(Pos::PROPN)] == "PROPN");
static_assert(kDeps[static_cast<std::size_t>(Dep::none)].empty() && kDeps[static_cast<std::size_t>(Dep::nsubj)] == "nsubj");
static_assert(kNer[static_cast<std::size_t>(Ner::WORK_OF_ART)] == "WORK_OF_ART" && kNer[static_cast<std::size_t>(Ner::GPE)] == "GPE");

template <typename Label, std::size_t size>
std::optional<Label> find(const std::array<std::string_view, size>& names, std::string_view text) {
  for (std::size_t i = 0; i < size; ++i) {
    if (names[i] == text) return static_cast<Label>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Tag tag) { return kTags[static_cast<std::size_t>(tag)]; }
std::string_view to_string(Pos pos) { return kPos[static_cast<std::size_t>(pos)]; }
std::string_view to_string(Dep dep) { return kDeps[static_cast<std::size_t>(dep)]; }
std::string_view to_string(Ner ner) { return kNer[static_cast<std::size_t>(ner)]; }

std::optional<Tag> parse_tag(std::string_view text) { return find<Tag>(kTags, text); }
std::optional<Pos> parse_pos(std::string_view text) { return find<Pos>(kPos, text); }
std::optional<Dep> parse_dep(std::string_view text) { return find<Dep>(kDeps, text); }
std::optional<Ner> parse_ner(std::string_view text) { return find<Ner>(kNer, text); }

}  // namespace relata
