#include "extract/reference/resolver.h"

#include "extract/reference/descriptions.h"
#include "extract/reference/discourse.h"
#include "extract/reference/noun_phrases.h"
#include "extract/reference/pronouns.h"
#include "extract/reference/speakers.h"

namespace relata::reference {

void resolve_mentions(const Document& document, const names::Lexicon& lexicon, std::vector<Phrase>& mentions, std::vector<Cluster>& clusters,
                      Watcher* watcher) {
  Discourse all(document, lexicon, mentions, clusters);
  all.watcher = watcher;
  SpeakerResolver speakers(all);
  NounPhraseResolver nouns(all);
  for (std::uint32_t i = 0; i < mentions.size(); ++i)
    if (mentions[i].name != kNone) describe(all, i);
  for (std::uint32_t i = 0; i < mentions.size(); ++i) {
    const Phrase& mention = mentions[i];
    if (mention.kind == MentionKind::pronoun) {
      if (mention.person == Person::first) speakers.first_person(i);
      else if (mention.person == Person::second) speakers.second_person(i);
      else resolve_pronoun(all, i);
    } else if (mention.name == kNone) {
      if (mention.coordination) nouns.coordination(i);
      else nouns.nominal(i);
    }
    if (mention.cluster != kNone) all.note(i);
  }
}

}  // namespace relata::reference
