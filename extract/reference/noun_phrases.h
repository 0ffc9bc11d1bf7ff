// Noun phrases that are no names: "the Russian president", "the bloc", "the talks" told of before.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/reference/discourse.h"

namespace relata::reference {

// Of one article; asked for its mentions in text order.
class NounPhraseResolver {
 public:
  explicit NounPhraseResolver(Discourse& all) : all_(all) {}

  void nominal(std::uint32_t index);
  void coordination(std::uint32_t index);

 private:
  struct Entry {
    std::uint32_t cluster, mention;
  };

  bool near_plural_pronoun(std::uint32_t index) const;
  std::string_view noun_of(TokenIndex head) const;
  bool describes_name(std::uint32_t index) const;
  bool is_title_of_next(const Phrase& mention) const;
  std::uint32_t named_kind(std::uint32_t index) const;
  std::uint32_t same_head(std::uint32_t index, std::string_view noun) const;
  std::uint32_t bare_repeat(std::uint32_t index, std::string_view noun) const;
  std::uint32_t called(std::uint32_t index, std::string_view noun) const;
  std::uint32_t kind_of(std::uint32_t index, std::string_view noun) const;
  std::uint32_t firm_of_land(std::uint32_t index, std::string_view noun) const;
  std::uint32_t of_type(std::uint32_t index, std::string_view noun) const;
  std::uint32_t office_holder(std::uint32_t index, std::string_view noun) const;
  std::uint32_t who_tells(std::uint32_t index, std::string_view noun) const;
  std::uint32_t compatriot(std::uint32_t index) const;
  bool ends_with_noun(const Cluster& cluster, std::string_view noun) const;
  bool is_called(const Cluster& cluster, std::string_view noun, std::uint32_t land) const;
  bool shortens(std::uint32_t index, const Cluster& cluster) const;
  std::uint32_t own_subject(std::uint32_t index) const;
  template <typename Fits>
  std::uint32_t latest(std::uint32_t index, std::uint32_t sentences, Fits fits) const;

  Discourse& all_;
  std::unordered_map<std::string_view, std::vector<Entry>> heads_;  // noun -> the latest phrases with it
};

}  // namespace relata::reference
