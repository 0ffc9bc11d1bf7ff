// The frame of the page: bars, drawing, panel; keys that work everywhere.
import type { Entity, Stats } from "./api/types";
import { h, icon, iconButton, type IconName } from "./dom";
import type { GraphView } from "./graph/view";
import { combobox } from "./parts/combobox";
import { help } from "./parts/dialog";
import { openExport } from "./parts/export";
import { notice, notices } from "./parts/notice";
import type { Panel, State, Store } from "./state";
import { count } from "./words";

interface Parts {
  view: GraphView;
  slider: HTMLElement;
  filters: HTMLElement;
}

const THEME = "relata-theme";
const PANELS: [Panel, IconName, string][] = [
  ["path", "route", "Path"],
  ["compare", "compare", "Compare"],
  ["add", "add", "Add"],
  ["identity", "people", "Who is who"],
];

function applyTheme(theme: string): void {
  if (theme) document.documentElement.dataset["theme"] = theme;
  else delete document.documentElement.dataset["theme"];
}

export class Page {
  onChoose: (entity: Entity) => void = () => {};
  private readonly search = combobox("Search for a person, an organization, a place or a thing", (entity) => this.onChoose(entity), { placeholder: "Search…  ( / )", id: "search" });
  private readonly counts = h("p", { class: "counts hint" });
  private readonly tabs = new Map<Panel, HTMLButtonElement>();
  private readonly side = h("aside", { class: "side", "aria-label": "Details", tabindex: -1 });
  private readonly legendBox = h("div", { class: "legend" });
  private readonly coverBox = h("div", { class: "cover", hidden: true });
  private readonly busyBox = h("p", { class: "busy", role: "status", hidden: true });
  private readonly listBox = h("div", { class: "listing", hidden: true });
  private readonly filterBox = h("aside", { class: "filter-side", "aria-label": "Filters", hidden: true });
  private readonly filterCount = h("span", { class: "bubble", hidden: true });
  private readonly filterButton: HTMLButtonElement;
  private readonly listButton: HTMLButtonElement;

