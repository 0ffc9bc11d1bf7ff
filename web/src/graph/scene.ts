// The graph as flat lists to draw: made anew when the graph or what is emphasized changes, not for every frame.
import { FAMILIES, STATUS_COLORS, familyOf, typeColor } from "./palette";
import { nodeRadius, type EdgeData, type Graph, type NodeData } from "./model";

export interface SceneNode {
  id: string;
  data: NodeData; // x and y are read from here: the layout moves them
  radius: number;
  color: string;
  faded: boolean;
  expanded: boolean;
  label: string;
}

export interface SceneEdge {
  key: string;
  data: EdgeData;
  source: SceneNode;
  target: SceneNode;
  color: string;
  width: number;
  alpha: number;
  dashed: boolean;
  faded: boolean;
}

export interface Scene {
  nodes: SceneNode[]; // most important first
  edges: SceneEdge[]; // those of one look beside each other
  node: Map<string, SceneNode>;
  edge: Map<string, SceneEdge>;
}

export interface Look {
  emphasis: Set<string> | null; // ids of nodes and keys of edges; the rest fades
  shown: (edge: EdgeData) => boolean; // the time slider
  expanded: Set<string>;
}

const ORDER = new Map(FAMILIES.map((family, i) => [family.name, i]));

function sceneEdge(data: EdgeData, source: SceneNode, target: SceneNode, look: Look): SceneEdge {
  const faded = look.emphasis !== null && !look.emphasis.has(data.key);
  const alpha = faded ? 0.1 : data.actual ? 0.9 : 0.36;
  return {
    key: data.key,
    data,
    source,
    target,
    color: data.status ? STATUS_COLORS[data.status] : familyOf(data.type).color,
    width: Math.min(4, 1.2 + Math.log2(data.weight) * 0.5),
    alpha,
    dashed: data.contested || data.denied,
    faded,
  };
}

export function makeScene(graph: Graph, look: Look): Scene {
  const scene: Scene = { nodes: [], edges: [], node: new Map(), edge: new Map() };
  graph.forEachNode((id, data) => {
    const node: SceneNode = {
      id,
      data,
      radius: nodeRadius(data.entity, graph.degree(id)),
      color: data.status ? STATUS_COLORS[data.status] : typeColor(data.entity.type),
      faded: look.emphasis !== null && !look.emphasis.has(id),
      expanded: look.expanded.has(id),
      label: data.entity.name.length > 32 ? `${data.entity.name.slice(0, 30)}…` : data.entity.name,
    };
    scene.nodes.push(node);
    scene.node.set(id, node);
  });
  const touched = new Set<string>();
  graph.forEachEdge((key, data, source, target) => {
    if (!look.shown(data)) return;
    const edge = sceneEdge(data, scene.node.get(source)!, scene.node.get(target)!, look);
    scene.edges.push(edge);
    scene.edge.set(key, edge);
    touched.add(source).add(target);
  });
  for (const node of scene.nodes) if (!touched.has(node.id) && !look.expanded.has(node.id) && graph.degree(node.id) > 0) node.faded = true;
  scene.nodes.sort((a, b) => Number(a.faded) - Number(b.faded) || Number(b.expanded) - Number(a.expanded) || b.radius - a.radius || (a.id < b.id ? -1 : 1));
  const rank = (edge: SceneEdge): string => `${edge.faded ? 0 : 1}${edge.alpha}${ORDER.get(familyOf(edge.data.type).name) ?? 9}${edge.color}${edge.dashed}${edge.width.toFixed(1)}`;
  const ranks = new Map(scene.edges.map((edge) => [edge, rank(edge)]));
  scene.edges.sort((a, b) => (ranks.get(a)! < ranks.get(b)! ? -1 : ranks.get(a)! > ranks.get(b)! ? 1 : 0));
  return scene;
}

export const sameLook = (a: SceneEdge, b: SceneEdge): boolean => a.color === b.color && a.alpha === b.alpha && a.dashed === b.dashed && Math.abs(a.width - b.width) < 0.1;
