// All edges as one picture. A large one is drawn in slices of a few milliseconds, frame by frame, behind the picture that is
// shown; meanwhile that one moves with the camera. So frames stay short however many edges there are.
import { Camera, type Frame } from "./camera";
import { drawRun } from "./draw_edges";
import type { SceneEdge } from "./scene";
import { h } from "../dom";

const SLICE_MS = 7;

interface Job {
  edges: SceneEdge[];
  next: number;
  camera: Camera; // as it was when the job began
}

export class EdgeLayer {
  readonly element = h("canvas", { class: "layer", "aria-hidden": "true" });
  private readonly hidden = document.createElement("canvas");
  private shown: Frame | null = null;
  private job: Job | null = null;
  private stale = true;

  constructor(private readonly camera: Camera) {}

  // The picture no longer shows what it should. One that is being drawn is finished first: while a layout runs, it would never be.
  touch(): void {
    this.stale = true;
  }

  // One frame. Returns whether there is more to do.
  frame(edges: SceneEdge[], skipped: Set<string> | null): boolean {
    const { camera } = this;
    const moved = !this.shown || this.shown.x !== camera.x || this.shown.y !== camera.y || this.shown.scale !== camera.scale;
    if (!this.job && (this.stale || moved)) this.begin(skipped ? edges.filter((edge) => !skipped.has(edge.key)) : edges);
    if (this.job) this.work(this.job);
    this.place();
    return this.job !== null || this.stale;
  }

  private begin(edges: SceneEdge[]): void {
    const camera = new Camera(() => {});
    Object.assign(camera, this.camera.frame(), { width: this.camera.width, height: this.camera.height });
    const ratio = window.devicePixelRatio || 1;
    this.hidden.width = Math.round(camera.width * ratio);
    this.hidden.height = Math.round(camera.height * ratio);
    this.hidden.getContext("2d")!.scale(ratio, ratio);
    this.job = { edges, next: 0, camera };
    this.stale = false;
  }

  private work(job: Job): void {
    const context = this.hidden.getContext("2d")!;
    const start = performance.now();
    while (job.next < job.edges.length && performance.now() - start < SLICE_MS) job.next += drawRun(context, job.edges, job.next, job.camera);
    if (job.next < job.edges.length) return;
    const { element } = this;
    element.width = this.hidden.width;
    element.height = this.hidden.height;
    element.getContext("2d")!.drawImage(this.hidden, 0, 0);
    this.shown = job.camera.frame();
    this.job = null;
  }

  // Moves the picture to where the camera is now.
  private place(): void {
    if (!this.shown) return;
    const { camera, shown } = this;
    const factor = camera.scale / shown.scale;
    const x = camera.width / 2 - camera.width / 2 * factor + (shown.x - camera.x) * camera.scale;
    const y = camera.height / 2 - camera.height / 2 * factor + (shown.y - camera.y) * camera.scale;
    this.element.style.transform = factor === 1 && x === 0 && y === 0 ? "" : `translate(${x}px, ${y}px) scale(${factor})`;
  }
}
