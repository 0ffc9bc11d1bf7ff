// Runs a fuzzed target: fuzz_NAME [FILE...]. Without files its seeds are spoilt for RELATA_FUZZ_SECONDS seconds of the processor (2 unless
// told), beginning with number RELATA_FUZZ_FROM; input N is the same in every run. The input at work is in fuzz_NAME.input of the folder for
// temporary files: what is there after a crash can be given back as FILE.
#include <fcntl.h>
#include <unistd.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/mutate.h"

namespace {

constexpr std::size_t kMostBytes = 32u << 10;
constexpr double kMostSeconds = 10;  // of the processor for one input, with sanitizers

// Seconds of the processor: how busy the machine is neither shortens a run nor fails an input.
double seconds_spent() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double number_from(const char* name, double otherwise) {
  const char* told = std::getenv(name);
  return told == nullptr ? otherwise : std::strtod(told, nullptr);
}

double time_of(const std::string& input) {
  // A copy of exactly its size, so that a read past the end is seen.
  std::vector<std::uint8_t> exact(input.begin(), input.end());
  const double begin = seconds_spent();
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
  return seconds_spent() - begin;
}

void run(const std::string& input) {
  double seconds = time_of(input);
  if (seconds > kMostSeconds) seconds = time_of(input);  // some machines count waiting for the processor as work
  if (seconds > kMostSeconds) std::fprintf(stderr, "fuzz: %zu bytes took %.1f s\n", input.size(), seconds);
  relata::fuzz::expect(seconds <= kMostSeconds, "an input is worked on in seconds");
}

// Where a crash leaves its input.
class Trace {
 public:
  explicit Trace(const std::filesystem::path& program)
      : path_(std::filesystem::temp_directory_path() / (program.filename().string() + "." + std::to_string(::getpid()) + ".input")),
        file_(::open(path_.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600)) {
    relata::fuzz::expect(file_ >= 0, "the folder for temporary files can be written");
    std::fprintf(stderr, "fuzz: the input at work is kept in %s\n", path_.c_str());
  }
  ~Trace() {
    ::close(file_);
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  void keep(const std::string& input) const {
    const bool kept = ::pwrite(file_, input.data(), input.size(), 0) == static_cast<ssize_t>(input.size()) && ::ftruncate(file_, static_cast<off_t>(input.size())) == 0;
    relata::fuzz::expect(kept, "the input at work can be kept");
  }

 private:
  std::filesystem::path path_;
  int file_;
};

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    run(std::string(std::istreambuf_iterator<char>(in), {}));
  }
  if (argc > 1) return 0;
  const std::vector<std::string> seeds = relata::fuzz::seeds();
  for (const std::string& seed : seeds) run(seed);
  const Trace trace(argv[0]);
  const double seconds = number_from("RELATA_FUZZ_SECONDS", 2);
  const double begin = seconds_spent();
  auto number = static_cast<std::uint64_t>(number_from("RELATA_FUZZ_FROM", 0));
  const std::uint64_t first = number;
  for (; seconds_spent() - begin < seconds; ++number) {
    relata::fuzz::Random random(number);
    random.next();
    const std::string input = relata::fuzz::mutate(seeds, random, kMostBytes);
    trace.keep(input);
    run(input);
  }
  std::printf("fuzz: %llu inputs in %.0f s of the processor, none that fails\n", static_cast<unsigned long long>(number - first), seconds_spent() - begin);
  return 0;
}
