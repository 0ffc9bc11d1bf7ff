// How fluid the page is with a large graph: node bench/page/frames.mjs RELATA [NODES EDGES]
// Shows 5,000 nodes and 20,000 edges in Chromium without a GPU, moves them, and prints how long frames take, beside an empty page's frames
// in the same browser. The service gives the page, the graph is made here. Needs `npm ci` in tests/page.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBrowser, openPage, serve } from "../../tests/page/service.mjs";

const [relata, nodes = "5000", edges = "20000"] = process.argv.slice(2);
const TYPES = ["CONSULT", "ACCUSE", "SUPPORT", "ASSAULT", "AID", "THREATEN", "COOPERATE", "REQUEST"];
const KINDS = ["PERSON", "ORG", "GPE", "WEAPON", "EVENT", "PERSON", "PERSON"];
const PER_PAGE = 1000;

let seed = 7;
const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
const id = (i) => `e${i.toString(16).padStart(16, "0")}`;
const entity = (i) => ({ id: id(i), name: `Somebody ${i}`, type: KINDS[i % KINDS.length], aliases: [], external: {}, articles: 3, statements: 8, first: "2024-01-02", last: "2024-12-30" });

// Everybody knows somebody of an older circle or of their own; a few are known by many.
function relation(i, people) {
  const a = i < people ? i : random(people);
  const near = Math.max(0, a - 1 - random(60)), b = random(4) > 0 && near !== a ? near : (a + 1 + Math.min(random(people - 1), random(people - 1), random(people - 1))) % people;
  const day = `2024-${String(1 + random(12)).padStart(2, "0")}-${String(1 + random(28)).padStart(2, "0")}`, type = TYPES[random(TYPES.length)];
  const denied = random(20) === 0 ? 1 : 0;
  return {
    id: `${id(a)}.${type}.${id(b)}.${day}.${i}`, source: id(a), target: id(b), type, predicates: ["meet"], time: { value: day, begin: day, end: day, precision: "day" }, asserted: 1 + random(5), denied,
    modalities: { [random(6) === 0 ? "future" : "actual"]: 1 }, contested: denied > 0, publishers: 1, confidence: 0.8, evidence: [], ends: [a, b],
  };
}

function pages(people, count) {
  const all = Array.from({ length: count }, (_, i) => relation(i, people));
  return Array.from({ length: Math.ceil(count / PER_PAGE) }, (_, p) => {
    const part = all.slice(p * PER_PAGE, (p + 1) * PER_PAGE), ends = new Set(part.flatMap((one) => one.ends));
    const left = count - (p + 1) * PER_PAGE;
    return JSON.stringify({ entities: [...ends].map(entity), relations: part.map(({ ends: _, ...one }) => one), left_out: Math.max(0, left), next: left > 0 ? String(p + 1) : null });
  });
}

// Milliseconds between frames while `step` runs before each.
const measure = (page, step, frames = 90) =>
  page.evaluate(`(async () => {
    const view = window.relata?.view, times = [];
    let last = await new Promise(requestAnimationFrame);
    for (let i = 0; i < ${frames}; ++i) {
      ${step};
      const now = await new Promise(requestAnimationFrame);
      times.push(now - last);
      last = now;
    }
    times.sort((a, b) => a - b);
    return { median: times[${frames >> 1}], p95: times[${Math.floor(frames * 0.95)}], worst: times[${frames - 1}] };
  })()`);

const tell = (name, { median, p95, worst }) => console.log(`${name.padEnd(34)} median ${median.toFixed(1)} ms   p95 ${p95.toFixed(1)} ms   worst ${worst.toFixed(1)} ms`);

const folder = mkdtempSync(join(tmpdir(), "relata-frames-"));
const service = await serve(relata, join(folder, "db"));
const made = pages(Number(nodes), Number(edges));
const browser = await openBrowser();
try {
  const troubles = [];
  const page = await openPage(browser, troubles);
  await page.route("**/v1/relations*", (route) => route.fulfill({ contentType: "application/json", body: made[Number(new URL(route.request().url()).searchParams.get("cursor") ?? 0)] }));
  await page.goto("about:blank");
  tell("an empty page", await measure(page, ""));
  const start = performance.now();
  await page.goto(service.base + "/#show=all");
  await page.waitForFunction(() => window.relata?.view.nodes.length > 0, null, { timeout: 120_000 });
  const shown = performance.now();
  tell("while nodes find their places", await measure(page, ""));
  await page.waitForFunction(() => window.relata.view.nodes.every((node) => node.data.placed), null, { timeout: 300_000 });
  console.log(`${await page.evaluate(() => `${window.relata.view.nodes.length} nodes, ${window.relata.view.edges.length} edges`)}: shown after ${((shown - start) / 1000).toFixed(1)} s, at rest after ${((performance.now() - start) / 1000).toFixed(1)} s`);
  tell("moving", await measure(page, "view.camera.pan(4, 3)"));
  tell("zooming", await measure(page, "view.camera.zoom(i < 45 ? 1.03 : 1 / 1.03)"));
  tell("dragging a node", await measure(page, "if (i === 0) view.hold(view.nodes[0]); view.drag({ x: 300 + 3 * i, y: 300 }); if (i === 89) view.drop()"));
  tell("pointing at nodes", await measure(page, "view.hover(view.nodes[i].id)"));
  if (process.env.RELATA_PAGE_PICTURES) await page.screenshot({ path: join(process.env.RELATA_PAGE_PICTURES, "large.png") });
  if (troubles.length > 0) console.log(troubles.join("\n"));
} finally {
  await browser.close();
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
}
