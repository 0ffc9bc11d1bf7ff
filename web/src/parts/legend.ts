// What colours and lines of the drawing mean; only those that are there.
import { h } from "../dom";
import { familiesOf, STATUS_COLORS } from "../graph/palette";
import type { Scene } from "../graph/scene";
import { ENTITY_TYPES, typeName } from "../words";
import { dot } from "./combobox";

function line(color: string, kind = ""): HTMLElement {
  const element = h("span", { class: `line ${kind}`, "aria-hidden": "true" });
  element.style.color = color;
  return element;
}

export function legendOf({ nodes, edges }: Pick<Scene, "nodes" | "edges">): HTMLElement[] {
  const types = new Set(nodes.map((node) => node.data.entity.type));
  const item = (mark: Node, text: string): HTMLElement => h("li", {}, mark, text);
  const list = (label: string, ...items: HTMLElement[]): HTMLElement => h("ul", { "aria-label": label }, ...items);
  const marks: HTMLElement[] = [];
  if (edges.some((edge) => edge.dashed)) marks.push(item(line("currentColor", "dashed"), "contested or denied"));
  if (edges.some((edge) => !edge.data.actual)) marks.push(item(line("currentColor", "faint"), "not asserted as actual"));
  if (edges.some((edge) => edge.data.status)) marks.push(...Object.entries(STATUS_COLORS).map(([status, color]) => item(line(color), status)));
  const compared = edges.some((edge) => edge.data.status);
  return [
    list("Entity types", ...[...ENTITY_TYPES, ...[...types].filter((type) => !ENTITY_TYPES.includes(type))].filter((type) => type && types.has(type)).map((type) => item(dot(type), typeName(type)))),
    ...(compared ? [] : [list("Kinds of relations", ...familiesOf(edges.map((edge) => edge.data.type)).map((family) => item(line(family.color), family.name)))]),
    ...(marks.length > 0 ? [list("Lines", ...marks)] : []),
  ];
}
