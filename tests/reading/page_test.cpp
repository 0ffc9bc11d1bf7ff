// Pages in the manner of news sites.
#include <doctest/doctest.h>

#include "extract/reading/article_source.h"

using namespace relata;

namespace {

Article page(const std::string& html) {
  const auto articles = read_bytes(html, "text/html; charset=utf-8", "page.html");
  REQUIRE_MESSAGE(articles.ok(), (articles.ok() ? "" : articles.error().message));
  REQUIRE(articles->size() == 1);
  return articles->front();
}

bool has(const Article& article, const std::string& words) { return article.text.find(words) != std::string::npos; }

const std::string kFirst = "The port authority of Halmstead agreed on Monday to lease its northern docks to a Norwegian shipping group, ending a dispute of two years.";
const std::string kSecond = "The group, Nordvik Lines, will pay 40 million crowns a year, the authority&rsquo;s director <a href='/people/12'>Karin Ostby</a> told reporters.";
const std::string kThird = "&quot;We did not want to sell,&quot; she said. &quot;We wanted a partner who stays for thirty years and does not leave when the wind turns.&quot;";

const std::string kFull = R"(<!DOCTYPE html>
<html lang="en-GB"><head>
<title>Halmstead leases docks to Nordvik | The Coast Courier</title>
<meta property="og:title" content="Halmstead leases docks to Nordvik">
<meta property="og:site_name" content="The Coast Courier">
<link rel="canonical" href="https://courier.example/world/halmstead-docks">
<script type="application/ld+json">
{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"The Coast Courier"},
 {"@type":["NewsArticle"],"headline":"Halmstead leases docks to Nordvik","datePublished":"2023-09-04T18:20:00+02:00",
  "publisher":{"@type":"Organization","name":"The Coast Courier"}}]}
</script>
<style>p { color: red }</style><script>var p = "<p>not text</p>";</script>
</head><body class="page has-sidebar article-page">
<div id="cookie-banner" role="dialog"><p>We and our 312 partners store and access information on your device, such as unique identifiers in cookies, to process personal data.</p><button>Accept all</button></div>
<header class="site-header"><a href="/">The Coast Courier</a><nav><ul><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main>
 <article class="story">
  <div class="breadcrumbs"><a href="/">Home</a> &gt; <a href="/world">World</a></div>
  <h1>Halmstead leases docks to Nordvik</h1>
  <p class="standfirst">Port authority ends two-year dispute with thirty-year contract</p>
  <div class="byline">By <a href="/a">Ann Lee</a></div><time datetime="2023-09-04">4 September 2023</time>
  <div class="share-tools"><a href="#">Share on Facebook</a> <span>Copy link</span></div>
  <figure><img src="x.jpg"><figcaption>Cranes at the northern docks of Halmstead in August. Photograph: Jane Roe/Coast Pictures</figcaption></figure>
  <p>)" + kFirst + "</p><p>" + kSecond + R"(</p>
  <div class="ad-slot"><p>Advertisement</p></div>
  <aside class="related"><h3>Related</h3><ul><li><a href="/1">Strike at Halmstead enters its third week, unions say</a></li></ul></aside>
  <h2>Thirty years</h2>
  <p>)" + kThird + R"(</p>
  <p><strong>Read more: <a href="/2">How the docks of Halmstead fell into disrepair and who is to blame</a></strong></p>
  <ul><li>The contract begins in <b>January 2024</b>.</li><li>It may be ended by either side after ten years.</li></ul>
  <p>The regional court will hear the last complaint against the contract on September 20.</p>
  <div class="newsletter-signup"><h3>Morning briefing</h3><p>Get the day&rsquo;s headlines and the best of our reporting in an email that is sent to you every morning.</p></div>
  <div class="tags"><a href="/t/1">Halmstead</a><a href="/t/2">Shipping</a></div>
 </article>
 <section class="comments"><h2>Comments</h2><div class="comment"><p>I have worked at these docks for twenty years and nobody has ever asked us what we think of it.</p></div></section>
 <section class="most-read"><h2>Most read</h2><ol><li><a href="/3">Minister of transport resigns over railway contracts</a></li></ol></section>
</main>
<footer><p>&copy; 2023 The Coast Courier. All rights reserved. Registered in Halmstead under number 55123, office at Dock Street 1.</p></footer>
</body></html>)";

}  // namespace

