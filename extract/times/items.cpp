#include "extract/times/items.h"

#include <algorithm>

namespace relata::times {
namespace {

bool links(const Atom& atom) { return atom.kind == AtomKind::mark && (atom.mark == '-' || atom.mark == '\'' || atom.mark == '.'); }

const Entry* entry_of(const Lexicon& lexicon, std::string_view lower, Sort sort) {
  const Word* word = lexicon.find(lower);
  if (word == nullptr) return nullptr;
  for (const Entry& entry : word->entries) {
    if (entry.sort == sort) return &entry;
  }
  return nullptr;
}

class Grouper {
 public:
  Grouper(const Atoms& atoms, const Lexicon& lexicon) : atoms_(atoms.list), lexicon_(lexicon) {}

  std::vector<Item> run() {
    items_.reserve(atoms_.size());
    for (std::size_t i = 0; i < atoms_.size();) {
      Item item = plain(i);
      const Atom& atom = atoms_[i];
      if (atom.kind == AtomKind::number) {
        number(i, item);
      } else if (atom.kind == AtomKind::word) {
        word(i, item);
      }
      items_.push_back(item);
      i = item.last;
    }
    return std::move(items_);
  }

 private:
  Item plain(std::size_t i) const {
    const Atom& atom = atoms_[i];
    Item item;
    item.first = static_cast<std::uint32_t>(i);
    item.last = item.first + 1;
    item.lower = atom.lower;
    item.mark = atom.mark;
    item.glued = atom.glued;
    item.after_break = atom.after_break;
    item.capital = atom.capital;
    item.token = atom.token;
    return item;
  }

  bool glued_word(std::size_t i) const { return i < atoms_.size() && atoms_[i].glued && atoms_[i].kind == AtomKind::word; }

  void number(std::size_t i, Item& item) const {
    const Atom& atom = atoms_[i];
    item.number = atom.number;
    item.digits = atom.digits;
    // "1,500": thousands.
    std::size_t next = i + 1;
    while (atom.digits <= 3 && next + 1 < atoms_.size() && item.number >= 0 && item.number < 1000000 && atoms_[next].glued &&
           atoms_[next].mark == ',' && atoms_[next + 1].glued && atoms_[next + 1].digits == 3) {
      item.number = item.number * 1000 + atoms_[next + 1].number;
      item.digits = 255;
      next += 2;
    }
    item.last = static_cast<std::uint32_t>(next);
    if (!glued_word(next)) {
      // "1990's"
      if (next + 1 < atoms_.size() && atoms_[next].glued && atoms_[next].mark == '\'' && glued_word(next + 1) &&
          atoms_[next + 1].lower == "s" && item.digits == 4 && item.number % 10 == 0) {
        item.decade = item.number;
        item.number = -1;
        item.last = static_cast<std::uint32_t>(next + 2);
      }
      return;
    }
    const std::string_view suffix = atoms_[next].lower;
    if (suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th") {
      item.ordinal = item.number;
      item.number = -1;
      item.last = static_cast<std::uint32_t>(next + 1);
    } else if (suffix == "s" && item.number % 10 == 0 && (item.digits >= 2 && item.digits <= 4)) {
      item.decade = item.number;
      item.number = -1;
      item.last = static_cast<std::uint32_t>(next + 1);
    }
  }

  void word(std::size_t i, Item& item) const {
    const Word* word = lexicon_.find(atoms_[i].lower);
    if (word == nullptr) return;
    item.entries = word->entries;
    for (const Phrase& phrase : word->phrases) {
      const std::size_t end = match(phrase, i + 1);
      if (end == 0) continue;
      item.entries = {&phrase.entry, 1};
      item.last = static_cast<std::uint32_t>(end);
      return;
    }
    if (item.as(Sort::number) != nullptr || item.as(Sort::ordinal) != nullptr) written(i, item);
  }

  // The atom after the phrase's last word when the words stand from `i` on; 0 otherwise.
  std::size_t match(const Phrase& phrase, std::size_t i) const {
    for (const std::string& word : phrase.rest) {
      for (int marks = 0; i < atoms_.size() && links(atoms_[i]) && marks < 2; ++marks) ++i;
      if (i >= atoms_.size() || atoms_[i].after_break || atoms_[i].lower != word) return 0;
      ++i;
    }
    // "new year" is not the beginning of "new yearbook": atoms are whole words, so only a digit can follow glued.
    return i;
  }

  // "twenty-one", "two hundred and five", "nineteen eighty-four", "twenty-second".
  void written(std::size_t i, Item& item) const {
    std::int64_t total = 0, current = -1;
    bool year = false, scaled = false;
    std::size_t end = i;
    for (int words = 0; words < 12; ++words) {
      std::size_t next = end;
      if (words > 0) {
        if (next < atoms_.size() && atoms_[next].mark == '-' && atoms_[next].glued) ++next;
        if (scaled && next < atoms_.size() && atoms_[next].lower == "and") ++next;
      }
      if (next >= atoms_.size() || (words > 0 && atoms_[next].after_break)) break;
      const Entry* cardinal = entry_of(lexicon_, atoms_[next].lower, Sort::number);
      const Entry* ordinal = entry_of(lexicon_, atoms_[next].lower, Sort::ordinal);
      const Entry* scale = entry_of(lexicon_, atoms_[next].lower, Sort::scale);
      const std::int64_t tail = current < 0 ? 0 : current % 100;
      const bool unit_fits = current >= 0 && tail >= 20 && tail % 10 == 0;
      if (cardinal != nullptr) {
        const int n = cardinal->value;
        if (current < 0) current = n;
        else if (scaled && tail == 0) current += n;
        else if (unit_fits && n > 0 && n < 10) current += n;
        else if (!year && !scaled && current >= 11 && current <= 20 && n >= 10) { current = current * 100 + n; year = true; }
        else if (year && unit_fits && n < 10) current += n;
        else if (!year && !scaled && current >= 11 && current <= 20 && n == 0 && oh_year(next)) { current = current * 100; year = true; scaled = true; }
        else break;
      } else if (scale != nullptr && current > 0 && !year && current < 10000) {
        if (scale->value == 12) break;
        current *= scale->value;
        if (scale->value >= 1000) { total += current; current = 0; }
        scaled = true;
        if (total > 1000000000) break;
      } else if (ordinal != nullptr && ordinal->value > 0 && (current < 0 || (unit_fits && ordinal->value < 10) || (scaled && tail == 0))) {
        item.ordinal = static_cast<std::int32_t>(std::min<std::int64_t>(total + std::max<std::int64_t>(current, 0) + ordinal->value, 100000000));
        item.written = true;
        item.last = static_cast<std::uint32_t>(next + 1);
        return;
      } else {
        break;
      }
      end = next + 1;
    }
    if (end == i) return;
    item.number = static_cast<std::int32_t>(std::min<std::int64_t>(total + std::max<std::int64_t>(current, 0), 1000000000));
    item.written = true;
    item.digits = year || (scaled && item.number >= 1000 && item.number < 2200) ? 4 : 0;
    item.last = static_cast<std::uint32_t>(end);
  }

  bool oh_year(std::size_t i) const {
    return i + 1 < atoms_.size() && atoms_[i].lower == "oh" && entry_of(lexicon_, atoms_[i + 1].lower, Sort::number) != nullptr;
  }

  const std::vector<Atom>& atoms_;
  const Lexicon& lexicon_;
  std::vector<Item> items_;
};

}  // namespace

std::vector<Item> group_items(const Atoms& atoms, const Lexicon& lexicon) { return Grouper(atoms, lexicon).run(); }

}  // namespace relata::times
