// Resolves synthetic actors whose true entity is known: rate, pairwise precision and recall, memory.
//   bench_identity [ACTORS [BATCH]]
#include <sys/resource.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/identity.h"
#include "graph/lore.h"
#include "graph/resolver.h"

namespace {

using namespace relata;

// A world of people, companies and places with names of syllables; homonyms occur as they do among people.
class World {
 public:
  explicit World(std::size_t entities) {
    for (std::size_t i = 0; i < entities; ++i) names_.push_back(make());
  }

  // The key of a mention of entity `at`, in one of ten cases another spelling of its name.
  std::string mention(std::size_t at) {
    const auto& [family, name] = names_[at];
    if (below(10) > 0) return family + "|" + name;
    const std::size_t blank = name.find(' ');
    if (family == "person") {
      switch (below(3)) {
        case 0: return family + "|" + name.substr(0, 1) + name.substr(blank);  // an initial
        case 1: return family + "|" + respelled(name);
        default: return family + "|" + name.substr(0, blank) + " " + std::string(1, static_cast<char>('a' + at % 26)) + name.substr(blank);
      }
    }
    if (family == "group") return family + "|" + name + (below(2) ? " inc" : " ltd");
    return family + "|" + name + "s";
  }

  std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_); }
  // Fame: a few entities are in most articles.
  std::size_t famous() {
    const double u = std::uniform_real_distribution<double>(0, 1)(random_);
    return static_cast<std::size_t>(static_cast<double>(names_.size()) * u * u * u) % names_.size();
  }

 private:
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

  std::pair<std::string, std::string> make() {
    switch (below(4)) {
      case 0: return {"group", syllables(3) + " " + syllables(2)};
      case 1: return {"place", syllables(4)};
      default: return {"person", syllables(2) + " " + syllables(3)};
    }
  }

  std::mt19937_64 random_{7};
  std::vector<std::pair<std::string, std::string>> names_;
};

double pairs(double n) { return n * (n - 1) / 2; }

}  // namespace

int main(int argc, char** argv) {
  const std::size_t actors = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  const std::size_t batch = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1000;
  World world(actors / 10);
  std::vector<std::pair<std::string, std::size_t>> mentions;
  mentions.reserve(actors);
  for (std::size_t i = 0; i < actors; ++i) {
    const std::size_t entity = world.famous();
    mentions.emplace_back(world.mention(entity), entity);
  }
  auto lore = load_name_lore(RELATA_SOURCE "/data/identity");
  if (!lore) return std::fprintf(stderr, "%s\n", lore.error().message.c_str()), 2;
  Resolver resolver(std::make_shared<const NameForms>(*lore));
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t cpu = std::clock();
  for (std::size_t i = 0; i < actors; ++i) {
    resolver.add(mentions[i].first, {});
    if ((i + 1) % batch == 0) resolver.settle();
  }
  resolver.settle();
  const double seconds = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
  const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::unordered_map<std::string, double> found;
  std::unordered_map<std::size_t, double> truth;
  std::map<std::pair<std::string, std::size_t>, double> both;
  for (const auto& [key, entity] : mentions) {
    const std::string representative = resolver.representative(key);
    ++found[representative];
    ++truth[entity];
    ++both[{representative, entity}];
  }
  double together = 0, made = 0, wanted = 0;
  for (const auto& [cluster, n] : both) together += pairs(n);
  for (const auto& [cluster, n] : found) made += pairs(n);
  for (const auto& [entity, n] : truth) wanted += pairs(n);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("%zu actors of %zu entities, settled every %zu: %.0f actors/s of processor time (%.0f of wall), pairwise precision %.4f recall %.4f, peak %.0f MB\n",
              actors, truth.size(), batch, static_cast<double>(actors) / seconds, static_cast<double>(actors) / wall, together / made, together / wanted,
              static_cast<double>(usage.ru_maxrss) / 1024);
}
