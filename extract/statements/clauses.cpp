#include "extract/statements/clauses.h"

#include "extract/stance/lexicon.h"
#include "extract/statements/tree.h"

namespace relata::statements {
namespace {

bool takes(std::string_view lemma, stance::Complement complement) {
  return stance::stance_lexicon().effect(stance::Part::verb, lemma, complement, false).has_value();
}

// Verbs after which an infinitive keeps the subject of the governing clause although there is an object: "promised Kyiv to
// send", "used missiles to strike".
bool keeps_subject(std::string_view lemma) {
  if (lemma == "promise" || lemma == "vow" || lemma == "pledge" || lemma == "threaten" || lemma == "swear") return true;
  return takes(lemma, stance::Complement::to) && !takes(lemma, stance::Complement::objto);
}

class Finder {
 public:
  Finder(const Document& document, TokenRange sentence) : document_(document), sentence_(sentence) {}

  std::vector<Clause> find() {
    index_of_.assign(sentence_.last - sentence_.first, kNone);
    for (TokenIndex i = sentence_.first; i < sentence_.last; ++i)
      if (is_clause_head(token(i))) add(i);
    for (Clause& clause : clauses_) clause.governor = governor_of(clause.predicate);
    for (Clause& clause : clauses_) fill_relative(clause);
    for (Clause& clause : clauses_) inherit_subject(clause);
    for (Clause& clause : clauses_) share_object(clause);
    return std::move(clauses_);
  }

 private:
  static constexpr std::uint32_t kNone = 0xffffffffu;
  const Token& token(TokenIndex i) const { return document_.tokens[i]; }

  void add(TokenIndex predicate) {
    Clause clause;
    clause.predicate = predicate;
    clause.passive = is_passive(predicate);
    for (const TokenIndex child : near_children(document_, predicate)) add_child(clause, child);
    move_recipient(clause);
    if (!clause.passive) name_is_object(clause);
    clause.copular = token(predicate).pos == Pos::AUX || (token(predicate).lemma == "be" && !clause.passive);
    index_of_[predicate - sentence_.first] = static_cast<std::uint32_t>(clauses_.size());
    clauses_.push_back(std::move(clause));
  }

  bool is_passive(TokenIndex predicate) const {
    const Token& verb = token(predicate);
    bool active = false;
    for (const TokenIndex child : near_children(document_, predicate)) {
      const Dep dep = token(child).dep;
      if (dep == Dep::auxpass || dep == Dep::nsubjpass || dep == Dep::csubjpass) return true;  // also after "has", "will"
      active = active || dep == Dep::nsubj || dep == Dep::aux;
    }
    if (active) return false;
    // "Asked whether ..., he replied": finite for the tagger, but without a subject.
    if (verb.tag == Tag::VBD && verb.dep == Dep::advcl && verb.head > predicate && document_.left_edge[predicate] == predicate) return true;
    if (verb.tag != Tag::VBN) return false;
    if (verb.dep == Dep::acl || verb.dep == Dep::advcl) return true;
    return verb.dep == Dep::conj && is_clause_head(token(verb.head)) && depth_guard_ < kMaxClimb && conjunct_is_passive(verb.head);
  }

  bool conjunct_is_passive(TokenIndex head) const {
    ++depth_guard_;
    const bool passive = is_passive(head);
    --depth_guard_;
    return passive;
  }

  void add_child(Clause& clause, TokenIndex child) {
    switch (token(child).dep) {
      case Dep::nsubj:
      case Dep::csubj:
      case Dep::nsubjpass:
      case Dep::csubjpass:
        if (clause.subject == kNoToken) clause.subject = child;
        push(clause, clause.passive ? ClauseRole::object : ClauseRole::subject, child);
        break;
      case Dep::dobj:
        push(clause, ClauseRole::object, child);
        break;
      case Dep::dative:
        if (token(child).pos == Pos::ADP)
          add_preposition(clause, child, child, ClauseRole::oblique);
        else
          push(clause, ClauseRole::indirect, child);
        break;
      case Dep::attr:
      case Dep::acomp:
      case Dep::oprd:
        push(clause, ClauseRole::attribute, child);
        break;
      case Dep::agent:
        add_preposition(clause, child, child, ClauseRole::agent);
        break;
      case Dep::prep:
        add_preposition(clause, child, child, ClauseRole::oblique);
        break;
      case Dep::ccomp:
      case Dep::xcomp:
        push(clause, ClauseRole::complement, child);
        break;
      case Dep::advcl:
      case Dep::npadvmod:
      case Dep::advmod:
        push(clause, ClauseRole::adverb, child);
        break;
      case Dep::prt:
        clause.particle = child;
        break;
      default:
        break;
    }
  }

  // "Kyiv was given tanks": the subject of the passive received, the object was given.
  void move_recipient(Clause& clause) const {
    if (!clause.passive || clause.subject == kNoToken) return;
    ClauseArgument* subject = nullptr;
    bool other = false;
    for (ClauseArgument& argument : clause.arguments) {
      if (argument.role != ClauseRole::object) continue;
      if (argument.head == clause.subject)
        subject = &argument;
      else
        other = true;
    }
    if (other && subject != nullptr) subject->role = ClauseRole::indirect;
  }

