// What clauses tell: subject, verb, and whoever stands in the slots that the verb's entry names.
#include <algorithm>

#include "extract/statements/clause_writer.h"
#include "extract/statements/tree.h"

namespace relata::statements {
namespace {

class ClauseFacts {
 public:
  ClauseFacts(const Reading& reading, const std::vector<Clause>& clauses)
      : reading_(reading), clauses_(clauses), slots_(reading, clauses), writer_(reading, slots_) {}

  void add_all() {
    for (const Clause& clause : clauses_) {
      if (reading_.swallowed.count(clause.predicate) != 0) continue;
      doers_ = slots_.doers(clause);
      slots_.set_own(doers_);
      add(clause);
    }
  }

 private:
  const Token& token(TokenIndex i) const { return reading_.token(i); }

  void add(const Clause& clause) {
    if (const ClauseArgument* attribute = clause.first(ClauseRole::attribute);
        clause.copular || (attribute != nullptr && is_predicate_adjective(attribute->head)))
      return add_copular(clause);
    const std::span<const Entry> entries = entries_of(clause);
    if (clause.passive && clause.first(ClauseRole::agent) == nullptr) return add_undergone(clause, entries);
    if (doers_.empty()) return add_owned_doing(clause, entries);
    const bool light = ends_in_light_noun(clause);
    bool found = false, done = false;
    for (const Entry& entry : entries) {
      if (done) break;
      // Of "faced sanctions from", "made a visit to" the noun tells what happened.
      if (entry.objects.empty() && light) continue;
      const bool fits = holds(entry, clause) && apply(entry, clause, "clause", 0.8F);
      found = found || fits;
      done = fits && !entry.also;
    }
    found = found || (!light && add_loosely(entries, clause));
    const bool empty = token(clause.predicate).lemma == "be" || light || says(clause);
    found = found || add_between(entries, clause);
    if (!found && !empty) add_other(clause);
    if (!says(clause)) add_bystanders(reading_, slots_, clause, doers_, light);
  }

  // "is critical of", "appears biased against"
  bool is_predicate_adjective(TokenIndex attribute) const {
    const Token& word = token(attribute);
    return word.dep == Dep::acomp ||
           (word.dep == Dep::oprd && !is_noun(word) && !reading_.ontology.entries(WordClass::adjective, word.lower).empty());
  }

  // "added that", but not "added a camera to"
  bool says(const Clause& clause) const {
    const TokenIndex object = slots_.object_of(clause);
    const bool thing = object != kNoToken && (token(object).pos == Pos::NOUN || token(object).pos == Pos::PROPN);
    return !thing && reading_.ontology.has("says", slots_.verb(clause));
  }

  // "Russian shelling killed", "Norway's ban covers": what somebody's act does is done by him, of the verb's type or the act's.
  void add_owned_doing(const Clause& clause, std::span<const Entry> entries) {
    const ClauseArgument* doing = clause.first(clause.passive ? ClauseRole::agent : ClauseRole::subject);
    if (doing == nullptr || token(doing->head).pos != Pos::NOUN) return;
    // People who belong to somebody act for themselves: "his brother".
    if (!reading_.ontology.entries(WordClass::role, token(doing->head).lemma).empty()) return;
    doers_ = reading_.reach.owners(doing->head);
    if (doers_.empty()) doers_ = reading_.events.agents_of(reading_.document, doing->head);
    if (doers_.empty()) return;
    for (const Entry& entry : entries)
      if (holds(entry, clause) && entry.swallows == false && apply(entry, clause, "act of an owner", 0.6F)) return;
    std::span<const Entry> acts;
    if (reading_.ontology.has("bears_on", slots_.verb(clause))) acts = reading_.ontology.entries(WordClass::noun, token(doing->head).lemma);
    const Slot object{Slot::Kind::object, {}};
    for (const Reached& reached : slots_.fill(clause, object))
      if (reached.depth == 0)
        emit(acts.empty() ? plain_entry("OTHER") : acts.front(), clause, reached, "act of an owner", acts.empty() ? 0.35F : 0.5F, object);
    add_bystanders(reading_, slots_, clause, doers_, false);
  }

  // "competed between", "was fought for between X and Y": the parties, by the verb's type when it holds for two alike.
  bool add_between(std::span<const Entry> entries, const Clause& clause) {
    std::vector<Reached> parties;
    for (const ClauseArgument& argument : clause.arguments)
      if (!argument.inherited && argument.marker != kNoToken && token(argument.marker).lower == "between")
        parties = reading_.reach.direct(argument.head);
    if (parties.size() < 2) return false;
    const auto symmetric = [&](const Entry& entry) { return entry.objects.empty() && reading_.ontology.type(entry.type)->symmetric; };
    const auto row = std::find_if(entries.begin(), entries.end(), symmetric);
    return add_pairs(row == entries.end() ? plain_entry("OTHER") : *row, clause, parties);
  }

