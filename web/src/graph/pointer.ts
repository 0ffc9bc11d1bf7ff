// Mouse, fingers and keys on the drawing.
import type { Point } from "./camera";
import type { SceneNode } from "./scene";
import type { GraphView } from "./view";

export interface Actions {
  select(key: string): void; // "" for nothing
  expand(id: string): void;
}

const FAR = 4; // pixels: less is a click with a trembling hand

class Pointers {
  private readonly down = new Map<number, Point>();
  private start: Point = { x: 0, y: 0 };
  private held: SceneNode | null = null;
  private dragged = false;

  constructor(
    private readonly view: GraphView,
    private readonly actions: Actions,
  ) {
    const { element } = view;
    element.addEventListener("pointerdown", (event) => this.press(event));
    element.addEventListener("pointermove", (event) => this.move(event));
    element.addEventListener("pointerup", (event) => this.release(event, true));
    element.addEventListener("pointercancel", (event) => this.release(event, false));
    element.addEventListener("pointerleave", () => view.hover(""));
    element.addEventListener("dblclick", (event) => this.open(this.at(event)));
    element.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  private at(event: MouseEvent): Point {
    const box = this.view.element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
  private press(event: PointerEvent): void {
    if (event.button !== 0) return;
    const p = this.at(event);
    this.view.element.setPointerCapture(event.pointerId);
    this.down.set(event.pointerId, p);
    this.start = p;
    this.dragged = this.down.size > 1;
    this.held = this.down.size === 1 ? this.view.nodeAt(p) : null;
  }
  private move(event: PointerEvent): void {
    const p = this.at(event);
    const last = this.down.get(event.pointerId);
    if (!last) return this.view.hover((this.view.nodeAt(p)?.id ?? this.view.edgeAt(p)?.key) || "");
    if (this.down.size === 2) this.pinch(event.pointerId, last, p);
    else this.pull(last, p);
    this.down.set(event.pointerId, p);
  }
  private pull(last: Point, p: Point): void {
    if (!this.dragged && Math.hypot(p.x - this.start.x, p.y - this.start.y) < FAR) return;
    if (!this.dragged && this.held) this.view.hold(this.held);
    this.dragged = true;
    if (this.held) this.view.drag(p);
    else this.view.camera.pan(p.x - last.x, p.y - last.y);
  }
  private pinch(id: number, last: Point, p: Point): void {
    const other = [...this.down].find(([one]) => one !== id)![1];
    const factor = Math.hypot(p.x - other.x, p.y - other.y) / (Math.hypot(last.x - other.x, last.y - other.y) || 1);
    this.view.camera.zoom(factor, { x: (p.x + other.x) / 2, y: (p.y + other.y) / 2 });
    this.view.camera.pan((p.x - last.x) / 2, (p.y - last.y) / 2);
  }
  private release(event: PointerEvent, meant: boolean): void {
    if (!this.down.delete(event.pointerId)) return;
    if (this.held && this.dragged) this.view.drop();
    else if (meant && !this.dragged && this.down.size === 0) {
      const p = this.at(event);
      this.actions.select((this.view.nodeAt(p)?.id ?? this.view.edgeAt(p)?.key) || "");
    }
    this.held = null;
  }
  private open(p: Point): void {
    const node = this.view.nodeAt(p);
    if (node) this.actions.expand(node.id);
    else this.view.camera.zoom(1.6, p);
  }
  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
    this.view.camera.zoom(Math.exp(-event.deltaY * lines * 0.0016), this.at(event));
  }
}

const DIRECTIONS: Record<string, Point> = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };

// The node that lies most in a direction from the selected one; from none, the most important.
function neighbourIn(view: GraphView, direction: Point): SceneNode | null {
  const from = view.nodes.find((node) => node.id === view.selected);
  if (!from) return view.nodes[0] ?? null;
  let best: SceneNode | null = null, least = Infinity;
  for (const node of view.nodes) {
    const dx = node.data.x - from.data.x, dy = node.data.y - from.data.y;
    const along = dx * direction.x + dy * direction.y, across = Math.abs(dx * direction.y) + Math.abs(dy * direction.x);
    if (node === from || along <= 0) continue;
    const cost = along + 2.5 * across;
    if (cost < least) [best, least] = [node, cost];
  }
  return best;
}

function key(view: GraphView, actions: Actions, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const direction = DIRECTIONS[event.key];
  if (direction && event.shiftKey) view.camera.pan(-60 * direction.x, -60 * direction.y);
  else if (direction) {
    const node = neighbourIn(view, direction);
    if (node) {
      actions.select(node.id);
      view.reveal([node.id]);
    }
  } else if (event.key === "Enter") {
    if (view.model.graph.hasNode(view.selected)) actions.expand(view.selected);
  } else if (event.key === "Escape") actions.select("");
  else if (event.key === "+" || event.key === "=") view.camera.zoom(1.25);
  else if (event.key === "-") view.camera.zoom(0.8);
  else if (event.key === "0") view.fit();
  else return false;
  return true;
}

export function control(view: GraphView, actions: Actions): void {
  new Pointers(view, actions);
  view.element.addEventListener("keydown", (event) => {
    if (key(view, actions, event)) event.preventDefault();
  });
}
