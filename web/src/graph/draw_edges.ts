// Lines and arrows of edges onto a canvas, a part at a time.
import type { Camera } from "./camera";
import { curveOf, nodeScale, pointAt, type Curve } from "./curve";
import type { Theme } from "./palette";
import { sameLook, type SceneEdge } from "./scene";
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

// The relation's name along the line, never upside down.
export function drawEdgeLabels(context: Context, edges: SceneEdge[], camera: Camera, theme: Theme): void {
  context.font = "11px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const edge of edges) {
    if (outside(edge, camera)) continue;
    const curve = curveOf(edge, camera);
    if (!curve) continue;
    const text = relationName(edge.data.type);
    const before = pointAt(curve, 0.45), after = pointAt(curve, 0.55), middle = pointAt(curve, 0.5);
    const length = Math.hypot(curve.to.x - curve.from.x, curve.to.y - curve.from.y);
    if (length < context.measureText(text).width + 30) continue;
    const angle = Math.atan2(after.y - before.y, after.x - before.x);
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
  }
}
