#include "graph/offices.h"

namespace relata {
namespace {

constexpr std::int32_t kNear = 366;  // days: what is said of an office holds no longer than that

std::string key_of(const OfficeName& name) { return name.office + "|" + name.body; }

}  // namespace

void Offices::say(Day day, const std::string& holder, const std::vector<Tie>& ties, int sign) {
  std::set<Key> keys;
  for (const Tie& tie : ties)
    if (!tie.office.empty()) keys.insert(key_of({tie.office, forms_->body(tie.body)}));
  for (const Key& key : keys) {
    Office& office = offices_[key];
    auto& count = office.said[day][holder];
    count += static_cast<std::uint32_t>(sign);
    if (count == 0) {
      office.said[day].erase(holder);
      if (office.said[day].empty()) office.said.erase(day);
    }
    auto after = office.said.upper_bound(day);
    const auto end = after == office.said.end() ? office.asked.end() : office.asked.upper_bound(after->first);
    auto before = office.said.lower_bound(day);
    auto each = before == office.said.begin() ? office.asked.begin() : office.asked.lower_bound(std::prev(before)->first);
    for (; each != end; ++each) changed_.insert(each->second.begin(), each->second.end());
    if (office.said.empty() && office.asked.empty()) offices_.erase(key);
  }
}

void Offices::ask(ActorRef actor, Day day, const std::string& name, bool comes) {
  for (const OfficeName& each : forms_->offices_named(name)) {
    Office& office = offices_[key_of(each)];
    if (comes) {
      office.asked[day].insert(actor);
    } else {
      office.asked[day].erase(actor);
      if (office.asked[day].empty()) office.asked.erase(day);
      if (office.said.empty() && office.asked.empty()) offices_.erase(key_of(each));
    }
  }
  if (comes) changed_.insert(actor);
  else changed_.erase(actor);
}

// The one whom all articles of the nearest days name, before and after; nobody when they differ.
std::string Offices::said(const Office& office, Day day) const {
  std::string holder;
  const auto take = [&](std::map<Day, std::map<std::string, std::uint32_t>>::const_iterator at) {
    if (at->second.size() != 1 || (!holder.empty() && holder != at->second.begin()->first)) return false;
    holder = at->second.begin()->first;
    return true;
  };
  const auto after = office.said.lower_bound(day);
  if (after != office.said.end() && after->first.number - day.number <= kNear && !take(after)) return "";
  if (after != office.said.end() && after->first == day) return holder;
  if (after == office.said.begin()) return holder;
  const auto before = std::prev(after);
  if (day.number - before->first.number <= kNear && !take(before)) return "";
  return holder;
}

std::string Offices::holder(Day day, const std::string& name) const {
  std::set<std::string> known, told;
  for (const OfficeName& each : forms_->offices_named(name)) {
    if (std::string holder = forms_->office_holder(each, day); !holder.empty()) known.insert(std::move(holder));
    if (const auto office = offices_.find(key_of(each)); office != offices_.end())
      if (std::string holder = said(office->second, day); !holder.empty()) told.insert(std::move(holder));
  }
  const std::set<std::string>& found = known.empty() ? told : known;
  return found.size() == 1 ? *found.begin() : "";
}

std::set<ActorRef> Offices::changed() {
  std::set<ActorRef> changed;
  changed.swap(changed_);
  return changed;
}

}  // namespace relata
