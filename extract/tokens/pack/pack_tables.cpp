// pack_tables <folder of the model's JSON tables> <output>: run by the build (see room.cmake).
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "extract/tokens/pack/sections.h"

namespace relata::pack {
namespace {

nlohmann::json read(const std::string& folder, const std::string& name) {
  std::ifstream in(folder + "/" + name);
  if (!in) throw std::runtime_error("cannot read " + folder + "/" + name);
  return nlohmann::json::parse(in);
}

std::vector<char> build(const std::string& folder) {
  Builder builder;
  const nlohmann::json tokenizer = read(folder, "tokenizer.json");
  Characters characters(read(folder, "unicode.json"));
  write_affixes(tokenizer, characters, builder);
  characters.write(builder);
  write_words(tokenizer, read(folder, "norms.json"), read(folder, "symbols.json"), builder);
  write_rules(read(folder, "attribute_ruler.json"), builder);
  write_lemmas(read(folder, "lemmatizer.json"), builder);
  return builder.finish();
}

}  // namespace
}  // namespace relata::pack

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: pack_tables MODEL_FOLDER OUTPUT\n";
    return 2;
  }
  try {
    const std::vector<char> bytes = relata::pack::build(argv[1]);
    std::ofstream out(argv[2], std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) throw std::runtime_error(std::string("cannot write ") + argv[2]);
  } catch (const std::exception& e) {
    std::cerr << "pack_tables: " << e.what() << "\n";
    return 1;
  }
  return 0;
}
