// What one sees before anything is asked.
import { get } from "../api/client";
import type { Entities, Stats } from "../api/types";
import { button, h } from "../dom";
import { MOST_RELATIONS } from "../explorer";
import { dot } from "../parts/combobox";
import { failed, loading } from "../parts/notice";
import { count, typeName } from "../words";
import type { App } from "./app";

function tiles({ entities }: Entities, app: App): HTMLElement {
  return h("ul", { class: "tiles" }, ...entities.map((entity) => h("li", {}, h(
    "button", { type: "button", onclick: () => (app.learn([entity]), app.expand(entity.id)) },
    h("span", { class: "name" }, dot(entity.type), entity.name), h("span", { class: "hint" }, `${typeName(entity.type)} · ${count(entity.statements, "statement")}`),
  ))));
}

export function start(app: App): HTMLElement {
  const content = h("div", {}, loading());
  const show = async (): Promise<void> => {
    try {
      const [stats, top] = await Promise.all([get<Stats>("/v1/stats"), get<Entities>("/v1/entities", { limit: 12 })]);
      if (stats.articles === 0) {
        content.replaceChildren(h("p", {}, "The graph is empty. Drop articles on this page, or let relata ingest read a folder of them."), button("Add articles", () => app.store.step({ panel: "add" }), { class: "primary" }));
        return;
      }
      const whole = stats.relations <= MOST_RELATIONS ? button(`Show all ${count(stats.relations, "relation")}`, () => app.store.step({ all: true }), { class: "primary" }) : null;
      content.replaceChildren(
        h("div", { class: "row wrap center" }, whole, button("Find a path", () => app.store.step({ panel: "path" })), button("See what changed", () => app.store.step({ panel: "compare" })), button("Add articles", () => app.store.step({ panel: "add" }))),
        h("h2", {}, "Most is said about"), tiles(top, app),
      );
    } catch (error) {
      content.replaceChildren(failed(error, () => void show()));
    }
  };
  void show();
  return h("div", { class: "start" }, h("h1", {}, "Who did what to whom, when, according to whom"), h("p", { class: "lead" }, "Look somebody up, or begin with one of these. Every line shows the sentence that says so."), content);
}
