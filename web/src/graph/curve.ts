// The line of an edge on the screen: straight, or a quadratic curve beside others of the same pair.
import type { Camera, Point } from "./camera";
import type { SceneEdge } from "./scene";

export interface Curve {
  from: Point;
  to: Point; // where the arrow's point is
  control: Point | null;
  angle: number; // of the arrow
}

const BEND = 17;

export function curveOf(edge: SceneEdge, camera: Camera): Curve | null {
  const a = camera.toScreen(edge.source.data);
  const b = camera.toScreen(edge.target.data);
  const dx = b.x - a.x, dy = b.y - a.y;
  const length = Math.hypot(dx, dy);
  if (length < 2) return null;
  const bend = edge.data.bend === 0 ? 0 : edge.data.bend * Math.min(BEND * nodeScale(camera), length * 0.2) * 2;
  // `bend` counts sides as seen from the source, so that the two directions of a pair part.
  const control = bend === 0 ? null : { x: (a.x + b.x) / 2 - (dy / length) * bend, y: (a.y + b.y) / 2 + (dx / length) * bend };
  const tail = control ?? a;
  const reach = Math.hypot(b.x - tail.x, b.y - tail.y) || 1;
  const gap = edge.target.radius * nodeScale(camera) + 2;
  const to = { x: b.x - ((b.x - tail.x) / reach) * gap, y: b.y - ((b.y - tail.y) / reach) * gap };
  return { from: a, to, control, angle: Math.atan2(b.y - tail.y, b.x - tail.x) };
}

// Nodes grow slower than the distances between them, so that a far view is not blots and a near one not balloons.
export const nodeScale = (camera: Camera): number => Math.min(1.7, Math.max(0.22, camera.scale ** 0.6));

export function pointAt(curve: Curve, t: number): Point {
  const { from, to, control } = curve;
  if (!control) return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
  const s = 1 - t;
  return { x: s * s * from.x + 2 * s * t * control.x + t * t * to.x, y: s * s * from.y + 2 * s * t * control.y + t * t * to.y };
}

function distanceToSegment(p: Point, a: Point, b: Point): number {
  const dx = b.x - a.x, dy = b.y - a.y;
  const t = Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

export function distanceTo(curve: Curve, p: Point): number {
  if (!curve.control) return distanceToSegment(p, curve.from, curve.to);
  let best = Infinity;
  for (let i = 0, last = curve.from; i < 8; ++i) {
    const next = pointAt(curve, (i + 1) / 8);
    best = Math.min(best, distanceToSegment(p, last, next));
    last = next;
  }
  return best;
}
