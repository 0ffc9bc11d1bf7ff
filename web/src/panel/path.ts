// How two are connected: the paths as stories whose every step shows its sentence.
import { entityPath, Failure, get } from "../api/client";
import type { Entity, Hop, Path, Paths } from "../api/types";
import { button, h, iconButton } from "../dom";
import { merged } from "../explorer";
import { edgeKey } from "../graph/model";
import { combobox } from "../parts/combobox";
import { empty, failed, loading } from "../parts/notice";
import { filterParameters, type PathAsked } from "../state";
import { count, day, predicate } from "../words";
import type { App } from "./app";
import { entityLink, relationBlock } from "./relation";

const MODES: [string, string][] = [
  ["shortest", "the fewest steps"],
  ["strongest", "the surest steps"],
  ["time_respecting", "each step after the one before"],
];

const ends = (hop: Hop): string => (hop.reversed ? hop.source : hop.target);

export class PathPanel {
  readonly element = h("div", { class: "path-panel" });
  private readonly source = combobox("From", () => this.ask(), { placeholder: "From whom or what", id: "path-source" });
  private readonly target = combobox("To", () => this.ask(), { placeholder: "to whom or what", id: "path-target" });
  private readonly mode = h("select", { "aria-label": "Best is" }, ...MODES.map(([value, text]) => h("option", { value }, text)));
  private readonly k = h("input", { type: "number", min: 1, max: 50, value: 3, "aria-label": "How many paths" });
  private readonly hops = h("input", { type: "number", min: 1, max: 8, value: 4, "aria-label": "At most so many steps" });
  private readonly answer = h("div", { class: "answer", "aria-live": "polite" });
  private asked = "";

  constructor(private readonly app: App) {
    const swap = (): void => {
      const [a, b] = [this.source, this.target].map((one) => [one.chosen(), one.input.value] as const);
      this.source.set(b![0], b![1]);
      this.target.set(a![0], a![1]);
      this.ask();
    };
    for (const input of [this.mode, this.k, this.hops]) input.addEventListener("change", () => this.ask());
    this.element.append(
      h("h2", {}, "How are they connected?"),
      h(
        "form", { class: "stack", onsubmit: (event: Event) => (event.preventDefault(), this.ask(true)) },
        h("div", { class: "ends" }, h("div", { class: "stack" }, this.source.element, this.target.element), iconButton("swap", "Swap the two", swap)),
        h("label", {}, "Best is", this.mode),
        h("div", { class: "columns" }, h("label", {}, "Paths", this.k), h("label", {}, "Steps at most", this.hops)),
        h("button", { class: "primary wide" }, "Find paths"),
      ),
      this.answer,
    );
    this.answer.append(empty("route", "Name two people, organizations, places or things. Every step of the answer shows the sentence that says so."));
    document.addEventListener("path-end", (event) => {
      const { entity, end } = (event as CustomEvent<{ entity: Entity; end: "source" | "target" }>).detail;
      this[end].set(entity);
      const other = end === "source" ? this.target : this.source;
      if (other.input.value) this.ask();
      else other.input.focus();
    });
  }

  private ask(now = false): void {
    const value = (field: typeof this.source): string => field.chosen()?.id ?? field.input.value.trim();
    const path: PathAsked = { source: value(this.source), target: value(this.target), mode: this.mode.value, k: Number(this.k.value) || 1, max_hops: Number(this.hops.value) || 4 };
    if (!path.source || !path.target) return now ? this.answer.replaceChildren(empty("route", "Two ends are needed.")) : undefined;
    if (now) this.asked = "";
    if (JSON.stringify(path) === JSON.stringify(this.app.store.now.path)) void this.show();
    else this.app.store.step({ path, panel: "path", diff: null });
  }

