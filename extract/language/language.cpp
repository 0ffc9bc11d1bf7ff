#include "extract/language/language.h"

#include <mutex>
#include <span>
#include <utility>

#include "extract/language/hidden_rows.h"
#include "extract/language/model_file.h"
#include "extract/language/parser.h"
#include "extract/language/recognizer.h"
#include "extract/language/token_vectors.h"
#include "extract/tokens/attribute_ruler.h"
#include "extract/tokens/lemmatizer.h"
#include "extract/tokens/lexeme_store.h"
#include "extract/tokens/scratch.h"
#include "extract/tokens/tokenizer.h"

namespace relata {
namespace {

constexpr std::size_t kTags = 50;
constexpr std::size_t kHidden = kernels::kHidden;
constexpr std::size_t kTogether = 2048;       // tokens of texts run together
constexpr std::size_t kRemembered = 1 << 16;  // buffers for more tokens are given back after use

Result<kernels::Product> load_product(const ModelFile& model, const std::string& name, std::size_t panels) {
  const auto weights = model.floats(name + ".weights", {panels, kernels::kWidth, kHidden});
  if (!weights) return weights.error();
  const auto bias = model.floats(name + ".bias", {panels * kHidden});
  if (!bias) return bias.error();
  return kernels::Product{*weights, *bias, panels, kernels::kWidth};
}

// The tagger's outputs are numbered as Tag is.
Result<void> check_tags(const ModelFile& model) {
  const auto labels = model.lines("tagger.labels");
  if (!labels) return labels.error();
  bool same = labels->size() == kTags;
  for (std::size_t i = 0; same && i < kTags; ++i) same = to_string(static_cast<Tag>(i)) == (*labels)[i];
  if (!same) return corrupt("the tags of the language model are not those of this program");
  return {};
}

Token token_of(const Piece& piece, std::string_view text) {
  Token token;
  token.text = text.substr(piece.byte_begin, piece.lexeme->text.size());
  token.lower = piece.lexeme->lower;
  token.span = {piece.begin, piece.end};
  token.byte_begin = piece.byte_begin;
  token.space_after = piece.space_after;
  token.is_space = piece.lexeme->is_space;
  return token;
}

}  // namespace

struct Language::Parts {
  ModelFile model;
  LexemeStore store;
  Tokenizer tokenizer;
  TokenVectors parser_vectors, name_vectors;
  Arithmetic arithmetic = Arithmetic::full;
  kernels::Product parser_input, name_input;  // token vectors -> hidden layer (and, for the parser's, tags)
  DependencyParser parser;
  AttributeRuler ruler;
  Lemmatizer lemmatizer;
  NameRecognizer recognizer;

  Parts(ModelFile file, const LanguageOptions& options, TokenVectors parser_net, TokenVectors name_net, DependencyParser dependencies,
        NameRecognizer names)
      : model(std::move(file)),
        store(options.known_forms),
        tokenizer(store),
        parser_vectors(std::move(parser_net)),
        name_vectors(std::move(name_net)),
        parser(std::move(dependencies)),
        recognizer(std::move(names)) {}

  // Buffers of one batch in work.
  struct Workspace {
    explicit Workspace(const Parts& parts) : parser(parts.parser), recognizer(parts.recognizer) {}
    HiddenRows hidden;
    DependencyParser::Workspace parser;
    NameRecognizer::Workspace recognizer;
    std::vector<Piece> pieces;
    std::vector<Position> sequence;
  };
  std::mutex mutex;
  std::vector<std::unique_ptr<Workspace>> idle;  // guarded by mutex

  std::unique_ptr<Workspace> take_workspace() {
    const std::lock_guard lock(mutex);
    if (idle.empty()) return std::make_unique<Workspace>(*this);
    std::unique_ptr<Workspace> workspace = std::move(idle.back());
    idle.pop_back();
    return workspace;
  }
  void give_back(std::unique_ptr<Workspace> workspace) {
    if (workspace->sequence.capacity() > kRemembered) return;  // a very long text
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(workspace));
  }

  void tokenize(std::span<Document> documents, Workspace& workspace) const;
  void parse(std::span<Document> documents, Workspace& workspace) const;
  void analyse(std::span<Document> documents, Workspace& workspace) const;
};

// Fills tokens' forms, and the sequence of all texts with padding around each.
void Language::Parts::tokenize(std::span<Document> documents, Workspace& workspace) const {
  workspace.sequence.assign(TokenVectors::kPadding, {});
  for (Document& document : documents) {
    document.scratch = std::make_shared<Scratch>();
    tokenizer.tokenize(document.article().text, *document.scratch, workspace.pieces);
    document.tokens.reserve(workspace.pieces.size());
    for (const Piece& piece : workspace.pieces) {
      document.tokens.push_back(token_of(piece, document.article().text));
      workspace.sequence.push_back({piece.lexeme, piece.space_after});
    }
    workspace.sequence.insert(workspace.sequence.end(), TokenVectors::kPadding, {});
    if (workspace.pieces.capacity() > kRemembered) std::vector<Piece>().swap(workspace.pieces);
  }
}

