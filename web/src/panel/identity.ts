// Who is who: two entities made one, one taken apart, and every such decision taken back.
import { article, CodePoints, forgetArticles } from "../api/articles";
import { get, post } from "../api/client";
import type { Article, Entity } from "../api/types";
import { button, h } from "../dom";
import { combobox, dot } from "../parts/combobox";
import { dialog } from "../parts/dialog";
import { empty, failed, loading, messageOf, notice } from "../parts/notice";
import { count, day, typeName } from "../words";
import type { App } from "./app";
import { badge } from "./evidence";

interface Receipt {
  decision: string;
  version: number;
  entities: Entity[];
}

interface Decision {
  id: string;
  kind: "merge" | "split" | "never" | "undo";
  undone: boolean;
  author: string;
  time: string;
  note: string;
  entity?: string;
  other?: string;
  actors?: string[];
  of?: string;
}

interface Actor {
  uri: string;
  id: string;
  name: string;
  type: string;
  entity: string;
}

async function decide(app: App, kind: string, body: Record<string, unknown>, told: string): Promise<void> {
  const receipt = await post<Receipt>(`/v1/identity/${kind}`, body);
  forgetArticles();
  app.learn(receipt.entities);
  const first = receipt.entities[0];
  notice(told, "fine", kind === "undo" ? undefined : { text: "Undo", run: () => void undo(app, receipt.decision) });
  if (first && kind !== "undo") {
    const { expanded } = app.store.now;
    const gone = [body["entity"], body["other"]].filter((id) => !receipt.entities.some((entity) => entity.id === id));
    const kept = expanded.map((id) => (gone.includes(id) ? first.id : id));
    app.store.step({ selected: first.id, expanded: [...new Set(kept)], panel: "details" });
  }
  app.reload();
}

async function undo(app: App, decision: string): Promise<void> {
  try {
    await decide(app, "undo", { decision }, `Decision ${decision} is taken back.`);
  } catch (error) {
    notice(messageOf(error), "bad");
  }
}

// The form's own refusals stay in the form.
function submitting(form: HTMLFormElement, run: () => Promise<void>): void {
  const trouble = h("p", { class: "bad", role: "alert", hidden: true });
  form.append(trouble);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    trouble.hidden = true;
    run().catch((error: unknown) => {
      trouble.textContent = messageOf(error);
      trouble.hidden = false;
    });
  });
}

export function openMerge(app: App, entity: Entity): void {
  let other: Entity | null = null;
  const preview = h("p", { class: "hint", role: "status" }, "Choose who else it is.");
  const choice = combobox("The other", (chosen) => {
    other = chosen;
    preview.textContent = chosen.id === entity.id ? "That is the same already." : `${entity.name} (${count(entity.articles, "article")}) and ${chosen.name} (${typeName(chosen.type)}, ${count(chosen.articles, "article")}) become one. It can be taken back at any time.`;
  }, { placeholder: "The other name", id: "merge-other" });
  const note = h("input", { type: "text", maxlength: 500, placeholder: "why, for those who come later" });
  const never = h("input", { type: "checkbox" });
  const form = h(
    "form", { class: "stack" },
    h("label", {}, `${entity.name} is also`, choice.element), preview, h("label", {}, "Note", note),
    h("label", { class: "check" }, never, "The contrary: these two are never the same"),
    h("div", { class: "row end" }, h("button", { class: "primary" }, "Decide")),
  );
  const window_ = dialog(`Merge ${entity.name}`, form);
  submitting(form, async () => {
    other = choice.chosen() ?? other;
    if (!other || other.id === entity.id) throw new Error("Choose another one from the suggestions.");
    const body = { entity: entity.id, other: other.id, note: note.value };
    if (never.checked) await decide(app, "never", body, `${entity.name} and ${other.name} are kept apart.`);
    else await decide(app, "merge", body, `${entity.name} and ${other.name} are one.`);
    window_.close();
  });
  choice.input.focus();
}

const MOST_TOLD = 60;  // articles of which the page asks what they say

// The words around the first mention: what tells one of the name from another.
function about({ document, entities }: Article, actor: Actor): string {
  const mention = entities.find((one) => one.id === actor.id)?.mentions[0];
  const words = mention ? new CodePoints(document.text).slice(Math.max(0, mention.begin - 50), mention.end + 70).replace(/\s+/g, " ") : "";
  return [document.publisher || "unnamed publisher", document.published ? day(document.published) : "undated", document.title, words && `“…${words}…”`].filter(Boolean).join(" · ");
}