  // "called the minister on Monday": what is parsed as the name somebody is called is its object when there is no other.
  void name_is_object(Clause& clause) const {
    if (clause.first(ClauseRole::object) != nullptr) return;
    for (ClauseArgument& argument : clause.arguments)
      if (argument.role == ClauseRole::attribute && token(argument.head).dep == Dep::oprd && is_noun(token(argument.head)))
        argument.role = ClauseRole::object;
  }

  void push(Clause& clause, ClauseRole role, TokenIndex head, TokenIndex marker = kNoToken) {
    clause.arguments.push_back({role, head, marker, false});
  }

  // "out of the city": the outermost preposition marks; "on Monday and on Friday": each its own.
  void add_preposition(Clause& clause, TokenIndex preposition, TokenIndex marker, ClauseRole role, int depth = 0) {
    for (const TokenIndex child : near_children(document_, preposition)) {
      switch (token(child).dep) {
        case Dep::pobj:
          push(clause, role, child, marker);
          break;
        case Dep::pcomp:
          push(clause, is_noun(token(child)) ? role : ClauseRole::complement, child, marker);
          break;
        case Dep::prep:
          if (depth < 3) add_preposition(clause, child, depth == 0 && marker == preposition ? marker : child, role, depth + 1);
          break;
        case Dep::conj:
          if (token(child).pos == Pos::ADP && depth < 8) add_preposition(clause, child, child, role, depth + 1);
          break;
        default:
          break;
      }
    }
  }

  std::uint32_t index_at(TokenIndex i) const { return sentence_.contains(i) ? index_of_[i - sentence_.first] : kNone; }
  Clause* clause_at(TokenIndex i) {
    const std::uint32_t index = index_at(i);
    return index == kNone ? nullptr : &clauses_[index];
  }

  TokenIndex governor_of(TokenIndex predicate) const {
    TokenIndex at = predicate;
    for (int step = 0; step < kMaxClimb && !is_root(document_, at); ++step) {
      at = token(at).head;
      if (index_at(at) != kNone) return at;
    }
    return kNoToken;
  }

  // Puts the antecedent of a relative clause in the place of "who", "which", "that", or in the gap of a clause without one.
  void fill_relative(Clause& clause) {
    const Token& verb = token(clause.predicate);
    if (verb.dep != Dep::relcl || is_clause_head(token(verb.head)) || is_infinitive(clause.predicate)) return;
    const TokenIndex antecedent = verb.head;
    bool filled = false, has_object = clause.copular;
    for (ClauseArgument& argument : clause.arguments) {
      if (is_relative_pronoun(token(argument.head))) {
        if (argument.head == clause.subject) clause.subject = antecedent;
        argument.head = antecedent;
        argument.inherited = filled = true;
      } else if (argument.role == ClauseRole::adverb && token(argument.head).tag == Tag::WRB) {
        argument = {ClauseRole::oblique, antecedent, argument.head, true};
        filled = true;
      }
      has_object = has_object || argument.role == ClauseRole::object || argument.role == ClauseRole::complement;
    }
    if (filled || clause.subject == kNoToken) return;
    const TokenIndex stranded = stranded_preposition(clause.predicate);
    if (stranded != kNoToken)
      clause.arguments.push_back({ClauseRole::oblique, antecedent, stranded, true});
    else if (!has_object && !clause.passive)
      clause.arguments.push_back({ClauseRole::object, antecedent, kNoToken, true});
  }

  bool is_infinitive(TokenIndex verb) const {
    for (const TokenIndex child : near_children(document_, verb))
      if (token(child).tag == Tag::TO) return token(child).dep == Dep::aux;
    return false;
  }

  TokenIndex stranded_preposition(TokenIndex verb) const {
    for (const TokenIndex child : near_children(document_, verb))
      if (token(child).dep == Dep::prep && near_children(document_, child).empty()) return child;
    return kNoToken;
  }

  void inherit_subject(Clause& clause) {
    if (clause.subject != kNoToken) return;
    clause.reduced = token(clause.predicate).dep != Dep::conj && !is_root(document_, clause.predicate);
    const TokenIndex subject = missing_subject(clause.predicate, 0);
    if (subject == kNoToken) return;
    clause.subject = subject;
    clause.arguments.push_back({clause.passive ? ClauseRole::object : ClauseRole::subject, subject, kNoToken, true});
  }

  TokenIndex subject_of(TokenIndex predicate, int depth) {
    const Clause* clause = clause_at(predicate);
    if (clause == nullptr) return kNoToken;
    return clause->subject != kNoToken ? clause->subject : missing_subject(predicate, depth + 1);
  }

