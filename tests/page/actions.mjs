// What a reader does on the page and waits for, for the tests of it. A Reader holds one page of a browser at a service.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.env.RELATA_PAGE_PICTURES;

export class Reader {
  // `prefix` begins the names of its pictures.
  constructor(page, base, prefix = "") {
    Object.assign(this, { page, base, prefix });
  }

  // In the folder RELATA_PAGE_PICTURES, if there is one.
  async picture(name) {
    if (pictures) await this.page.screenshot({ path: join(pictures, `${this.prefix}${name}.png`) });
  }
  nodes() {
    return this.page.evaluate(() => window.relata.view.nodes.map((node) => node.data.entity.name));
  }
  edges() {
    return this.page.evaluate(() => window.relata.view.edges.length);
  }
  places() {
    return this.page.evaluate(() => Object.fromEntries(window.relata.view.nodes.map(({ id, data }) => [id, [data.x, data.y]])));
  }
  async settled() {
    await this.page.waitForFunction(() => window.relata.view.nodes.length > 0 && window.relata.view.nodes.every((node) => node.data.placed));
  }
  async fewer(than) {
    await this.page.waitForFunction((n) => window.relata.view.edges.length < n, than);
  }
  // Types a name into a field with suggestions, and takes the first that has it.
  async choose(field, name) {
    await this.page.fill(field, name);
    await this.page.locator(`${field}-list [role=option]`, { hasText: name }).first().waitFor();
    await this.page.press(field, "Enter");
  }
  // The card of an entity, by the search box.
  async find(name) {
    await this.choose("#search", name);
    await this.page.locator(".card h2", { hasText: name }).waitFor();
  }
  // A saved link in a fresh place.
  async open(hash) {
    await this.page.goto("about:blank");
    await this.page.goto(`${this.base}/${hash}`);
  }
  press(name) {
    return this.page.getByRole("button", { name, exact: true }).first().click();
  }
  // What a download by `work` holds.
  async download(work) {
    const waiting = this.page.waitForEvent("download");
    await work();
    return readFileSync(await (await waiting).path(), "utf8");
  }
  // Nothing keeps people out: axe finds no serious fault.
  async faults(where) {
    await this.page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))));
    // Run as a function of the test's, not as a script of the page, which its policy would refuse.
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    assert.deepEqual(serious.map(({ id, nodes }) => [where, id, nodes.map(({ target, failureSummary }) => [target.join(" "), failureSummary])]), []);
  }
}

// How long somebody waits; `most` in milliseconds fails the test.
export async function timed(t, what, work, most = Infinity) {
  const start = performance.now();
  await work();
  const took = Math.round(performance.now() - start);
  t.diagnostic(`${what}: ${took} ms`);
  assert.ok(took <= most, `${what} took ${took} ms, more than ${most}`);
}
