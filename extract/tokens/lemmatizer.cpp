#include "extract/tokens/lemmatizer.h"

#include <string>

#include "extract/tokens/characters.h"
#include "extract/tokens/scratch.h"

namespace relata {
namespace {

using pack::Tables;

// The tables' word class of a part of speech, -1 for those without table.
int lemma_class(Pos pos) {
  switch (pos) {
    case Pos::NOUN: return 0;
    case Pos::VERB: return 1;
    case Pos::ADJ: return 2;
    case Pos::ADV: return 3;
    case Pos::PUNCT: return 4;
    default: return -1;
  }
}

// "Number=Sing" in "Number=Sing|Person=3".
bool has_feature(std::string_view morph, std::string_view feature) {
  for (std::size_t at = morph.find(feature); at != std::string_view::npos; at = morph.find(feature, at + 1)) {
    const std::size_t end = at + feature.size();
    if ((at == 0 || morph[at - 1] == '|') && (end == morph.size() || morph[end] == '|')) return true;
  }
  return false;
}

bool is_base_form(const Token& token) {
  const std::string_view morph = token.morph;
  if (morph.empty()) return false;
  if (token.pos == Pos::NOUN && has_feature(morph, "Number=Sing")) return true;
  if (token.pos == Pos::VERB && has_feature(morph, "VerbForm=Fin") && has_feature(morph, "Tense=Pres") && morph.find("Number=") == std::string_view::npos)
    return true;
  return has_feature(morph, "VerbForm=Inf") || has_feature(morph, "VerbForm=None") || has_feature(morph, "Degree=Pos");
}

bool all_letters(std::string_view text) {
  CodePoint c;
  for (std::size_t at = 0; (c = code_point_at(text, at)).size != 0; at += c.size)
    if (!(character_bits(c.value) & pack::kAlpha)) return false;
  return true;
}

std::string_view in_index(const Tables& tables, const pack::Map& index, std::string_view form) {
  const pack::MapEntry* entry = tables.find(index, form);
  return entry ? tables.text(entry->key) : std::string_view();
}

// What the suffix rules make of a word. `known` counts more than `other`.
struct Candidates {
  std::string known, other;
  std::string_view indexed;  // the last form of the index found: it is put in front of the others

  std::string_view best() const { return !indexed.empty() ? indexed : !known.empty() ? std::string_view(known) : std::string_view(other); }
};

Candidates by_rules(const Tables& tables, int word_class, std::string_view lower) {
  Candidates out;
  std::string form;
  for (const pack::LemmaRule& rule : tables.all<pack::LemmaRule>(tables.header().lemma_rules[word_class])) {
    const std::string_view old_end = tables.text(rule.old_end);
    if (!lower.ends_with(old_end)) continue;
    form.assign(lower.substr(0, lower.size() - old_end.size())).append(tables.text(rule.new_end));
    if (form.empty()) continue;
    if (const std::string_view indexed = in_index(tables, tables.header().lemma_index[word_class], form); !indexed.empty()) {
      out.indexed = indexed;
    } else if (!all_letters(form)) {
      if (out.known.empty()) out.known = form;
    } else if (out.other.empty()) {
      out.other = form;
    }
  }
  return out;
}

// Whether a form is among those the rules know: then an exception does not move it to the front.
bool rules_know(const Tables& tables, int word_class, std::string_view lower, std::string_view wanted) {
  for (const pack::LemmaRule& rule : tables.all<pack::LemmaRule>(tables.header().lemma_rules[word_class])) {
    const std::string_view old_end = tables.text(rule.old_end), new_end = tables.text(rule.new_end);
    if (!lower.ends_with(old_end) || !wanted.ends_with(new_end)) continue;
    if (lower.substr(0, lower.size() - old_end.size()) != wanted.substr(0, wanted.size() - new_end.size())) continue;
    if (!all_letters(wanted) || !in_index(tables, tables.header().lemma_index[word_class], wanted).empty()) return true;
  }
  return false;
}

// The irregular lemma of a word, empty if it has none that goes before what the rules found.
std::string_view by_exception(const Tables& tables, int word_class, std::string_view lower) {
  const pack::MapEntry* entry = tables.find(tables.header().lemma_exceptions[word_class], lower);
  if (!entry) return {};
  const pack::Run run = tables.all<pack::Run>(tables.header().lemma_runs)[entry->value];
  std::string_view out;
  for (const pack::Text& text : tables.part<pack::Text>(tables.header().lemma_texts, run))
    if (const std::string_view lemma = tables.text(text); !rules_know(tables, word_class, lower, lemma)) out = lemma;
  return out;
}

std::string_view owned(std::string_view lemma, const Token& token, std::string_view indexed, Document& document) {
  if (lemma.data() == indexed.data()) return lemma;
  if (token.lower.starts_with(lemma)) return token.lower.substr(0, lemma.size());
  if (!document.scratch) document.scratch = std::make_shared<Scratch>();
  return document.scratch->keep(lemma);
}

std::string_view lemma_of(const Token& token, Document& document) {
  if (token.pos == Pos::SPACE || token.pos == Pos::none || is_base_form(token)) return token.lower;
  const int word_class = lemma_class(token.pos);
  if (word_class < 0) return token.pos == Pos::PROPN ? token.text : token.lower;
  const Tables& tables = pack::tables();
  if (const std::string_view irregular = by_exception(tables, word_class, token.lower); !irregular.empty()) return irregular;
  const Candidates found = by_rules(tables, word_class, token.lower);
  const std::string_view best = found.best();
  return best.empty() ? token.text : owned(best, token, found.indexed, document);
}

}  // namespace

void Lemmatizer::apply(Document& document) const {
  for (Token& token : document.tokens)
    if (token.lemma.empty()) token.lemma = lemma_of(token, document);
}

}  // namespace relata
