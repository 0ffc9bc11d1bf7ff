// Reads an export from standard input with a JavaScript library, writes what it found as JSON: read.mjs TOOL FORMAT
import { readFileSync, writeSync } from 'node:fs';
import cytoscape from 'cytoscape';
import graphology from 'graphology';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const [tool, format] = process.argv.slice(2);
const text = readFileSync(0, 'utf8');

function byCytoscape() {
  const graph = cytoscape({ headless: true, elements: JSON.parse(text).elements });
  return {
    nodes: graph.nodes().map((node) => [node.id(), node.data()]),
    edges: graph.edges().map((edge) => [edge.id(), edge.source().id(), edge.target().id(), edge.data()]),
  };
}

function byGraphology() {
  let graph;
  if (format === 'nodelink') {
    const told = JSON.parse(text);
    graph = new graphology.MultiDirectedGraph();
    graph.import({
      attributes: told.graph,
      options: { type: 'directed', multi: true, allowSelfLoops: true },
      nodes: told.nodes.map(({ id, ...attributes }) => ({ key: id, attributes })),
      edges: told.links.map(({ key, source, target, ...attributes }) => ({ key, source, target, attributes })),
    });
  } else {
    const { DOMParser } = require('@xmldom/xmldom');
    const { parse } = require(`graphology-${format}`);
    globalThis.DOMParser = DOMParser;
    graph = parse(graphology.MultiDirectedGraph, text, { addMissingNodes: false });
  }
  return {
    nodes: graph.mapNodes((id, data) => [id, data]),
    edges: graph.mapEdges((id, data, source, target) => [id, source, target, data]),
  };
}

const told = tool === 'cytoscape' ? byCytoscape() : byGraphology();
let out = Buffer.from(JSON.stringify(told));
while (out.length) out = out.subarray(writeSync(1, out));
