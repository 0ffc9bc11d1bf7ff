#include "extract/reading/page_metadata.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "extract/reading/dates.h"
#include "extract/reading/lines.h"

namespace relata {
namespace {

using nlohmann::json;

std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return {};
  if (found->is_string()) return found->get<std::string>();
  const json& one = found->is_array() && !found->empty() ? found->front() : *found;
  if (one.is_string()) return one.get<std::string>();
  if (one.is_object())
    for (const char* name : {"name", "@id", "url"})
      if (const auto inner = one.find(name); inner != one.end() && inner->is_string()) return inner->get<std::string>();
  return {};
}

// NewsArticle, Article, ReportageNewsArticle, BlogPosting, LiveBlogPosting, ...
bool is_article(const json& object) {
  const auto type = object.find("@type");
  if (type == object.end()) return false;
  const auto article = [](const json& name) {
    if (!name.is_string()) return false;
    const auto& text = name.get_ref<const std::string&>();
    return text.ends_with("Article") || text.ends_with("BlogPosting") || text == "Report";
  };
  return type->is_array() ? std::any_of(type->begin(), type->end(), article) : article(*type);
}

// The article's object: the value itself, in a list, or in "@graph".
const json* article_in(const json& value, int depth = 0) {
  constexpr int kDepth = 3;
  if (depth > kDepth) return nullptr;
  if (value.is_object()) {
    if (is_article(value)) return &value;
    for (const char* key : {"@graph", "mainEntity", "mainEntityOfPage"})
      if (const auto found = value.find(key); found != value.end())
        if (const json* article = article_in(*found, depth + 1)) return article;
  }
  if (value.is_array())
    for (const json& part : value)
      if (const json* article = article_in(part, depth + 1)) return article;
  return nullptr;
}

void take_json_ld(const std::string& source, PageMetadata& out, const ReadingWords& words) {
  const json value = json::parse(source, nullptr, false);  // pages have broken ones; they say nothing then
  const json* article = value.is_discarded() ? nullptr : article_in(value);
  if (!article) return;
  const auto take = [&](std::string& to, std::string from) {
    if (to.empty()) to = std::move(from);
  };
  take(out.title, text_of(*article, "headline"));
  take(out.title, text_of(*article, "name"));
  take(out.publisher, text_of(*article, "publisher"));
  take(out.publisher, text_of(*article, "sourceOrganization"));
  take(out.language, text_of(*article, "inLanguage"));
  take(out.address, text_of(*article, "url"));
  take(out.body, text_of(*article, "articleBody"));
  for (const char* key : {"datePublished", "dateCreated", "uploadDate"})
    if (!out.published) out.published = parse_published(text_of(*article, key), words);
}

std::string first_meta(const PageModel& page, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (const auto found = page.meta.find(name); found != page.meta.end() && !trimmed(found->second).empty()) return std::string(trimmed(found->second));
  return {};
}

std::optional<Day> day_of_meta(const PageModel& page, const ReadingWords& words) {
  for (const char* name : {"article:published_time", "article:published", "og:published_time", "og:article:published_time", "datepublished", "date_published",
                           "publishdate", "publish-date", "publish_date", "published", "publication_date", "publication-date", "pubdate", "dc.date.issued",
                           "dcterms.issued", "dcterms.created", "dcterms.date", "dc.date", "dc.date.created", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
                           "rnews:datepublished", "article.published", "originalpublicationdate", "article_date_original", "citation_publication_date", "citation_date",
                           "bt:pubdate", "shareaholic:article_published_time", "date", "creation_date", "article.created", "release_date"})
    if (const auto found = page.meta.find(name); found != page.meta.end())
      if (auto day = parse_published(found->second, words)) return day;
  return {};
}

// The first <time> behind the headline: before it stands today's date, in other articles' lists theirs.
std::optional<Day> day_of_time(const PageModel& page, std::size_t headline_block, const ReadingWords& words) {
  constexpr std::size_t kNear = 8;  // blocks
  for (const PageTime& time : page.times)
    if (time.block >= headline_block && time.block <= headline_block + kNear)
      if (auto day = parse_published(time.value, words)) return day;
  return {};
}

// "Headline | Site", "Site - Headline": the headline is the part that is a heading of the page, else the longest.
std::string title_part(const std::string& title, const std::string& headline, std::string& site) {
  static constexpr std::string_view kMarks[] = {" | ", " - ", " – ", " — ", " :: ", " « ", " » "};
  std::string best = title;
  for (const std::string_view mark : kMarks) {
    const std::size_t last = title.rfind(mark);
    if (last == std::string::npos) continue;
    const std::string before = title.substr(0, last), after = title.substr(last + mark.size());
    if (!headline.empty() && (before == headline || after == headline)) {
      site = before == headline ? after : before;
    } else if (before.size() >= after.size()) {
      best = before;
      if (count_words(after) <= 4) site = after;
    } else if (count_words(before) <= 3) {
      best = after;
    }
    break;
  }
  return headline.empty() ? best : headline;
}

std::string host_of(std::string_view address) {
  const std::size_t scheme = address.find("://");
  if (scheme == std::string_view::npos) return {};
  address.remove_prefix(scheme + 3);
  address = address.substr(0, address.find_first_of("/?#:"));
  if (address.starts_with("www.")) address.remove_prefix(4);
  return std::string(address);
}

}  // namespace

PageMetadata metadata_of(const PageModel& page, const std::string& headline, std::size_t headline_block, const ReadingWords& words) {
  PageMetadata out;
  for (const std::string& source : page.json_ld) take_json_ld(source, out, words);
  std::string site;
  const std::string shown = title_part(page.title, headline, site);
  if (out.title.empty()) out.title = first_meta(page, {"og:title", "twitter:title", "dc.title", "dcterms.title", "title", "parsely-title", "headline"});
  if (out.title.empty() || (!headline.empty() && out.title.starts_with(headline))) out.title = shown;
  if (out.publisher.empty()) out.publisher = first_meta(page, {"og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "article:publisher_name", "application-name",
                                                               "cre", "source", "twitter:site_name", "apple-mobile-web-app-title"});
  if (out.publisher.empty()) out.publisher = site;
  if (!page.canonical.empty()) out.address = page.canonical;
  if (out.address.empty()) out.address = first_meta(page, {"og:url", "twitter:url", "parsely-link"});
  if (out.publisher.empty() || out.publisher.find("://") != std::string::npos) out.publisher = host_of(out.publisher.empty() ? out.address : out.publisher);
  if (out.language.empty()) out.language = page.language;
  if (out.language.empty()) out.language = first_meta(page, {"og:locale", "content-language", "language", "dc.language"});
  out.language = out.language.substr(0, out.language.find_first_of("-_"));
  if (!out.published) out.published = day_of_meta(page, words);
  if (!out.published && !page.date_published.empty()) out.published = parse_published(page.date_published, words);
  if (!out.published) out.published = day_of_time(page, headline_block, words);
  return out;
}

}  // namespace relata
