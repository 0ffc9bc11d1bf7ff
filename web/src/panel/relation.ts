// One edge of the drawing: its relations in the order of time, each with its sentences.
import { get } from "../api/client";
import type { Relation } from "../api/types";
import { button, h } from "../dom";
import { familyOf } from "../graph/palette";
import { filterParameters, filtersInUse } from "../state";
import { count, notActual, percent, predicate, relationName, when } from "../words";
import { empty, failed, loading, messageOf, notice } from "../parts/notice";
import type { App } from "./app";
import { badge, evidence } from "./evidence";

const FEW = 3;

export function entityLink(app: App, id: string, name?: string): HTMLElement {
  return button(name ?? app.entity(id)?.name ?? id, () => {
    if (!app.store.now.all && !app.store.now.expanded.includes(id)) app.expand(id);
    app.store.step({ selected: id, panel: "details" });
  }, { class: "link entity" });
}

export function badges(relation: Relation): HTMLElement[] {
  const all = [badge(when(relation.time), "time")];
  if (relation.contested) all.push(badge(`contested: ${relation.asserted} say so, ${relation.denied} deny it`, "bad"));
  else if (relation.asserted === 0) all.push(badge("denied", "bad"));
  if (notActual(relation)) all.push(badge(Object.keys(relation.modalities).join(", ")));
  if (relation.publishers > 1) all.push(badge(count(relation.publishers, "publisher")));
  return all;
}

async function moreEvidence(app: App, relation: Relation, into: HTMLElement): Promise<void> {
  try {
    const whole = await get<Relation>(`/v1/relations/${encodeURIComponent(relation.id)}`, filterParameters(app.store.now.filters));
    into.replaceChildren(...whole.evidence.map((proof) => evidence(proof, whole)));
  } catch (error) {
    notice(messageOf(error), "bad");
  }
}

// `shown`: how many sentences at first.
export function relationBlock(app: App, relation: Relation, shown = FEW, heading = true): HTMLElement {
  const proofs = h("div", { class: "proofs" }, ...relation.evidence.slice(0, shown).map((proof) => evidence(proof, relation)));
  const all = relation.asserted + relation.denied;
  const line = h("p", { class: "sentence" }, entityLink(app, relation.source), " ", h("span", { class: "deed" }, predicate(relation)), " ", entityLink(app, relation.target));
  const block = h(
    "section", { class: `relation ${relation.asserted === 0 ? "denied" : ""} ${notActual(relation) ? "faint" : ""}` },
    heading ? line : null,
    h("p", { class: "badges" }, ...badges(relation), badge(percent(relation.confidence) + " sure")),
    proofs,
    all > Math.min(shown, relation.evidence.length) ? button(`All ${count(all, "sentence")}`, () => void moreEvidence(app, relation, proofs), { class: "link" }) : null,
  );
  block.style.setProperty("--family", familyOf(relation.type).color);
  return block;
}

export function edgePanel(app: App, relations: Relation[]): HTMLElement {
  const first = relations[0]!;
  const sorted = [...relations].sort((a, b) => (a.time?.begin ?? "9999") < (b.time?.begin ?? "9999") ? -1 : 1);
  return h(
    "div", { class: "edge-panel" },
    h("p", { class: "kicker" }, relationName(first.type)),
    h("h2", {}, entityLink(app, first.source), h("span", { class: "arrow", "aria-label": "to" }, " → "), entityLink(app, first.target)),
    ...sorted.map((one) => relationBlock(app, one)),
  );
}

// An edge that a link names but that is not drawn, or that filters leave out.
export function edgeByKey(app: App, key: string): HTMLElement {
  const [source, type, target] = key.split(".");
  const box = h("div", {}, loading());
  const { filters } = app.store.now;
  get<{ relations: Relation[]; entities: [] }>("/v1/relations", { ...filterParameters(filters), source: source!, target: target!, relation: type!, limit: 100 })
    .then((answer) => {
      app.learn(answer.entities);
      box.replaceChildren(answer.relations.length > 0 ? edgePanel(app, answer.relations) : empty("filter", filtersInUse(filters) > 0 ? "Nothing says so within the filters." : "Nothing says so any more."));
    })
    .catch((error: unknown) => box.replaceChildren(failed(error)));
  return box;
}
