// The ways actors are named: many actors of many articles have one name, type and other names in common, so all that identity makes of
// these is made and kept once. Not thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/extraction.h"
#include "graph/known_names.h"
#include "graph/name_forms.h"

namespace relata {

using FormNumber = std::uint32_t;

// By which company knows a name: of NameForms::body().
std::uint64_t company_token(std::string_view body);

struct ActorForm {
  // What it is to the other actors of an article.
  struct Company {
    std::uint64_t token = 0;  // see company_token()
    bool place = false;  // a state or a capital
  };

  std::string own;                    // the entity key of the name
  std::vector<std::string> aliases;   // folded, without the key's own name
  std::optional<Company> company;     // nothing for a single given name or surname and what is named everywhere
  bool tells_apart = false;           // several people may bear the name
  bool wants_field = false;           // and many do
  bool office = false;                // the name is an office

  std::string_view name() const { return std::string_view(own).substr(own.find('|') + 1); }
};

class ActorForms {
 public:
  // `known` may be null.
  ActorForms(std::shared_ptr<const NameForms> forms, std::shared_ptr<const KnownNames> known) : forms_(std::move(forms)), known_(std::move(known)) {}

  // Of the actor's name, type and other names; its mentions do not matter.
  FormNumber number(const Actor& actor);
  // Valid until the next number().
  const ActorForm& operator[](FormNumber number) const { return made_[number]; }
  std::size_t size() const { return made_.size(); }

 private:
  ActorForm make(const Actor& actor) const;
  std::optional<ActorForm::Company> company(const Actor& actor) const;

  std::shared_ptr<const NameForms> forms_;
  std::shared_ptr<const KnownNames> known_;
  std::vector<ActorForm> made_;
  std::unordered_map<std::string, FormNumber> numbers_;  // by all that is told of an actor, spelled
};

}  // namespace relata
