// The part of the graph that is shown. Relations of one type between the same two entities are one edge, whatever their dates.
import { MultiDirectedGraph } from "graphology";
import type { Entity, Relation } from "../api/types";
import { notActual } from "../words";
import type { Status } from "./palette";

export interface NodeData {
  entity: Entity;
  x: number;
  y: number;
  placed: boolean; // stays where it is when the graph grows
  status?: Status | undefined;
}

export interface EdgeData {
  key: string;
  type: string;
  relations: Relation[];
  contested: boolean;
  denied: boolean; // nobody asserts it
  actual: boolean;
  weight: number; // statements
  bend: number; // among edges of the same pair: 0 straight, else to one side
  status?: Status | undefined;
}

export interface Content {
  entities: Entity[];
  relations: Relation[];
  status?: Map<string, Status>; // of relations and entities, by id
}

export const edgeKey = (relation: Relation): string => `${relation.source}.${relation.type}.${relation.target}`;

export type Graph = MultiDirectedGraph<NodeData, EdgeData>;

// Added and removed relations on one edge make a changed one.
function joined(statuses: (Status | undefined)[]): Status | undefined {
  const distinct = new Set(statuses);
  return distinct.size === 1 ? statuses[0] : distinct.size === 0 ? undefined : "changed";
}

function summary(key: string, relations: Relation[], status: Map<string, Status> | undefined): EdgeData {
  const asserted = relations.reduce((sum, one) => sum + one.asserted, 0);
  const denied = relations.reduce((sum, one) => sum + one.denied, 0);
  return {
    key,
    type: relations[0]!.type,
    relations,
    contested: relations.some((one) => one.contested) || (asserted > 0 && denied > 0),
    denied: asserted === 0,
    actual: relations.some((one) => !notActual(one)),
    weight: asserted + denied,
    bend: 0,
    status: status && joined(relations.map((one) => status.get(one.id))),
  };
}

export class Model {
  readonly graph: Graph = new MultiDirectedGraph<NodeData, EdgeData>();
  private readonly places = new Map<string, { x: number; y: number }>(); // also of nodes that filters have hidden

  // Makes the graph hold exactly this. Returns whether a node came that has no place yet.
  set(content: Content): boolean {
    this.keepPlaces();
    const groups = new Map<string, Relation[]>();
    const seen = new Set<string>();
    for (const relation of content.relations) {
      if (seen.has(relation.id) || relation.source === relation.target) continue;
      seen.add(relation.id);
      const key = edgeKey(relation);
      const group = groups.get(key);
      if (group) group.push(relation);
      else groups.set(key, [relation]);
    }
    const { graph } = this;
    graph.clear();
    const entities = new Map(content.entities.map((entity) => [entity.id, entity]));
    for (const entity of entities.values()) {
      const place = this.places.get(entity.id);
      graph.addNode(entity.id, { entity, x: place?.x ?? 0, y: place?.y ?? 0, placed: place !== undefined, status: content.status?.get(entity.id) });
    }
    for (const [key, relations] of groups) {
      const first = relations[0]!;
      if (graph.hasNode(first.source) && graph.hasNode(first.target)) graph.addDirectedEdgeWithKey(key, first.source, first.target, summary(key, relations, content.status));
    }
    this.bend();
    return this.placeNew();
  }

  keepPlaces(): void {
    this.graph.forEachNode((id, data) => {
      if (data.placed) this.places.set(id, { x: data.x, y: data.y });
    });
  }
  forgetPlaces(): void {
    this.places.clear();
    this.graph.updateEachNodeAttributes((_, data) => ({ ...data, placed: false }));
  }

  // Edges of one pair fan out on both sides of the straight line.
  private bend(): void {
    const pairs = new Map<string, string[]>();
    this.graph.forEachEdge((edge, _, source, target) => {
      const pair = source < target ? `${source} ${target}` : `${target} ${source}`;
      const edges = pairs.get(pair);
      if (edges) edges.push(edge);
      else pairs.set(pair, [edge]);
    });
    for (const edges of pairs.values()) {
      if (edges.length === 1) continue;
      const low = this.graph.source(edges[0]!) < this.graph.target(edges[0]!) ? this.graph.source(edges[0]!) : this.graph.target(edges[0]!);
      edges.sort().forEach((edge, i) => {
        const side = i - (edges.length - 1) / 2;
        this.graph.setEdgeAttribute(edge, "bend", this.graph.source(edge) === low ? side : -side);
      });
    }
  }

  // New nodes begin around the node they hang on, the others on a sunflower's spiral; the layout does the rest. Nothing is drawn by
  // chance, so that the same steps give the same picture.
  private placeNew(): boolean {
    const turn = Math.PI * (3 - Math.sqrt(5));
    const around = new Map<string, number>();
    let fresh = 0;
    const byDegree = this.graph.nodes().sort((a, b) => this.graph.degree(b) - this.graph.degree(a) || (a < b ? -1 : 1));
    const settled = new Set(byDegree.filter((id) => this.graph.getNodeAttribute(id, "placed")));
    for (const id of byDegree) {
      if (settled.has(id)) continue;
      ++fresh;
      const anchor = this.graph.neighbors(id).find((other) => settled.has(other));
      const turns = (around.get(anchor ?? "") ?? 0) + 1;
      around.set(anchor ?? "", turns);
      const from = anchor ? this.graph.getNodeAttributes(anchor) : { x: 0, y: 0 };
      const radius = (anchor ? 60 : 0) + 14 * Math.sqrt(turns);
      this.graph.mergeNodeAttributes(id, { x: from.x + radius * Math.cos(turns * turn), y: from.y + radius * Math.sin(turns * turn) });
      settled.add(id);
    }
    return fresh > 0;
  }
}

export const nodeRadius = (entity: Entity, degree: number): number => 5 + Math.min(14, 1.9 * Math.sqrt(Math.max(degree, Math.log2(1 + entity.statements))));