  // A passive that does not tell who did it: "was deployed to Odesa", "was held in Geneva" relate what underwent it to a place.
  void add_undergone(const Clause& clause, std::span<const Entry> entries) {
    if (clause.subject == kNoToken || add_between(entries, clause)) return;
    doers_ = reading_.reach.direct(clause.subject);
    if (doers_.empty() && reading_.ontology.has("held", slots_.verb(clause))) return add_held(clause);
    for (const Entry& entry : entries) {
      const RelationType* type = reading_.ontology.type(entry.type);
      if (entry.type != "MOBILIZE" && !type->symmetric && !type->state) continue;
      bool found = false;
      for (const Slot& slot : entry.slots)
        if (slot.kind == Slot::Kind::preposition)
          for (const Reached& object : slots_.fill(clause, slot))
            found = emit(entry, clause, object, "passive without agent", 0.6F, slot) || found;
      if (found || add_pairs(entry, clause)) return;
    }
    for (const ClauseArgument& argument : clause.arguments) {
      if (argument.role != ClauseRole::oblique || argument.marker == kNoToken) continue;
      const std::string word(token(argument.marker).lower);
      if (reading_.ontology.has("beside", word)) continue;
      for (const Reached& object : reading_.reach.direct(argument.head))
        emit(place_or_other(object, word), clause, object, "passive without agent", 0.4F, {Slot::Kind::preposition, word});
    }
    add_bystanders(reading_, slots_, clause, doers_, false);
  }

  // "A Norland review was held in Geneva": who held it was there.
  void add_held(const Clause& clause) {
    doers_ = reading_.reach.owners(clause.subject);
    for (const ClauseArgument& argument : clause.arguments) {
      if (argument.role != ClauseRole::oblique || argument.marker == kNoToken) continue;
      const std::string word(token(argument.marker).lower);
      if (word != "in" && word != "at") continue;
      for (const Reached& place : reading_.reach.direct(argument.head))
        if (writer_.is_place(place)) emit(plain_entry("LOCATED_IN"), clause, place, "held in a place", 0.5F, {Slot::Kind::preposition, word});
    }
  }

  // What happens or stands in a place is located there; anything else is just related.
  const Entry& place_or_other(const Reached& object, std::string_view preposition) const {
    const bool fixed = std::all_of(doers_.begin(), doers_.end(), [&](const Reached& r) {
      const EntityType type = reading_.reach.type_of(r.actor);
      return type == EntityType::event || type == EntityType::fac;
    });
    return writer_.is_place(object) && fixed && (preposition == "in" || preposition == "at") ? plain_entry("LOCATED_IN") : plain_entry("OTHER");
  }

  // An entry for what no row of the ontology tells.
  static const Entry& plain_entry(std::string_view type) {
    static const auto make = [](const char* name) {
      Entry entry;
      entry.type = name;
      return entry;
    };
    static const Entry kOther = make("OTHER"), kLocated = make("LOCATED_IN");
    return type == "OTHER" ? kOther : kLocated;
  }

  // "ready to help", "critical of", "at war with": the word after the copula is the predicate.
  void add_copular(const Clause& clause) {
    for (const ClauseArgument& argument : clause.arguments) {
      if (argument.role != ClauseRole::attribute || is_noun(token(argument.head))) continue;
      for (const Entry& entry : reading_.ontology.entries(WordClass::adjective, token(argument.head).lower)) {
        bool found = false;
        for (const Slot& slot : entry.slots)
          for (const Reached& object : fill_adjective(argument.head, slot))
            found = emit(entry, clause, object, "adjective", 0.7F, slot) || found;
        if (!found) continue;
        if (entry.swallows)
          if (const TokenIndex inner = child_with(reading_.document, argument.head, Dep::xcomp); inner != kNoToken)
            reading_.swallowed.insert(inner);
        return;
      }
    }
  }

  std::vector<Reached> fill_adjective(TokenIndex adjective, const Slot& slot) const {
    std::vector<Reached> all;
    if (slot.kind == Slot::Kind::preposition)
      for (const TokenIndex below : reading_.reach.under(adjective, slot.word)) {
        all = reading_.reach.direct(below);
        if (all.empty()) all = reading_.reach.nested(below);
      }
    if (slot.kind == Slot::Kind::inner_all)
      if (const TokenIndex inner = child_with(reading_.document, adjective, Dep::xcomp); inner != kNoToken)
        all = reading_.reach.nested(inner);
    return all;
  }

