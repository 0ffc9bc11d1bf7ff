// What a key is known by: the blocks it stands in and those it asks.
#include <xxhash.h>

#include "graph/resolver.h"

namespace relata {
namespace {

// Of "european space consortium esc": the acronym that a name tells with its words. Empty for others.
std::string_view told_acronym(std::string_view name, const NameForms& forms) {
  const auto words = words_of(name);
  if (words.size() < 4 || words.back().size() < 3) return {};
  const std::string rest = forms.without_legal_form(name.substr(0, static_cast<std::size_t>(words.back().data() - name.data()) - 1));
  std::size_t at = 0;
  for (const std::string_view word : words_of(rest)) {
    if (at < words.back().size() && word.front() == words.back()[at]) ++at;
    else if (word.size() > 3) return {};
  }
  return at == words.back().size() ? words.back() : std::string_view();
}

}  // namespace

Resolver::Block Resolver::block(std::string_view kind, std::string_view text) {
  return XXH3_64bits_withSeed(text.data(), text.size(), XXH3_64bits(kind.data(), kind.size()));
}

void Resolver::describe(Key& key) const {
  key.squeezed = compact(singular(key.name));
  key.in.push_back(block("squeezed", key.squeezed));
  key.asks = key.in;
  if (key.family == "group" || key.family == "place") {
    const std::string bare = key.family == "group" ? forms_->without_legal_form(key.name) : forms_->without_place_kind(key.name);
    const std::string_view acronym = key.family == "group" ? told_acronym(bare, *forms_) : std::string_view();
    key.plain = compact(acronym.empty() ? std::string_view(bare) : acronym);
    key.in.push_back(block(key.family, key.plain));
    key.asks.push_back(key.in.back());
  }
  if (key.usual = forms_->usual_spelling(key.name); !key.usual.empty()) {
    key.in.push_back(block("usual", key.usual));
    key.asks.push_back(key.in.back());
  }
  if (key.family == "person") describe_person(key);
  if (key.family == "thing") describe_thing(key);
  if (known_ == nullptr || (key.known = known_->who(key.text)) == KnownNames::kNobody) return;
  key.in.push_back(block("known", std::to_string(key.known)));
  key.asks.push_back(key.in.back());
}

// One of several of a name, or who holds an office: no other name means him, but nobody else can be meant by his surname alone.
void Resolver::describe_sense(Key& key, const std::string& sense) const {
  key.squeezed = key.text;
  if (sense.front() == '@') {
    key.holder = sense.substr(1);
    key.asks.push_back(block("sounds", forms_->skeleton(key.holder)));
    return;
  }
  const std::string skeleton = forms_->skeleton(key.name);
  const auto sounds = words_of(skeleton);
  for (std::size_t i = 1; i < sounds.size(); ++i) {
    const std::string_view suffix(sounds[i].data(), static_cast<std::size_t>(sounds.back().data() + sounds.back().size() - sounds[i].data()));
    key.shorter.push_back({block("suffix", suffix), block("short", suffix), key.text});
  }
}

// Who holds an office of a state and is not known speaks for the state.
void Resolver::describe_office(Key& key, const std::vector<OfficeName>& offices) const {
  for (const OfficeName& office : offices) {
    if (!forms_->state(office.body)) continue;
    key.states.push_back(office.body);
    key.asks.push_back(block("place", office.body));
  }
}

// Full names stand in a block of their surname's sound and plain given name, one of its initial for names that have only an
// initial to ask for, and behind every shorter name they end in.
void Resolver::describe_person(Key& key) const {
  describe_office(key, forms_->offices_named(key.name));
  if (!key.states.empty()) return;
  key.sounds = forms_->skeleton(key.name);
  const auto words = words_of(key.name), sounds = words_of(key.sounds);
  if (words.empty()) return;
  key.asks.push_back(block("short", key.sounds));
  if (words.size() < 2 || sounds.size() != words.size()) return;
  key.given = forms_->plain_given_name(words.front());
  const std::string last(sounds.back()), initial = last + "|" + std::string(words.front().substr(0, 1));
  key.in.push_back(block("sounds", key.sounds));
  key.asks.push_back(key.in.back());
  if (words.front().size() == 1) {
    key.in.push_back(block("initial", initial));
    key.asks.push_back(key.in.back());
    key.asks.push_back(block("given initial", initial));
  } else {
    key.in.push_back(block("given", last + "|" + key.given));
    key.asks.push_back(key.in.back());
    key.in.push_back(block("given initial", initial));
    key.asks.push_back(block("initial", initial));
  }
  for (std::size_t i = 1; i < sounds.size(); ++i) {
    const std::string_view suffix(sounds[i].data(), static_cast<std::size_t>(sounds.back().data() + sounds.back().size() - sounds[i].data()));
    key.shorter.push_back({block("suffix", suffix), block("short", suffix), key.given});
  }
}

// Things are called by their makers, designations and nicknames: "boeing 787 dreamliner", "787 dreamliner", "boeing 787". A short name is a
// designation, or two words at least; a nickname is one longer word behind a designation, unlike "pro" and "max" of another model.
void Resolver::describe_thing(Key& key) const {
  const auto words = words_of(key.name);
  if (words.empty()) return;
  const auto digits = [](std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; };
  const auto names = [&](std::string_view text) { return (digits(text) && text.size() >= 3) || text.find(' ') != std::string_view::npos; };
  if (names(key.name)) {
    key.sounds = key.name;
    key.asks.push_back(block("short thing", key.name));
  }
  const std::string_view name = key.name;
  const auto add = [&](std::string_view part, std::string_view rest) {
    if (names(part)) key.shorter.push_back({block("suffix thing", part), block("short thing", part), std::string(rest)});
  };
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto at = static_cast<std::size_t>(words[i].data() - name.data());
    add(name.substr(at), name.substr(0, at - 1));
  }
  constexpr std::size_t kNickname = 6;  // letters
  if (words.size() < 2 || words.back().size() < kNickname || digits(words.back()) || !digits(words[words.size() - 2])) return;
  const auto at = static_cast<std::size_t>(words.back().data() - name.data());
  add(name.substr(0, at - 1), words.back());
}

}  // namespace relata