TEST_CASE("the article of a full page, and nothing else") {
  const Article article = page(kFull);
  CHECK(article.text ==
        "Halmstead leases docks to Nordvik\n\n"
        "Port authority ends two-year dispute with thirty-year contract\n\n"
        "The port authority of Halmstead agreed on Monday to lease its northern docks to a Norwegian shipping group, ending a dispute of two years.\n\n"
        "The group, Nordvik Lines, will pay 40 million crowns a year, the authority\u2019s director Karin Ostby told reporters.\n\n"
        "Thirty years\n\n"
        "\"We did not want to sell,\" she said. \"We wanted a partner who stays for thirty years and does not leave when the wind turns.\"\n\n"
        "The contract begins in January 2024.\n\n"
        "It may be ended by either side after ten years.\n\n"
        "The regional court will hear the last complaint against the contract on September 20.");
  CHECK(article.title == "Halmstead leases docks to Nordvik");
  CHECK(article.publisher == "The Coast Courier");
  CHECK(article.language == "en");
  REQUIRE(article.published);
  CHECK(to_string(*article.published) == "2023-09-04");
  CHECK(article.published_from == PublishedFrom::metadata);
  CHECK(article.uri == "page.html");
}

TEST_CASE("a page of nested <div>s without any meaning in its tags") {
  const Article article = page("<html><head><title>Docks leased - Coast Courier</title><meta name='date' content='4 Sep 2023'></head><body><div><div><table><tr><td><a href='/'>Home</a> "
                               "<a href='/w'>World</a> <a href='/s'>Sport</a></td></tr></table></div><div><div><h1>Docks leased</h1><div>" +
                               kFirst + "<br><br>" + kSecond + "<br/><br/>" + kThird +
                               "</div></div><div><div><a href='/1'>Strike enters its third week</a></div><div><a href='/2'>Minister resigns over contracts</a></div></div></div>"
                               "<div>Coast Courier, Dock Street 1</div></div></body></html>");
  CHECK(article.text ==
        "Docks leased\n\n"
        "The port authority of Halmstead agreed on Monday to lease its northern docks to a Norwegian shipping group, ending a dispute of two years.\n\n"
        "The group, Nordvik Lines, will pay 40 million crowns a year, the authority\u2019s director Karin Ostby told reporters.\n\n"
        "\"We did not want to sell,\" she said. \"We wanted a partner who stays for thirty years and does not leave when the wind turns.\"");
  CHECK(article.title == "Docks leased");
  CHECK(article.publisher == "Coast Courier");
  CHECK(article.published == parse_day("2023-09-04"));
}

TEST_CASE("a form around the whole page, and classes that speak of what the page has") {
  const Article article = page("<body class='with-sidebar newsletter-enabled'><form id='aspnetForm' class='ad-free'><div class='post category-world tag-ports'><h1>Docks leased</h1><p>" + kFirst +
                               "</p><p>" + kSecond + "</p></div><div class='sidebar'><p>" + kThird.substr(0, 120) + ".</p></div></form></body>");
  CHECK(has(article, "The port authority"));
  CHECK(has(article, "Nordvik Lines"));
  CHECK(!has(article, "We did not want"));
}

TEST_CASE("the largest of several <article>s") {
  const Article article = page("<body><article><p>" + kThird + "</p></article><article><h1>Docks leased</h1><p>" + kFirst + "</p><p>" + kSecond + "</p></article></body>");
  CHECK(has(article, "The port authority"));
  CHECK(!has(article, "We did not want"));
}

TEST_CASE("a page drawn by scripts has its text in the metadata") {
  const Article article = page(R"(<html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"Docks leased","datePublished":"2023-09-04",
     "articleBody":"The port authority of Halmstead agreed on Monday to lease its docks.\n\nThe group will pay 40 million crowns a year."}</script></head>
     <body><div id="root"></div></body></html>)");
  CHECK(article.text == "Docks leased\n\nThe port authority of Halmstead agreed on Monday to lease its docks.\n\nThe group will pay 40 million crowns a year.");
}

TEST_CASE("a date is the article's, not that of the day or of another article") {
  const Article article = page("<body><time datetime='2026-01-01'>Today</time><h1>Docks leased</h1><time datetime='2023-09-04'></time><p>" + kFirst + "</p><p>" + kSecond +
                               "</p></body>");
  CHECK(article.published == parse_day("2023-09-04"));
  const Article none = page("<body><h1>Docks leased</h1><p>" + kFirst + "</p><p>" + kSecond + "</p></body>");
  CHECK(!none.published);
  CHECK(none.published_from == PublishedFrom::none);
}

