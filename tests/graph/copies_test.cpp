// Wire copies are found among articles made from a vocabulary, so that no text has to be borrowed.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "graph/copies.h"

using namespace relata;

namespace {

using Sentences = std::vector<std::string>;

class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  bool chance(double p) { return std::bernoulli_distribution(p)(random_); }

  std::string word() {
    static const char* const kBegin[] = {"ka", "lo", "mir", "ten", "sa", "vor", "pel", "du", "gri", "no", "chas", "be"};
    static const char* const kEnd[] = {"ta", "ren", "lis", "mo", "der", "ns", "vy", "kel", "ra", "bo"};
    std::string made = kBegin[below(12)];
    for (std::size_t i = below(2) + 1; i > 0; --i) made += kEnd[below(10)];
    return made;
  }
  // Frequent small words, the names of the event, and others.
  std::string sentence(const Sentences& names) {
    static const char* const kSmall[] = {"the", "of", "in", "and", "said", "a", "to", "on", "that", "with"};
    std::string made;
    for (std::size_t i = below(12) + 12; i > 0; --i) made += (chance(0.4) ? kSmall[below(10)] : chance(0.25) ? names[below(names.size())] : word()) + std::string(i > 1 ? " " : ". ");
    return made;
  }
  Sentences article(const Sentences& names) {
    Sentences made;
    for (std::size_t i = below(25) + 12; i > 0; --i) made.push_back(sentence(names));
    return made;
  }
  // Another headline, some sentences edited, cut at the end, a credit line.
  Sentences copy(const Sentences& original, const Sentences& names) {
    Sentences made = original;
    if (chance(0.5)) made.insert(made.begin(), sentence(names));
    for (std::size_t i = 0; i < made.size() / 10; ++i) made[below(made.size())] = sentence(names);
    if (chance(0.5)) made.resize(std::max<std::size_t>(5, made.size() * (5 + below(5)) / 10));
    if (chance(0.5)) made.push_back("Reporting by " + word() + " " + word() + ", editing by " + word() + " for the agency. ");
    return made;
  }
  // Written anew about the same event, which may quote two of its sentences.
  Sentences retelling(const Sentences& original, const Sentences& names) {
    Sentences made = article(names);
    for (int i = 0; i < 2; ++i)
      if (chance(0.5)) made[below(made.size())] = original[below(original.size())];
    return made;
  }

 private:
  std::mt19937 random_;
};

std::string text_of(const Sentences& sentences) {
  std::string text;
  for (const std::string& each : sentences) text += each;
  return text;
}

struct Held {
  ArticleId id;
  std::optional<Day> published;
  Sketch sketch;
};

std::map<ArticleId, ArticleId> originals(const std::vector<Held>& held) {
  CopyBook book;
  for (const Held& each : held) book.add(each.id, each.published, each.sketch);
  (void)book.settle();
  std::map<ArticleId, ArticleId> found;
  for (const Held& each : held) found[each.id] = book.original(each.id);
  return found;
}

// Families of one story each: an original, copies of it, and other articles about the same event.
struct Story {
  std::vector<Held> held;
  std::map<ArticleId, std::size_t> family;  // those of one are copies of each other
};

