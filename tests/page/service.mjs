// A service over a fresh graph, and a browser's page that looks at it and complains of every error.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

export async function serve(relata, db) {
  const child = spawn(relata, ["serve", "--db", db, "--port", "0", "--quiet"], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const base = await new Promise((resolve, reject) => {
    lines.on("line", (line) => /http:\/\/\S+/.test(line) && resolve(line.match(/http:\/\/[^\s/]+/)[0]));
    child.on("exit", (code) => reject(new Error(`serve ended with ${code}`)));
  });
  return { base, stop: () => new Promise((done) => (child.removeAllListeners("exit"), child.on("exit", done), child.kill("SIGTERM"))) };
}

export async function serveArticles(relata, inputs) {
  const folder = mkdtempSync(join(tmpdir(), "relata-page-"));
  execFileSync(relata, ["ingest", ...inputs, "--db", join(folder, "db")], { stdio: "pipe" });
  const service = await serve(relata, join(folder, "db"));
  return { base: service.base, stop: () => service.stop().then(() => rmSync(folder, { recursive: true, force: true })) };
}

export async function openBrowser() {
  if (!existsSync(CHROMIUM)) throw new Error(`${CHROMIUM}: no such browser; CHROMIUM names another`);
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
}

// `troubles` collects what a reader of the browser's console would see.
export async function openPage(browser, troubles, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(String(error)));
  return page;
}
