// The graph, or what the filters select, for other tools.
import { address, request, token } from "../api/client";
import { button, h } from "../dom";
import { filterParameters, filtersInUse, type Store } from "../state";
import { count } from "../words";
import { dialog } from "./dialog";
import { failed, loading, messageOf, notice } from "./notice";

const TOLD: Record<string, [string, string]> = {
  graphml: ["GraphML", "Gephi, yEd, igraph, networkx"],
  gexf: ["GEXF 1.3", "Gephi, with its timeline"],
  cytoscape: ["Cytoscape JSON", "Cytoscape, Cytoscape.js"],
  "node-link": ["Node-link JSON", "networkx, d3"],
  nodelink: ["Node-link JSON", "networkx, d3"],
  dot: ["DOT", "Graphviz"],
  csv: ["CSV", "spreadsheets"],
  csv_nodes: ["CSV of nodes", "Neo4j’s bulk import, spreadsheets"],
  csv_relations: ["CSV of relations", "Neo4j’s bulk import, spreadsheets"],
  turtle: ["Turtle", "RDF with provenance"],
  ttl: ["Turtle", "RDF with provenance"],
  nquads: ["N-Quads", "RDF with provenance"],
  "n-quads": ["N-Quads", "RDF with provenance"],
  jsonld: ["JSON-LD", "RDF with provenance"],
  "json-ld": ["JSON-LD", "RDF with provenance"],
  jsonl: ["JSON lines", "all statements, for relata import"],
  articles: ["Articles", "whole articles as they were read, without filters"],
  svg: ["SVG", "a picture"],
};

const ENDINGS: Record<string, string> = { turtle: "ttl", nquads: "nq", "n-quads": "nq", jsonld: "jsonld", cytoscape: "cyjs", "node-link": "json", nodelink: "json", articles: "jsonl", csv_nodes: "csv", csv_relations: "csv" };

interface Description {
  paths: Record<string, { get?: { parameters?: { name: string; schema: { enum?: string[] } }[] } }>;
}

async function formats(): Promise<string[]> {
  const description = (await (await request("GET", "/openapi.json")).json()) as Description;
  return description.paths["/v1/export"]?.get?.parameters?.find((one) => one.name === "format")?.schema.enum ?? [];
}

function save(blobAddress: string, name: string): void {
  const link = h("a", { href: blobAddress, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}

async function download(format: string, target: string): Promise<void> {
  const name = `relata-${format}.${ENDINGS[format] ?? format}`;
  if (!token()) return save(target, name); // the browser writes it to disk as it comes
  const blob = URL.createObjectURL(await (await request("GET", target)).blob());
  save(blob, name);
  setTimeout(() => URL.revokeObjectURL(blob), 60_000);
}

export function openExport(store: Store): void {
  const list = h("ul", { class: "plain formats" }, loading());
  const used = filtersInUse(store.now.filters);
  dialog("Export", h("p", {}, used > 0 ? `What the ${count(used, "filter")} in use select${used === 1 ? "s" : ""}, from the whole graph.` : "The whole graph. Filters in use would limit it."), list);
  formats()
    .then((all) => list.replaceChildren(...all.map((format) => {
      const [name, use] = TOLD[format] ?? [format, ""];
      const target = address("/v1/export", { format, ...(format === "articles" ? {} : filterParameters(store.now.filters)) });
      const run = (): void => void download(format, target).catch((error: unknown) => notice(messageOf(error), "bad"));
      return h("li", {}, h("span", {}, h("strong", {}, name), h("span", { class: "hint" }, ` ${use}`)), button("Download", run, { "data-format": format, "aria-label": `Download ${name}` }));
    })))
    .catch((error: unknown) => list.replaceChildren(failed(error)));
}
