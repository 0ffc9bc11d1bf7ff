// Writes a C++ file that holds every file of a folder, plain and compressed: node pack.mjs FOLDER OUT.cpp
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const [folder, out] = process.argv.slice(2).map((path) => resolve(path));
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml" };

const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && TYPES[extname(entry.name)])
  .map((entry) => join(entry.path ?? entry.parentPath, entry.name))
  .sort();

// The assembler takes the bytes as they are: a compiler would need seconds to read them as numbers.
const section = (symbol, path) =>
  `asm(".section .rodata\\n${symbol}:\\n.incbin \\"${path}\\"\\n${symbol}_end:\\n.byte 0\\n.previous\\n");\nextern "C" const char ${symbol}[], ${symbol}_end[];\n`;
const view = (symbol) => `{${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}`;

let bytes = "", rows = "";
names.forEach((path, i) => {
  const content = readFileSync(path);
  const compressed = path + ".gz";
  writeFileSync(compressed, gzipSync(content, { level: 9 }));
  bytes += section(`relata_page_${i}`, path) + section(`relata_page_gzip_${i}`, compressed);
  const address = path.endsWith("index.html") ? "/" : path.slice(folder.length);
  const tag = createHash("sha256").update(content).digest("hex").slice(0, 16);
  rows += `      {"${address}", "${TYPES[extname(path)]}", "${tag}", ${view(`relata_page_${i}`)}, ${view(`relata_page_gzip_${i}`)}, ${address !== "/"}},\n`;
});
writeFileSync(out, `#include "commands/page.h"\n\n${bytes}\nnamespace relata {\nstd::span<const PageFile> page_files() {\n  static const PageFile kFiles[] = {\n${rows}  };\n  return kFiles;\n}\n}\n`);
