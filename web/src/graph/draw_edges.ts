// Lines and arrows of edges onto a canvas, a part at a time.
import type { Camera, Point } from "./camera";
import { curveOf, nodeScale, pointAt, type Curve } from "./curve";
import type { Theme } from "./palette";
import { sameLook, type SceneEdge, type SceneNode } from "./scene";
import { labelWidth } from "./sprites";
import { relationName } from "../words";

type Context = CanvasRenderingContext2D;

// Long paths cost a rasterizer more than their parts.
const PATH_LENGTH = 60;
const ARROW_FROM = 16; // pixels: shorter lines have no room for one

function outside(edge: SceneEdge, camera: Camera): boolean {
  const a = camera.toScreen(edge.source.data), b = camera.toScreen(edge.target.data);
  const margin = 60;
  return Math.max(a.x, b.x) < -margin || Math.min(a.x, b.x) > camera.width + margin || Math.max(a.y, b.y) < -margin || Math.min(a.y, b.y) > camera.height + margin;
}

function trace(context: Context, curve: Curve, arrow: number): void {
  // The line ends inside the arrow, so that its blunt end does not show at the point.
  const x = curve.to.x - Math.cos(curve.angle) * arrow * 0.8, y = curve.to.y - Math.sin(curve.angle) * arrow * 0.8;
  context.moveTo(curve.from.x, curve.from.y);
  if (curve.control) context.quadraticCurveTo(curve.control.x, curve.control.y, x, y);
  else context.lineTo(x, y);
}

function arrowHead(context: Context, { to, angle }: Curve, size: number): void {
  const cos = Math.cos(angle), sin = Math.sin(angle), half = size * 0.42;
  context.moveTo(to.x, to.y);
  context.lineTo(to.x - cos * size - sin * half, to.y - sin * size + cos * half);
  context.lineTo(to.x - cos * size + sin * half, to.y - sin * size - cos * half);
  context.closePath();
}

const arrowSize = (edge: SceneEdge, camera: Camera): number => (6 + edge.width * 1.6) * Math.min(1.2, Math.max(0.5, nodeScale(camera)));

// Draws edges[from...] of one look; returns how many.
export function drawRun(context: Context, edges: SceneEdge[], from: number, camera: Camera, emphasized = false): number {
  const first = edges[from]!;
  const width = (emphasized ? first.width + 1.5 : first.width) * Math.min(1, Math.max(0.6, nodeScale(camera) * 1.2));
  const seen: [Curve, number][] = [];
  let i = from;
  for (; i < edges.length && i - from < PATH_LENGTH && sameLook(first, edges[i]!); ++i) {
    const edge = edges[i]!;
    if (outside(edge, camera)) continue;
    const curve = curveOf(edge, camera);
    if (curve) seen.push([curve, Math.hypot(curve.to.x - curve.from.x, curve.to.y - curve.from.y) > ARROW_FROM ? arrowSize(edge, camera) : 0]);
  }
  context.globalAlpha = emphasized ? Math.max(0.85, first.alpha) : first.alpha;
  context.strokeStyle = context.fillStyle = first.color;
  context.lineWidth = width;
  context.setLineDash(first.dashed ? [6, 4] : []);
  context.beginPath();
  for (const [curve, arrow] of seen) trace(context, curve, arrow);
  context.stroke();
  context.beginPath();
  for (const [curve, arrow] of seen) if (arrow > 0) arrowHead(context, curve, arrow);
  context.fill();
  return i - from;
}

export function drawEdges(context: Context, edges: SceneEdge[], camera: Camera, emphasized = false): void {
  for (let i = 0; i < edges.length; ) i += drawRun(context, edges, i, camera, emphasized);
  context.globalAlpha = 1;
  context.setLineDash([]);
}

// Where words may not stand: discs, names, and words that stand already.
class Taken {
  private readonly boxes: [number, number, number, number][] = []; // left, top, right, bottom
  add(left: number, top: number, right: number, bottom: number): void {
    this.boxes.push([left, top, right, bottom]);
  }
  // Of a line of text around a point, at an angle: looked at in short pieces.
  pieces(middle: Point, angle: number, width: number): Point[] {
    const count = Math.max(2, Math.ceil(width / 10));
    return Array.from({ length: count + 1 }, (_, i) => ({ x: middle.x + Math.cos(angle) * width * (i / count - 0.5), y: middle.y + Math.sin(angle) * width * (i / count - 0.5) }));
  }
  free(pieces: Point[]): boolean {
    return pieces.every(({ x, y }) => this.boxes.every(([left, top, right, bottom]) => x < left - 3 || x > right + 3 || y < top - 5 || y > bottom + 5));
  }
}

function takenBy(context: Context, nodes: SceneNode[], camera: Camera): Taken {
  const taken = new Taken();
  for (const node of nodes) {
    const p = camera.toScreen(node.data), radius = node.radius * nodeScale(camera), half = labelWidth(context, node.label) / 2;
    taken.add(p.x - radius, p.y - radius, p.x + radius, p.y + radius);
    taken.add(p.x - half, p.y + radius + 4, p.x + half, p.y + radius + 16);
  }
  return taken;
}

const PLACES = [0.5, 0.42, 0.58, 0.34, 0.66]; // along the line

// The relation's name along the line, never upside down, and where there is room for it.
export function drawEdgeLabels(context: Context, edges: SceneEdge[], nodes: SceneNode[], camera: Camera, theme: Theme): void {
  const taken = takenBy(context, nodes, camera);
  context.font = "11px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const edge of edges) {
    if (outside(edge, camera)) continue;
    const curve = curveOf(edge, camera);
    if (!curve) continue;
    const text = relationName(edge.data.type), width = context.measureText(text).width;
    if (Math.hypot(curve.to.x - curve.from.x, curve.to.y - curve.from.y) < width + 30) continue;
    for (const place of PLACES) {
      const before = pointAt(curve, place - 0.05), after = pointAt(curve, place + 0.05), middle = pointAt(curve, place);
      const angle = Math.atan2(after.y - before.y, after.x - before.x);
      const pieces = taken.pieces(middle, angle, width);
      if (!taken.free(pieces)) continue;
      for (const { x, y } of pieces) taken.add(x - 2, y - 2, x + 2, y + 2);
      context.save();
      context.translate(middle.x, middle.y);
      context.rotate(Math.abs(angle) > Math.PI / 2 ? angle + Math.PI : angle);
      context.globalAlpha = edge.faded ? 0.2 : 1;
      context.lineWidth = 4;
      context.strokeStyle = theme.halo;
      context.strokeText(text, 0, 0);
      context.fillStyle = theme.muted;
      context.fillText(text, 0, 0);
      context.restore();
      break;
    }
  }
}
