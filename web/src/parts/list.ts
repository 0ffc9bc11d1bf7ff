// The same graph as a list: for those who do not see the drawing, and for reading in order.
import { button, h } from "../dom";
import type { SceneEdge, SceneNode } from "../graph/scene";
import type { GraphView } from "../graph/view";
import { count, relationName, typeName, when } from "../words";
import { dot } from "./combobox";

const MOST = 500;

function relationRow(edge: SceneEdge, select: (key: string) => void): HTMLElement {
  const { data } = edge;
  const said = [data.status, data.contested ? "contested" : data.denied ? "denied" : "", data.actual ? "" : "not asserted as actual"].filter(Boolean).join(", ");
  const times = [...new Set(data.relations.map((one) => when(one.time)))];
  return h(
    "tr", {},
    h("th", { scope: "row" }, button(edge.source.data.entity.name, () => select(edge.source.id), { class: "link" })),
    h("td", {}, button(relationName(data.type), () => select(edge.key), { class: "link deed" })),
    h("td", {}, button(edge.target.data.entity.name, () => select(edge.target.id), { class: "link" })),
    h("td", {}, times.slice(0, 2).join(", ") + (times.length > 2 ? ` and ${times.length - 2} more` : "")),
    h("td", { class: "few" }, count(data.weight, "statement")),
    h("td", {}, said),
  );
}

function entityRow(node: SceneNode, degree: number, select: (key: string) => void): HTMLElement {
  const { entity } = node.data;
  return h("tr", {}, h("th", { scope: "row" }, dot(entity.type), button(entity.name, () => select(node.id), { class: "link" })), h("td", {}, typeName(entity.type)), h("td", {}, count(degree, "relation")), h("td", {}, count(entity.articles, "article")));
}

function table(caption: string, heads: string[], rows: HTMLElement[], all: number): HTMLElement {
  return h(
    "section", {}, h("h2", {}, caption),
    h("div", { class: "scroll-x", tabindex: 0, role: "region", "aria-label": caption }, h("table", {}, h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, ...rows))),
    all > rows.length ? h("p", { class: "hint" }, `The first ${rows.length} of ${all}; filters make them fewer.`) : null,
  );
}

export function listOf(view: GraphView, select: (key: string) => void): HTMLElement {
  const { nodes, edges } = view;
  const relations = [...edges].sort((a, b) => b.data.weight - a.data.weight || (a.key < b.key ? -1 : 1));
  return h(
    "div", { class: "list-view" },
    table(`${count(edges.length, "relation")}`, ["Who", "does", "to whom", "When", "Said", "How"], relations.slice(0, MOST).map((edge) => relationRow(edge, select)), edges.length),
    table(`${count(nodes.length, "entity", "entities")}`, ["Name", "Type", "Relations", "Articles"], nodes.slice(0, MOST).map((node) => entityRow(node, view.model.graph.degree(node.id), select)), nodes.length),
  );
}
