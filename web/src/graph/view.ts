// The drawing: two canvases, one of edges and one of nodes over it, drawn when something has changed.
import { h } from "../dom";
import { Camera, type Point } from "./camera";
import { curveOf, distanceTo, nodeScale } from "./curve";
import { drawEdgeLabels, drawEdges } from "./draw_edges";
import { drawNodes } from "./draw_nodes";
import { EdgeLayer } from "./edge_layer";
import { Layout } from "./layout";
import type { Content, EdgeData, Model } from "./model";
import { theme, type Theme } from "./palette";
import { makeScene, type Look, type Scene, type SceneEdge, type SceneNode } from "./scene";

const FEW_EDGES = 60; // with so many, each is labelled

export class GraphView {
  readonly camera = new Camera(() => this.draw());
  readonly element = h("div", { class: "drawing" });
  private readonly edgeLayer = new EdgeLayer(this.camera);
  private readonly canvas = h("canvas", { class: "layer", "aria-hidden": "true" });
  private readonly layout: Layout;
  private scene: Scene = { nodes: [], edges: [], node: new Map(), edge: new Map() };
  private colors: Theme = theme();
  private waiting = 0;
  private fitWhenDone = false;
  private held: SceneNode | null = null; // being dragged
  hovered = "";
  selected = "";

  constructor(readonly model: Model) {
    this.element.append(this.edgeLayer.element, this.canvas);
    this.layout = new Layout(model.graph, (done) => this.moved(done));
    new ResizeObserver(() => this.resize()).observe(this.element);
  }

  get nodes(): SceneNode[] {
    return this.scene.nodes;
  }
  get edges(): SceneEdge[] {
    return this.scene.edges;
  }

  // `refit`: the picture is another one, so that the camera has to find it.
  show(content: Content, look: Look, refit: boolean): void {
    const fresh = this.model.set(content);
    this.setLook(look);
    if (fresh) {
      this.fitWhenDone = refit || this.fitWhenDone;
      this.layout.start();
    } else if (refit) this.fit();
  }
  setLook(look: Look): void {
    this.scene = makeScene(this.model.graph, look);
    this.redraw();
  }
  setMarks(selected: string): void {
    this.selected = selected;
    this.draw();
  }
  arrange(): void {
    this.model.forgetPlaces();
    this.fitWhenDone = true;
    this.layout.start();
  }
  recolor(): void {
    this.colors = theme();
    this.redraw();
  }
  fit(): void {
    this.camera.fly(this.camera.around(this.model.graph.mapNodes((_, data) => data)));
  }
  // Brings the nodes into view when they are not.
  reveal(ids: string[]): void {
    const points = ids.flatMap((id) => (this.model.graph.hasNode(id) ? [this.model.graph.getNodeAttributes(id)] : []));
    const inside = points.every((point) => {
      const p = this.camera.toScreen(point);
      return p.x > 30 && p.y > 30 && p.x < this.camera.width - 30 && p.y < this.camera.height - 30;
    });
    if (!inside) this.camera.fly(this.camera.around(points, Math.max(this.camera.scale, 0.7)));
  }
  nodeAt(p: Point): SceneNode | null {
    const scale = nodeScale(this.camera);
    let best: SceneNode | null = null, closest = Infinity;
    for (const node of this.scene.nodes) {
      const at = this.camera.toScreen(node.data);
      const distance = Math.hypot(at.x - p.x, at.y - p.y) - Math.max(5, node.radius * scale);
      if (distance < 3 && distance < closest) [best, closest] = [node, distance];
    }
    return best;
  }
  edgeAt(p: Point): SceneEdge | null {
    let best: SceneEdge | null = null, closest = 6;
    for (const edge of this.scene.edges) {
      const a = this.camera.toScreen(edge.source.data), b = this.camera.toScreen(edge.target.data);
      if (Math.min(a.x, b.x) - 40 > p.x || Math.max(a.x, b.x) + 40 < p.x || Math.min(a.y, b.y) - 40 > p.y || Math.max(a.y, b.y) + 40 < p.y) continue;
      const curve = curveOf(edge, this.camera);
      const distance = curve ? distanceTo(curve, p) : Infinity;
      if (distance < closest) [best, closest] = [edge, distance];
    }
    return best;
  }
  hover(key: string): void {
    if (key === this.hovered) return;
    this.hovered = key;
    this.draw();
  }
  hold(node: SceneNode): void {
    this.held = node;
    this.redraw();
  }
  drag(to: Point): void {
    if (!this.held) return;
    Object.assign(this.held.data, this.camera.toWorld(to), { placed: true });
    this.draw();
  }
  drop(): void {
    this.held = null;
    this.redraw();
  }

  draw(): void {
    if (!this.waiting) this.waiting = requestAnimationFrame(() => this.frame());
  }

  private redraw(): void {
    this.edgeLayer.touch();
    this.draw();
  }
  private moved(done: boolean): void {
    this.redraw();
    if (this.fitWhenDone) {
      const frame = this.camera.around(this.model.graph.mapNodes((_, data) => data));
      if (frame) Object.assign(this.camera, frame);
    }
    if (done) {
      this.fitWhenDone = false;
      this.element.dispatchEvent(new CustomEvent("settled"));
    }
  }
  private resize(): void {
    this.camera.width = Math.max(1, this.element.clientWidth);
    this.camera.height = Math.max(1, this.element.clientHeight);
    this.redraw();
    if (this.scene.nodes.length > 0 && !this.layout.running) this.fit();
  }

  // Edges that need not wait for the picture of all: of the node under the pointer, and what is selected.
  private lively(): SceneEdge[] {
    const touched = [this.held?.id, this.hovered, this.selected].filter((id): id is string => Boolean(id));
    const ends = touched.filter((id) => this.scene.node.has(id));
    const keys = new Set([...ends.flatMap((id) => this.model.graph.edges(id)), ...touched]);
    return [...keys].flatMap((key) => this.scene.edge.get(key) ?? []);
  }
  private frame(): void {
    this.waiting = 0;
    const { camera, canvas, scene } = this;
    const skipped = this.held ? new Set(this.model.graph.edges(this.held.id)) : null;
    const more = this.edgeLayer.frame(scene.edges, skipped);
    const ratio = window.devicePixelRatio || 1;
    const width = Math.round(camera.width * ratio), height = Math.round(camera.height * ratio);
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext("2d")!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, camera.width, camera.height);
    const lively = this.lively();
    drawEdges(context, lively, camera, true);
    const labelled = scene.edges.length <= FEW_EDGES ? scene.edges : lively.length <= FEW_EDGES ? lively : [];
    if (camera.scale > 0.45) drawEdgeLabels(context, labelled, camera, this.colors);
    drawNodes(context, scene.nodes, camera, this.colors, { hovered: this.hovered, selected: this.selected });
    if (more) this.draw();
  }
}

export const shownAlways = (_: EdgeData): boolean => true;
