// ForceAtlas2 (Jacomy, Venturini, Heymann, Bastian 2014) in a thread of its own. Nodes that have their place are held.
import iterate from "graphology-layout-forceatlas2/iterate.js";
import type { LayoutAsked } from "./layout";

const SETTINGS = {
  linLogMode: false,
  outboundAttractionDistribution: false,
  adjustSizes: false,
  edgeWeightInfluence: 1,
  scalingRatio: 90,
  strongGravityMode: false,
  gravity: 4,
  slowDown: 2,
  barnesHutTheta: 0.6,
};

function run({ nodes, edges, rounds, rest }: LayoutAsked): void {
  const settings = { ...SETTINGS, adjustSizes: rest, barnesHutOptimize: !rest && nodes.length / 10 > 600 };
  let told = performance.now();
  for (let round = 1; round <= rounds; ++round) {
    iterate(settings, nodes, edges);
    const now = performance.now();
    if (round < rounds && now - told < 60) continue;
    told = now;
    self.postMessage({ nodes: nodes.slice(), done: round === rounds });
  }
}

self.onmessage = (event: MessageEvent<LayoutAsked>) => run(event.data);
