#include <algorithm>

#include "extract/statements/facts.h"
#include "extract/statements/tree.h"

namespace relata::statements {
namespace {

void append(std::vector<Reached>& all, const std::vector<Reached>& more) {
  for (const Reached& reached : more)
    if (std::none_of(all.begin(), all.end(), [&](const Reached& r) { return r.actor == reached.actor; })) all.push_back(reached);
}

}  // namespace

const Clause* Slots::clause_at(TokenIndex predicate) const {
  const auto found =
      std::lower_bound(clauses_.begin(), clauses_.end(), predicate, [](const Clause& c, TokenIndex i) { return c.predicate < i; });
  return found != clauses_.end() && found->predicate == predicate ? &*found : nullptr;
}

// "France, along with Germany, condemned": hung on the verb by the parser. "Fought alongside": a slot of the verb's own.
bool Slots::is_comitative(const Clause& clause, const ClauseArgument& argument) const {
  if (argument.role != ClauseRole::oblique || argument.marker == kNoToken) return false;
  const std::string_view word = reading_.token(argument.marker).lower;
  if (word != "along" && word != "together" && word != "alongside") return false;
  const auto takes = [&](const Entry& entry) {
    return std::any_of(entry.slots.begin(), entry.slots.end(), [&](const Slot& slot) { return slot.kind == Slot::Kind::preposition && slot.word == word; });
  };
  const auto& entries = reading_.ontology.entries(WordClass::verb, verb(clause));
  return std::none_of(entries.begin(), entries.end(), takes);
}

std::string Slots::verb(const Clause& clause) const {
  const Ontology& ontology = reading_.ontology;
  const auto known = [&](const std::string& word) {
    return !ontology.entries(WordClass::verb, word).empty() || ontology.has("light", word) || ontology.has("passive_light", word);
  };
  std::string lemma(reading_.token(clause.predicate).lemma);
  // Rules of lemmatization may lose the final e: "staged" -> "stag".
  if (!known(lemma) && known(lemma + 'e')) lemma += 'e';
  if (clause.particle == kNoToken) return lemma;
  const std::string whole = lemma + '_' + std::string(reading_.token(clause.particle).lower);
  return known(whole) ? whole : lemma;
}

bool Slots::completes(const Clause& clause, const ClauseArgument& argument) const {
  if (argument.role == ClauseRole::complement) return argument.marker == kNoToken;
  if (argument.role != ClauseRole::adverb || clause.first(ClauseRole::object) != nullptr) return false;
  for (const TokenIndex child : near_children(reading_.document, argument.head))
    if (reading_.token(child).tag == Tag::TO) return reading_.token(child).dep == Dep::aux;
  return false;
}

std::vector<Reached> Slots::doers(const Clause& clause, Company company) const {
  std::vector<Reached> all;
  const ClauseRole role = clause.passive ? ClauseRole::agent : ClauseRole::subject;
  for (const ClauseArgument& argument : clause.arguments)
    if (argument.role == role || (role == ClauseRole::subject && company == Company::counted && is_comitative(clause, argument)))
      append(all, reading_.reach.direct(argument.head));
  if (all.empty() && !clause.passive) {  // "the Norland and Sudria plan to close": whose plan it is
    const Token& verb = reading_.token(clause.predicate);
    const Token& plan = reading_.token(verb.head);  // the tagger may take "plan" for a verb
    const bool noun = is_noun(plan) || plan.dep == Dep::dobj || plan.dep == Dep::pobj;
    if ((verb.dep == Dep::acl || (verb.dep == Dep::xcomp && !is_noun(plan))) && verb.tag == Tag::VB && noun) all = reading_.reach.owners(verb.head);
  }
  if (!all.empty() || !clause.reduced || clause.subject == kNoToken || clause.passive) return all;
  // "issued a statement accusing": who issued it accuses.
  const Token& noun = reading_.token(clause.subject);
  if (noun.dep != Dep::dobj || !reading_.ontology.has("speaks_for", noun.lemma)) return all;
  const Clause* outer = clause_at(noun.head);
  return outer == nullptr || outer->reduced ? all : doers(*outer);
}

TokenIndex Slots::object_of(const Clause& clause) const {
  const ClauseArgument* object = clause.first(ClauseRole::object);
  return object == nullptr ? kNoToken : object->head;
}

bool Slots::listed(TokenIndex head, const std::vector<std::string>& words) const {
  for (const TokenIndex part : conjuncts(reading_.document, head)) {
    const Token& noun = reading_.token(part);
    for (const std::string& word : words) {
      if (word[0] == '@' ? reading_.ontology.has(std::string_view(word).substr(1), noun.lemma) : word == noun.lemma || word == noun.lower)
        return true;
      // "green light": the listed word may stand beside the head.
      for (const TokenIndex child : near_children(reading_.document, part))
        if (word[0] != '@' && reading_.token(child).lower == word) return true;
    }
  }
  return false;
}

std::vector<Reached> Slots::phrase(TokenIndex head) const {
  std::vector<Reached> all = reading_.reach.direct(head);
  std::erase_if(all, [&](const Reached& found) {
    return std::any_of(own_.begin(), own_.end(), [&](const Reached& own) { return own.actor == found.actor; });
  });
  return all.empty() ? reading_.reach.nested(head, own_) : all;
}

void Slots::add_subject_of(TokenIndex predicate, std::vector<Reached>& all) const {
  const Clause* inner = clause_at(predicate);
  if (inner == nullptr) return;
  if (inner->subject != kNoToken && is_noun(reading_.token(inner->subject))) append(all, reading_.reach.direct(inner->subject));
  // "that if Kyiv did this": who is in the condition is meant too.
  for (const ClauseArgument& argument : inner->arguments) {
    const Clause* condition = argument.role == ClauseRole::adverb ? clause_at(argument.head) : nullptr;
    if (condition != nullptr && !condition->reduced && condition->subject != kNoToken)
      append(all, reading_.reach.direct(condition->subject));
  }
}

// What may be used is permitted, whom it is used against is not: "let Norland use Taurus", "let Norland attack Sudria".
void Slots::add_things(TokenIndex head, std::vector<Reached>& all) const {
  for (const Reached& reached : reading_.reach.direct(head)) {
    const EntityType type = reading_.reach.type_of(reached.actor);
    if (type != EntityType::person && type != EntityType::gpe && type != EntityType::loc && type != EntityType::norp)
      append(all, {reached});
  }
}

void Slots::add_inner(TokenIndex predicate, bool everybody, std::vector<Reached>& all) const {
  const Clause* inner = clause_at(predicate);
  if (inner == nullptr) return append(all, reading_.reach.nested(predicate));
  for (const ClauseArgument& argument : inner->arguments) {
    if (argument.inherited) continue;
    const bool core = argument.role == ClauseRole::subject || argument.role == ClauseRole::object || argument.role == ClauseRole::indirect;
    if (everybody) {
      if (argument.role != ClauseRole::adverb) append(all, phrase(argument.head));
    } else if (core && argument.head == inner->subject) {
      if (is_noun(reading_.token(argument.head))) append(all, phrase(argument.head));
    } else if (core) {
      add_things(argument.head, all);
    }
  }
}

bool Slots::obliges(TokenIndex predicate) const {
  for (const TokenIndex child : near_children(reading_.document, predicate)) {
    const Token& word = reading_.token(child);
    if (word.dep == Dep::aux && (word.lower == "must" || word.lower == "should")) return true;
  }
  const Token& verb = reading_.token(predicate);
  return (verb.lemma == "have" || verb.lemma == "need") && child_with(reading_.document, predicate, Dep::xcomp) != kNoToken;
}

std::vector<Reached> Slots::fill(const Clause& clause, const Slot& slot) const {
  using Kind = Slot::Kind;
  std::vector<Reached> all;
  for (const ClauseArgument& argument : clause.arguments) {
    const bool is_subject = argument.head == clause.subject && !clause.passive;
    const bool is_clause = argument.role == ClauseRole::complement;
    switch (slot.kind) {
      case Kind::object:
        if (argument.role == ClauseRole::object) append(all, phrase(argument.head));
        break;
      case Kind::indirect:
        if (argument.role == ClauseRole::indirect) append(all, phrase(argument.head));
        break;
      case Kind::attribute:
        if (argument.role == ClauseRole::attribute) append(all, phrase(argument.head));
        break;
      case Kind::inner:
      case Kind::inner_all:
        if (completes(clause, argument)) add_inner(argument.head, slot.kind == Kind::inner_all, all);
        break;
      case Kind::clause:
      case Kind::clause_all:
        if (!is_clause || reading_.token(argument.head).dep != Dep::ccomp) break;
        add_subject_of(argument.head, all);
        if (slot.kind == Kind::clause_all) add_inner(argument.head, true, all);
        break;
      case Kind::must:
        if (is_clause && obliges(argument.head)) add_subject_of(argument.head, all);
        break;
      case Kind::purpose:
        if (argument.role == ClauseRole::adverb && clause_at(argument.head) != nullptr && clause_at(argument.head)->reduced)
          add_inner(argument.head, true, all);
        break;
      case Kind::any:
        if (!is_subject && argument.role != ClauseRole::adverb && argument.role != ClauseRole::agent && !is_clause)
          append(all, phrase(argument.head));
        break;
      case Kind::preposition:
        if (argument.marker != kNoToken && argument.role != ClauseRole::agent && reading_.token(argument.marker).lower == slot.word)
          append(all, phrase(argument.head));
        else if (argument.role == ClauseRole::object && !argument.inherited && !clause.passive)
          for (const TokenIndex part : conjuncts(reading_.document, argument.head))  // "300 jobs in Norland and 200 in Sudria"
            for (const TokenIndex below : reading_.reach.under(part, slot.word)) append(all, phrase(below));
        break;
      case Kind::each:
        break;
    }
  }
  return all;
}

std::vector<Reached> Slots::fill_noun(TokenIndex noun, const Slot& slot) const {
  using Kind = Slot::Kind;
  std::vector<Reached> all;
  if (slot.kind == Kind::preposition) {
    for (const TokenIndex below : reading_.reach.under(noun, slot.word)) append(all, phrase(below));
    return all;
  }
  for (const TokenIndex child : near_children(reading_.document, noun)) {
    const Token& word = reading_.token(child);
    const bool infinitive = word.tag == Tag::VB && (word.dep == Dep::acl || word.dep == Dep::relcl);
    if (!infinitive && (word.dep != Dep::acl || slot.kind != Kind::clause)) continue;
    if (slot.kind == Kind::inner || slot.kind == Kind::inner_all || slot.kind == Kind::purpose)
      add_inner(child, slot.kind != Kind::inner, all);
    if (slot.kind == Kind::clause || slot.kind == Kind::clause_all) add_subject_of(child, all);
  }
  return all;
}

}  // namespace relata::statements