  // The state's path, when it or the filters have changed.
  async show(): Promise<void> {
    const { path, filters } = this.app.store.now;
    const asked = JSON.stringify([path, filters]);
    if (!path || asked === this.asked) return;
    this.asked = asked;
    this.fields(path);
    this.answer.replaceChildren(loading("Looking for paths"));
    try {
      const found = await get<Paths>("/v1/paths", { ...filterParameters(filters), ...path });
      if (asked === this.asked) this.tell(found, path);
    } catch (error) {
      if (asked === this.asked) this.answer.replaceChildren(this.refused(error, path));
    }
  }
  forget(): void {
    this.asked = "";
  }

  private fields(path: PathAsked): void {
    for (const [field, id] of [[this.source, path.source], [this.target, path.target]] as const) {
      if (field.chosen()?.id === id) continue;
      const known = this.app.entity(id);
      field.set(known ?? null, known ? undefined : id);
      if (!known && /^e[0-9a-f]{16}$/.test(id)) get<Entity>(entityPath(id)).then((entity) => field.set(entity)).catch(() => {});
    }
    this.mode.value = path.mode;
    this.k.value = String(path.k);
    this.hops.value = String(path.max_hops);
  }

  private tell(found: Paths, path: PathAsked): void {
    this.app.learn(found.entities);
    if (found.paths.length === 0) {
      this.app.overlay(null, null);
      const wider = path.max_hops < 8 ? [button("Allow more steps", () => this.app.store.step({ path: { ...path, max_hops: Math.min(8, path.max_hops + 2) } }))] : [];
      this.answer.replaceChildren(empty("route", `Nothing connects them in ${count(path.max_hops, "step")}${path.mode === "time_respecting" ? " in the order of time" : ""}, within the filters.`, ...wider));
      return;
    }
    this.draw(found, found.paths);
    this.answer.replaceChildren(
      h("p", { class: "hint" }, count(found.paths.length, "path"), found.cut ? "; the search stopped at its limit, there may be better ones" : ""),
      ...found.paths.map((one, i) => this.story(one, i, found)),
    );
  }

  private draw(found: Paths, paths: Path[]): void {
    const hops = paths.flatMap((path) => path.hops);
    const emphasis = new Set(hops.flatMap((hop) => [hop.source, hop.target, edgeKey(hop)]));
    this.app.overlay(merged([{ entities: found.entities, relations: hops }]), emphasis);
  }

  private story(path: Path, i: number, found: Paths): HTMLElement {
    const names = path.hops.map((hop) => this.app.entity(ends(hop))?.name ?? "");
    const title = `${i + 1}. ${count(path.length, "step")}${path.arrival ? `, by ${day(path.arrival)}` : ""}${names.length > 1 ? `, by way of ${names.slice(0, -1).join(", ")}` : ""}`;
    const steps = path.hops.map((hop) => h("li", {}, this.step(hop)));
    const element = h("details", { class: "story", open: i === 0 }, h("summary", {}, title), h("ol", {}, ...steps));
    element.append(button("Show only this path", () => this.draw(found, [path]), { class: "link" }));
    return element;
  }

  private step(hop: Hop): HTMLElement {
    // Told as it was said; an arrow back shows that the path goes against it.
    const line = h("p", { class: "sentence" }, hop.reversed ? h("span", { class: "back", title: "The path goes against this relation" }, "↩ ") : null,
      entityLink(this.app, hop.source), " ", h("span", { class: "deed" }, predicate(hop)), " ", entityLink(this.app, hop.target));
    return h("div", {}, line, relationBlock(this.app, hop, 1, false));
  }

  // An ambiguous name is answered with those who bear it: one chooses.
  private refused(error: unknown, path: PathAsked): HTMLElement {
    const { candidates, parameter } = error instanceof Failure ? error.problem : {};
    if (!candidates || (parameter !== "source" && parameter !== "target")) return failed(error, () => (this.forget(), void this.show()));
    return h(
      "div", { class: "state" }, h("p", {}, `“${path[parameter]}” may be one of these:`),
      h("ul", { class: "plain" }, ...candidates.map((one) => h("li", {}, button(one.name, () => this.app.store.step({ path: { ...path, [parameter]: one.id } }), { class: "link" }), ` ${count(one.articles, "article")}`))),
    );
  }
}

