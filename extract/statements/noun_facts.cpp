// Events that nouns name: "a Russian strike on Odesa", "launched strikes on", "talks between A and B", "Biden's decision to allow".
#include <algorithm>

#include "extract/statements/facts.h"
#include "extract/statements/tree.h"

namespace relata::statements {
namespace {

class NounFacts {
 public:
  NounFacts(const Reading& reading, const std::vector<Clause>& clauses) : reading_(reading), slots_(reading, clauses) {}

  void add(TokenIndex noun) {
    const std::span<const Entry> entries = entries_of(noun);
    if (entries.empty() || reading_.reach.at(noun) != kNoActor) return;
    noun_ = noun;
    find_carrier();
    find_agents();
    reading_.events.tell(reading_.document, noun_, agents_);
    slots_.set_own(agents_);
    for (const Entry& entry : entries)
      if (apply(entry)) return;
    if (reading_.ontology.has("handing_over", reading_.token(noun_).lemma) && add_handed_over()) return;
    if (carrier_ != nullptr && !carrier_passive_) add_about();
  }

 private:
  // "hunger strike" before "strike".
  std::span<const Entry> entries_of(TokenIndex noun) const {
    const std::string lemma(reading_.token(noun).lemma);
    if (noun != 0 && reading_.token(noun - 1).dep == Dep::compound && reading_.token(noun - 1).head == noun) {
      const std::span<const Entry> whole =
          reading_.ontology.entries(WordClass::noun, std::string(reading_.token(noun - 1).lower) + '_' + lemma);
      if (!whole.empty()) return whole;
    }
    return reading_.ontology.entries(WordClass::noun, lemma);
  }

  // The clause whose light verb the noun completes: "held talks", "took part in the attack", "talks were held".
  void find_carrier() {
    carrier_ = nullptr;
    whole_ = nullptr;
    carrier_passive_ = false;
    const Token& noun = reading_.token(coordination_head(reading_.document, noun_));
    TokenIndex governor = kNoToken;
    if (noun.dep == Dep::dobj || noun.dep == Dep::nsubjpass || noun.dep == Dep::attr)
      governor = noun.head;
    else if (noun.dep == Dep::pobj)
      governor = reading_.token(outer_preposition()).head;
    if (governor != kNoToken && slots_.clause_at(governor) == nullptr && reading_.token(governor).dep == Dep::dobj)
      governor = reading_.token(governor).head;
    if (governor == kNoToken) return;
    const Clause* clause = slots_.clause_at(governor);
    if (clause == nullptr) return;
    const std::string lemma = slots_.verb(*clause);
    if (reading_.swallowed.count(governor) != 0) return;
    whole_ = clause;
    if (noun.dep == Dep::pobj) {  // "is at war with", "came under attack by"
      const std::string_view preposition = reading_.token(noun.head).lower;
      const bool light = clause->copular || lemma == "come" || lemma == "go" || lemma == "remain" || lemma == "enter" ||
                         lemma == "participate" || lemma == "engage";
      carrier_passive_ = preposition == "under";
      if (light && (preposition == "at" || preposition == "in" || preposition == "into" || carrier_passive_)) carrier_ = clause;
      return;
    }
    carrier_passive_ = reading_.ontology.has("passive_light", lemma);
    if (carrier_passive_ || reading_.ontology.has("light", lemma)) carrier_ = clause;
  }

  void find_agents() {
    agents_ = reading_.reach.owners(noun_);
    if (agents_.empty()) agents_ = owners_of_quantity();
    receivers_.clear();
    // "granted Norland permission": a name between the verb and the noun is whom it is given to, though parsed as part of it.
    if (carrier_ != nullptr && reading_.ontology.has("gives", slots_.verb(*carrier_)) && !agents_.empty() &&
        reading_.token(agents_.front().token).dep == Dep::compound)
      receivers_.swap(agents_);
    for (const std::string_view by : {std::string_view("by"), std::string_view("from")}) {
      if (by == "from" && !carrier_passive_ && !agents_.empty()) continue;
      for (const TokenIndex below : reading_.reach.under(noun_, by)) append(agents_, reading_.reach.direct(below));
    }
    if (agents_.empty() && carrier_passive_ && carrier_ != nullptr) append_givers();
    if (!agents_.empty()) return;
    agents_ = travellers();
    if (!agents_.empty()) return;
    if (carrier_ != nullptr)
      agents_ = carrier_passive_ ? std::vector<Reached>{} : slots_.doers(*carrier_);
    else if (whole_ != nullptr && (is_occasion() || is_manner() || is_purpose_of_use()))
      agents_ = slots_.doers(*whole_);
    if (agents_.empty()) agents_ = reading_.events.agents_of(reading_.document, noun_);
  }

  // "Norland's total number of orders with": whose orders they are.
  std::vector<Reached> owners_of_quantity() const {
    const Token& noun = reading_.token(noun_);
    if (noun.dep != Dep::pobj || reading_.token(noun.head).lower != "of") return {};
    const TokenIndex quantity = reading_.token(noun.head).head;
    return reading_.ontology.has("amount", reading_.token(quantity).lemma) ? reading_.reach.owners(quantity) : std::vector<Reached>{};
  }