TEST_CASE("entities, letter styles and hidden parts") {
  const Article article = page("<body><p>The <b>caf&eacute;</b> owner&#8217;s lawyer, <em>Zo&euml; Katz</em>, <span style='display: none'>secret</span>denied it on&nbsp;Monday "
                               "before&shy;hand in court&hellip; <span class='photo-credit'>Jane Roe</span></p></body>");
  CHECK(article.text == "The caf\u00E9 owner\u2019s lawyer, Zo\u00EB Katz, denied it on Monday beforehand in court\u2026");
}

TEST_CASE("broken markup gives what a browser would show") {
  CHECK(has(page("<p>" + kFirst + "<p>" + kSecond + "<div><p>" + kThird), "We did not want to sell"));
  CHECK(has(page("<p title='unclosed>" + kFirst + "</p><p>" + kSecond + "</p><p title=''>" + kThird + "</p>"), "crowns") == false);
  CHECK(page("a < b and <> c &bogus; d <!-- never closed").text == "a < b and <> c &bogus; d");
}

TEST_CASE("a page in another encoding, told by itself") {
  const auto articles = read_bytes("<html><head><meta charset=\"windows-1251\"></head><body><p>The word \xEC\xE8\xF0 means peace and world, the minister told the assembly.</p></body></html>",
                                   "text/html", "");
  REQUIRE(articles.ok());
  CHECK(has(articles->front(), "\u043C\u0438\u0440"));
}

TEST_CASE("a logo is not the headline") {
  const Article article = page("<title>Docks leased to Nordvik | Coast Courier</title><body><header><h1>Coast Courier</h1></header><div class='c'><h2>Docks leased to Nordvik</h2><p>" + kFirst +
                               "</p><p>" + kSecond + "</p></div></body>");
  CHECK(article.text.starts_with("Docks leased to Nordvik\n\nThe port authority"));
  CHECK(article.title == "Docks leased to Nordvik");
  CHECK(article.publisher == "Coast Courier");
}

TEST_CASE("paragraphs that are <div>s, short ones among and behind them") {
  const Article article = page("<body><article><h1>Docks leased</h1><div data-id='1'>" + kFirst + "</div><div data-id='2'>\"No,\" she said.</div><div data-id='3'>" + kSecond +
                               "</div><p>Nordvik declined to comment.</p><p><a href='/x'>Ann Lee</a></p></article></body>");
  CHECK(article.text.ends_with("\"No,\" she said.\n\nThe group, Nordvik Lines, will pay 40 million crowns a year, the authority\u2019s director Karin Ostby told reporters.\n\n"
                               "Nordvik declined to comment."));
}

TEST_CASE("what stands behind the heading of a list of other articles") {
  const std::string teaser = "<h3>Minister of transport resigns</h3><p>The minister of transport has resigned over the railway contracts, the government said late on Sunday.</p>";
  const Article nested = page("<body><div class='story-x'><h1>Docks leased</h1><p>" + kFirst + "</p><p>" + kSecond + "</p><p>" + kThird + "</p><section><h2>More from Europe</h2>" + teaser +
                              teaser + "</section></div></body>");
  CHECK(has(nested, "We did not want"));
  CHECK(!has(nested, "Minister of transport"));
  CHECK(!has(nested, "minister of transport has"));
  const Article flat = page("<body><div><h1>Docks leased</h1><p>" + kFirst + "</p><h4>Read also</h4><p><a href='/1'>Strike enters its third week</a></p><p>" + kSecond + "</p><p>" + kThird +
                            "</p></div></body>");
  CHECK(!has(flat, "Read also"));
  CHECK(!has(flat, "Strike"));
  CHECK(has(flat, "Nordvik Lines"));
}

TEST_CASE("a page that its own dialog hides is still the page") {
  CHECK(has(page("<body><div id='app' aria-hidden='true'><h1>Docks leased</h1><p>" + kFirst + "</p><p>" + kSecond + "</p></div><div role='dialog'><p>We value your privacy.</p></div></body>"),
            "Nordvik Lines"));
}

TEST_CASE("raised letters stay, footnotes go") {
  CHECK(page("<body><p>On the 4<sup>th</sup> of May 12 km<sup>2</sup> were flooded<sup id='x'><a href='#1'>[1]</a></sup> in the north of the country.</p></body>").text ==
        "On the 4th of May 12 km2 were flooded in the north of the country.");
}
