// Nodes and their names onto a canvas.
import type { Camera, Point } from "./camera";
import { nodeScale } from "./curve";
import type { Theme } from "./palette";
import type { SceneNode } from "./scene";
import { labelWidth, putDisc, putLabel } from "./sprites";

type Context = CanvasRenderingContext2D;

export interface Marks {
  hovered: string;
  selected: string;
}

const LETTERS: Record<string, string> = { GPE: "S", NORP: "N" };
const MOST_LABELS = 140;
const MANY = 1500; // nodes in view: small ones become plain

const visible = (p: Point, camera: Camera): boolean => p.x > -40 && p.x < camera.width + 40 && p.y > -40 && p.y < camera.height + 40;

function disc(context: Context, p: Point, radius: number): void {
  context.beginPath();
  context.arc(p.x, p.y, radius, 0, 2 * Math.PI);
}

function drawPlain(context: Context, node: SceneNode, p: Point, radius: number): void {
  context.globalAlpha = node.faded ? 0.25 : 1;
  putDisc(context, p.x, p.y, radius, node.color);
}

function drawNode(context: Context, node: SceneNode, p: Point, radius: number, theme: Theme, marks: Marks): void {
  context.globalAlpha = node.faded ? 0.25 : 1;
  if (node.id === marks.selected || node.id === marks.hovered) {
    disc(context, p, radius + 4.5);
    context.strokeStyle = theme.accent;
    context.lineWidth = node.id === marks.selected ? 3 : 1.5;
    context.stroke();
  }
  disc(context, p, radius);
  context.fillStyle = node.color;
  context.fill();
  if (radius < 3) return;
  context.strokeStyle = theme.background;
  context.lineWidth = 1.5;
  context.stroke();
  if (node.expanded) {
    disc(context, p, radius + 2.5);
    context.strokeStyle = node.color;
    context.lineWidth = 1.5;
    context.stroke();
  }
  if (radius < 9) return;
  context.fillStyle = "#fff";
  context.font = `600 ${Math.round(radius)}px system-ui, sans-serif`;
  const type = node.data.entity.type;
  context.fillText(LETTERS[type] ?? type.charAt(0), p.x, p.y + 0.5);
}

// Names of the most important nodes, none over another: a coarse grid remembers what is taken.
class Grid {
  private readonly taken = new Set<number>();
  constructor(private readonly cell: number) {}
  take(left: number, top: number, width: number, height: number): boolean {
    const cells: number[] = [];
    for (let x = Math.floor(left / this.cell); x <= Math.floor((left + width) / this.cell); ++x)
      for (let y = Math.floor(top / this.cell); y <= Math.floor((top + height) / this.cell); ++y) {
        const key = x * 100_003 + y;
        if (this.taken.has(key)) return false;
        cells.push(key);
      }
    for (const key of cells) this.taken.add(key);
    return true;
  }
}

function drawLabel(context: Context, node: SceneNode, p: Point, radius: number, theme: Theme, strong: boolean): void {
  context.globalAlpha = node.faded && !strong ? 0.3 : 1;
  putLabel(context, node.label, p.x, p.y + radius + 10, theme);
}

const radiusOf = (node: SceneNode, scale: number): number => Math.max(1.5, node.radius * scale);

// A few nodes over a picture of all, with their names.
export function drawMarked(context: Context, nodes: SceneNode[], camera: Camera, theme: Theme, marks: Marks): void {
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const node of nodes) {
    const p = camera.toScreen(node.data), radius = radiusOf(node, nodeScale(camera));
    drawNode(context, node, p, radius, theme, marks);
    drawLabel(context, node, p, radius, theme, true);
  }
  context.globalAlpha = 1;
}

export function drawNodes(context: Context, nodes: SceneNode[], camera: Camera, theme: Theme, marks: Marks): void {
  const scale = nodeScale(camera);
  context.textAlign = "center";
  context.textBaseline = "middle";
  const seen: [SceneNode, Point, number][] = [];
  for (const node of nodes) {
    const p = camera.toScreen(node.data);
    if (visible(p, camera)) seen.push([node, p, radiusOf(node, scale)]);
  }
  const marked = (node: SceneNode): boolean => node.id === marks.selected || node.id === marks.hovered;
  for (let i = seen.length - 1; i >= 0; --i) {
    const [node, , radius] = seen[i]!;
    if (seen.length > MANY && radius < 8 && !node.expanded && !marked(node)) drawPlain(context, ...seen[i]!);
    else drawNode(context, ...seen[i]!, theme, marks);
  }
  const grid = new Grid(14);
  let labels = 0;
  for (const [node, p, radius] of [...seen.filter(([node]) => marked(node)), ...seen]) {
    if (labels >= MOST_LABELS) break;
    const width = labelWidth(context, node.label);
    if (!grid.take(p.x - width / 2, p.y + radius + 3, width, 13)) continue;
    drawLabel(context, node, p, radius, theme, marked(node));
    ++labels;
  }
  context.globalAlpha = 1;
}
