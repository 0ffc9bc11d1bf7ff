// What noun phrases tell by their build: "Kremlin spokesman Dmitry Peskov", "Airbus, a unit of EADS", "the Russian city of Kursk",
// "U.S.-made rockets". Every description of a named actor is looked up in data/statements/roles.tsv.
#include <algorithm>

#include "extract/statements/facts.h"
#include "extract/statements/tree.h"

namespace relata::statements {
namespace {

bool is_place(EntityType type) { return type == EntityType::gpe || type == EntityType::loc; }
bool is_thing(EntityType type) { return type == EntityType::product || type == EntityType::weapon || type == EntityType::vehicle; }

class StateFacts {
 public:
  StateFacts(const Reading& reading, const std::vector<Clause>& clauses) : reading_(reading), clauses_(clauses), slots_(reading, clauses) {}

  void add_phrases(TokenRange sentence) {
    for (TokenIndex i = sentence.first; i < sentence.last; ++i) {
      if (const ActorIndex actor = reading_.reach.at(i); actor != kNoActor) {
        add_mention(actor, i);
      } else if (token(i).pos == Pos::NOUN) {
        add_place_name(i);
        add_premises(i);
        if (reading_.ontology.has("relative_to", token(i).lemma)) add_relative(i);
      }
      if (token(i).dep == Dep::amod && (token(i).tag == Tag::VBN || token(i).tag == Tag::VBD)) add_participle(i);
      if (token(i).text.find('-') != std::string_view::npos) add_joined_participle(i, sentence);
    }
  }

  void add_clauses() {
    for (const Clause& clause : clauses_) add_predicative(clause);
  }

 private:
  const Token& token(TokenIndex i) const { return reading_.token(i); }
  EntityType type_of(ActorIndex actor) const { return reading_.reach.type_of(actor); }

  void add_mention(ActorIndex actor, TokenIndex head) {
    bool described = describe(actor, head, head, "nominal");
    for (const TokenIndex child : near_children(reading_.document, head)) {
      const Dep dep = token(child).dep;
      if (dep == Dep::compound || dep == Dep::nmod || dep == Dep::amod)
        described = describe(actor, child, head, "title before a name") || described;
      else if (dep == Dep::appos && reading_.reach.at(child) == kNoActor)
        for (const TokenIndex part : conjuncts(reading_.document, child)) {
          const TokenIndex noun = one_of_many(part);
          described = describe(actor, noun, noun, "apposition") || described;
        }
      else if (dep == Dep::appos && one_of_many(child) != child)
        described = describe(actor, one_of_many(child), one_of_many(child), "apposition") || described;
      else if (dep == Dep::appos)
        add_enclosing(actor, reading_.reach.at(child), child);
    }
    if (token(head).dep == Dep::appos && is_noun(token(token(head).head)) && reading_.reach.at(token(head).head) == kNoActor)
      described = describe(actor, token(head).head, token(head).head, "apposition") || described;
    described = add_swallowed_title(actor, head) || described;
    if (!reading_.reach.is_name(head)) return;
    if (!described) add_owned(actor, head);
    add_within(actor, head);
    if (is_thing(type_of(actor))) add_brand(actor, head);
  }

  // "Secretary of the Navy Tom Brown", parsed as if "the Navy Tom Brown" were under "of".
  bool add_swallowed_title(ActorIndex actor, TokenIndex head) {
    const auto climbs = [&](TokenIndex i) { return token(i).dep == Dep::pobj || token(i).dep == Dep::conj || token(i).dep == Dep::appos; };
    if (type_of(actor) != EntityType::person || !climbs(head)) return false;
    bool found = false;
    TokenIndex noun = head;
    for (int step = 0; step < 3 && climbs(noun); ++step) {
      noun = token(noun).dep == Dep::pobj ? token(token(noun).head).head : token(noun).head;
      if (noun >= head) break;
      const std::vector<Reached> bearer = reading_.reach.direct_of(noun);
      const bool swallowed = !bearer.empty() && bearer.front().actor == actor && bearer.front().token == head;
      const bool of_title = step == 0 && token(head).dep == Dep::pobj;
      if (swallowed || (of_title && !reading_.reach.owners(head).empty()))
        found = describe(actor, noun, of_title ? head : noun, "title before a name") || found;
    }
    return found;
  }

