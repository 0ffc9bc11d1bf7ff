// Small pictures that are drawn again and again: names with their halo, discs. Copying pixels is many times quicker than stroking text.
import type { Theme } from "./palette";

type Context = CanvasRenderingContext2D;

interface Sprite {
  image: HTMLCanvasElement;
  width: number; // in pixels of the page
  height: number;
}

const MOST = 1500;
const LABEL_FONT = "12px system-ui, sans-serif";
const sprites = new Map<string, Sprite>();
let ratioOfAll = 0;

function sprite(key: string, width: number, height: number, draw: (context: Context) => void): Sprite {
  const ratio = window.devicePixelRatio || 1;
  if (ratio !== ratioOfAll || sprites.size > MOST) sprites.clear();
  ratioOfAll = ratio;
  let found = sprites.get(key);
  if (!found) {
    const image = document.createElement("canvas");
    [image.width, image.height] = [Math.ceil(width * ratio), Math.ceil(height * ratio)];
    const context = image.getContext("2d")!;
    context.scale(ratio, ratio);
    draw(context);
    sprites.set(key, (found = { image, width: image.width / ratio, height: image.height / ratio }));
  }
  return found;
}

// On whole pixels, so that nothing is blurred.
function put(context: Context, { image, width, height }: Sprite, x: number, y: number): void {
  const ratio = ratioOfAll;
  context.drawImage(image, Math.round((x - width / 2) * ratio) / ratio, Math.round((y - height / 2) * ratio) / ratio, width, height);
}

const widths = new Map<string, number>();
export function labelWidth(context: Context, text: string): number {
  let width = widths.get(text);
  if (width === undefined) {
    context.font = LABEL_FONT;
    widths.set(text, (width = context.measureText(text).width));
  }
  return width;
}

// A name, its middle at (x, y).
export function putLabel(context: Context, text: string, x: number, y: number, theme: Theme): void {
  const width = labelWidth(context, text) + 8, height = 20;
  const made = sprite(`${theme.text}${theme.halo}${text}`, width, height, (own) => {
    own.font = LABEL_FONT;
    own.textAlign = "center";
    own.textBaseline = "middle";
    own.lineJoin = "round";
    own.lineWidth = 3.5;
    own.strokeStyle = theme.halo;
    own.strokeText(text, width / 2, height / 2);
    own.fillStyle = theme.text;
    own.fillText(text, width / 2, height / 2);
  });
  put(context, made, x, y);
}

// A plain disc, its radius to the half pixel.
export function putDisc(context: Context, x: number, y: number, radius: number, color: string): void {
  const r = Math.round(radius * 2) / 2;
  const made = sprite(`${color} ${r}`, 2 * r + 2, 2 * r + 2, (own) => {
    own.fillStyle = color;
    own.beginPath();
    own.arc(r + 1, r + 1, r, 0, 2 * Math.PI);
    own.fill();
  });
  put(context, made, x, y);
}