  // "received support from Norland": hung on the verb.
  void append_givers() {
    for (const ClauseArgument& argument : carrier_->arguments)
      if (argument.role == ClauseRole::oblique && argument.marker != kNoToken && argument.marker > noun_ && reading_.token(argument.marker).lower == "from")
        append(agents_, reading_.reach.direct(argument.head));
  }

  // "the jet on a tour of Asia": who or what is on the way.
  std::vector<Reached> travellers() const {
    const Token& noun = reading_.token(noun_);
    if (noun.dep != Dep::pobj || reading_.token(noun.head).lower != "on") return {};
    const TokenIndex traveller = reading_.token(noun.head).head;
    const std::span<const Entry> entries = reading_.ontology.entries(WordClass::noun, noun.lemma);
    const bool travel = std::any_of(entries.begin(), entries.end(), [](const Entry& entry) { return entry.type == "TRAVELLED_TO"; });
    return travel && is_noun(reading_.token(traveller)) ? reading_.reach.direct(traveller) : std::vector<Reached>{};
  }

  // "rallied in support of", "built in close cooperation with", "closed its embassy in protest at": who does it supports, cooperates, protests.
  bool is_manner() const {
    const Token& noun = reading_.token(noun_);
    if (noun.dep != Dep::pobj || reading_.token(noun.head).lower != "in" || noun.tag == Tag::NNS) return false;
    bool completed = false;
    for (const TokenIndex child : near_children(reading_.document, noun_)) {
      const Dep dep = reading_.token(child).dep;
      if (dep == Dep::det || dep == Dep::poss || dep == Dep::nummod || dep == Dep::compound) return false;
      completed = completed || (dep == Dep::prep && child > noun_);
    }
    return completed;
  }

  // "said in an interview with", "agreed during a call with": the one who speaks is a party of it.
  bool is_occasion() const {
    const Token& noun = reading_.token(noun_);
    if (noun.dep != Dep::pobj) return false;
    const std::string_view preposition = reading_.token(noun.head).lower;
    return reading_.ontology.has("occasion", noun.lemma) &&
           (preposition == "in" || preposition == "during" || preposition == "at" || preposition == "after");
  }

  // "used missiles for strikes on": who uses strikes.
  bool is_purpose_of_use() const {
    if (reading_.token(outer_preposition()).lower != "for") return false;
    const std::string_view verb = reading_.token(whole_->predicate).lemma;
    return verb == "use" || verb == "deploy" || verb == "launch" || verb == "employ";
  }

  // The preposition by which the noun hangs on its clause: "at" of "at the end of a visit".
  TokenIndex outer_preposition() const {
    TokenIndex noun = noun_;
    for (int step = 0; step < 3 && reading_.token(noun).dep == Dep::pobj; ++step) {
      const TokenIndex preposition = reading_.token(noun).head, above = reading_.token(preposition).head;
      if (reading_.token(preposition).lower != "of" || !is_noun(reading_.token(above))) return preposition;
      noun = above;
    }
    return noun;
  }

  static void append(std::vector<Reached>& all, const std::vector<Reached>& more) {
    for (const Reached& reached : more)
      if (std::none_of(all.begin(), all.end(), [&](const Reached& r) { return r.actor == reached.actor; })) all.push_back(reached);
  }

  std::vector<Reached> fill(const Slot& slot) const {
    std::vector<Reached> all = slots_.fill_noun(noun_, slot);
    if (all.empty() && slot.kind == Slot::Kind::preposition && whole_ != nullptr) all = fill_next(slot);
    if (carrier_ != nullptr && (slot.kind == Slot::Kind::preposition || slot.kind == Slot::Kind::purpose))
      append(all, slots_.fill(*carrier_, slot));
    return all;
  }

  // A preposition right after the noun belongs to it, though the parser hung it on the verb.
  std::vector<Reached> fill_next(const Slot& slot) const {
    std::vector<Reached> all;
    const TokenIndex next = reading_.document.right_edge[noun_] + 1;
    for (const ClauseArgument& argument : whole_->arguments) {
      if (argument.marker != next || reading_.token(next).lower != slot.word) continue;
      all = reading_.reach.direct(argument.head);
      if (all.empty()) all = reading_.reach.nested(argument.head, agents_);
    }
    return all;
  }

  bool apply(const Entry& entry) {
    bool found = false;
    if (entry.of_is_agent && agents_.empty())
      for (const TokenIndex below : reading_.reach.under(noun_, "of")) append(agents_, reading_.reach.direct(below));
    for (const Slot& slot : entry.slots) {
      if (slot.kind == Slot::Kind::each) {
        if (!found) found = add_pairs(entry, agents_, "parties of an event");
        continue;
      }
      const std::vector<Reached> objects = fill(slot);
      if (slot.kind == Slot::Kind::preposition && (slot.word == "between" || (slot.word == "of" && agents_.empty()))) {
        if (!found) found = add_pairs(entry, objects, slot.word == "between" ? "between" : "of both");
        if (found) continue;
      }
      for (const Reached& object : objects) found = emit(entry, object, slot.word) || found;
    }
    if (carrier_ != nullptr && (!found || !receivers_.empty())) found = add_receivers(entry) || found;
    return found;
  }