  // Looks the describing noun up; its owners stand before it or, for a title, before the name.
  bool describe(ActorIndex actor, TokenIndex noun, TokenIndex phrase_head, std::string_view rule) {
    if (token(noun).pos != Pos::NOUN && token(noun).pos != Pos::PROPN) return false;
    std::string lemma(token(noun).lemma);
    std::span<const Entry> entries = reading_.ontology.entries(WordClass::role, lemma);
    if (entries.empty()) entries = reading_.ontology.entries(WordClass::role, token(noun).lower);
    bool found = false;
    std::vector<ActorIndex> done;
    for (const Entry& entry : entries) {
      if (!allowed(entry.subject_types, type_of(actor))) continue;
      for (const Reached& other : related(entry.slots, noun, phrase_head)) {
        if (other.actor == actor || !allowed(entry.object_types, type_of(other.actor))) continue;
        if (std::find(done.begin(), done.end(), other.actor) != done.end()) continue;
        done.push_back(other.actor);
        write(entry.type, entry.reversed ? other.actor : actor, entry.reversed ? actor : other.actor, noun, title(noun), rule,
              entry.source);
        found = true;
      }
    }
    return found;
  }

  std::vector<Reached> related(const std::vector<Slot>& slots, TokenIndex noun, TokenIndex phrase_head) const {
    std::vector<Reached> all = reading_.reach.owners(noun);
    if (phrase_head != noun)
      for (const Reached& owner : reading_.reach.owners(phrase_head)) all.push_back(owner);
    // "the German team's coach": the owner may be a phrase that stands for an actor.
    for (const TokenIndex child : near_children(reading_.document, noun))
      if (token(child).dep == Dep::poss && reading_.reach.at(child) == kNoActor)
        for (const Reached& reached : reading_.reach.direct(child)) all.push_back(reached);
    const auto add_under = [&](TokenIndex token, std::string_view preposition) {
      for (const TokenIndex below : reading_.reach.under(token, preposition)) {
        std::vector<Reached> reached = reading_.reach.direct(below);
        if (reached.empty()) reached = reading_.reach.owners(below);
        all.insert(all.end(), reached.begin(), reached.end());
      }
    };
    for (const Slot& slot : slots) add_under(noun, slot.word);
    if (phrase_head != noun) add_under(phrase_head, "of");
    // "the bank's Asia director" directs for the bank; Asia is what he looks after.
    const auto is_body = [&](const Reached& r) { return token(r.token).dep == Dep::poss && type_of(r.actor) == EntityType::org; };
    if (std::any_of(all.begin(), all.end(), is_body))
      std::erase_if(all, [&](const Reached& r) { return token(r.token).dep == Dep::compound && is_place(type_of(r.actor)); });
    return all;
  }

  // The noun with the words before it that belong to the title: "prime minister", "press secretary".
  std::string title(TokenIndex noun) const {
    std::string text;
    for (const TokenIndex child : near_children(reading_.document, noun)) {
      const Dep dep = token(child).dep;
      if (child < noun && (dep == Dep::compound || dep == Dep::amod) && reading_.reach.at(child) == kNoActor && text.size() < 60)
        text += std::string(token(child).lower) + ' ';
    }
    return text + std::string(token(noun).lower);
  }

  // "Le Figaro" of "France's Le Figaro", "Putin" of "Russia's Putin": an owner and no describing noun.
  void add_owned(ActorIndex actor, TokenIndex head) {
    for (const Reached& owner : reading_.reach.owners(head)) {
      if (owner.actor == actor || owner.token >= head) continue;
      const bool possessive = token(owner.token).dep == Dep::poss;
      if (is_place(type_of(actor)) && !possessive) continue;  // "the Sweden-Norway border"
      const EntityType own = type_of(actor), other = type_of(owner.actor);
      const bool from_place = is_place(other) || other == EntityType::norp;
      if (own == EntityType::person && from_place && (possessive || owner.token + 3 >= head))
        write("CITIZEN_OF", actor, owner.actor, head, "from", "owner of a name", {});
      else if ((own == EntityType::org || own == EntityType::fac || is_place(own)) && from_place)
        write("LOCATED_IN", actor, owner.actor, head, "of", "owner of a name", {});
      else if (own == EntityType::org && other == EntityType::org && possessive)
        write("PART_OF", actor, owner.actor, head, "of", "owner of a name", {});
      else if (const ActorIndex maker = reading_.reach.brand_of(actor); is_thing(own) && other == EntityType::org && maker != kNoActor && maker != owner.actor)
        write("OWNS", owner.actor, actor, head, "have", "owner of a name", {});  // "an Iberia Airbus A340"
      else if (is_thing(own) && other == EntityType::org)
        write("MADE_BY", actor, owner.actor, head, "of", "owner of a name", {});
      else if (is_thing(own) && from_place && !possessive)
        write("MADE_BY", actor, owner.actor, head, "of", "owner of a name", {});
      else if (is_thing(own) && from_place)
        write("OWNS", owner.actor, actor, head, "have", "owner of a name", {});
    }
  }