  std::span<const Entry> entries_of(const Clause& clause) const { return reading_.ontology.entries(WordClass::verb, slots_.verb(clause)); }

  // "regards it as a threat"
  bool has_preposition(const Clause& clause, std::string_view word) const {
    for (const ClauseArgument& argument : clause.arguments)
      if (argument.marker != kNoToken && token(argument.marker).lower == word) return true;
    return false;
  }

  bool holds(const Entry& entry, const Clause& clause) const {
    const TokenIndex object = slots_.object_of(clause);
    if (entry.without_object && object != kNoToken) return false;
    if (!entry.preposition.empty() && !has_preposition(clause, entry.preposition)) return false;
    if (!entry.subjects.empty() && (clause.subject == kNoToken || !slots_.listed(clause.subject, entry.subjects))) return false;
    if (entry.needs_attribute || entry.without_attribute) {
      const bool attribute = clause.first(ClauseRole::attribute) != nullptr || has_preposition(clause, "as");
      if (entry.without_attribute && attribute) return false;
      const bool judged = object != kNoToken && !entry.objects.empty() && slots_.listed(object, entry.objects);
      if (entry.needs_attribute && !attribute && !judged) return false;
      return true;
    }
    return entry.objects.empty() || (object != kNoToken && slots_.listed(object, entry.objects));
  }

  bool apply(const Entry& entry, const Clause& clause, std::string_view rule, float confidence) {
    const bool found = fill_all(entry, clause, rule, confidence);
    if (found && entry.swallows) swallow(clause);
    return found;
  }

  // What the clause refuses, threatens or offers to do is told by its own verb.
  void swallow(const Clause& clause) {
    for (const ClauseArgument& argument : clause.arguments) {
      const Clause* inner = slots_.completes(clause, argument) ? slots_.clause_at(argument.head) : nullptr;
      if (inner != nullptr && (inner->reduced || inner->subject == clause.subject)) reading_.swallowed.insert(argument.head);
    }
  }

  bool fill_all(const Entry& entry, const Clause& clause, std::string_view rule, float confidence) {
    bool found = false;
    bool with = false;  // the other party is told: the parts of a plural subject are on one side
    for (const Slot& slot : entry.slots) {
      if (slot.kind == Slot::Kind::each) {
        if (!with) found = add_pairs(entry, clause) || found;
        continue;
      }
      if (slot.kind == Slot::Kind::preposition && slot.word == "between") {
        found = add_pairs(entry, clause, slots_.fill(clause, slot)) || found;
        if (found) continue;
      }
      // Once somebody is found, further slots add who is named there, not places, nor whoever is mentioned deeper.
      const bool first = !found;
      if (!first && slot.kind == Slot::Kind::preposition && is_locative(slot.word)) continue;
      for (const Reached& object : slots_.fill(clause, slot))
        if (first || object.depth == 0) found = emit(entry, clause, object, rule, confidence, slot) || found;
      with = with || (found && (slot.word == "with" || slot.kind == Slot::Kind::object));
    }
    return found;
  }

  // "X and Y met": everybody with everybody. "X, alongside Y, fought": not with each other.
  bool add_pairs(const Entry& entry, const Clause& clause) {
    const std::vector<Reached> parties = slots_.doers(clause, Company::left_out);
    const bool of_subject = parties.size() < 2 && clause.passive && clause.subject != kNoToken;
    return add_pairs(entry, clause, of_subject ? reading_.reach.direct(clause.subject) : parties);
  }

  bool add_pairs(const Entry& entry, const Clause& clause, const std::vector<Reached>& parties) {
    bool found = false;
    for (std::size_t i = 0; i < parties.size(); ++i)
      for (std::size_t j = i + 1; j < parties.size(); ++j) {
        if (!reciprocal(parties[i]) || !reciprocal(parties[j])) continue;
        writer_.write(entry.type, clause, parties[i].actor, parties[j].actor, "plural subject", entry.source, 0.75F, {});
        found = true;
      }
    return found;
  }

  bool reciprocal(const Reached& party) const {
    const EntityType type = reading_.reach.type_of(party.actor);
    return type == EntityType::person || type == EntityType::org || type == EntityType::gpe || type == EntityType::norp ||
           type == EntityType::loc;
  }