// Trees, and the tags, which come out of the same product as what the parser reads.
void Language::Parts::parse(std::span<Document> documents, Workspace& workspace) const {
  std::vector<Tag> tags(workspace.sequence.size());
  workspace.hidden.start(parser_vectors, parser_input, workspace.sequence, [&](std::size_t position, const float* scores) {
    tags[position] = static_cast<Tag>(kernels::largest(scores, kTags));
  });
  std::size_t first = TokenVectors::kPadding;
  for (Document& document : documents) {
    parser.parse(workspace.hidden, first, document, workspace.parser);
    workspace.hidden.compute_to(first + document.tokens.size());  // forced moves need no scores
    for (std::size_t i = 0; i < document.tokens.size(); ++i) document.tokens[i].tag = tags[first + i];
    first += document.tokens.size() + TokenVectors::kPadding;
  }
}

void Language::Parts::analyse(std::span<Document> documents, Workspace& workspace) const {
  tokenize(documents, workspace);
  parse(documents, workspace);
  for (Document& document : documents) {
    ruler.apply(document);
    lemmatizer.apply(document);
  }
  workspace.hidden.start(name_vectors, name_input, workspace.sequence);
  std::size_t first = TokenVectors::kPadding;
  for (Document& document : documents) {
    recognizer.recognize(workspace.hidden, first, document, workspace.recognizer);
    index_tree(document);
    first += document.tokens.size() + TokenVectors::kPadding;
  }
}

Result<Language> Language::load(const std::string& models_folder, const Options& options) {
  auto model = ModelFile::open(models_folder + "/en_core_web_md/networks.model");
  if (!model) return model.error();
  if (Result<void> tags = check_tags(*model); !tags) return tags.error();
  using F = Feature;
  const TokenVectors::Memory memory{options.known_forms, options.ready_words};
  auto parser_vectors =
      TokenVectors::load(*model, "tok2vec", {F::norm, F::prefix, F::suffix, F::shape, F::space_after, F::is_space}, memory);
  if (!parser_vectors) return parser_vectors.error();
  auto name_vectors = TokenVectors::load(*model, "ner.tok2vec", {F::norm, F::prefix, F::suffix, F::shape}, memory);
  if (!name_vectors) return name_vectors.error();
  auto parser = DependencyParser::load(*model);
  if (!parser) return parser.error();
  auto recognizer = NameRecognizer::load(*model);
  if (!recognizer) return recognizer.error();
  const auto parser_input = load_product(*model, "parser.input", 2);
  if (!parser_input) return parser_input.error();
  const auto name_input = load_product(*model, "ner.input", 1);
  if (!name_input) return name_input.error();
  const bool reduced = options.arithmetic == Arithmetic::reduced && kernels::has_bfloat16();
  if (reduced) {
    parser_vectors->reduce();
    name_vectors->reduce();
    parser->reduce();
    recognizer->reduce();
  }
  auto parts = std::make_unique<Parts>(*std::move(model), options, *std::move(parser_vectors), *std::move(name_vectors), *std::move(parser),
                                       *std::move(recognizer));
  parts->parser_input = *parser_input;
  parts->name_input = *name_input;
  parts->arithmetic = reduced ? Arithmetic::reduced : Arithmetic::full;
  return Language(std::move(parts));
}

Language::Language(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Language::Language(Language&&) noexcept = default;
Language& Language::operator=(Language&&) noexcept = default;
Language::~Language() = default;

std::vector<Document> Language::parse(std::vector<Article> articles) const {
  std::vector<Document> documents(articles.size());
  for (std::size_t i = 0; i < articles.size(); ++i) documents[i].source = std::make_unique<const Article>(std::move(articles[i]));
  std::unique_ptr<Parts::Workspace> workspace = parts_->take_workspace();
  constexpr std::size_t kBytesPerToken = 5;
  for (std::size_t first = 0; first < documents.size();) {
    std::size_t last = first, bytes = 0;
    while (last < documents.size() && (last == first || bytes + documents[last].article().text.size() <= kTogether * kBytesPerToken)) {
      bytes += documents[last++].article().text.size();
    }
    parts_->analyse(std::span(documents).subspan(first, last - first), *workspace);
    first = last;
  }
  parts_->give_back(std::move(workspace));
  return documents;
}

Arithmetic Language::arithmetic() const { return parts_->arithmetic; }

Document Language::parse(Article article) const {
  std::vector<Article> one;
  one.push_back(std::move(article));
  return std::move(parse(std::move(one))[0]);
}

}  // namespace relata