  // "the Airbus A380": a thing whose name begins with that of an organization of the article. "The A380" tells no maker.
  void add_brand(ActorIndex actor, TokenIndex head) {
    if (const ActorIndex maker = reading_.reach.brand_of(actor); maker != kNoActor && reading_.reach.named(token(reading_.reach.name_begin(head)).text) == maker)
      write("MADE_BY", actor, maker, head, "of", "maker in the name", {});
  }

  // "Kursk, Russia".
  void add_enclosing(ActorIndex inner, ActorIndex outer, TokenIndex at) {
    const TokenIndex first = reading_.reach.name_begin(at);
    if (first != kNoToken && first > 0 && token(first - 1).dep == Dep::neg) return;  // "Norland, not Sudria,"
    if (is_place(type_of(inner)) && is_place(type_of(outer))) write("LOCATED_IN", inner, outer, at, "in", "place after a place", {});
  }

  // "Novosibirsk in Siberia", "the Kursk region of Russia", "the University of Oslo in Norway".
  void add_within(ActorIndex actor, TokenIndex head) {
    const EntityType own = type_of(actor);
    if (!is_place(own) && own != EntityType::fac && own != EntityType::org) return;
    for (const std::string_view preposition : {std::string_view("in"), std::string_view("of")})
      for (const TokenIndex below : reading_.reach.under(head, preposition)) {
        const ActorIndex outer = reading_.reach.at(below);
        const bool adjacent = token(below).head == head + 1;  // "Oslo in Norway", not "Norway, banned in Europe"
        if (adjacent && outer != kNoActor && outer != actor && is_place(type_of(outer)))
          write("LOCATED_IN", actor, outer, head, std::string(preposition), "place within a place", {});
      }
    for (const TokenIndex child : near_children(reading_.document, head))
      if (token(child).dep == Dep::npadvmod || token(child).dep == Dep::nmod)
        if (const ActorIndex outer = reading_.reach.at(child); outer != kNoActor && child > head) add_enclosing(actor, outer, child);
  }

  // "the Russian city of Kursk": the name is "of" the describing noun.
  void add_place_name(TokenIndex noun) {
    if (reading_.ontology.entries(WordClass::role, token(noun).lemma).empty()) return;
    for (const TokenIndex below : reading_.reach.under(noun, "of"))
      if (const ActorIndex actor = reading_.reach.at(below); actor != kNoActor && is_place(type_of(actor)))
        for (const Reached& owner : related({{Slot::Kind::preposition, "in"}, {Slot::Kind::preposition, "on"}}, noun, noun))
          if (is_place(type_of(owner.actor)) || type_of(owner.actor) == EntityType::norp)
            write("LOCATED_IN", actor, owner.actor, noun, title(noun), "named place", {});
  }

  // "Renault's plant in Lyon", "the Norland base near Mopti": where the owner is too.
  void add_premises(TokenIndex noun) {
    if (!reading_.ontology.has("premises", token(noun).lemma)) return;
    std::vector<Reached> owners = reading_.reach.owners(noun);
    for (const TokenIndex below : reading_.reach.under(noun, "of"))
      for (const Reached& reached : reading_.reach.direct(below)) owners.push_back(reached);
    for (const std::string_view preposition : {"in", "at", "near", "outside"})
      for (const TokenIndex below : reading_.reach.under(noun, preposition))
        for (const Reached& place : reading_.reach.direct(below))
          for (const Reached& owner : owners)
            if (is_place(type_of(place.actor)) && owner.actor != place.actor)
              write(type_of(owner.actor) == EntityType::org ? "LOCATED_IN" : "OTHER", owner.actor, place.actor, noun,
                    title(noun) + ' ' + std::string(preposition), "premises", {});
  }

  // "Kyiv's Western allies", "Western allies of Kyiv": nobody is named, but two are related.
  void add_relative(TokenIndex noun) {
    std::vector<Reached> whose, who;
    for (const Reached& owner : reading_.reach.owners(noun)) (token(owner.token).dep == Dep::poss ? whose : who).push_back(owner);
    for (const TokenIndex below : reading_.reach.under(noun, "of"))
      for (const Reached& reached : reading_.reach.direct(below)) whose.push_back(reached);
    for (const Entry& entry : reading_.ontology.entries(WordClass::role, token(noun).lemma))
      for (const Reached& a : who)
        for (const Reached& b : whose)
          if (allowed(entry.subject_types, type_of(a.actor)) && allowed(entry.object_types, type_of(b.actor)))
            write(entry.type, a.actor, b.actor, noun, title(noun), "related by a noun", entry.source);
  }

