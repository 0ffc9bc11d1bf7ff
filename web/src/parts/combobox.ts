// A field for an entity: suggestions while one types (WAI-ARIA combobox with a listbox).
import { aborted, get, Latest } from "../api/client";
import type { Entities, Entity } from "../api/types";
import { debounced, h } from "../dom";
import { count, typeName } from "../words";
import { typeColor } from "../graph/palette";

export interface Combobox {
  element: HTMLElement;
  input: HTMLInputElement;
  chosen(): Entity | null; // null: what stands there was typed, not chosen
  set(entity: Entity | null, text?: string): void;
}

let numbers = 0;

export const dot = (type: string): HTMLElement => {
  const element = h("span", { class: "dot", "aria-hidden": "true" });
  element.style.background = typeColor(type);
  return element;
};

function option(entity: Entity, id: string, choose: () => void): HTMLElement {
  const alias = entity.aliases.find((one) => one !== entity.name);
  return h(
    "li",
    { id, role: "option", "aria-selected": "false", onpointerdown: (event: Event) => event.preventDefault(), onclick: choose },
    dot(entity.type),
    h("span", { class: "name" }, entity.name),
    h("span", { class: "hint" }, [typeName(entity.type), count(entity.articles, "article"), alias && `also ${alias}`].filter(Boolean).join(" · ")),
  );
}

export function combobox(label: string, choose: (entity: Entity) => void, properties: { placeholder?: string; id?: string } = {}): Combobox {
  const id = properties.id ?? `combobox-${++numbers}`;
  const list = h("ul", { id: `${id}-list`, role: "listbox", "aria-label": label, hidden: true });
  const input = h("input", {
    id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-label": label, "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": list.id, placeholder: properties.placeholder ?? "",
  });
  const status = h("span", { class: "unseen", role: "status" });
  const element = h("div", { class: "combobox" }, input, list, status);
  const latest = new Latest();
  let found: Entity[] = [], active = -1, chosen: Entity | null = null;

  const close = (): void => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (entity: Entity): void => {
    chosen = entity;
    input.value = entity.name;
    close();
    choose(entity);
  };
  const mark = (i: number): void => {
    active = i;
    [...list.children].forEach((one, at) => one.setAttribute("aria-selected", String(at === i)));
    if (i >= 0) {
      input.setAttribute("aria-activedescendant", `${id}-${i}`);
      list.children[i]?.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const show = (entities: Entity[], q: string): void => {
    found = entities;
    list.replaceChildren(...entities.map((entity, i) => option(entity, `${id}-${i}`, () => take(entity))));
    if (entities.length === 0) list.append(h("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, `Nobody and nothing is called “${q}…”`));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = entities.length > 0 ? count(entities.length, "suggestion") : "";
    mark(entities.length > 0 && q ? 0 : -1);
  };
  // What comes after somebody was chosen is no longer wanted, unless asked for `again`.
  const ask = async (again = false): Promise<Entity[]> => {
    const q = input.value.trim();
    try {
      const { entities } = await get<Entities>("/v1/entities", { q, limit: 8 }, latest.next());
      if (document.activeElement === input && (again || !chosen)) show(entities, q);
      return entities;
    } catch (error) {
      if (!aborted(error)) status.textContent = (error as Error).message;
      return [];
    }
  };
  const soon = debounced(110, () => void ask());

  input.addEventListener("input", () => {
    chosen = null;
    soon();
  });
  input.addEventListener("focus", () => {
    input.select();
    if (!chosen) soon();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return void ask(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((active + step + found.length) % Math.max(1, found.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const marked = !list.hidden && found[active];
      if (marked) take(marked);
      else if (input.value.trim()) void ask().then((entities) => entities[0] && take(entities[0]));
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
  return {
    element,
    input,
    chosen: () => chosen,
    set(entity, text) {
      chosen = entity;
      input.value = entity?.name ?? text ?? "";
    },
  };
}