  constructor(
    private readonly store: Store,
    private readonly parts: Parts,
  ) {
    applyTheme(localStorage.getItem(THEME) ?? "");
    this.filterButton = h("button", { type: "button", class: "tool", "aria-expanded": "false", onclick: () => this.toggleFilters() }, icon("filter"), h("span", {}, "Filters"), this.filterCount);
    this.listButton = h("button", { type: "button", class: "tool", "aria-pressed": "false", title: "A list in the place of the drawing", onclick: () => store.step({ list: !store.now.list }) }, icon("list"), h("span", {}, "List"));
    this.filterBox.append(h("header", {}, h("h2", {}, "Filters"), iconButton("close", "Close filters", () => this.toggleFilters())), parts.filters);
    const { element } = parts.view;
    element.tabIndex = 0;
    element.setAttribute("role", "application");
    element.setAttribute("aria-label", "Drawing of the graph");
    element.setAttribute("aria-describedby", "drawing-told");
    document.body.replaceChildren(h("a", { href: "#panel", class: "skip", onclick: (event: Event) => (event.preventDefault(), store.step({ list: true })) }, "Show the graph as a list"), this.top(), this.main(), notices());
    document.addEventListener("keydown", (event) => this.key(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => parts.view.recolor());
    parts.view.recolor();
    this.sync(store.now, 0);
  }

  private top(): HTMLElement {
    for (const [panel, name, text] of PANELS) {
      const tab = h("button", { type: "button", class: "tool", "aria-pressed": "false", onclick: () => this.store.step({ panel: this.store.now.panel === panel ? "details" : panel }) }, icon(name), h("span", {}, text));
      this.tabs.set(panel, tab);
    }
    return h(
      "header", { class: "top" },
      h("button", { type: "button", class: "brand", title: "Begin anew", onclick: () => this.home() }, icon("graph"), "Relata"),
      h("div", { class: "search", role: "search" }, icon("search"), this.search.element),
      h("nav", { "aria-label": "Tools" }, this.filterButton, ...this.tabs.values(), h("button", { type: "button", class: "tool", onclick: () => openExport(this.store) }, icon("download"), h("span", {}, "Export")), this.listButton),
      h("div", { class: "last" }, iconButton("link", "Copy a link to what you see", () => void this.copy()), iconButton("theme", "Light or dark", () => this.turnTheme()), iconButton("help", "Keys and help", help)),
    );
  }

  private main(): HTMLElement {
    const { view, slider } = this.parts;
    const zoom = h("div", { class: "zoom", role: "group", "aria-label": "View" },
      iconButton("plus", "Zoom in", () => view.camera.zoom(1.35)), iconButton("minus", "Zoom out", () => view.camera.zoom(0.74)), iconButton("fit", "Show everything", () => view.fit()), iconButton("arrange", "Arrange anew", () => view.arrange()));
    const told = h("p", { id: "drawing-told", class: "unseen" });
    return h("main", {}, this.filterBox, h("div", { class: "stage" }, h("div", { class: "canvas-box" }, view.element, told, this.legendBox, zoom, this.coverBox, this.listBox, this.busyBox, this.counts), slider), this.side);
  }

  private home(): void {
    this.store.step({ expanded: [], all: false, selected: "", panel: "details", path: null, diff: null, list: false });
    this.search.set(null);
  }
  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(location.href);
      notice("The link is copied. It brings back what you see now.");
    } catch {
      notice(`Copy this address: ${location.href}`);
    }
  }
  private turnTheme(): void {
    const dark = document.documentElement.dataset["theme"] === "dark" || (!document.documentElement.dataset["theme"] && matchMedia("(prefers-color-scheme: dark)").matches);
    const next = dark ? "light" : "dark";
    localStorage.setItem(THEME, next);
    applyTheme(next);
    this.parts.view.recolor();
  }
  private toggleFilters(): void {
    this.filterBox.hidden = !this.filterBox.hidden;
    this.filterButton.setAttribute("aria-expanded", String(!this.filterBox.hidden));
    if (this.filterBox.hidden) this.filterButton.focus();
    else this.filterBox.querySelector<HTMLElement>("input, select, button")?.focus();
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const typing = (event.target as Element).closest?.("input, textarea, select");
    if (event.key === "Escape" && !typing) return this.escape();
    if (typing) return;
    const run: Record<string, () => void> = {
      "/": () => this.search.input.focus(),
      "?": help,
      l: () => this.listButton.click(),
      f: () => this.toggleFilters(),
      p: () => this.store.step({ panel: "path" }),
    };
    const found = run[event.key.toLowerCase()];
    if (!found) return;
    event.preventDefault();
    found();
  }
  private escape(): void {
    if (!this.filterBox.hidden) this.toggleFilters();
    else this.store.step({ panel: "details", ...(this.store.now.panel === "details" ? { selected: "" } : {}) });
  }

  sync(now: State, filters: number): void {
    for (const [panel, tab] of this.tabs) tab.setAttribute("aria-pressed", String(now.panel === panel));
    this.listButton.setAttribute("aria-pressed", String(now.list));
    this.filterCount.textContent = String(filters);
    this.filterCount.hidden = filters === 0;
  }
  stats(stats: Stats): void {
    this.counts.textContent = `${count(stats.articles, "article")} · ${count(stats.entities, "entity", "entities")} · ${count(stats.relations, "relation")} · version ${stats.version}`;
  }
  panel(content: HTMLElement | null): void {
    this.side.hidden = content === null;
    document.body.classList.toggle("with-side", content !== null);
    if (content) this.side.replaceChildren(h("div", { class: "side-close" }, iconButton("close", "Close this panel", () => this.store.step({ panel: "details", selected: "", path: null, diff: null }))), content);
    this.side.scrollTop = 0;
  }
  cover(content: HTMLElement | null): void {
    this.coverBox.hidden = content === null;
    this.coverBox.replaceChildren(...(content ? [content] : []));
  }
  busy(text: string): void {
    this.busyBox.textContent = text ? `${text}…` : "";
    this.busyBox.hidden = !text;
  }
  legend(content: HTMLElement[]): void {
    this.legendBox.replaceChildren(...content);
    this.legendBox.hidden = content.length === 0;
    this.parts.view.camera.below = this.legendBox.offsetHeight / 2;
  }
  list(content: HTMLElement | null): void {
    this.listBox.hidden = content === null;
    this.listBox.replaceChildren(...(content ? [content] : []));
  }
  describe(nodes: number, edges: number): void {
    document.getElementById("drawing-told")!.textContent = `${count(nodes, "entity", "entities")} and ${count(edges, "relation")}. Arrow keys go from one to the next, Enter opens its neighbours, L shows a list instead.`;
  }
}