Story story(Writer& writer, std::size_t events, std::size_t copies, std::size_t others) {
  Story made;
  std::size_t families = 0;
  const auto add = [&](const Sentences& text, std::size_t family) {
    const ArticleId id{0x9e3779b97f4a7c15u * (made.held.size() + 1)};
    const auto day = writer.chance(0.9) ? std::optional(Day{static_cast<std::int32_t>(20'000 + writer.below(30))}) : std::nullopt;
    made.held.push_back({id, day, sketch_of(text_of(text))});
    made.family[id] = family;
  };
  for (std::size_t e = 0; e < events; ++e) {
    Sentences names;
    for (int i = 0; i < 8; ++i) names.push_back(writer.word() + " " + writer.word());
    const Sentences original = writer.article(names);
    add(original, families);
    for (std::size_t i = 0; i < copies; ++i) add(writer.copy(original, names), families);
    ++families;
    for (std::size_t i = 0; i < others; ++i) add(writer.retelling(original, names), families++);
  }
  return made;
}

}  // namespace

TEST_CASE("copies: edited, cut and re-titled copies are folded, other articles on the event are not") {
  Writer writer(7);
  const Story told = story(writer, 150, 3, 3);
  const auto found = originals(told.held);
  std::size_t folded = 0, right = 0, wanted = 0;
  for (std::size_t i = 0; i < told.held.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const ArticleId a = told.held[i].id, b = told.held[j].id;
      const bool together = found.at(a) == found.at(b), copies = told.family.at(a) == told.family.at(b);
      folded += together;
      wanted += copies;
      right += together && copies;
    }
  const double precision = static_cast<double>(right) / static_cast<double>(folded), recall = static_cast<double>(right) / static_cast<double>(wanted);
  MESSAGE("pairs of copies: precision " << precision << ", recall " << recall << " of " << wanted);
  CHECK(precision > 0.99);
  CHECK(recall > 0.95);
}

TEST_CASE("copies: the original is the earliest published, then the smaller id; undated ones come last") {
  Writer writer(1);
  const Sketch sketch = sketch_of(text_of(writer.article({"Ada Holm"})));
  REQUIRE(sketch.shingles > 0);
  const Held undated{{1}, std::nullopt, sketch}, late{{2}, Day{20'001}, sketch}, early{{4}, Day{20'000}, sketch}, same{{3}, Day{20'000}, sketch};
  for (const auto& [id, original] : originals({undated, late, early})) CHECK(original == ArticleId{4});
  for (const auto& [id, original] : originals({undated, late, early, same})) CHECK(original == ArticleId{3});
  CHECK(originals({undated, late}).at({1}) == ArticleId{2});
}

TEST_CASE("copies: a phrase is no copy") {
  const Sketch sketch = sketch_of("Talks will continue next week, both sides said.");
  CHECK(sketch.shingles == 0);
  CHECK(originals({{{1}, Day{20'000}, sketch}, {{2}, Day{20'001}, sketch}}).at({2}) == ArticleId{2});
}

TEST_CASE("copies: letter case, punctuation and accents make no difference") {
  Writer writer(3);
  std::string text = text_of(writer.article({"Ada Holm"})), loud;
  for (const char c : text) loud += c == '.' ? std::string(" -- ") : std::string(1, static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
  CHECK(sketch_of(text) == sketch_of(loud));
}

TEST_CASE("copies: after any adding and removing, the originals are those of what is held") {
  Writer writer(11);
  const Story told = story(writer, 20, 4, 1);
  CopyBook book;
  std::map<ArticleId, ArticleId> known;  // what was said by settle(), one change after another
  std::vector<bool> held(told.held.size());
  for (int step = 0; step < 300; ++step) {
    std::set<std::size_t> changed;
    for (std::size_t i = writer.below(6) + 1; i > 0; --i) changed.insert(writer.below(told.held.size()));
    for (const std::size_t i : changed) {
      const Held& each = told.held[i];
      held[i] = !held[i];
      if (held[i]) {
        book.add(each.id, each.published, each.sketch);
        known[each.id] = each.id;
      } else {
        book.remove(each.id);
        known.erase(each.id);
      }
    }
    for (const ArticleId id : book.settle()) {
      CHECK(known.at(id) != book.original(id));
      known[id] = book.original(id);
    }
    std::vector<Held> now;
    for (std::size_t i = 0; i < told.held.size(); ++i)
      if (held[i]) now.push_back(told.held[i]);
    std::shuffle(now.begin(), now.end(), std::mt19937(static_cast<unsigned>(step)));
    REQUIRE(known == originals(now));
  }
}

TEST_CASE("copies: many at once are told as one after another") {
  Writer writer(13);
  Story told = story(writer, 120, 4, 2);
  told.held.push_back({{1}, std::nullopt, sketch_of("Talks will continue next week.")});
  std::vector<Sketched> articles;
  for (const Held& each : told.held) articles.push_back({each.id, each.published, &each.sketch});
  std::map<ArticleId, ArticleId> found;
  for (const Held& each : told.held) found[each.id] = each.id;
  const std::vector<CopyOf> copies = copies_among(articles);
  CHECK(copies.size() > 200);
  CHECK(std::is_sorted(copies.begin(), copies.end(), [](const CopyOf& a, const CopyOf& b) { return a.copy < b.copy; }));
  for (const auto& [copy, original] : copies) found[told.held[copy].id] = told.held[original].id;
  CHECK(found == originals(told.held));
  CHECK(copies_among({}).empty());
}

TEST_CASE("copies: a thousand copies cost no more than their number") {
  Writer writer(5);
  const Sentences names{"Ada Holm", "Per Lund"};
  const Sentences original = writer.article(names);
  CopyBook book;
  for (std::uint32_t i = 0; i < 1000; ++i) book.add({i + 1}, Day{static_cast<std::int32_t>(30'000 - i)}, sketch_of(text_of(writer.copy(original, names))));
  (void)book.settle();
  std::size_t together = 0;
  for (std::uint32_t i = 0; i < 1000; ++i) together += book.original({i + 1}) == book.original({1000});
  CHECK(together > 950);
}
