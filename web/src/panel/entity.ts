// Somebody or something: what is known, over time, and in their own words.
import { entityPath, get } from "../api/client";
import type { Entity, Quotes, Timeline } from "../api/types";
import { button, h } from "../dom";
import { dot } from "../parts/combobox";
import { failed, loading } from "../parts/notice";
import { filterParameters } from "../state";
import { count, day, typeName } from "../words";
import type { App } from "./app";
import { openArticle } from "./article";
import { timelineChart } from "./chart";
import { openMerge, openSplit } from "./identity";
import { relationBlock } from "./relation";

const AT_ONCE = 20;

function outside(entity: Entity): Node[] {
  return Object.entries(entity.external).map(([source, id]) => {
    const known = source === "wikidata" && /^Q\d+$/.test(id);
    return known ? h("a", { href: `https://www.wikidata.org/wiki/${id}`, target: "_blank", rel: "noopener noreferrer" }, `Wikidata ${id}`) : h("span", {}, `${source}: ${id}`);
  });
}

function actions(app: App, entity: Entity): HTMLElement {
  const { store } = app;
  const open = store.now.expanded.includes(entity.id);
  const path = (ends: { source?: string; target?: string }) => () => {
    store.step({ panel: "path" });
    document.dispatchEvent(new CustomEvent("path-end", { detail: { entity, end: ends.source ? "source" : "target" } }));
  };
  return h(
    "div", { class: "row wrap" },
    store.now.all ? null : open ? button("Close neighbours", () => app.collapse(entity.id)) : button("Open neighbours", () => app.expand(entity.id), { class: "primary" }),
    button("Path from here", path({ source: entity.id })),
    button("Path to here", path({ target: entity.id })),
    button("Merge…", () => openMerge(app, entity)),
    button("Split…", () => openSplit(app, entity)),
  );
}

export function card(app: App, entity: Entity): HTMLElement {
  const others = entity.aliases.filter((one) => one !== entity.name);
  return h(
    "header", { class: "card" },
    h("p", { class: "kicker" }, dot(entity.type), typeName(entity.type)),
    h("h2", {}, entity.name),
    others.length > 0 ? h("p", { class: "hint" }, `Also called ${others.slice(0, 8).join(", ")}${others.length > 8 ? ` and ${others.length - 8} more` : ""}`) : null,
    h(
      "dl", { class: "facts" },
      h("div", {}, h("dt", {}, "Articles"), h("dd", {}, count(entity.articles))),
      h("div", {}, h("dt", {}, "Statements"), h("dd", {}, count(entity.statements))),
      h("div", {}, h("dt", {}, "In the news"), h("dd", {}, entity.first === entity.last ? day(entity.first) : `${day(entity.first)} – ${day(entity.last)}`)),
    ),
    outside(entity).length > 0 ? h("p", {}, ...outside(entity)) : null,
    actions(app, entity),
  );
}

function more(app: App, entity: Entity): HTMLElement | null {
  const left = app.leftOut(entity.id);
  return left > 0 ? h("p", { class: "hint" }, `${count(left, "relation")} not drawn. `, button("Draw more of them", () => void app.moreOf(entity.id), { class: "link" })) : null;
}

function events(app: App, timeline: Timeline): HTMLElement {
  const list = h("div", {});
  let shown = 0;
  const add = (): void => {
    list.append(...timeline.events.slice(shown, (shown += AT_ONCE)).map((one) => relationBlock(app, one, 1)));
    next.hidden = shown >= timeline.events.length;
    next.textContent = `Show ${Math.min(AT_ONCE, timeline.events.length - shown)} more of ${timeline.events.length}`;
  };
  const next = button("", add, { class: "wide" });
  add();
  const rest = timeline.left_out > 0 ? h("p", { class: "hint" }, `The first ${timeline.events.length} of ${count(timeline.events.length + timeline.left_out, "relation")}; a later time shows others.`) : null;
  return h("section", {}, rest, list, next);
}

async function quotes(entity: Entity, app: App): Promise<HTMLElement | null> {
  const answer = await get<Quotes>(entityPath(entity.id, "/quotes"), { known_at: app.store.now.filters.known_at, limit: 20 });
  if (answer.quotes.length === 0) return null;
  return h(
    "details", { class: "quotes" }, h("summary", {}, `${count(answer.quotes.length, "quote")}${answer.next ? " and more" : ""}`),
    ...answer.quotes.map((one) => h("article", { class: "evidence" }, h("blockquote", {}, one.text),
      h("footer", {}, h("span", { class: "publisher" }, one.publisher), h("span", {}, day(one.published)), button("Read the article", () => void openArticle(one.article, one), { class: "link" })))),
  );
}

export function entityPanel(app: App, id: string): HTMLElement {
  const box = h("div", { class: "entity-panel" }, loading());
  const show = async (): Promise<void> => {
    try {
      const filters = filterParameters(app.store.now.filters);
      const [entity, timeline] = await Promise.all([get<Entity>(entityPath(id)), get<Timeline>(entityPath(id, "/timeline"), { ...filters, limit: 200 })]);
      app.learn([entity, ...timeline.entities]);
      const chart = timelineChart(timeline.events, (one) => app.entity(one)?.name ?? one, (key) => app.store.step({ selected: key, panel: "details" }));
      const parts = [card(app, entity), more(app, entity), chart, h("h3", {}, "What happened")];
      box.replaceChildren(...parts.filter((one): one is HTMLElement => one !== null));
      box.append(timeline.events.length > 0 ? events(app, timeline) : h("p", { class: "hint" }, "Nothing within the filters. Clear them to see all."));
      const said = await quotes(entity, app).catch(() => null);
      if (said) box.querySelector("h3")!.before(said);
    } catch (error) {
      box.replaceChildren(failed(error, () => void show()));
    }
  };
  void show();
  return box;
}
