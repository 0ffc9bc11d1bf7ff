// The page over a large graph, such as the million statements of bench/peer: node large_test.mjs RELATA GRAPH
// GRAPH is a folder that this test may change (it adds articles and decides identities): give it a copy. RELATA_PAGE_PICTURES names a
// folder for a picture of every step; RELATA_PAGE_MOST the milliseconds after which the page must be usable (1000). Names are taken from the graph itself: somebody of whom most is said, and somebody of whom little is.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { Reader, timed } from "./actions.mjs";
import { openBrowser, openPage, serve } from "./service.mjs";

const [relata, graph] = process.argv.slice(2);
const troubles = [];
let service, browser, page, reader, hub, other, quiet, stamp;

before(async () => {
  [service, browser] = await Promise.all([serve(relata, graph), openBrowser()]);
  page = await openPage(browser, troubles);
  page.setDefaultTimeout(240_000); // the first write loads identity, which takes its time on a crowded machine
  reader = new Reader(page, service.base, "large-");
  const ask = async (path) => (await fetch(service.base + path)).json();
  [hub, , other] = (await ask("/v1/entities?limit=3")).entities;
  const { entities, relations } = await ask("/v1/relations?limit=50");
  const busy = new Set(relations.flatMap(({ source, target }) => [source, target]));
  quiet = entities.filter(({ id }) => busy.has(id)).sort((a, b) => Math.abs(a.statements - 12) - Math.abs(b.statements - 12))[0];
  stamp = [...Date.now().toString(26).slice(-5)].map((digit) => "abcdefghijklmnopqrstuvwxyz"[parseInt(digit, 26)]).join(""); // new names in each run
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

test("can be used soon after it is asked for", async (t) => {
  await timed(t, "page with its tiles", async () => {
    await page.goto(service.base + "/");
    await page.locator(".tiles button").first().waitFor();
  }, Number(process.env.RELATA_PAGE_MOST ?? 1000));
  await reader.faults("start");
  await reader.picture("start");
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
  await reader.settled();
  await reader.faults("hub");
  await reader.picture("hub");
});

test("expands, shows evidence and the article", async (t) => {
  await reader.open("");
  await reader.find(quiet.name);
  await reader.settled();
  await reader.picture("quiet");
  const few = await reader.edges();
  const next = await page.evaluate((id) => window.relata.view.edges.flatMap((e) => [e.source.id, e.target.id]).find((one) => one !== id), quiet.id);
  await page.focus(".drawing");
  await page.evaluate((id) => window.relata.store.step({ selected: id }), next);
  await timed(t, "open neighbours", async () => {
    await page.keyboard.press("Enter");
    await page.waitForFunction((n) => window.relata.view.edges.length > n, few);
  });
  await reader.settled();
  await reader.picture("expanded");
  await page.evaluate(() => window.relata.store.step({ selected: window.relata.view.edges[0].key }));
  await timed(t, "evidence of a relation", () => page.locator(".edge-panel .evidence mark").first().waitFor());
  await reader.picture("evidence");
  await page.getByRole("button", { name: "Read the article" }).first().click();
  await page.locator("dialog mark.place").waitFor();
  await reader.faults("article");
  await reader.picture("article");
  await page.keyboard.press("Escape");
});

test("limits what is shown to a time", async () => {
  const all = await reader.edges();
  const slider = page.getByRole("slider", { name: "Happened until" });
  await slider.focus();
  for (let i = 0; i < 4; ++i) await page.keyboard.press("PageDown");
  await reader.fewer(all);
  await reader.picture("time");
  const [hash, few] = [new URL(page.url()).hash, await reader.edges()];
  await reader.open(hash);
  await reader.settled();
  assert.equal(await reader.edges(), few, "a link brings it back");
});

test("leaves out what was not known on a day", async (t) => {
  await reader.open("");
  await reader.find(quiet.name);
  await reader.settled();
  const all = await reader.edges();
  const { first, last } = await (await fetch(`${service.base}/v1/entities/${quiet.id}`)).json();
  const middle = new Date((Date.parse(first) + Date.parse(last)) / 2).toISOString().slice(0, 10);
  await reader.press("Filters");
  await timed(t, "the graph of an earlier day", async () => {
    await page.locator(".filters").getByLabel("Known on (published by)").fill(middle);
    await reader.fewer(all);
  });
  await reader.faults("filters");
  await reader.picture("filters");
});

test("tells how two are connected", async (t) => {
  await reader.open("");
  await page.getByRole("button", { name: "Path", exact: true }).click();
  await reader.choose("#path-source", quiet.name);
  await reader.choose("#path-target", other.name);
  await timed(t, "path", () => page.locator(".story li").first().waitFor());
  await reader.settled();
  await reader.faults("path");
  await reader.picture("path");
});

test("reads articles, a large body as a job, and shows what changed", async (t) => {
  await reader.open("#panel=compare");
  await page.getByLabel("Name of the snapshot").fill(`before-${stamp}`);
  await page.getByRole("button", { name: "Take snapshot" }).click();
  await page.locator(".notice").waitFor();
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByLabel("Text").fill(`Ines Halvorsen${stamp} met Tomasz Quillfeather in Lisbon on Monday. Halvorsen${stamp} praised Quillfeather.`);
  await page.getByLabel("Publisher").last().fill("The Harbour Post");
  await page.getByLabel("Published on").fill("2024-11-26");
  await page.getByRole("button", { name: "Read this article" }).click();
  await page.locator(".uploads li", { hasText: "1 article added" }).waitFor();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.txt", { type: "text/plain" }));
    for (const kind of ["dragenter", "dragover", "drop"]) document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, `Ines Halvorsen${stamp} visited Maren Oxenholt${stamp} in Oslo on 3 October 2024.`);
  await page.locator(".uploads li.done", { hasText: "dropped.txt" }).waitFor();
  const line = (i) => JSON.stringify({ text: `Mayor Aldous Fenwick${stamp} visited Port Marrow on ${1 + (i % 28)} March 2023. Fenwick${stamp} accused Harbour Line ${i} of negligence. ${"The harbour was quiet that day. ".repeat(20)}`, title: `Report ${i}`, publisher: `Paper ${i % 9}`, published: "2023-04-01", url: `https://news.example/${stamp}/${i}` });
  await timed(t, "a file of 2,000 articles, read as a job", async () => {
    await page.setInputFiles("input[type=file]", { name: "many.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from(Array.from({ length: 2000 }, (_, i) => line(i)).join("\n")) });
    await page.locator(".uploads li", { hasText: "many.jsonl" }).waitFor();
    await reader.picture("uploading");
    await page.locator(".uploads li.done", { hasText: "many.jsonl" }).waitFor({ timeout: 240_000 });
  });
  await reader.faults("add");
  await reader.picture("added");
  await page.getByRole("button", { name: "Compare", exact: true }).first().click();
  await page.getByLabel("Before").fill(`before-${stamp}`);
  await timed(t, "difference", async () => {
    await page.locator(".compare-panel").getByRole("button", { name: "Compare" }).click();
    await page.locator(".changes li.added").first().waitFor();
  });
  await reader.settled();
  await reader.faults("compare");
  await reader.picture("compare");
});

test("merges, undoes, splits, and tells two apart for good", async (t) => {
  const [name, other] = [`Ines Halvorsen${stamp}`, `Maren Oxenholt${stamp}`];
  const found = async (of) => (await (await fetch(`${service.base}/v1/entities?q=${encodeURIComponent(of)}`)).json()).entities;
  const undo = async (kind) => {
    await reader.press("Who is who");
    const decision = page.locator(".decisions li", { hasText: kind }).first();
    await decision.getByRole("button", { name: "Undo" }).click();
    await decision.locator("text=taken back").waitFor();
  };
  await reader.open("");
  await reader.find(name);
  await reader.press("Merge…");
  await reader.choose("#merge-other", quiet.name);
  await timed(t, "merge", async () => {
    await page.getByRole("button", { name: "Decide" }).click();
    await page.locator(".notice", { hasText: "are one" }).waitFor();
  });
  assert.equal((await found(name))[0].id, (await found(quiet.name)).find((one) => one.aliases.includes(name))?.id);
  await undo("merge");
  assert.deepEqual((await found(quiet.name)).find(({ id }) => id === quiet.id).aliases.filter((one) => one === name), []);

  await reader.open("");
  await reader.find(name);
  await reader.press("Split…");
  await page.locator("dialog .scroll label", { hasText: "Maren Oxenholt" }).locator("input").check(); // told by its words
  await reader.faults("split");
  await reader.picture("split");
  await timed(t, "split", async () => {
    await page.locator("dialog").getByRole("button", { name: "Split", exact: true }).click();
    await page.locator(".notice", { hasText: "is split" }).waitFor();
  });
  assert.equal((await found(name)).filter((one) => one.name === name).length, 2);
  await undo("split");
  assert.equal((await found(name)).filter((one) => one.name === name).length, 1);

  await reader.open("");
  await reader.find(name);
  await reader.press("Merge…");
  await reader.choose("#merge-other", other);
  await page.getByLabel("The contrary").check();
  await page.getByRole("button", { name: "Decide" }).click();
  await page.locator(".notice", { hasText: "are kept apart" }).waitFor();
  await undo("never");
  await reader.faults("identity");
  await reader.picture("identity");
});

test("hands a part to other tools", async (t) => {
  const { last } = await (await fetch(`${service.base}/v1/entities/${quiet.id}`)).json();
  await reader.open(`#from=${last}&until=${last}`);
  await reader.press("Export");
  await reader.faults("export");
  await reader.picture("export");
  let graphml = "";
  await timed(t, "GraphML of one day's relations", async () => (graphml = await reader.download(() => page.locator("dialog [data-format=graphml]").click())));
  assert.match(graphml, /<graphml[\s\S]*<edge [\s\S]*<\/graphml>\s*$/);
  const begins = [...graphml.matchAll(/<data key="e_begin">([^<]*)</g)].map(([, day]) => day);
  assert.ok(begins.length > 0 && begins.every((day) => day <= last), "what the filters select");
  await page.keyboard.press("Escape");
});

test("left no error in the console", () => assert.deepEqual(troubles, []));
