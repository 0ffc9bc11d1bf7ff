#include "extract/reading/words.h"

#include <charconv>

#include "extract/data.h"

namespace relata {
namespace {

Error unknown_kind(const char* file, const Row& row, std::size_t column) {
  return bad_input(std::string("data/") + file + ": '" + row[column] + "' in the row of '" + row[column == 0 ? 1 : 0] + "' is no kind known here");
}

Result<void> read_calendar(ReadingWords& out) {
  const char* file = "reading/calendar.tsv";
  const Result<std::vector<Row>> rows = read_rows(file, 3);
  if (!rows) return rows.error();
  for (const Row& row : *rows) {
    int number = 0;
    std::from_chars(row[2].data(), row[2].data() + row[2].size(), number);
    if (row[1] == "month") out.months[row[0]] = number;
    else if (row[1] == "weekday") out.weekdays[row[0]] = number;
    else if (row[1] == "clock") out.clock.insert(row[0]);
    else return unknown_kind(file, row, 1);
  }
  return {};
}

Result<void> read_datelines(ReadingWords& out) {
  const Result<std::vector<Row>> agencies = read_rows("reading/agencies.tsv", 2);
  if (!agencies) return agencies.error();
  for (const Row& row : *agencies) out.agencies[row[0]] = row[1];
  const Result<std::vector<Row>> labels = read_rows("reading/date_labels.tsv", 2);
  if (!labels) return labels.error();
  for (const Row& row : *labels) out.date_labels[row[0]] = row[1] == "first";
  const Result<std::vector<Row>> fields = read_rows("reading/fields.tsv", 2);
  if (!fields) return fields.error();
  for (const Row& row : *fields) out.fields.emplace_back(row[0], row[1]);
  return {};
}

Result<void> read_noise(ReadingWords& out) {
  const char* file = "reading/noise.tsv";
  const Result<std::vector<Row>> rows = read_rows(file, 2);
  if (!rows) return rows.error();
  for (const Row& row : *rows) {
    if (row[0] == "whole") out.whole.insert(row[1]);
    else if (row[0] == "list") out.list_headings.insert(row[1]);
    else if (row[0] == "list_start") out.list_starts.push_back(row[1]);
    else if (row[0] == "start") out.phrases.push_back({NoisePhrase::Where::start, row[1]});
    else if (row[0] == "notice") out.phrases.push_back({NoisePhrase::Where::notice, row[1]});
    else if (row[0] == "end") out.phrases.push_back({NoisePhrase::Where::end, row[1]});
    else if (row[0] == "inside") out.phrases.push_back({NoisePhrase::Where::inside, row[1]});
    else if (row[0] == "credit") out.credits.push_back(row[1]);
    else if (row[0] == "credit_end") out.credit_ends.push_back(row[1]);
    else return unknown_kind(file, row, 0);
  }
  return {};
}

Result<void> read_page_hints(ReadingWords& out) {
  const char* file = "reading/page_hints.tsv";
  const Result<std::vector<Row>> rows = read_rows(file, 2);
  if (!rows) return rows.error();
  for (const Row& row : *rows) {
    if (row[0] == "noise") out.page_noise.insert(row[1]);
    else if (row[0] == "maybe") out.page_maybe.insert(row[1]);
    else if (row[0] == "text") out.page_text.insert(row[1]);
    else if (row[0] == "inline") out.page_inline.insert(row[1]);
    else return unknown_kind(file, row, 0);
  }
  return {};
}

Result<ReadingWords> read_all() {
  ReadingWords out;
  for (const auto read : {read_calendar, read_datelines, read_noise, read_page_hints})
    if (const Result<void> done = read(out); !done) return done.error();
  return out;
}

}  // namespace

Result<const ReadingWords*> reading_words() {
  static const Result<ReadingWords> kWords = read_all();
  if (!kWords) return kWords.error();
  return &*kWords;
}

}  // namespace relata
