// Who is meant by an office at a date: "the Springfield mayor" of an article of last May. By the general knowledge of
// data/identity/offices.tsv, else by what articles say of the time around. A function of the articles that are held; an article
// that comes or goes touches those who ask for its offices between the articles before and after it. Not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/decision.h"
#include "graph/name_forms.h"
#include "graph/ties.h"

namespace relata {

class Offices {
 public:
  explicit Offices(std::shared_ptr<const NameForms> forms) : forms_(std::move(forms)) {}

  // An article of a day says that somebody (a person's full folded name) holds offices; or does not say it any more.
  void say(Day day, const std::string& holder, const std::vector<Tie>& ties, int sign);
  // An actor of an article of a day is named by an office; ask() must be given what was asked when it goes.
  void ask(ActorRef actor, Day day, const std::string& name, bool comes);

  // The full folded name of who is meant, or empty when it cannot be told.
  std::string holder(Day day, const std::string& name) const;

  // Actors that may mean somebody else since the last call.
  std::set<ActorRef> changed();

 private:
  using Key = std::string;  // "<office>|<body>"
  struct Office {
    std::map<Day, std::map<std::string, std::uint32_t>> said;  // holders and in how many articles
    std::map<Day, std::set<ActorRef>> asked;
  };
  std::string said(const Office& office, Day day) const;

  std::shared_ptr<const NameForms> forms_;
  std::unordered_map<Key, Office> offices_;
  std::set<ActorRef> changed_;
};

}  // namespace relata
