// The page as its readers use it: node page_test.mjs RELATA [INPUT...]
// RELATA_PAGE_PICTURES names a folder for a picture of every step.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { Reader } from "./actions.mjs";
import { openBrowser, openPage, serveArticles } from "./service.mjs";

const [relata, ...inputs] = process.argv.slice(2);
const troubles = [];
let service, browser, page, reader;

const ARTICLE = "Odalys Verhoeven met Tomasz Quillfeather in Lisbon on Monday. Verhoeven praised Quillfeather. Quillfeather accused Brannock Energy of fraud.";

before(async () => {
  [service, browser] = await Promise.all([serveArticles(relata, inputs), openBrowser()]);
  page = await openPage(browser, troubles);
  reader = new Reader(page, service.base);
  await page.goto(service.base + "/");
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

test("is served as files that only this service's scripts and styles can be in", async () => {
  const response = await fetch(service.base + "/");
  const policy = response.headers.get("content-security-policy");
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe|https?:/);
  const html = await response.text();
  assert.doesNotMatch(html, /<style|<script(?![^>]*src)|style=|https?:\/\//);
  assert.equal((await fetch(service.base + "/", { headers: { "If-None-Match": response.headers.get("etag") } })).status, 304);
  const script = html.match(/\/assets\/[^"]+\.js/)[0];
  const asset = await fetch(service.base + script);
  assert.match(asset.headers.get("content-type"), /^text\/javascript/);
  assert.match(asset.headers.get("cache-control"), /immutable/);
  assert.equal((await fetch(`${service.base}/assets/nothing.js`)).status, 404);
});

test("can be used soon after it is asked for", async (t) => {
  const fresh = await openPage(browser, troubles);
  const start = performance.now();
  await fresh.goto(service.base + "/");
  await fresh.locator(".tiles button").first().waitFor();
  t.diagnostic(`usable after ${Math.round(performance.now() - start)} ms`);
  await fresh.context().close();
});

test("begins with those of whom most is said", async () => {
  assert.equal(await page.locator(".tiles button").count(), 12);
  await reader.faults("start");
  await reader.picture("start");
});

test("finds a name by its beginning, with the keyboard alone", async () => {
  await page.keyboard.press("/");
  await page.keyboard.type("schol");
  await page.locator("#search-list [role=option]", { hasText: "Olaf Scholz" }).waitFor();
  await reader.picture("suggestions");
  await page.keyboard.press("Enter");
  await page.locator(".card h2", { hasText: "Olaf Scholz" }).waitFor();
  await reader.settled();
  assert.ok((await reader.nodes()).includes("Vladimir Putin"));
  assert.ok((await page.locator(".chart .event").count()) > 0);
  await reader.faults("entity");
  await reader.picture("entity");
});

test("grows where one looks, and leaves the rest in place", async () => {
  const before_ = await reader.places();
  await page.focus(".drawing");
  await page.evaluate(() => window.relata.store.step({ selected: window.relata.view.nodes.find((node) => node.data.entity.name === "Vladimir Putin").id }));
  await page.keyboard.press("Enter");
  await page.locator(".card h2", { hasText: "Vladimir Putin" }).waitFor();
  await page.waitForFunction((n) => window.relata.view.nodes.length > n, Object.keys(before_).length);
  await reader.settled();
  const now = await reader.places();
  for (const [id, place] of Object.entries(before_)) assert.deepEqual(now[id], place, id);
  await reader.picture("grown");
});

test("shows for an edge its sentences, with the words marked, and the article around them", async () => {
  await page.locator(".chart .event").first().click();
  await page.locator(".edge-panel .evidence mark.subject").first().waitFor();
  assert.match(await page.locator(".evidence footer").first().innerText(), /\d{4}/);
  await reader.picture("edge");
  const sentence = await page.locator(".evidence blockquote").first().innerText();
  await page.getByRole("button", { name: "Read the article" }).first().click();
  await page.locator("dialog mark.place").waitFor();
  assert.equal((await page.locator("dialog mark.place").innerText()).replace(/\s+/g, " "), sentence.replace(/\s+/g, " "));
  await reader.faults("article");
  await reader.picture("article");
  await page.keyboard.press("Escape");
});

test("limits what is shown to a time, and brings it back by a link", async () => {
  const all = await reader.edges();
  const slider = page.getByRole("slider", { name: "Happened until" });
  await slider.focus();
  await page.keyboard.press("PageDown");
  await page.waitForFunction((n) => window.relata.view.edges.length < n, all);
  await reader.picture("time");
  const hash = new URL(page.url()).hash;
  assert.match(hash, /until=\d{4}-\d\d-\d\d/);
  const [few, shown] = [await reader.edges(), (await reader.nodes()).sort()];
  await reader.open(hash);
  await reader.settled();
  assert.deepEqual([await reader.edges(), (await reader.nodes()).sort()], [few, shown]);
  await page.getByRole("button", { name: "Any time" }).click();
  await page.waitForFunction((n) => window.relata.view.edges.length === n, all);
});

test("leaves out what was not known on a day", async () => {
  const all = await reader.edges();
  await page.getByRole("button", { name: "Filters" }).first().click();
  await page.locator(".filters").getByLabel("Known on (published by)").fill("2024-09-30");
  await page.waitForFunction((n) => window.relata.view.edges.length < n && window.relata.view.edges.length > 0, all);
  await page.locator(".side .state", { hasText: "Nothing says so within the filters" }).waitFor();
  await reader.faults("filters");
  await reader.picture("filters");
  await page.getByRole("button", { name: "Clear all filters" }).click();
  await page.waitForFunction((n) => window.relata.view.edges.length === n, all);
  await page.keyboard.press("Escape");
});

test("tells how two are connected, as a story with its sentences", async () => {
  await reader.open("");
  await page.getByRole("button", { name: "Path", exact: true }).click();
  await reader.choose("#path-source", "Olaf Scholz");
  await reader.choose("#path-target", "Storm Shadow");
  await page.locator(".story li").first().waitFor();
  assert.ok((await page.locator(".story[open] li").count()) >= 1);
  assert.equal(await page.locator(".story[open] li").count(), await page.locator(".story[open] li .evidence").count());
  await reader.settled();
  assert.ok((await reader.nodes()).includes("Storm Shadow"));
  await page.getByLabel("Best is").selectOption("strongest");
  await page.waitForURL(/path\.mode=strongest/);
  await page.locator(".story li").first().waitFor();
  await reader.faults("path");
  await reader.picture("path");
});

test("gives the same graph as a list", async () => {
  await reader.open("#show=all");
  await reader.settled();
  await reader.picture("all");
  await page.keyboard.press("l");
  await page.locator(".list-view table").first().waitFor();
  assert.ok((await page.locator(".list-view tbody tr").count()) > 50);
  await reader.faults("list");
  await reader.picture("list");
  await page.keyboard.press("l");
});

test("takes a snapshot, reads an article, and shows what it changed", async () => {
  await reader.open("#panel=compare");
  const snapshots = (await fetch(`${service.base}/v1/snapshots`)).ok;
  if (snapshots) {
    await page.getByLabel("Name of the snapshot").fill("before");
    await page.getByRole("button", { name: "Take snapshot" }).click();
    await page.locator(".notice").waitFor();
  }
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByLabel("Text").fill(ARTICLE);
  await page.getByLabel("Title").fill("A meeting in Lisbon");
  await page.getByLabel("Publisher").last().fill("The Harbour Post");
  await page.getByLabel("Published on").fill("2024-11-26");
  await page.getByLabel("Address it comes from").fill("https://news.example/lisbon");
  await page.getByRole("button", { name: "Read this article" }).click();
  await page.locator(".uploads li", { hasText: "1 article added" }).waitFor();
  await page.setInputFiles("input[type=file]", { name: "second.txt", mimeType: "text/plain", buffer: Buffer.from("Odalys Verhoeven visited Maren Oxenholt in Oslo on 3 October 2024.") });
  await page.locator(".uploads li.done", { hasText: "second.txt" }).waitFor();
  await reader.faults("add");
  await reader.picture("add");
  if (!snapshots) return;
  await page.getByRole("button", { name: "Compare", exact: true }).first().click();
  await page.getByLabel("Before").fill("before");
  await page.locator(".compare-panel").getByRole("button", { name: "Compare" }).click();
  await page.locator(".changes li.added", { hasText: "Quillfeather" }).first().waitFor();
  assert.match(await page.locator(".changes li.added", { hasText: "Quillfeather" }).first().innerText(), /article added/);
  await page.waitForFunction(() => window.relata.view.edges.some((edge) => edge.data.status === "added"));
  await reader.settled();
  await reader.faults("compare");
  await reader.picture("compare");
});

test("makes two entities one, and takes that back", async () => {
  await reader.open("");
  await reader.choose("#search", "Odalys Verhoeven");
  await page.locator(".card h2", { hasText: "Odalys Verhoeven" }).waitFor();
  await page.getByRole("button", { name: "Merge…" }).click();
  await reader.choose("#merge-other", "Maren Oxenholt");
  await page.getByLabel("Note").fill("one person of two names");
  await reader.picture("merge");
  await page.getByRole("button", { name: "Decide" }).click();
  await page.locator(".notice", { hasText: "are one" }).waitFor();
  await page.locator(".card .hint", { hasText: "Also called" }).waitFor();
  await page.getByRole("button", { name: "Who is who" }).click();
  await page.locator(".decisions li", { hasText: "merge" }).getByRole("button", { name: "Undo" }).click();
  await page.locator(".decisions .undone").waitFor();
  assert.equal(await page.locator(".decisions li", { hasText: "undo" }).first().getByRole("button").count(), 0, "an undo is not undone");
  await reader.faults("identity");
  await reader.picture("identity");
  const found = await (await fetch(`${service.base}/v1/entities?q=Maren%20Oxenholt`)).json();
  assert.deepEqual(found.entities[0].aliases.filter((name) => name.includes("Verhoeven")), []);
});

test("hands the graph to other tools", async () => {
  await page.getByRole("button", { name: "Export" }).click();
  const text = await reader.download(() => page.locator("dialog [data-format=graphml]").click());
  assert.match(text, /<graphml[\s\S]*Storm Shadow[\s\S]*<\/graphml>/);
  await reader.faults("export");
  await reader.picture("export");
  await page.keyboard.press("Escape");
});

test("tells what is wrong, and how to go on", async () => {
  await reader.open("#show=e0000000000000000&select=e0000000000000000");
  await page.locator(".cover .state.bad").waitFor();
  await reader.picture("error");
  troubles.splice(0, troubles.length, ...troubles.filter((one) => !one.includes("404")));  // which the test asked for
});

test("is fit for the dark and for a phone", async () => {
  page = await openPage(browser, troubles, { viewport: { width: 390, height: 800 }, colorScheme: "dark" });
  reader = new Reader(page, service.base);
  await reader.open("");
  await page.locator(".tiles button").first().waitFor();
  await reader.faults("phone, start");
  await reader.picture("phone-start");
  await page.locator(".tiles button").first().click();
  await page.locator(".card h2").waitFor();
  await reader.settled();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the phone");
  await reader.faults("phone, entity");
  await reader.picture("phone");
});

test("left no error in the console", () => assert.deepEqual(troubles, []));
