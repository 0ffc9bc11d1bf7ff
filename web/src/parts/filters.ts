// What is shown at all. Every change asks the service again, so that counts and evidence agree with it.
import { button, debounced, h, type Properties } from "../dom";
import { FAMILIES, familyOf } from "../graph/palette";
import { NO_FILTERS, type Filters, type Store } from "../state";
import { ENTITY_TYPES, MODALITIES, percent, relationName, typeName } from "../words";
import { dot } from "./combobox";

type ListName = "type" | "relation" | "modality";

function group(title: string, ...content: Node[]): HTMLElement {
  return h("fieldset", {}, h("legend", {}, title), ...content);
}

export class FilterPanel {
  readonly element = h("div", { class: "filters" });
  private relationTypes: string[] = [];

  constructor(private readonly store: Store) {
    this.render();
    store.listen((now, before) => {
      if (now.filters !== before.filters && !this.element.contains(document.activeElement)) this.render();
    });
  }

  setRelationTypes(types: string[]): void {
    this.relationTypes = types;
    this.render();
  }

  private box(list: ListName, value: string, ...label: (Node | string)[]): HTMLElement {
    const input = h("input", { type: "checkbox", checked: this.store.now.filters[list].includes(value) });
    input.addEventListener("change", () => {
      const others = this.store.now.filters[list].filter((one) => one !== value);
      this.store.filter({ [list]: input.checked ? [...others, value] : others });
    });
    return h("label", { class: "check" }, input, ...label);
  }

  private select(name: "polarity" | "contested", label: string, options: [string, string][]): HTMLElement {
    const select = h("select", {}, ...options.map(([value, text]) => h("option", { value, selected: this.store.now.filters[name] === value }, text)));
    select.addEventListener("change", () => this.store.filter({ [name]: select.value }));
    return h("label", {}, label, select);
  }

  private field(name: "publisher" | "known_at" | "from" | "until", label: string, properties: Properties): HTMLElement {
    const input = h("input", { value: this.store.now.filters[name], ...properties });
    input.addEventListener("input", debounced(300, () => input.validity.valid && this.store.filter({ [name]: input.value.trim() })));
    return h("label", {}, label, input);
  }

  private sureness(): HTMLElement {
    const { min_confidence } = this.store.now.filters;
    const shown = h("output", {}, percent(min_confidence));
    const input = h("input", { type: "range", min: 0, max: 1, step: 0.05, value: min_confidence });
    const tell = debounced(200, () => this.store.filter({ min_confidence: Number(input.value) }));
    input.addEventListener("input", () => {
      shown.textContent = percent(Number(input.value));
      tell();
    });
    return h("label", {}, h("span", { class: "spread" }, "At least so sure", shown), input);
  }

  private publishers(): HTMLElement {
    const input = h("input", { type: "number", min: 0, max: 1000, step: 1, value: this.store.now.filters.min_publishers });
    input.addEventListener("input", debounced(300, () => input.validity.valid && this.store.filter({ min_publishers: Number(input.value) })));
    return h("label", {}, "Said by so many publishers", input);
  }

  private relations(): HTMLElement {
    const families = [...FAMILIES, familyOf("")].map((family) => [family, this.relationTypes.filter((type) => familyOf(type) === family).sort()] as const);
    const blocks = families.filter(([, types]) => types.length > 0).map(([family, types]) => {
      const line = h("span", { class: "line", "aria-hidden": "true" });
      line.style.background = family.color;
      const chosen = types.filter((type) => this.store.now.filters.relation.includes(type)).length;
      return h("details", { open: chosen > 0 }, h("summary", {}, line, family.name, chosen > 0 ? ` (${chosen})` : ""), ...types.map((type) => this.box("relation", type, relationName(type))));
    });
    return group("What they do", ...blocks);
  }

  render(): void {
    const none = (): void => {
      this.store.nudge({ filters: NO_FILTERS });
      this.render();
    };
    this.element.replaceChildren(
      group("Who and what", h("div", { class: "columns" }, ...ENTITY_TYPES.map((type) => this.box("type", type, dot(type), typeName(type))))),
      this.relations(),
      group(
        "How it is said",
        this.select("polarity", "Said to be so, or denied", [["", "either"], ["positive", "said to be so"], ["negative", "denied"]]),
        this.select("contested", "Contested", [["", "either"], ["true", "only contested"], ["false", "only uncontested"]]),
        h("div", { class: "columns", role: "group", "aria-label": "How it is meant" }, ...MODALITIES.map((one) => this.box("modality", one, one))),
      ),
      group("Who says it", this.field("publisher", "Publisher", { type: "text", placeholder: "any" }), this.publishers(), this.sureness()),
      group(
        "When",
        h("div", { class: "columns" }, this.field("from", "Happened from", { type: "date" }), this.field("until", "Happened until", { type: "date" })),
        this.field("known_at", "Known on (published by)", { type: "date" }),
      ),
      button("Clear all filters", none, { class: "wide" }),
    );
  }
}

export const sameButTime = (a: Filters, b: Filters): boolean => JSON.stringify({ ...a, from: "", until: "" }) === JSON.stringify({ ...b, from: "", until: "" });