  // "U.S.-made" that the tokenizer left whole; its place in the tree is seldom right, so that the next name is meant.
  void add_joined_participle(TokenIndex word, TokenRange sentence) {
    const std::string_view text = token(word).text;
    const std::size_t hyphen = text.rfind('-');
    const ActorIndex maker = hyphen == 0 || reading_.reach.at(word) != kNoActor ? kNoActor : reading_.reach.named(text.substr(0, hyphen));
    const std::string_view verb = maker == kNoActor ? std::string_view() : verb_of(text.substr(hyphen + 1));
    if (verb.empty()) return;
    for (TokenIndex i = word + 1; i < std::min(sentence.last, word + 6); ++i) {
      const Token& next = token(i);
      if (next.pos == Pos::PUNCT || next.pos == Pos::VERB || next.pos == Pos::ADP) return;
      if (reading_.reach.at(i) == kNoActor) continue;
      return add_done(word, {{maker, word, 0}}, verb, {{reading_.reach.at(i), i, 0}});
    }
  }

  static std::string_view verb_of(std::string_view participle) {
    static constexpr std::pair<std::string_view, std::string_view> kVerbs[] = {
        {"made", "make"},         {"built", "build"},       {"based", "base"},           {"backed", "back"},
        {"supplied", "supply"},   {"owned", "own"},         {"held", "hold"},            {"occupied", "occupy"},
        {"controlled", "control"}, {"supported", "support"}, {"funded", "fund"},          {"led", "lead"},
        {"designed", "design"},   {"produced", "produce"},  {"developed", "develop"},    {"manufactured", "manufacture"},
        {"sponsored", "sponsor"}, {"provided", "provide"}};
    for (const auto& [form, lemma] : kVerbs)
      if (form == participle) return lemma;
    return {};
  }

  // "U.S.-made rockets", "Moscow-based company", "Russian-backed separatists".
  void add_participle(TokenIndex participle) {
    std::vector<Reached> makers;
    for (const TokenIndex child : near_children(reading_.document, participle)) {
      const ActorIndex actor = reading_.reach.at(child);
      if (actor != kNoActor && child < participle) makers.push_back({actor, child, 0});
    }
    if (makers.empty()) return;
    const TokenIndex noun = token(participle).head;
    std::vector<Reached> things = reading_.reach.direct(noun);
    // "the Norland-made Taurus and British Storm Shadows": the nearest.
    std::erase_if(things, [&](const Reached& thing) { return thing.token < participle; });
    std::sort(things.begin(), things.end(), [](const Reached& a, const Reached& b) { return a.token < b.token; });
    if (things.size() > 1 && things.front().token < noun) things.resize(1);
    add_done(participle, makers, token(participle).lemma, things);
  }

  // What a participle before a noun tells of the noun and of whoever did it.
  void add_done(TokenIndex participle, const std::vector<Reached>& makers, std::string_view lemma, const std::vector<Reached>& things) {
    for (const Reached& of : things)
      for (const Reached& maker : makers) {
        for (const Entry& entry : reading_.ontology.entries(WordClass::verb, lemma)) {
          if (!entry.objects.empty() || !allowed(entry.object_types, type_of(of.actor))) continue;
          if (!entry.reversed && !allowed(entry.subject_types, type_of(maker.actor))) continue;
          const bool state = entry.type == "LOCATED_IN" || entry.reversed;
          write(entry.type, state ? of.actor : maker.actor, state ? maker.actor : of.actor, participle, std::string(lemma),
                "participle before a noun", entry.source);
          break;
        }
      }
  }

  // "X is the president of Y", "X became a member of Y", "X was appointed head of Y", "X serves as Y's envoy".
  void add_predicative(const Clause& clause) {
    if (clause.subject == kNoToken) return;
    const std::string_view lemma = token(clause.predicate).lemma;
    const bool raises = clause.copular || lemma == "become" || lemma == "remain" || clause.passive;
    for (const ClauseArgument& argument : clause.arguments) {
      const bool attribute = argument.role == ClauseRole::attribute && raises;
      const bool as = argument.role == ClauseRole::oblique && argument.marker != kNoToken && token(argument.marker).lower == "as";
      if (!attribute && !as) continue;
      for (const Reached& subject : reading_.reach.direct(clause.subject))
        for (const TokenIndex part : conjuncts(reading_.document, argument.head)) {
          stance_word_ = clause.predicate;
          const TokenIndex noun = one_of_many(part);
          describe(subject.actor, noun, noun, "predicate noun");
          stance_word_ = kNoToken;
        }
    }
    if (clause.copular) add_mutual(clause);
    if (clause.copular) add_whereabouts(clause);
    add_steps(clause);
  }

