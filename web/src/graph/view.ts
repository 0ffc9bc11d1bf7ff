// The drawing, made when something has changed: a picture of all edges, over it the few edges that matter now, a picture of all nodes,
// and over that what is marked. A large graph's pictures are not drawn anew while the camera moves, but moved along.
import { h } from "../dom";
import { Camera, type Point } from "./camera";
import { curveOf, distanceTo, nodeScale } from "./curve";
import { drawEdgeLabels, drawEdges } from "./draw_edges";
import { drawMarked, drawNodes } from "./draw_nodes";
import { EdgeLayer } from "./edge_layer";
import { Layout } from "./layout";
import type { Content, EdgeData, Model } from "./model";
import { theme, type Theme } from "./palette";
import { Picture } from "./picture";
import { makeScene, type Look, type Scene, type SceneEdge, type SceneNode } from "./scene";

const FEW_EDGES = 60; // with so many, each is labelled
const LARGE = 800; // nodes: more are not drawn for every frame
const REST_MS = 120; // after the last movement

export class GraphView {
  readonly camera = new Camera(() => this.draw());
  readonly element = h("div", { class: "drawing" });
  private readonly edgeLayer = new EdgeLayer(this.camera);
  private readonly lines = new Picture(this.camera); // of what matters now
  private readonly discs = new Picture(this.camera); // all nodes
  private readonly marks = new Picture(this.camera); // of nodes that matter now, in a large graph
  private discsStale = true;
  private seen = ""; // where the camera was in the last frame
  private resting = 0; // timer
  private readonly layout: Layout;
  private scene: Scene = { nodes: [], edges: [], node: new Map(), edge: new Map() };
  private colors: Theme = theme();
  private waiting = 0;
  private fitWhenDone = false;
  private held: SceneNode | null = null; // being dragged
  hovered = "";
  selected = "";

  constructor(readonly model: Model) {
    this.element.append(this.edgeLayer.element, this.lines.element, this.discs.element, this.marks.element);
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
    this.discsStale = true;
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
    const { scene } = this;
    const large = scene.nodes.length > LARGE;
    const moving = large && this.moves();
    const skipped = this.held ? new Set(this.model.graph.edges(this.held.id)) : null;
    const more = this.edgeLayer.frame(scene.edges, skipped, !moving);
    this.drawLines();
    if (!large || this.discsStale || (moving ? !this.discs.near : !this.discs.exact)) this.drawDiscs(large);
    this.discs.place();
    this.drawMarks(large);
    if (more) this.draw();
  }
  // Whether the camera has moved a moment ago; if so, a frame follows when it rests.
  private moves(): boolean {
    const now = `${this.camera.x} ${this.camera.y} ${this.camera.scale}`;
    if (now !== this.seen) {
      this.seen = now;
      clearTimeout(this.resting);
      this.resting = window.setTimeout(() => {
        this.resting = 0;
        this.draw();
      }, REST_MS);
    }
    return this.resting !== 0;
  }
  private drawLines(): void {
    const lively = this.lively();
    const { scene, camera } = this;
    const labelled = camera.scale <= 0.45 ? [] : scene.edges.length <= FEW_EDGES ? scene.edges : lively.length <= FEW_EDGES ? lively : [];
    this.lines.element.hidden = lively.length + labelled.length === 0; // an empty canvas costs as much as a full one
    if (this.lines.element.hidden) return;
    const context = this.lines.begin();
    drawEdges(context, lively, camera, lively.length <= FEW_EDGES);
    drawEdgeLabels(context, labelled, scene.nodes.length <= LARGE ? scene.nodes : [], camera, this.colors);
  }
  private drawDiscs(large: boolean): void {
    const nodes = this.held && large ? this.scene.nodes.filter((node) => node !== this.held) : this.scene.nodes;
    drawNodes(this.discs.begin(), nodes, this.camera, this.colors, large ? { hovered: "", selected: "" } : { hovered: this.hovered, selected: this.selected });
    this.discsStale = false;
  }
  private drawMarks(large: boolean): void {
    const ids = new Set([this.selected, this.hovered, this.held?.id ?? ""]);
    const marked = large ? [...ids].flatMap((id) => this.scene.node.get(id) ?? []) : [];
    this.marks.element.hidden = marked.length === 0;
    if (marked.length > 0) drawMarked(this.marks.begin(), marked, this.camera, this.colors, { hovered: this.hovered, selected: this.selected });
  }
}

export const shownAlways = (_: EdgeData): boolean => true;
