// Tells a book of identity articles about synthetic actors whose true entity is known: rate, pairwise precision and recall, memory, and what a
// further article costs as the graph grows. One actor of ten is written another way; people share names as they do in the world, and four
// articles of ten say what a person is.
//   bench_identity [ACTORS...]      default: 10000 100000 1000000
#include <sys/resource.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/identity_book.h"
#include "graph/lore.h"

namespace {

using namespace relata;

constexpr std::size_t kActors = 5;  // of an article
constexpr std::size_t kBatch = 200;  // articles

// A world of people, companies and places with names of syllables; homonyms occur as they do among people.
class World {
 public:
  explicit World(std::size_t entities) {
    for (std::size_t i = 0; i < entities; ++i) names_.push_back(make());
  }

  // The name of a mention of entity `at`, in one of ten cases another spelling.
  std::string mention(std::size_t at) {
    const auto& [type, name] = names_[at];
    if (below(10) > 0) return name;
    const std::size_t blank = name.find(' ');
    if (type == EntityType::person) {
      switch (below(3)) {
        case 0: return name.substr(0, 1) + name.substr(blank);  // an initial
        case 1: return respelled(name);
        default: return name.substr(0, blank) + " " + std::string(1, static_cast<char>('a' + at % 26)) + name.substr(blank);
      }
    }
    if (type == EntityType::org) return name + (below(2) ? " inc" : " ltd");
    return name + "s";
  }

  // Five entities: somebody of fame, whose company keeps the same all his life, and whom one meets.
  Extraction article(std::size_t number, std::vector<std::size_t>& truth) {
    Extraction made;
    made.article.id = {(number + 1) * 0x9E3779B97F4A7C15u};
    made.article.published = Day{19000 + static_cast<std::int32_t>(number % 1000)};
    const std::size_t first = famous();
    std::array<std::size_t, kActors> who{first, company(first, 0), company(first, below(3)), famous(), famous()};
    for (const std::size_t each : who) {
      Actor& actor = made.actors.emplace_back();
      actor.name = mention(each);
      actor.type = names_[each].first;
      truth.push_back(each);
    }
    if (below(10) < 4 && actor_is(first, EntityType::person) && !actor_is(who[1], EntityType::person)) {
      Statement& statement = made.statements.emplace_back();
      statement.object = 1;
      statement.type = "HAS_POSITION_AT";
      statement.predicate = "director";
    }
    return made;
  }

  std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_); }
  // Fame: a few entities are in most articles.
  std::size_t famous() {
    const double u = std::uniform_real_distribution<double>(0, 1)(random_);
    return static_cast<std::size_t>(static_cast<double>(names_.size()) * u * u * u) % names_.size();
  }

 private:
  bool actor_is(std::size_t at, EntityType type) const { return names_[at].first == type; }
  std::size_t company(std::size_t of, std::size_t which) const { return (of * 2654435761u + which * 40503u + 12345u) % names_.size(); }
  static std::string respelled(std::string name) {
    if (const auto at = name.rfind('y'); at != std::string::npos) return name.replace(at, 1, "iy");
    if (const auto at = name.rfind('k'); at != std::string::npos) return name.insert(at, "c");
    return name + name.back();
  }

  std::string syllables(std::size_t count) {
    constexpr std::array kSyllables = {"ba", "ren", "ko", "lin", "mar", "ta", "vos", "dy", "sky", "gor", "el", "fin", "hu", "jan", "ni", "pe", "qua", "ro", "su", "wen", "zo", "ker", "mo", "sha"};
    std::string word;
    for (std::size_t i = 0; i < count; ++i) word += kSyllables[below(kSyllables.size())];
    return word;
  }

  std::pair<EntityType, std::string> make() {
    switch (below(4)) {
      case 0: return {EntityType::org, syllables(3) + " " + syllables(2)};
      case 1: return {EntityType::gpe, syllables(4)};
      default: return {EntityType::person, syllables(2) + " " + syllables(3)};
    }
  }

  std::mt19937_64 random_{7};
  std::vector<std::pair<EntityType, std::string>> names_;
};

double pairs(double n) { return n * (n - 1) / 2; }

double seconds_since(std::clock_t start) { return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC; }

void tell(IdentityBook& book, const std::vector<Extraction>& articles) {
  std::vector<const Extraction*> added;
  for (const Extraction& article : articles) added.push_back(&article);
  std::vector<Decision> none;
  (void)book.apply({}, added, none);
}

struct Quality {
  double precision, recall;
};
Quality compare(const IdentityBook& book, const std::vector<ActorRef>& actors, const std::vector<std::size_t>& truth) {
  std::unordered_map<EntityId, double> found;
  std::unordered_map<std::size_t, double> wanted;
  std::map<std::pair<EntityId, std::size_t>, double> both;
  for (std::size_t i = 0; i < actors.size(); ++i) {
    const EntityId home = book.home(actors[i]);
    ++found[home];
    ++wanted[truth[i]];
    ++both[{home, truth[i]}];
  }
  const auto sum = [](const auto& counts) {
    double total = 0;
    for (const auto& [key, n] : counts) total += pairs(n);
    return total;
  };
  return {sum(both) / sum(found), sum(both) / sum(wanted)};
}

void run(std::size_t actors_wanted, const std::shared_ptr<const NameForms>& forms) {
  World world(actors_wanted / 10);
  IdentityBook book(forms);
  std::vector<ActorRef> actors;
  std::vector<std::size_t> truth;
  std::size_t number = 0;
  double seconds = 0;
  const auto some = [&](std::size_t count) {
    std::vector<Extraction> articles;
    for (; count > 0; --count) {
      articles.push_back(world.article(number++, truth));
      for (ActorIndex i = 0; i < kActors; ++i) actors.push_back({articles.back().article.id, i});
    }
    return articles;
  };
  while (actors.size() < actors_wanted) {
    const std::vector<Extraction> articles = some(kBatch);
    const std::clock_t start = std::clock();
    tell(book, articles);
    seconds += seconds_since(start);
  }
  const Quality quality = compare(book, actors, truth);
  const double rate = static_cast<double>(actors.size()) / seconds;
  double further = 0;
  constexpr std::size_t kFurther = 2000;
  for (std::size_t i = 0; i < kFurther; ++i) {
    const std::vector<Extraction> article = some(1);
    const std::clock_t start = std::clock();
    tell(book, article);
    further += seconds_since(start);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("%8zu actors, %7zu entities: %7.0f actors/s of one core, precision %.4f recall %.4f, a further article alone %5.1f us, peak %.0f MB\n", actors.size(),
              actors_wanted / 10, rate, quality.precision, quality.recall, 1e6 * further / kFurther, static_cast<double>(usage.ru_maxrss) / 1024);
}

}  // namespace

int main(int argc, char** argv) {
  auto lore = load_name_lore(RELATA_SOURCE "/data/identity");
  if (!lore) return std::fprintf(stderr, "%s\n", lore.error().message.c_str()), 2;
  const auto forms = std::make_shared<const NameForms>(*lore);
  if (argc < 2)
    for (const std::size_t actors : {10'000u, 100'000u, 1'000'000u}) run(actors, forms);
  for (int i = 1; i < argc; ++i) run(std::strtoull(argv[i], nullptr, 10), forms);
}
