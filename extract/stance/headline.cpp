#include "extract/stance/headline.h"

#include <algorithm>

#include "extract/stance/content.h"
#include "extract/stance/source.h"
#include "extract/stance/tree.h"

namespace relata::stance {
namespace {

constexpr TokenIndex kLongestName = 9;

bool is_dash(const Token& t) { return t.text == "—" || t.text == "–" || t.text == "-" || t.text == "--"; }

// The token that names who speaks in a short phrase without a verb, or kNoToken.
TokenIndex speaker_in(const Document& d, TokenRange phrase) {
  if (phrase.empty() || phrase.last - phrase.first > kLongestName) return kNoToken;
  TokenIndex speaker = kNoToken;
  for (TokenIndex i = phrase.first; i < phrase.last; ++i) {
    const Token& t = d.tokens[i];
    if (is_verbal(t) || t.pos == Pos::PUNCT || t.pos == Pos::NUM || t.pos == Pos::PRON) return kNoToken;
    if (t.pos == Pos::PROPN || t.pos == Pos::NOUN) {
      speaker = i;
    }
  }
  return speaker;
}

bool has_verb(const Document& d, TokenRange range) {
  const TokenIndex last = std::min(range.last, range.first + 40);
  for (TokenIndex i = range.first; i < last; ++i) {
    if (is_verbal(d.tokens[i])) return true;
  }
  return false;
}

bool is_person_or_body(const Actors& actors, ActorIndex actor) {
  const EntityType type = actors.actors[actor].type;
  return type == EntityType::person || type == EntityType::org || type == EntityType::gpe;
}

// Ends without a full stop: a headline.
bool is_headline(const Document& d, TokenRange paragraph) {
  const Token& end = d.tokens[paragraph.last - 1];
  return end.tag != Tag::PERIOD && end.text != ":" && paragraph.last - paragraph.first < 40;
}

void colon_report(const Document& d, const Actors& actors, TokenRange line, std::vector<Report>& reports) {
  for (TokenIndex i = line.first; i < line.last && i <= line.first + kLongestName; ++i) {
    if (d.tokens[i].text != ":") continue;
    const TokenIndex speaker = speaker_in(d, {line.first, i});
    if (speaker == kNoToken) return;
    const auto actor = speaking_actor(d, actors, speaker);
    const TokenRange said = trimmed(d, {i + 1, line.last});
    TokenIndex next = i + 1;
    while (next < line.last && d.tokens[next].is_space) ++next;
    const bool quoted = next < line.last && d.tokens[next].tag == Tag::OPEN_QUOTE && d.tokens[speaker].pos == Pos::PROPN;
    if (!quoted && (!actor || !is_person_or_body(actors, *actor))) return;
    if (said.last < said.first + 3 || !has_verb(d, said)) return;
    reports.push_back({{speaker}, i, "", CueClass::say, {said}});
    return;
  }
}

void dash_report(const Document& d, TokenRange line, std::vector<Report>& reports) {
  if (!is_headline(d, line)) return;
  for (TokenIndex i = line.last; i-- > line.first + 3 && i + kLongestName > line.last;) {
    if (!is_dash(d.tokens[i]) || !d.tokens[i - 1].space_after) continue;
    const TokenIndex speaker = speaker_in(d, {i + 1, line.last});
    if (speaker == kNoToken) return;
    const TokenRange said = trimmed(d, {line.first, i});
    if (said.last < said.first + 3) return;
    reports.push_back({{speaker}, i, "", CueClass::say, {said}});
    return;
  }
}

// "..., Reuters reports.": taken for a noun by the tagger.
void tail_report(const Document& d, TokenRange sentence, std::vector<Report>& reports) {
  TokenIndex end = sentence.last;
  while (end > sentence.first && end + 4 > sentence.last && (d.tokens[end - 1].pos == Pos::PUNCT || d.tokens[end - 1].is_space)) --end;
  if (end < sentence.first + 6) return;
  const TokenIndex cue = end - 1;
  const Token& t = d.tokens[cue];
  if (t.tag != Tag::NNS || !t.lower.ends_with("s") || stance_lexicon().cue(Part::verb, t.lemma) == nullptr) return;
  TokenIndex source = cue - 1;
  while (source > sentence.first && d.tokens[source].is_space) --source;
  if (d.tokens[source].pos != Pos::PROPN) return;
  for (TokenIndex i = cue; i-- > sentence.first && i + 6 > cue;) {
    if (d.tokens[i].tag != Tag::COMMA) continue;
    const TokenRange said = trimmed(d, {sentence.first, i});
    if (has_verb(d, said)) reports.push_back({{source}, cue, std::string(t.lemma), CueClass::say, {said}});
    return;
  }
}

}  // namespace

void find_headline_reports(const Document& d, const Actors& actors, const Quotations& quotations, std::vector<Report>& reports) {
  const auto& paragraph = quotations.paragraph_of_token;
  for (TokenIndex first = 0; first < d.tokens.size();) {
    TokenIndex last = first;
    while (last < d.tokens.size() && paragraph[last] == paragraph[first]) ++last;
    TokenRange line{first, last};
    while (line.first < line.last && d.tokens[line.first].is_space) ++line.first;
    while (line.last > line.first && d.tokens[line.last - 1].is_space) --line.last;
    if (line.last > line.first + 3) {
      colon_report(d, actors, line, reports);
      dash_report(d, line, reports);
    }
    first = last;
  }
  for (const TokenRange& sentence : d.sentences) tail_report(d, sentence, reports);
}

}  // namespace relata::stance