  // "the sale of Opel to Magna": what goes from hand to hand, and whose it becomes or was.
  bool add_handed_over() {
    bool found = false;
    for (const std::string_view preposition : {"to", "from"})
      for (const TokenIndex end : reading_.reach.under(noun_, preposition))
        for (const TokenIndex thing : reading_.reach.under(noun_, "of"))
          for (const Reached& a : reading_.reach.direct(thing))
            for (const Reached& b : reading_.reach.direct(end)) {
              if (a.actor == b.actor) continue;
              write(plain_other(), a.actor, b.actor, "handed over", 0.5F, preposition);
              found = true;
            }
    return found;
  }

  // "received five orders for the 777": the noun's rows do not tell, but who is named with it takes part.
  void add_about() {
    for (const Reached& agent : slots_.doers(*carrier_))
      for (const Reached& other : reading_.reach.nested(noun_, agents_))
        if (agent.actor != other.actor && other.depth <= 2 && !reading_.facts.told(carrier_->predicate, agent.actor, other.actor))
          write(plain_other(), agent.actor, other.actor, "named with a noun", 0.34F, {});
  }

  static const Entry& plain_other() {
    static const Entry kOther = [] {
      Entry entry;
      entry.type = "OTHER";
      return entry;
    }();
    return kOther;
  }

  // "gave Ukraine permission", "faced criticism from": the other party is an argument of the light verb.
  bool add_receivers(const Entry& entry) {
    bool found = false;
    if (carrier_passive_) {
      for (const Reached& object : slots_.doers(*carrier_)) found = emit(entry, object, {}) || found;
      return found;
    }
    append(receivers_, slots_.fill(*carrier_, {Slot::Kind::indirect, {}}));
    for (const Reached& object : receivers_) found = emit(entry, object, {}) || found;
    return found;
  }

  bool add_pairs(const Entry& entry, const std::vector<Reached>& parties, std::string_view rule) {
    bool found = false;
    const RelationType* type = reading_.ontology.type(entry.type);
    if (type == nullptr || (!type->symmetric && rule != "between")) return false;
    for (std::size_t i = 0; i < parties.size(); ++i)
      for (std::size_t j = i + 1; j < parties.size(); ++j)
        if (parties[i].depth <= 1 && parties[j].depth <= 1) {
          write(entry, parties[i].actor, parties[j].actor, rule, 0.7F, {});
          found = true;
        }
    return found;
  }

  bool emit(const Entry& entry, const Reached& object, std::string_view preposition) {
    bool found = false;
    if (!allowed(entry.object_types, reading_.reach.type_of(object.actor)) || (object.aimed_at && is_favour(entry.type))) return false;
    for (const Reached& agent : agents_) {
      if (agent.actor == object.actor || !allowed(entry.subject_types, reading_.reach.type_of(agent.actor))) continue;
      const float sure = 0.7F - 0.05F * static_cast<float>(std::min(object.depth, 4));
      if (entry.reversed)
        write(entry, object.actor, agent.actor, "nominal event", sure, preposition);
      else
        write(entry, agent.actor, object.actor, "nominal event", sure, preposition);
      found = true;
    }
    return found;
  }

  void write(const Entry& entry, ActorIndex from, ActorIndex to, std::string_view rule, float confidence, std::string_view preposition) {
    Fact fact{.subject = from,
              .object = to,
              .type = entry.type,
              .predicate = {},
              .token = noun_,
              .confidence = confidence,
              .rule = rule,
              .entry = entry.source,
              .roles = {}};
    if (carrier_ != nullptr) {
      fact.predicate = slots_.verb(*carrier_) + ' ';
      fact.token = carrier_->predicate;
      fact.time_token = noun_;
    }
    fact.predicate += reading_.token(noun_).lemma;
    if (!preposition.empty()) fact.predicate += ' ' + std::string(preposition);
    reading_.facts.add(fact);
  }

  const Reading& reading_;
  Slots slots_;
  TokenIndex noun_ = 0;
  const Clause* carrier_ = nullptr;  // of a light verb
  const Clause* whole_ = nullptr;    // whatever clause the noun is an argument of
  bool carrier_passive_ = false;
  std::vector<Reached> agents_, receivers_;
};

}  // namespace

void add_noun_facts(const Reading& reading, const std::vector<Clause>& clauses, TokenRange sentence) {
  NounFacts facts(reading, clauses);
  for (TokenIndex i = sentence.first; i < sentence.last; ++i)
    if (reading.token(i).pos == Pos::NOUN || reading.token(i).pos == Pos::PROPN) facts.add(i);
}

}  // namespace relata::statements
