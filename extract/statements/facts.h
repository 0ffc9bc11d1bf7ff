// Statements as they are found, with the reason of each.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "extract/document.h"
#include "extract/mentions.h"
#include "extract/stance/stance.h"
#include "extract/statements/clauses.h"
#include "extract/statements/explain.h"
#include "extract/statements/reach.h"
#include "extract/statements/told_events.h"

namespace relata::statements {

// What a rule found; the rest (time, stance, speakers) follows from the predicate.
struct Fact {
  ActorIndex subject = 0, object = 0;
  std::string type;
  std::string predicate;             // lemma phrase
  TokenIndex token = 0;              // the word that says it: stance, speakers
  TokenIndex time_token = kNoToken;  // a second word that may carry the time ("held talks on Friday": verb and noun)
  TokenIndex office = kNoToken;      // the noun of an office, which its years may follow
  float confidence = 0;
  std::string_view rule;
  std::string_view entry;  // row of the data file, or empty
  std::vector<Role> roles;
  bool presupposed = false;  // told by the build of a name or phrase: true whatever the sentence denies, and nobody's claim
};

class Facts {
 public:
  Facts(const Document& document, const std::vector<TimeExpression>& times, const Speech& speech)
      : document_(document), times_(times), speech_(speech) {}

  // Leaves out a fact between an actor and itself, and one told before by the same word.
  void add(const Fact& fact);
  // Has the word told of the two, in either direction?
  bool told(TokenIndex token, ActorIndex a, ActorIndex b) const;
  std::vector<ExplainedStatement> take() { return std::move(all_); }

 private:
  const Document& document_;
  const std::vector<TimeExpression>& times_;
  const Speech& speech_;
  std::vector<ExplainedStatement> all_;
  std::set<std::tuple<TokenIndex, ActorIndex, ActorIndex, std::string>> told_;  // in the sentence at work
  std::size_t sentence_ = static_cast<std::size_t>(-1);
};

// What every rule looks at.
struct Reading {
  const Document& document;
  const Ontology& ontology;
  const Reach& reach;
  Facts& facts;
  ToldEvents& events;
  std::unordered_set<TokenIndex>& swallowed;  // predicates of clauses that an outer verb speaks for: "refused to meet"

  const Token& token(TokenIndex i) const { return document.tokens[i]; }
};

// Events and states that clauses tell, of one sentence.
void add_clause_facts(const Reading& reading, const std::vector<Clause>& clauses);
// Events that nouns name: "a Russian strike on Odesa", "talks between A and B".
void add_noun_facts(const Reading& reading, const std::vector<Clause>& clauses, TokenRange sentence);
// Offices, kin, origin, place, maker, part: told by the build of noun phrases.
void add_state_facts(const Reading& reading, const std::vector<Clause>& clauses, TokenRange sentence);

inline bool allowed(const std::vector<EntityType>& types, EntityType type) {
  return types.empty() || std::find(types.begin(), types.end(), type) != types.end();
}

// Whether those who are "along with", "together with", "alongside" a subject are doers too.
enum class Company : std::uint8_t { counted, left_out };

// What is done for somebody is not done for whoever his deeds are aimed at: "backed the strikes on Norland".
inline bool is_favour(std::string_view type) { return type == "PERMIT" || type == "SUPPORT" || type == "AID"; }

// Entries of a clause's arguments, shared by clauses and nouns.
class Slots {
 public:
  Slots(const Reading& reading, const std::vector<Clause>& clauses) : reading_(reading), clauses_(clauses) {}

  const Clause* clause_at(TokenIndex predicate) const;
  // The verb as the ontology writes it: its lemma, with "_" and its particle when the ontology knows them together.
  std::string verb(const Clause& clause) const;
  // Does the infinitive complete the verb ("threatened on Monday to leave"), though the parser took it for an adverbial?
  bool completes(const Clause& clause, const ClauseArgument& argument) const;
  // Who does it at present: whoever fills a slot is somebody else.
  void set_own(const std::vector<Reached>& own) { own_ = own; }
  // Who does it: the subject, or the agent of a passive.
  std::vector<Reached> doers(const Clause& clause, Company company = Company::counted) const;
  // Who stands in the slot of the clause's arguments.
  std::vector<Reached> fill(const Clause& clause, const Slot& slot) const;
  // Who stands in the slot of what hangs on a noun.
  std::vector<Reached> fill_noun(TokenIndex noun, const Slot& slot) const;
  // The head noun of the direct object, or kNoToken.
  TokenIndex object_of(const Clause& clause) const;
  // Is one of the words of the phrase, its parts and their modifiers on the list (a word, or "@list" of words.tsv)?
  bool listed(TokenIndex head, const std::vector<std::string>& words) const;

 private:
  std::vector<Reached> phrase(TokenIndex head) const;  // direct, else nested
  void add_inner(TokenIndex predicate, bool everybody, std::vector<Reached>& all) const;
  void add_things(TokenIndex head, std::vector<Reached>& all) const;
  void add_subject_of(TokenIndex predicate, std::vector<Reached>& all) const;
  bool obliges(TokenIndex predicate) const;
  bool is_comitative(const Clause& clause, const ClauseArgument& argument) const;

  const Reading& reading_;
  const std::vector<Clause>& clauses_;
  std::vector<Reached> own_;
};

}  // namespace relata::statements