  bool emit(const Entry& entry, const Clause& clause, const Reached& object, std::string_view rule, float confidence, const Slot& slot) {
    if (!allowed(entry.object_types, reading_.reach.type_of(object.actor))) return false;
    if (object.aimed_at && is_favour(entry.type)) return false;   // "authorized strikes on": the target is permitted nothing
    if (object.did && !judges(entry.type)) return false;          // "agreed to a truce brokered by": not with the broker
    if (entry.type == "OWNS" && is_maker_of_goods(clause, object))
      return emit(plain_entry("OTHER"), clause, object, rule, confidence, slot);  // "bought twelve Airbus jets"
    bool found = false;
    const float sure = confidence - 0.06F * static_cast<float>(std::min(object.depth, 4));
    for (const Reached& doer : doers_) {
      if (doer.actor == object.actor || !allowed(entry.subject_types, reading_.reach.type_of(doer.actor))) continue;
      const ActorIndex from = entry.reversed ? object.actor : doer.actor, to = entry.reversed ? doer.actor : object.actor;
      writer_.write(entry.type, clause, from, to, rule, entry.source, sure, slot.kind == Slot::Kind::preposition ? slot.word : std::string());
      found = true;
    }
    return found;
  }

  // Who buys what somebody makes owns the thing, not its maker; a part of the maker is as good as the maker.
  bool is_maker_of_goods(const Clause& clause, const Reached& reached) const {
    const TokenIndex goods = slots_.object_of(clause);
    return goods != kNoToken && reached.token != goods && token(goods).pos == Pos::NOUN && token(reached.token).head == goods &&
           reading_.reach.type_of(reached.actor) == EntityType::org && !reading_.ontology.has("part_of_firm", token(goods).lemma);
  }

  // What somebody does is praised, blamed, hindered and attacked as he is.
  static bool judges(std::string_view type) {
    for (const std::string_view judging : {"ACCUSE", "SUPPORT", "REJECT", "PROTEST", "OTHER", "INVESTIGATE", "COERCE", "ASSAULT", "SANCTION", "THREATEN"})
      if (type == judging) return true;
    return false;
  }

  // The verb is known, but nobody stands where its entry looks: take whoever follows.
  bool add_loosely(std::span<const Entry> entries, const Clause& clause) {
    const Slot any{Slot::Kind::any, {}};
    for (const Entry& entry : entries) {
      const RelationType* type = reading_.ontology.type(entry.type);
      if (!holds(entry, clause) || !entry.objects.empty() || type->state || entry.type == "USE" || entry.type == "STATE" ||
          entry.type == "REQUEST")
        continue;
      for (const Reached& object : slots_.fill(clause, any))
        if (!is_locative(marker_of(clause, object)) && emit(entry, clause, object, "clause, loosely", 0.5F, any)) return true;
      return false;
    }
    return false;
  }

  bool ends_in_light_noun(const Clause& clause) const {
    const TokenIndex object = slots_.object_of(clause);
    if (object == kNoToken || reading_.ontology.entries(WordClass::noun, token(object).lemma).empty()) return false;
    const std::string verb = slots_.verb(clause);
    return reading_.ontology.has("light", verb) || reading_.ontology.has("passive_light", verb);
  }

  // A verb the ontology does not know, or knows only between others.
  void add_other(const Clause& clause) {
    if (doers_.empty()) return;
    bool found = false;
    for (const Slot::Kind kind : {Slot::Kind::object, Slot::Kind::indirect, Slot::Kind::any}) {
      if (found) return;
      for (const Reached& object : slots_.fill(clause, {kind, {}})) {
        if (kind == Slot::Kind::any && (object.depth > 2 || reading_.ontology.has("beside", marker_of(clause, object)))) continue;
        found =
            emit(place_or_other(object, marker_of(clause, object)), clause, object, "clause of an unknown verb", 0.4F, {kind, {}}) || found;
      }
    }
  }

  std::string_view marker_of(const Clause& clause, const Reached& object) const {
    for (const ClauseArgument& argument : clause.arguments)
      if (argument.marker != kNoToken && argument.head == object.token) return token(argument.marker).lower;
    return {};
  }

  const Reading& reading_;
  const std::vector<Clause>& clauses_;
  Slots slots_;
  ClauseWriter writer_;
  std::vector<Reached> doers_;  // of the clause at work
};

}  // namespace

void add_clause_facts(const Reading& reading, const std::vector<Clause>& clauses) { ClauseFacts(reading, clauses).add_all(); }

}  // namespace relata::statements
