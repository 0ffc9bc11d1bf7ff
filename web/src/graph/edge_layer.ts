// All edges as one picture. A large one is drawn in slices of a few milliseconds, frame by frame, behind the picture that is
// shown; meanwhile that one moves with the camera. So frames stay short however many edges there are.
import { Camera } from "./camera";
import { drawRun } from "./draw_edges";
import { Picture } from "./picture";
import type { SceneEdge } from "./scene";

const SLICE_MS = 6;

interface Job {
  edges: SceneEdge[];
  next: number;
  camera: Camera; // as it was when the job began
}

export class EdgeLayer {
  private readonly picture: Picture;
  private readonly hidden = document.createElement("canvas");
  private job: Job | null = null;
  private stale = true;

  constructor(private readonly camera: Camera) {
    this.picture = new Picture(camera);
  }
  get element(): HTMLCanvasElement {
    return this.picture.element;
  }

  // The picture no longer shows what it should. One that is being drawn is finished first: while a layout runs, it would never be.
  touch(): void {
    this.stale = true;
  }

  // One frame. `resting`: nothing moves; while something does, a picture that still lies near is left as it is. Returns whether there is
  // more to do.
  frame(edges: SceneEdge[], skipped: Set<string> | null, resting: boolean): boolean {
    const due = this.stale || (resting ? !this.picture.exact : !this.picture.near);
    if (!this.job && due) this.begin(skipped ? edges.filter((edge) => !skipped.has(edge.key)) : edges);
    if (this.job) this.work(this.job);
    this.picture.place();
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
    this.picture.begin(job.camera.frame()).drawImage(this.hidden, 0, 0, this.camera.width, this.camera.height);
    this.job = null;
  }
}
