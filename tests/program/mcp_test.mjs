// The tool server with the official SDK, over standard input and output and over HTTP: node mcp_test.mjs RELATA DB URL
import assert from "node:assert";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [relata, db, url] = process.argv.slice(2);

async function check(transport) {
  const client = new Client({ name: "relata-test", version: "1" });
  await client.connect(transport);
  assert.equal(client.getServerVersion().name, "relata");
  await client.ping();
  const { tools } = await client.listTools();
  const names = tools.map((tool) => tool.name);
  for (const name of ["find", "entity", "neighbours", "path", "timeline", "evidence", "connections", "who"]) assert(names.includes(name), name);
  for (const tool of tools) assert.equal(tool.inputSchema.type, "object");
  const call = (name, args) => client.callTool({ name, arguments: args });
  const found = await call("find", { q: "Scholz", limit: 3 });
  assert(found.structuredContent.entities.length > 0 && found.content[0].text.includes("Scholz"));
  const path = await call("path", { source: "Olaf Scholz", target: "Storm Shadow", k: 2, max_hops: 4 });
  const hop = path.structuredContent.paths[0].hops[0];
  assert(hop.evidence[0].text.length > 0);
  const evidence = await call("evidence", { id: hop.id });
  assert.equal(evidence.structuredContent.id, hop.id);
  const around = await call("neighbours", { id: "Kursk", depth: 1, limit: 5, type: ["PERSON", "GPE"], explain: true });
  assert(around.structuredContent.explain.statements > 0);
  const tree = await call("connections", { entity: ["Olaf Scholz", "Kursk", "Storm Shadow"] });
  assert.equal(tree.structuredContent.connected, true);
  const wrong = await call("neighbours", { id: "Olaf Schols" });
  assert(wrong.isError && wrong.content[0].text.includes("Olaf Scholz"));
  const out = await call("neighbours", { id: "Kursk", depth: 99 });
  assert(out.isError && out.content[0].text.includes("depth"));
  await assert.rejects(call("nonsense", {}));
  await client.close();
}

await check(new StdioClientTransport({ command: relata, args: ["mcp", "--db", db] }));
await check(new StreamableHTTPClientTransport(new URL("/mcp", url)));
console.log("2 passed, 0 failed");
