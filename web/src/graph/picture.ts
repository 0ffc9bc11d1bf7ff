// A canvas with a picture of how things lay when it was drawn; it can be moved to where the camera is now, which costs next to nothing.
import { h } from "../dom";
import type { Camera, Frame } from "./camera";

export class Picture {
  readonly element = h("canvas", { class: "layer", "aria-hidden": "true" });
  private shown: Frame | null = null;

  constructor(private readonly camera: Camera) {}

  // Whether it lies as the camera is.
  get exact(): boolean {
    const { shown, camera } = this;
    return shown !== null && shown.x === camera.x && shown.y === camera.y && shown.scale === camera.scale;
  }
  // Whether what it shows is still most of what is to be seen, not much smaller or larger than it was drawn.
  get near(): boolean {
    const { shown, camera } = this;
    if (!shown) return false;
    const factor = camera.scale / shown.scale;
    const shift = Math.max(Math.abs(shown.x - camera.x) / camera.width, Math.abs(shown.y - camera.y) / camera.height) * camera.scale;
    return factor > 0.6 && factor < 1.7 && shift < 0.2;
  }

  // Empties the canvas, for a picture of what `frame` sees.
  begin(frame: Frame = this.camera.frame()): CanvasRenderingContext2D {
    const { element, camera } = this;
    const ratio = window.devicePixelRatio || 1;
    const width = Math.round(camera.width * ratio), height = Math.round(camera.height * ratio);
    if (element.width !== width || element.height !== height) [element.width, element.height] = [width, height];
    const context = element.getContext("2d")!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, camera.width, camera.height);
    this.shown = { x: frame.x, y: frame.y, scale: frame.scale };
    return context;
  }

  place(): void {
    if (!this.shown) return;
    const { camera, shown } = this;
    const factor = camera.scale / shown.scale;
    const x = camera.width / 2 - camera.width / 2 * factor + (shown.x - camera.x) * camera.scale;
    const y = camera.height / 2 - camera.height / 2 * factor + (shown.y - camera.y) * camera.scale;
    this.element.style.transform = factor === 1 && x === 0 && y === 0 ? "" : `translate(${x}px, ${y}px) scale(${factor})`;
  }
}
