// Finds places for nodes that have none, in a worker; the others stay where they are.
import type { Graph } from "./model";
import { nodeRadius } from "./model";

export interface LayoutAsked {
  nodes: Float32Array; // ten numbers a node, as graphology-layout-forceatlas2 has them
  edges: Float32Array; // three numbers an edge
  rounds: number;
  rest: boolean; // few enough to keep every two from overlapping
}

const PER_NODE = 10;

function matrices(graph: Graph): { ids: string[]; nodes: Float32Array; edges: Float32Array } {
  const ids = graph.nodes();
  const at = new Map(ids.map((id, i) => [id, i * PER_NODE]));
  const nodes = new Float32Array(ids.length * PER_NODE);
  ids.forEach((id, i) => {
    const data = graph.getNodeAttributes(id);
    const degree = graph.degree(id);
    nodes.set([data.x, data.y, 0, 0, 0, 0, 1 + degree, 1, nodeRadius(data.entity, degree) * 1.6 + 6, data.placed ? 1 : 0], i * PER_NODE);
  });
  const edges = new Float32Array(graph.size * 3);
  let j = 0;
  graph.forEachEdge((_, data, source, target) => {
    edges.set([at.get(source)!, at.get(target)!, Math.min(3, 1 + Math.log2(data.weight) / 4)], j);
    j += 3;
  });
  return { ids, nodes, edges };
}

export class Layout {
  private worker: Worker | null = null;

  constructor(
    private readonly graph: Graph,
    private readonly moved: (done: boolean) => void,
  ) {}

  get running(): boolean {
    return this.worker !== null;
  }

  start(): void {
    this.stop();
    const { ids, nodes, edges } = matrices(this.graph);
    if (ids.length === 0) return;
    const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
    this.worker = worker;
    const held = ids.some((id) => this.graph.getNodeAttribute(id, "placed"));
    const rounds = ids.length > 2000 ? 120 : ids.length > 400 ? 250 : held ? 250 : 500;
    worker.onmessage = (event: MessageEvent<{ nodes: Float32Array; done: boolean }>) => {
      if (worker === this.worker) this.take(ids, event.data.nodes, event.data.done);
    };
    const asked: LayoutAsked = { nodes, edges, rounds, rest: ids.length <= 600 };
    worker.postMessage(asked, [nodes.buffer, edges.buffer]);
  }

  stop(): void {
    this.worker?.terminate();
    this.worker = null;
  }

  private take(ids: string[], nodes: Float32Array, done: boolean): void {
    ids.forEach((id, i) => {
      if (!this.graph.hasNode(id)) return;
      const data = this.graph.getNodeAttributes(id);
      if (!data.placed) {
        data.x = nodes[i * PER_NODE]!;
        data.y = nodes[i * PER_NODE + 1]!;
      }
      if (done) data.placed = true;
    });
    if (done) this.stop();
    this.moved(done);
  }
}
