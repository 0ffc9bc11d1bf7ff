// The page as its readers use it: node page_test.mjs RELATA [INPUT...]
// RELATA_PAGE_PICTURES names a folder for a picture of every step.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { openBrowser, openPage, serveArticles } from "./service.mjs";

const [relata, ...inputs] = process.argv.slice(2);
const pictures = process.env.RELATA_PAGE_PICTURES;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const troubles = [];
let service, browser, page;

const ARTICLE = "Odalys Verhoeven met Tomasz Quillfeather in Lisbon on Monday. Verhoeven praised Quillfeather. Quillfeather accused Brannock Energy of fraud.";

before(async () => {
  [service, browser] = await Promise.all([serveArticles(relata, inputs), openBrowser()]);
  page = await openPage(browser, troubles);
  await page.goto(service.base + "/");
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

const picture = (name) => (pictures ? page.screenshot({ path: join(pictures, `${name}.png`) }) : undefined);
const nodes = () => page.evaluate(() => window.relata.view.nodes.map((node) => node.data.entity.name));
const edges = () => page.evaluate(() => window.relata.view.edges.length);
const settled = () => page.waitForFunction(() => window.relata.view.nodes.length > 0 && window.relata.view.nodes.every((node) => node.data.placed));
const places = () => page.evaluate(() => Object.fromEntries(window.relata.view.nodes.map(({ id, data }) => [id, [data.x, data.y]])));

async function choose(field, name) {
  await page.fill(field, name);
  const option = page.locator(`${field}-list [role=option]`, { hasText: name }).first();
  await option.waitFor();
  await page.press(field, "Enter");
}

// Opening a saved link in a fresh place.
async function open(hash) {
  await page.goto("about:blank");
  await page.goto(`${service.base}/${hash}`);
}

async function faults(where) {
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))));
  // Run as a function of the test's, not as a script of the page, which its policy would refuse.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(serious.map(({ id, nodes }) => [where, id, nodes.map(({ target, failureSummary }) => [target.join(" "), failureSummary])]), []);
}

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
  await faults("start");
  await picture("start");
});

test("finds a name by its beginning, with the keyboard alone", async () => {
  await page.keyboard.press("/");
  await page.keyboard.type("schol");
  await page.locator("#search-list [role=option]", { hasText: "Olaf Scholz" }).waitFor();
  await picture("suggestions");
  await page.keyboard.press("Enter");
  await page.locator(".card h2", { hasText: "Olaf Scholz" }).waitFor();
  await settled();
  assert.ok((await nodes()).includes("Vladimir Putin"));
  assert.ok((await page.locator(".chart .event").count()) > 0);
  await faults("entity");
  await picture("entity");
});

test("grows where one looks, and leaves the rest in place", async () => {
  const before_ = await places();
  await page.focus(".drawing");
  await page.evaluate(() => window.relata.store.step({ selected: window.relata.view.nodes.find((node) => node.data.entity.name === "Vladimir Putin").id }));
  await page.keyboard.press("Enter");
  await page.locator(".card h2", { hasText: "Vladimir Putin" }).waitFor();
  await page.waitForFunction((n) => window.relata.view.nodes.length > n, Object.keys(before_).length);
  await settled();
  const now = await places();
  for (const [id, place] of Object.entries(before_)) assert.deepEqual(now[id], place, id);
  await picture("grown");
});

test("shows for an edge its sentences, with the words marked, and the article around them", async () => {
  await page.locator(".chart .event").first().click();
  await page.locator(".edge-panel .evidence mark.subject").first().waitFor();
  assert.match(await page.locator(".evidence footer").first().innerText(), /\d{4}/);
  await picture("edge");
  const sentence = await page.locator(".evidence blockquote").first().innerText();
  await page.getByRole("button", { name: "Read the article" }).first().click();
  await page.locator("dialog mark.place").waitFor();
  assert.equal((await page.locator("dialog mark.place").innerText()).replace(/\s+/g, " "), sentence.replace(/\s+/g, " "));
  await faults("article");
  await picture("article");
  await page.keyboard.press("Escape");
});

test("limits what is shown to a time, and brings it back by a link", async () => {
  const all = await edges();
  const slider = page.getByRole("slider", { name: "Happened until" });
  await slider.focus();
  await page.keyboard.press("PageDown");
  await page.waitForFunction((n) => window.relata.view.edges.length < n, all);
  await picture("time");
  const hash = new URL(page.url()).hash;
  assert.match(hash, /until=\d{4}-\d\d-\d\d/);
  const [few, shown] = [await edges(), (await nodes()).sort()];
  await open(hash);
  await settled();
  assert.deepEqual([await edges(), (await nodes()).sort()], [few, shown]);
  await page.getByRole("button", { name: "Any time" }).click();
  await page.waitForFunction((n) => window.relata.view.edges.length === n, all);
});

