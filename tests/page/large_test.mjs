// The page over a large graph, such as the million statements of bench/peer: node large_test.mjs RELATA GRAPH
// GRAPH is a folder that this test may change (it adds articles and decides identities): give it a copy. RELATA_PAGE_PICTURES names a
// folder for a picture of every step. Names are taken from the graph itself: somebody of whom most is said, and somebody of whom little is.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { openBrowser, openPage, serve } from "./service.mjs";

const [relata, graph] = process.argv.slice(2);
const pictures = process.env.RELATA_PAGE_PICTURES;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const troubles = [];
let service, browser, page, hub, other, quiet, stamp;

before(async () => {
  [service, browser] = await Promise.all([serve(relata, graph), openBrowser()]);
  page = await openPage(browser, troubles);
  page.setDefaultTimeout(60_000);
  const ask = async (path) => (await fetch(service.base + path)).json();
  [hub, , other] = (await ask("/v1/entities?limit=3")).entities;
  const { entities, relations } = await ask("/v1/relations?limit=50");
  const busy = new Set(relations.flatMap(({ source, target }) => [source, target]));
  quiet = entities.filter(({ id }) => busy.has(id)).sort((a, b) => Math.abs(a.statements - 12) - Math.abs(b.statements - 12))[0];
  stamp = Date.now().toString(36).slice(-5); // so that articles are new ones in each run
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

const picture = (name) => (pictures ? page.screenshot({ path: join(pictures, `large-${name}.png`) }) : undefined);
const settled = () => page.waitForFunction(() => window.relata.view.nodes.length > 0 && window.relata.view.nodes.every((node) => node.data.placed));
const edges = () => page.evaluate(() => window.relata.view.edges.length);

async function choose(field, name) {
  await page.fill(field, name);
  await page.locator(`${field}-list [role=option]`, { hasText: name }).first().waitFor();
  await page.press(field, "Enter");
}
async function open(hash) {
  await page.goto("about:blank");
  await page.goto(`${service.base}/${hash}`);
}
async function faults(where) {
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(serious.map(({ id, nodes }) => [where, id, nodes.map(({ target }) => target.join(" "))]), []);
}
// Tells how long somebody waits.
async function timed(t, what, work) {
  const start = performance.now();
  await work();
  t.diagnostic(`${what}: ${Math.round(performance.now() - start)} ms`);
}

test("can be used soon after it is asked for", async (t) => {
  await timed(t, "page with its tiles", async () => {
    await page.goto(service.base + "/");
    await page.locator(".tiles button").first().waitFor();
  });
  await faults("start");
  await picture("start");
});

test("finds the one of whom most is said, and draws a part of the neighbourhood", async (t) => {
  await timed(t, "suggestions", async () => {
    await page.fill("#search", hub.name.slice(0, 6));
    await page.locator("#search-list [role=option]").first().waitFor();
  });
  await page.fill("#search", hub.name);
  await page.locator("#search-list [role=option]", { hasText: hub.name }).first().waitFor();
  await timed(t, "card and graph of somebody in most of the news", async () => {
    await page.press("#search", "Enter");
    await page.locator(".card h2", { hasText: hub.name }).waitFor();
    await page.waitForFunction(() => window.relata.view.edges.length > 0);
  });
  await settled();
  await faults("hub");
  await picture("hub");
});

test("expands, shows evidence and the article", async (t) => {
  await open("");
  await choose("#search", quiet.name);
  await page.locator(".card h2", { hasText: quiet.name }).waitFor();
  await settled();
  await picture("quiet");
  const few = await edges();
  const next = await page.evaluate((id) => window.relata.view.edges.flatMap((e) => [e.source.id, e.target.id]).find((one) => one !== id), quiet.id);
  await page.focus(".drawing");
  await page.evaluate((id) => window.relata.store.step({ selected: id }), next);
  await timed(t, "open neighbours", async () => {
    await page.keyboard.press("Enter");
    await page.waitForFunction((n) => window.relata.view.edges.length > n, few);
  });
  await settled();
  await picture("expanded");
  await page.evaluate(() => window.relata.store.step({ selected: window.relata.view.edges[0].key }));
  await timed(t, "evidence of a relation", () => page.locator(".edge-panel .evidence mark").first().waitFor());
  await picture("evidence");
  await page.getByRole("button", { name: "Read the article" }).first().click();
  await page.locator("dialog mark.place").waitFor();
  await faults("article");
  await picture("article");
  await page.keyboard.press("Escape");
});

test("limits what is shown to a time", async () => {
  const all = await edges();
  const slider = page.getByRole("slider", { name: "Happened until" });
  await slider.focus();
  for (let i = 0; i < 4; ++i) await page.keyboard.press("PageDown");
  await page.waitForFunction((n) => window.relata.view.edges.length < n, all);
  await picture("time");
});

test("tells how two are connected", async (t) => {
  await open("");
  await page.getByRole("button", { name: "Path", exact: true }).click();
  await choose("#path-source", quiet.name);
  await choose("#path-target", other.name);
  await timed(t, "path", () => page.locator(".story li").first().waitFor());
  await settled();
  await faults("path");
  await picture("path");
});

test("reads articles, a large body as a job, and shows what changed", async (t) => {
  await open("#panel=compare");
  await page.getByLabel("Name of the snapshot").fill(`before-${stamp}`);
  await page.getByRole("button", { name: "Take snapshot" }).click();
  await page.locator(".notice").waitFor();
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByLabel("Text").fill(`Ines Halvorsen${stamp} met Tomasz Quillfeather in Lisbon on Monday. Halvorsen${stamp} praised Quillfeather.`);
  await page.getByLabel("Publisher").last().fill("The Harbour Post");
  await page.getByLabel("Published on").fill("2024-11-26");
  await page.getByRole("button", { name: "Read this article" }).click();
  await page.locator(".uploads li", { hasText: "1 article added" }).waitFor();
  const line = (i) => JSON.stringify({ text: `Mayor Aldous Fenwick${stamp} visited Port Marrow on ${1 + (i % 28)} March 2023. Fenwick${stamp} accused Harbour Line ${i} of negligence. ${"The harbour was quiet that day. ".repeat(20)}`, title: `Report ${i}`, publisher: `Paper ${i % 9}`, published: "2023-04-01", url: `https://news.example/${stamp}/${i}` });
  await timed(t, "a file of 2,000 articles, read as a job", async () => {
    await page.setInputFiles("input[type=file]", { name: "many.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(Array.from({ length: 2000 }, (_, i) => line(i)).join("\n")) });
    await page.locator(".uploads li", { hasText: "many.jsonl" }).waitFor();
    await picture("uploading");
    await page.locator(".uploads li.done", { hasText: "many.jsonl" }).waitFor({ timeout: 240_000 });
  });
  await faults("add");
  await picture("added");
  await page.getByRole("button", { name: "Compare", exact: true }).first().click();
  await page.getByLabel("Before").fill(`before-${stamp}`);
  await timed(t, "difference", async () => {
    await page.locator(".compare-panel").getByRole("button", { name: "Compare" }).click();
    await page.locator(".changes li.added").first().waitFor();
  });
  await settled();
  await faults("compare");
  await picture("compare");
});

test("merges, undoes, splits, and tells two apart for good", async (t) => {
  await open("");
  await choose("#search", `Ines Halvorsen${stamp}`);
  await page.locator(".card h2", { hasText: "Halvorsen" }).waitFor();
  await page.getByRole("button", { name: "Merge…" }).click();
  await choose("#merge-other", quiet.name);
  await timed(t, "merge", async () => {
    await page.getByRole("button", { name: "Decide" }).click();
    await page.locator(".notice", { hasText: "are one" }).waitFor();
  });
  await page.getByRole("button", { name: "Who is who" }).click();
  await page.locator(".decisions li", { hasText: "merge" }).first().getByRole("button", { name: "Undo" }).click();
  await page.locator(".decisions .undone").first().waitFor();
  await faults("identity");
  await picture("identity");
});

test("hands a part to other tools", async () => {
  await open("");
  await choose("#search", quiet.name);
  await page.locator(".card h2", { hasText: quiet.name }).waitFor();
  await page.getByRole("button", { name: "Export" }).click();
  await faults("export");
  await picture("export");
  await page.keyboard.press("Escape");
});

test("left no error in the console", () => assert.deepEqual(troubles, []));