  // Whom an infinitive or gerund under `governor` is about: the object of "ask, force, accuse", else the subject.
  TokenIndex controller(TokenIndex governor, int depth) {
    const Clause* clause = clause_at(governor);
    if (clause == nullptr) return kNoToken;
    // "called on Norland to send": whom the verb addresses by its preposition.
    for (const ClauseArgument& argument : clause->arguments) {
      if (argument.role != ClauseRole::oblique || argument.marker == kNoToken || argument.inherited) continue;
      if (takes(std::string(token(governor).lemma) + ' ' + std::string(token(argument.marker).lower), stance::Complement::objto)) return argument.head;
    }
    if (!clause->passive && !keeps_subject(token(governor).lemma)) {
      if (const ClauseArgument* object = clause->first(ClauseRole::object)) return object->head;
      if (const ClauseArgument* person = clause->first(ClauseRole::indirect)) return person->head;
    }
    return subject_of(governor, depth);
  }

  // The word that is the subject of a clause without one of its own.
  TokenIndex missing_subject(TokenIndex predicate, int depth) {
    if (depth >= kMaxClimb || is_root(document_, predicate)) return kNoToken;
    const Token& verb = token(predicate);
    const TokenIndex governor = governor_of(predicate);
    switch (verb.dep) {
      case Dep::conj:
        return index_at(verb.head) != kNone ? subject_of(verb.head, depth) : kNoToken;
      case Dep::xcomp:
        if (governor == kNoToken) return kNoToken;
        return verb.head == governor ? controller(governor, depth) : subject_of(governor, depth);
      case Dep::ccomp:
        return governor != kNoToken && clause_at(governor)->subject < predicate ? subject_of(governor, depth) : kNoToken;
      case Dep::advcl:
        if (governor == kNoToken) return kNoToken;
        return is_infinitive(predicate) && takes(token(governor).lemma, stance::Complement::objto) ? controller(governor, depth) : subject_of(governor, depth);
      case Dep::pcomp:
        return governor == kNoToken ? kNoToken : subject_after_preposition(verb.head, governor, depth);
      case Dep::acl:
        return subject_of_participle(predicate, governor, depth);
      case Dep::relcl:
        return is_infinitive(predicate) ? subject_of_participle(predicate, governor, depth) : verb.head;
      default:
        return kNoToken;
    }
  }

  // "accused Russia of bombing", "barred it from entering": the object; "by opening", "after leaving": the subject.
  TokenIndex subject_after_preposition(TokenIndex preposition, TokenIndex governor, int depth) {
    const std::string_view word = token(preposition).lower;
    const bool of_object =
        token(preposition).head == governor && preposition > governor && (word == "of" || word == "for" || word == "from" || word == "into" || word == "against");
    return of_object ? controller(governor, depth) : subject_of(governor, depth);
  }

  // "soldiers fighting", "a deal signed": the noun; "its decision to send", "has a plan to send": who has the noun.
  TokenIndex subject_of_participle(TokenIndex predicate, TokenIndex governor, int depth) {
    const Token& verb = token(predicate);
    if (!is_noun(token(verb.head))) return kNoToken;
    if (verb.tag == Tag::VBG || verb.tag == Tag::VBN || verb.tag == Tag::VBD) return verb.head;
    const TokenIndex owner = child_with(document_, verb.head, Dep::poss);
    if (owner != kNoToken) return owner;
    for (const TokenIndex child : near_children(document_, verb.head))  // "the decision by Norland to close"
      if (token(child).lower == "by" && token(child).dep == Dep::prep) return child_with(document_, child, Dep::pobj);
    const Clause* clause = governor == kNoToken ? nullptr : clause_at(governor);
    if (clause == nullptr) return kNoToken;
    // "won a contract to supply", "bid for a contract to supply", "is the first to fly"
    const Dep noun = token(verb.head).dep;
    const bool of_subject = noun == Dep::dobj || noun == Dep::attr || (noun == Dep::pobj && token(token(verb.head).head).head == governor);
    if (!of_subject) return kNoToken;
    if (const ClauseArgument* person = clause->first(ClauseRole::indirect)) return person->head;
    return subject_of(governor, depth);
  }

  // "bought and sold shares": the object after the last verb is the first one's too.
  void share_object(Clause& clause) {
    if (clause.passive || clause.copular || clause.particle != kNoToken) return;
    for (const ClauseArgument& argument : clause.arguments)
      if (argument.role != ClauseRole::subject && argument.role != ClauseRole::adverb) return;
    for (const TokenIndex child : near_children(document_, clause.predicate)) {
      if (token(child).dep != Dep::conj || child <= clause.predicate || child > clause.predicate + 4) continue;
      const Clause* next = clause_at(child);
      if (next == nullptr || next->passive) continue;
      if (const ClauseArgument* object = next->first(ClauseRole::object))
        clause.arguments.push_back({ClauseRole::object, object->head, kNoToken, true});
      return;
    }
  }

  const Document& document_;
  TokenRange sentence_;
  std::vector<Clause> clauses_;
  std::vector<std::uint32_t> index_of_;  // token of the sentence -> clause
  mutable int depth_guard_ = 0;
};

}  // namespace

std::vector<Clause> find_clauses(const Document& document, TokenRange sentence) { return Finder(document, sentence).find(); }

}  // namespace relata::statements