test("leaves out what was not known on a day", async () => {
  const all = await edges();
  await page.getByRole("button", { name: "Filters" }).first().click();
  await page.locator(".filters").getByLabel("Known on (published by)").fill("2024-09-30");
  await page.waitForFunction((n) => window.relata.view.edges.length < n && window.relata.view.edges.length > 0, all);
  await faults("filters");
  await picture("filters");
  await page.getByRole("button", { name: "Clear all filters" }).click();
  await page.waitForFunction((n) => window.relata.view.edges.length === n, all);
  await page.keyboard.press("Escape");
});

test("tells how two are connected, as a story with its sentences", async () => {
  await open("");
  await page.getByRole("button", { name: "Path", exact: true }).click();
  await choose("#path-source", "Olaf Scholz");
  await choose("#path-target", "Storm Shadow");
  await page.locator(".story li").first().waitFor();
  assert.ok((await page.locator(".story[open] li").count()) >= 1);
  assert.equal(await page.locator(".story[open] li").count(), await page.locator(".story[open] li .evidence").count());
  await settled();
  assert.ok((await nodes()).includes("Storm Shadow"));
  await page.getByLabel("Best is").selectOption("strongest");
  await page.waitForURL(/path\.mode=strongest/);
  await page.locator(".story li").first().waitFor();
  await faults("path");
  await picture("path");
});

test("gives the same graph as a list", async () => {
  await open("#show=all");
  await settled();
  await picture("all");
  await page.keyboard.press("l");
  await page.locator(".list-view table").first().waitFor();
  assert.ok((await page.locator(".list-view tbody tr").count()) > 50);
  await faults("list");
  await picture("list");
  await page.keyboard.press("l");
});

test("takes a snapshot, reads an article, and shows what it changed", async () => {
  await open("#panel=compare");
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
  await faults("add");
  await picture("add");
  if (!snapshots) return;
  await page.getByRole("button", { name: "Compare", exact: true }).first().click();
  await page.getByLabel("Before").fill("before");
  await page.locator(".compare-panel").getByRole("button", { name: "Compare" }).click();
  await page.locator(".changes li.added", { hasText: "Quillfeather" }).first().waitFor();
  assert.match(await page.locator(".changes li.added", { hasText: "Quillfeather" }).first().innerText(), /article added/);
  await page.waitForFunction(() => window.relata.view.edges.some((edge) => edge.data.status === "added"));
  await settled();
  await faults("compare");
  await picture("compare");
});

test("makes two entities one, and takes that back", async () => {
  await open("");
  await choose("#search", "Odalys Verhoeven");
  await page.locator(".card h2", { hasText: "Odalys Verhoeven" }).waitFor();
  await page.getByRole("button", { name: "Merge…" }).click();
  await choose("#merge-other", "Maren Oxenholt");
  await page.getByLabel("Note").fill("one person of two names");
  await picture("merge");
  await page.getByRole("button", { name: "Decide" }).click();
  await page.locator(".notice", { hasText: "are one" }).waitFor();
  await page.locator(".card .hint", { hasText: "Also called" }).waitFor();
  await page.getByRole("button", { name: "Who is who" }).click();
  await page.locator(".decisions li", { hasText: "merge" }).getByRole("button", { name: "Undo" }).click();
  await page.locator(".decisions .undone").waitFor();
  await faults("identity");
  await picture("identity");
  const found = await (await fetch(`${service.base}/v1/entities?q=Maren%20Oxenholt`)).json();
  assert.deepEqual(found.entities[0].aliases.filter((name) => name.includes("Verhoeven")), []);
});

test("hands the graph to other tools", async () => {
  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.locator("dialog [data-format=graphml]").click();
  const text = readFileSync(await (await download).path(), "utf8");
  assert.match(text, /<graphml[\s\S]*Storm Shadow[\s\S]*<\/graphml>/);
  await faults("export");
  await picture("export");
  await page.keyboard.press("Escape");
});

test("tells what is wrong, and how to go on", async () => {
  await open("#show=e0000000000000000&select=e0000000000000000");
  await page.locator(".cover .state.bad").waitFor();
  await picture("error");
  troubles.splice(0, troubles.length, ...troubles.filter((one) => !one.includes("404")));  // which the test asked for
});

test("is fit for the dark and for a phone", async () => {
  page = await openPage(browser, troubles, { viewport: { width: 390, height: 800 }, colorScheme: "dark" });
  await open("");
  await page.locator(".tiles button").first().waitFor();
  await faults("phone, start");
  await picture("phone-start");
  await page.locator(".tiles button").first().click();
  await page.locator(".card h2").waitFor();
  await settled();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the phone");
  await faults("phone, entity");
  await picture("phone");
});

test("left no error in the console", () => assert.deepEqual(troubles, []));
