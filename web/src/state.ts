// What one sees, as a plain value that the address of the page carries: a link restores it.
export interface Filters {
  type: string[];
  relation: string[];
  from: string;
  until: string;
  known_at: string;
  polarity: string;
  modality: string[];
  publisher: string;
  min_confidence: number;
  min_publishers: number;
  contested: string;
}

export interface PathAsked {
  source: string;
  target: string;
  mode: string;
  k: number;
  max_hops: number;
}

export interface DiffAsked {
  before: string;
  after: string;
}

export type Panel = "details" | "path" | "compare" | "add" | "identity";

export interface State {
  expanded: string[]; // entity ids whose neighbours are shown, in the order in which they were opened
  all: boolean; // the whole graph is shown
  selected: string; // "" or an entity id or an edge's key
  panel: Panel;
  path: PathAsked | null;
  diff: DiffAsked | null;
  list: boolean; // a list in the place of the drawing
  filters: Filters;
}

export const NO_FILTERS: Filters = {
  type: [],
  relation: [],
  from: "",
  until: "",
  known_at: "",
  polarity: "",
  modality: [],
  publisher: "",
  min_confidence: 0,
  min_publishers: 0,
  contested: "",
};

export const EMPTY: State = { expanded: [], all: false, selected: "", panel: "details", path: null, diff: null, list: false, filters: NO_FILTERS };

const LISTS = ["type", "relation", "modality"] as const;
const NUMBERS = ["min_confidence", "min_publishers"] as const;
const TEXTS = ["from", "until", "known_at", "polarity", "publisher", "contested"] as const;
const PANELS: Panel[] = ["details", "path", "compare", "add", "identity"];

export function toHash(state: State): string {
  const hash = new URLSearchParams();
  const put = (name: string, value: string | number | boolean): void => {
    if (value) hash.set(name, value === true ? "1" : String(value));
  };
  put("show", state.all ? "all" : state.expanded.join(","));
  put("select", state.selected);
  put("panel", state.panel === "details" ? "" : state.panel);
  if (state.path) for (const [name, value] of Object.entries(state.path)) put(`path.${name}`, value as string | number);
  if (state.diff) for (const [name, value] of Object.entries(state.diff)) put(`diff.${name}`, value as string);
  put("list", state.list);
  for (const name of LISTS) put(name, state.filters[name].join(","));
  for (const name of [...NUMBERS, ...TEXTS]) put(name, state.filters[name]);
  return hash.toString();
}

export function fromHash(text: string): State {
  const hash = new URLSearchParams(text.replace(/^#/, ""));
  const words = (name: string): string[] => (hash.get(name) ?? "").split(",").filter(Boolean);
  const number = (name: string, fallback: number): number => {
    const value = Number(hash.get(name) ?? fallback);
    return Number.isFinite(value) ? value : fallback;
  };
  const filters: Filters = { ...NO_FILTERS };
  for (const name of LISTS) filters[name] = words(name);
  for (const name of NUMBERS) filters[name] = number(name, 0);
  for (const name of TEXTS) filters[name] = hash.get(name) ?? "";
  const panel = PANELS.find((one) => one === hash.get("panel")) ?? "details";
  const all = hash.get("show") === "all";
  return {
    expanded: all ? [] : words("show"),
    all,
    selected: hash.get("select") ?? "",
    panel,
    path: hash.has("path.source") && hash.has("path.target")
      ? { source: hash.get("path.source")!, target: hash.get("path.target")!, mode: hash.get("path.mode") ?? "shortest", k: number("path.k", 3), max_hops: number("path.max_hops", 4) }
      : null,
    diff: hash.has("diff.before") || hash.has("diff.after") ? { before: hash.get("diff.before") ?? "", after: hash.get("diff.after") ?? "" } : null,
    list: hash.has("list"),
    filters,
  };
}

// Filters as the service takes them. Without `time`, the two ends of the slider are left to the page.
export function filterParameters(filters: Filters, time = true): Record<string, string | number | string[]> {
  const { from, until, ...rest } = filters;
  return { ...rest, min_confidence: rest.min_confidence || "", min_publishers: rest.min_publishers || "", ...(time ? { from, until } : {}) };
}

export function filtersInUse(filters: Filters): number {
  return Object.values(filterParameters(filters)).filter((value) => (Array.isArray(value) ? value.length > 0 : value !== "")).length;
}

type Listener = (now: State, before: State) => void;

// The one place where state changes. A step goes into the browser's history, so that Back undoes it; a nudge does not.
export class Store {
  private state = fromHash(location.hash);
  private readonly listeners: Listener[] = [];

  constructor() {
    window.addEventListener("popstate", () => this.replace(fromHash(location.hash)));
    window.addEventListener("hashchange", () => this.replace(fromHash(location.hash)));
  }
  get now(): State {
    return this.state;
  }
  listen(listener: Listener): void {
    this.listeners.push(listener);
  }
  step(change: Partial<State>): void {
    this.change(change, true);
  }
  nudge(change: Partial<State>): void {
    this.change(change, false);
  }
  filter(change: Partial<Filters>): void {
    this.nudge({ filters: { ...this.state.filters, ...change } });
  }

  private change(change: Partial<State>, remembered: boolean): void {
    const next = { ...this.state, ...change };
    const hash = toHash(next);
    if (hash === toHash(this.state)) return;
    const target = hash ? `#${hash}` : location.pathname;
    if (remembered) history.pushState(null, "", target);
    else history.replaceState(null, "", target);
    this.replace(next);
  }
  private replace(next: State): void {
    const before = this.state;
    if (toHash(before) === toHash(next)) return;
    this.state = next;
    for (const listener of this.listeners) listener(next, before);
  }
}
