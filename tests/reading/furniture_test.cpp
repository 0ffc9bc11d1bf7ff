// Pages in the manner of large news sites: the article's words stay, the page's furniture goes. The pages are ours, of a world that is not.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "extract/reading/article_source.h"
#include "extract/reading/noise.h"

using namespace relata;

namespace {

struct Page {
  const char* file;
  std::vector<const char*> stays;
  std::vector<const char*> goes;
};

const std::vector<Page> kPages = {
    {"broadcaster.html",
     {"Harbour talks end without a deal", "Prime Minister Ivo Stanek met", "Holm said the two sides", "Stanek accused Denmark of delaying the talks."},
     {"Skip to", "Weather", "partners", "Getty", "Queen Astrid", "Portugal", "Boris Lindgren", "Carlos Mendes", "Lidia Fontana", "Peru", "Novatek", "Copyright"}},
    {"divs.html",
     {"Estonia's parliament voted", "We have waited", "Belarus condemned the vote.", "Tamme will visit Poland next week."},
     {"Kenya", "Tanzania", "WhatsApp", "Fiji", "Hana Novotna", "Dario Conti", "Namibia", "Bolivia", "Giulia Ferri", "Terms of use"}},
    {"live.html",
     {"Court rules against Blue Valley dam", "ordered Hydrocorp to stop work", "Tobias Wekesa told Reuters", "Kenya supported the ruling."},
     {"Ethiopia", "Updated", "Listen to", "Ruth Banda", "Nile Freight", "Amina Otieno", "Wire House", "Hector Salas"}},
    {"magazine.html",
     {"Kestrel Holding bought the port", "Norland sued Kestrel Holding in January."},
     {"Cape Verde", "Twitter", "Madagascar", "Uruguay", "Ferro Yards", "Bruno Keller"}},
    {"paper.txt",
     {"Latvia rejects offer of Baltic Rail after crash", "Latvia has rejected an offer", "They knew", "Henrik Dahl"},
     {"Ivory Coast", "Back to home", "Nora Lind", "Google", "Honduras", "Rosa Delgado", "Privacy Notice"}},
    {"agency.txt",
     {"Energy Minister Lars Vik said", "Russia attacked Moldova's power grid"},
     {"Region: Ukraine", "Iceland", "Telegram", "spelling mistake", "Vietnam", "2015-2025"}},
};

// The text without the lines that are noise.
std::string words_of(const Page& page) {
  const std::string path = std::string("tests/reading/pages/") + page.file;
  std::ifstream in(path, std::ios::binary);
  REQUIRE_MESSAGE(in.good(), path);
  const auto articles = read_bytes(std::string(std::istreambuf_iterator<char>(in), {}), page.file, page.file);
  REQUIRE(articles.ok());
  REQUIRE(articles->size() == 1);
  const std::string& text = articles->front().text;
  const auto lines = judge_lines(text);
  REQUIRE(lines.ok());
  std::string out;
  for (const TextLine& line : *lines)
    if (!line.noise) out += text.substr(line.begin, line.end - line.begin) + "\n";
  return out;
}

}  // namespace

TEST_CASE("the article stays and the furniture goes") {
  for (const Page& page : kPages) {
    const std::string words = words_of(page);
    CAPTURE(std::string(page.file));
    for (const char* part : page.stays) CHECK_MESSAGE(words.find(part) != std::string::npos, part);
    for (const char* part : page.goes) CHECK_MESSAGE(words.find(part) == std::string::npos, part);
  }
}
