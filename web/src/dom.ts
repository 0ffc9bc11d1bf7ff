// Elements of the page, made without markup: what an article says can never become a tag.
type Child = Node | string | number | false | null | undefined;
type Listener = (event: never) => void;
export type Properties = Record<string, string | number | boolean | undefined | Listener>;

function setProperty(element: Element, name: string, value: string | number | boolean | Listener | undefined): void {
  if (value === undefined || value === false) return;
  if (typeof value === "function") element.addEventListener(name.slice(2), value as unknown as EventListener);
  else if (name === "class") element.setAttribute("class", String(value));
  else if (name === "value" && element instanceof HTMLInputElement) element.value = String(value);
  else element.setAttribute(name, value === true ? "" : String(value));
}

function fill(element: Element, properties: Properties, children: Child[]): void {
  for (const [name, value] of Object.entries(properties)) setProperty(element, name, value);
  for (const child of children) if (child !== false && child !== null && child !== undefined) element.append(child instanceof Node ? child : String(child));
}

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, properties: Properties = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  fill(element, properties, children);
  return element;
}

export function svg<K extends keyof SVGElementTagNameMap>(tag: K, properties: Properties = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  fill(element, properties, children);
  return element;
}

const ICONS = {
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13m4.8 11.3L20.5 20.5",
  route: "M6 8.5v5a4 4 0 0 0 4 4h5M6 8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5m12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5",
  compare: "M8 4v16M8 4 4.5 7.5M8 4l3.5 3.5M16 20V4m0 16-3.5-3.5M16 20l3.5-3.5",
  add: "M12 5v14M5 12h14",
  download: "M12 4v11m0 0-4.5-4.5M12 15l4.5-4.5M5 19.5h14",
  filter: "M4 6h16M7 12h10M10 18h4",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  graph: "M7 17 12 7l5 10M12 7.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4M6 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4m12 0a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  theme: "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
  close: "m6 6 12 12M18 6 6 18",
  plus: "M12 6v12M6 12h12",
  minus: "M6 12h12",
  fit: "M9 4H4v5m11-5h5v5M9 20H4v-5m11 5h5v-5",
  arrange: "M12 4v5m0 6v5M4 12h5m6 0h5M6.5 6.5l3 3m5 5 3 3m0-11-3 3m-5 5-3 3",
  link: "M10 14a4 4 0 0 0 5.700 0l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1",
  people: "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7m-6 8.500c0-3.300 2.700-5.500 6-5.500s6 2.200 6 5.500M16 4.500a3.500 3.500 0 0 1 0 6.300m2 3.700c1.900.8 3 2.600 3 5",
  expand: "M12 8v8m-4-4h8M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17",
  help: "M9.5 9.200a2.600 2.600 0 1 1 3.700 2.600c-.8.400-1.200 1-1.200 1.900m0 3h.01M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17",
  swap: "M7 7h12l-3-3m1 13H5l3 3",
  play: "M8 5.5v13l10-6.5z",
  pause: "M8.5 6v12M15.5 6v12",
} as const;
export type IconName = keyof typeof ICONS;

export function icon(name: IconName): SVGSVGElement {
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));
}

export function iconButton(name: IconName, label: string, onclick: () => void, properties: Properties = {}): HTMLButtonElement {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...properties }, icon(name));
}

export function button(text: string, onclick: () => void, properties: Properties = {}): HTMLButtonElement {
  return h("button", { type: "button", onclick, ...properties }, text);
}

export function debounced<A extends unknown[]>(ms: number, run: (...args: A) => void): (...args: A) => void {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => run(...args), ms);
  };
}
