// Which part of the plane is seen: world = (screen - size / 2) / scale + centre.
export interface Point {
  x: number;
  y: number;
}

export interface Frame {
  x: number;
  y: number;
  scale: number;
}

export class Camera implements Frame {
  x = 0;
  y = 0;
  scale = 1;
  width = 1;
  height = 1;
  below = 0; // pixels at the bottom that something lies over
  private flight = 0;

  constructor(private readonly changed: () => void) {}

  frame(): Frame {
    return { x: this.x, y: this.y, scale: this.scale };
  }
  toScreen(p: Point): Point {
    return { x: (p.x - this.x) * this.scale + this.width / 2, y: (p.y - this.y) * this.scale + this.height / 2 };
  }
  toWorld(p: Point): Point {
    return { x: (p.x - this.width / 2) / this.scale + this.x, y: (p.y - this.height / 2) / this.scale + this.y };
  }
  pan(dx: number, dy: number): void {
    this.land();
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.changed();
  }
  // Zooms so that the point under the pointer stays under it.
  zoom(factor: number, at: Point = { x: this.width / 2, y: this.height / 2 }): void {
    this.land();
    const fixed = this.toWorld(at);
    this.scale = Math.min(8, Math.max(0.01, this.scale * factor));
    this.x = fixed.x - (at.x - this.width / 2) / this.scale;
    this.y = fixed.y - (at.y - this.height / 2) / this.scale;
    this.changed();
  }

  // The frame that holds all points, with room for their names.
  around(points: Point[], closest = points.length < 12 ? 2.2 : 1.6): Frame | null {
    if (points.length === 0) return null;
    let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
    for (const { x, y } of points) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    const room = Math.min(120, this.width / 4);
    const below = Math.min(this.below, this.height / 4);
    const high = this.height - below - Math.min(110, this.height / 4);
    const scale = Math.max(0.01, Math.min((this.width - room) / (right - left + 1), high / (bottom - top + 1), closest));
    return { x: (left + right) / 2, y: (top + bottom) / 2 + below / 2 / scale, scale };
  }

  fly(to: Frame | null): void {
    if (!to) return;
    this.land();
    const from = this.frame();
    const start = performance.now();
    const ms = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 350;
    const step = (): void => {
      const t = ms === 0 ? 1 : Math.min(1, (performance.now() - start) / ms);
      const eased = 1 - (1 - t) ** 3;
      this.x = from.x + (to.x - from.x) * eased;
      this.y = from.y + (to.y - from.y) * eased;
      this.scale = from.scale * (to.scale / from.scale) ** eased;
      this.changed();
      this.flight = t < 1 ? requestAnimationFrame(step) : 0;
    };
    step();
  }
  private land(): void {
    cancelAnimationFrame(this.flight);
    this.flight = 0;
  }
}