function actorRow(actor: Actor, place: number): { box: HTMLInputElement; row: HTMLElement } {
  const box = h("input", { type: "checkbox", value: actor.id });
  const told = h("span", { class: "hint block" }, actor.uri);
  if (place < MOST_TOLD) article(actor.id.split(".")[0]!).then((one) => (told.textContent = about(one, actor)), () => undefined);
  return { box, row: h("label", { class: "check" }, box, dot(actor.type), h("span", {}, actor.name, told)) };
}

export function openSplit(app: App, entity: Entity): void {
  const form = h("form", { class: "stack" }, loading("Looking where the name stands"));
  const window_ = dialog(`Split ${entity.name}`, form);
  const show = async (): Promise<void> => {
    const { actors, next } = await get<{ actors: Actor[]; next: string | null }>("/v1/identity", { entity: entity.id, limit: 1000 });
    const rows = actors.map(actorRow);
    const note = h("input", { type: "text", maxlength: 500, placeholder: "why, for those who come later" });
    form.replaceChildren(
      h("p", {}, `Tick the articles in which ${entity.name} is somebody else of the same name. They become an entity of their own.`),
      h("div", { class: "scroll", role: "group", "aria-label": "Articles" }, ...rows.map(({ row }) => row)),
      next ? h("p", { class: "hint" }, "There are more articles than these.") : h("span"),
      h("label", {}, "Note", note), h("div", { class: "row end" }, h("button", { class: "primary" }, "Split")),
    );
    submitting(form, async () => {
      const chosen = rows.filter(({ box }) => box.checked).map(({ box }) => box.value);
      if (chosen.length === 0 || chosen.length === rows.length) throw new Error(chosen.length === 0 ? "Tick at least one article." : "Leave at least one article unticked.");
      await decide(app, "split", { entity: entity.id, actors: chosen, note: note.value }, `${entity.name} is split.`);
      window_.close();
    });
  };
  show().catch((error: unknown) => form.replaceChildren(failed(error)));
}

function sentence(app: App, decision: Decision): string {
  const name = (id: string | undefined): string => (id && app.entity(id)?.name) || id || "";
  switch (decision.kind) {
    case "merge": return `${name(decision.entity)} and ${name(decision.other)} are one`;
    case "never": return `${name(decision.entity)} and ${name(decision.other)} are never the same`;
    case "split": return `${count(decision.actors?.length ?? 0, "mention")} of ${name(decision.entity)} are somebody else`;
    case "undo": return `decision ${decision.of} is taken back`;
  }
}

// Names of the entities that decisions speak of; one merged away answers as what it became.
async function learnNames(app: App, decisions: Decision[]): Promise<void> {
  const ids = new Set(decisions.flatMap((one) => [one.entity, one.other]).filter((id): id is string => Boolean(id) && !app.entity(id!)));
  await Promise.allSettled([...ids].slice(0, 50).map(async (id) => app.learn([{ ...(await get<Entity>(`/v1/entities/${id}`)), id }])));
}

export function identityPanel(app: App): HTMLElement {
  const list = h("div", {}, loading());
  const show = async (): Promise<void> => {
    try {
      const { decisions } = await get<{ decisions: Decision[] }>("/v1/identity/decisions", { limit: 1000 });
      await learnNames(app, decisions);
      if (decisions.length === 0) return list.replaceChildren(empty("people", "Nobody has decided anything yet. Select an entity to merge or split it."));
      list.replaceChildren(h("ul", { class: "plain decisions" }, ...[...decisions].reverse().map((one) => h(
        "li", { class: one.undone ? "undone" : "" },
        h("p", {}, badge(one.kind), " ", sentence(app, one), "."),
        h("p", { class: "hint" }, [one.id, one.time.replace("T", " ").replace("Z", ""), one.author, one.note].filter(Boolean).join(" · ")),
        one.undone ? h("span", { class: "hint" }, "taken back") : one.kind === "undo" ? null : button("Undo", () => void undo(app, one.id).then(show), { "aria-label": `Undo: ${sentence(app, one)}` }),
      ))));
    } catch (error) {
      list.replaceChildren(failed(error, () => void show()));
    }
  };
  void show();
  return h("div", {}, h("h2", {}, "Decisions on identity"), h("p", { class: "hint" }, "Who is who is decided by rules, and by you. Each of your decisions can be taken back."), list);
}