  // "One of his few supporters" is a supporter; the noun itself when it is not one of many.
  TokenIndex one_of_many(TokenIndex noun) const {
    if (token(noun).lower != "one") return noun;
    const std::vector<TokenIndex> many = reading_.reach.under(noun, "of");
    return many.empty() || token(many.front()).tag != Tag::NNS ? noun : many.front();
  }

  // "Nissan and Renault are partners."
  void add_mutual(const Clause& clause) {
    const ClauseArgument* attribute = clause.first(ClauseRole::attribute);
    if (attribute == nullptr || !reading_.ontology.has("relative_to", token(attribute->head).lemma)) return;
    const std::vector<Reached> parties = reading_.reach.direct(clause.subject);
    if (parties.size() < 2 || !reading_.reach.nested(attribute->head).empty()) return;
    for (const Entry& entry : reading_.ontology.entries(WordClass::role, token(attribute->head).lemma)) {
      const auto fits = [&](const Reached& party) {
        return allowed(entry.subject_types, type_of(party.actor)) && allowed(entry.object_types, type_of(party.actor));
      };
      if (!reading_.ontology.type(entry.type)->symmetric || !std::all_of(parties.begin(), parties.end(), fits)) continue;
      stance_word_ = clause.predicate;
      for (std::size_t i = 0; i < parties.size(); ++i)
        for (std::size_t j = i + 1; j < parties.size(); ++j)
          write(entry.type, parties[i].actor, parties[j].actor, attribute->head, title(attribute->head), "mutual", entry.source);
      stance_word_ = kNoToken;
      return;
    }
  }

  // "at Wembley Stadium in London": a place right after a smaller one.
  void add_steps(const Clause& clause) {
    const ClauseArgument* before = nullptr;
    for (const ClauseArgument& argument : clause.arguments) {
      if (argument.role != ClauseRole::oblique || argument.marker == kNoToken || argument.inherited) continue;
      if (before != nullptr && token(argument.marker).lower == "in" && argument.marker == before->head + 1) {
        const ActorIndex inner = reading_.reach.at(before->head), outer = reading_.reach.at(argument.head);
        const bool stands = inner != kNoActor && reading_.reach.is_name(before->head) &&
                            (type_of(inner) == EntityType::fac || type_of(inner) == EntityType::gpe);
        if (stands && outer != kNoActor && is_place(type_of(outer)))
          write("LOCATED_IN", inner, outer, before->head, "in", "place after a place", {});
      }
      before = &argument;
    }
  }

  // "Odesa is in Ukraine".
  void add_whereabouts(const Clause& clause) {
    if (clause.first(ClauseRole::attribute) != nullptr) return;
    for (const ClauseArgument& argument : clause.arguments) {
      if (argument.role != ClauseRole::oblique || argument.marker == kNoToken) continue;
      const std::string_view preposition = token(argument.marker).lower;
      if (preposition != "in" && preposition != "near" && preposition != "at") continue;
      stance_word_ = clause.predicate;
      for (const Reached& subject : reading_.reach.direct(clause.subject))
        for (const Reached& place : reading_.reach.direct(argument.head))
          if (is_place(type_of(place.actor))) write("LOCATED_IN", subject.actor, place.actor, clause.predicate, "be in", "whereabouts", {});
      stance_word_ = kNoToken;
    }
  }

  void write(const std::string& type, ActorIndex from, ActorIndex to, TokenIndex word, const std::string& predicate, std::string_view rule,
             std::string_view entry) {
    const bool office = type == "HAS_POSITION_AT" || type == "EMPLOYED_BY";
    if (office && reading_.reach.by_office(from)) return;  // the name says it
    Fact fact{.subject = from,
              .object = to,
              .type = type,
              .predicate = predicate,
              .token = word,
              .confidence = 0.8F,
              .rule = rule,
              .entry = entry,
              .roles = {}};
    fact.presupposed = stance_word_ == kNoToken;
    if (stance_word_ != kNoToken) fact.token = stance_word_;
    if (office) fact.office = word;
    reading_.facts.add(fact);
  }

  const Reading& reading_;
  const std::vector<Clause>& clauses_;
  Slots slots_;
  TokenIndex stance_word_ = kNoToken;  // the verb that carries polarity and time of a predicate noun
};

}  // namespace

void add_state_facts(const Reading& reading, const std::vector<Clause>& clauses, TokenRange sentence) {
  StateFacts facts(reading, clauses);
  facts.add_phrases(sentence);
  facts.add_clauses();
}

}  // namespace relata::statements
