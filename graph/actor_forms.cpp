#include "graph/actor_forms.h"

#include <xxhash.h>

#include "graph/identity.h"
#include "graph/resolver.h"

namespace relata {
namespace {

std::string spell(const Actor& actor) {
  std::string spelled(1, static_cast<char>(actor.type));
  const auto add = [&](const std::string& name) { ((spelled += std::to_string(name.size())) += ':') += name; };
  add(actor.name);
  for (const std::string& alias : actor.aliases) add(alias);
  return spelled;
}

// A full name of a person.
bool full_name(const std::string& own) { return own.starts_with("person|") && own.find(' ') != std::string::npos && own.find_first_of("#@") == std::string::npos; }

}  // namespace

std::uint64_t company_token(std::string_view body) { return XXH3_64bits(body.data(), body.size()); }

std::optional<ActorForm::Company> ActorForms::company(const Actor& actor) const {
  const std::string folded = fold_name(actor.name);
  if (folded.empty() || (actor.type == EntityType::person && folded.find(' ') == std::string::npos)) return std::nullopt;
  const std::string body = forms_->body(folded);
  if (forms_->everywhere(body)) return std::nullopt;
  return ActorForm::Company{company_token(body), forms_->state(body)};
}

// The bearers of a name that is one of the user's own entities are not told apart.
ActorForm ActorForms::make(const Actor& actor) const {
  ActorForm form;
  form.own = entity_key(actor);
  form.aliases = folded_aliases(actor);
  form.company = company(actor);
  form.tells_apart = full_name(form.own) && (known_ == nullptr || known_->who(form.own) == KnownNames::kNobody);
  form.wants_field = form.tells_apart && forms_->common_person(form.name());
  form.office = form.tells_apart && !forms_->offices_named(form.name()).empty();
  return form;
}

FormNumber ActorForms::number(const Actor& actor) {
  const auto [at, fresh] = numbers_.try_emplace(spell(actor), static_cast<FormNumber>(made_.size()));
  if (fresh) made_.push_back(make(actor));
  return at->second;
}

}  // namespace relata
