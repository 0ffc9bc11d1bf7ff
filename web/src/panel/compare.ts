// Two moments of the graph beside each other: what came, what went, what changed, and why.
import { entityPath, get, post } from "../api/client";
import type { Entity, Evidence, Relation } from "../api/types";
import { button, h } from "../dom";
import { edgeKey } from "../graph/model";
import { STATUS_COLORS, type Status } from "../graph/palette";
import { empty, failed, loading, messageOf, notice } from "../parts/notice";
import { filterParameters, type DiffAsked } from "../state";
import { count, day, predicate, when } from "../words";
import type { App } from "./app";
import { openArticle } from "./article";
import { evidence } from "./evidence";
import { entityLink } from "./relation";

interface RelationChange {
  what: string;
  cause: string;
  version: number;
  articles: string[];
  more_articles?: number;
  decisions?: { id: string; kind: string; author: string; note: string }[];
  relation: string; // id
  source: string;
  source_name: string;
  target: string;
  target_name: string;
  before: Relation | null; // without evidence
  after: Relation | null;
  evidence: Evidence[];
}

interface EntityChange extends Pick<RelationChange, "what" | "cause" | "version" | "articles" | "more_articles" | "decisions"> {
  before: Entity[];
  after: Entity[];
}

type Change = RelationChange | EntityChange;

interface Moment {
  version: number;
  known_at?: string;
  snapshot?: string;
}

interface Diff {
  before: Moment;
  after: Moment;
  changes: Change[];
  left_out: number;
  next: string | null;
}

interface Snapshot {
  name: string;
  version: number;
  note?: string;
}

const MOST_LOOKED_UP = 150;
const OF_RELATIONS = "relation_added,relation_removed,relation_redated,relation_contested,relation_uncontested,relation_better_supported,relation_less_supported";

const aboutRelation = (change: Change): change is RelationChange => "relation" in change;
const relationOf = (change: RelationChange): Relation => ({ ...(change.after ?? change.before)!, evidence: change.evidence });
const statusOf = (what: string): Status => (/_(added|appeared|new)$/.test(what) ? "added" : /_(removed|gone|retracted)$/.test(what) ? "removed" : "changed");
const telling = (moment: Moment): string => moment.snapshot ?? (moment.known_at ? `known on ${day(moment.known_at)}` : `version ${moment.version}`);
const SIGNS: Record<Status, string> = { added: "+", removed: "−", changed: "~" };

// Relations before entities; as many changes in all as `found` knows of.
function joined(found: Diff, relations: Diff): Diff {
  const changes = [...relations.changes, ...found.changes.filter((change) => !aboutRelation(change))];
  return { ...found, changes, left_out: Math.max(0, found.changes.length + found.left_out - changes.length) };
}

export class ComparePanel {
  readonly element = h("div", { class: "compare-panel" });
  private readonly before = h("input", { type: "text", list: "moments", placeholder: "the beginning", "aria-label": "Before" });
  private readonly after = h("input", { type: "text", list: "moments", placeholder: "now", "aria-label": "After" });
  private readonly moments = h("datalist", { id: "moments" });
  private readonly answer = h("div", { class: "answer", "aria-live": "polite" });
  private readonly taking = h("button", {}, "Take snapshot");
  private asked = "";

  constructor(private readonly app: App) {
    const name = h("input", { type: "text", maxlength: 100, required: true, "aria-label": "Name of the snapshot", placeholder: "name the graph as it is now" });
    this.element.append(
      h("h2", {}, "What has changed?"),
      h(
        "form", { class: "stack", onsubmit: (event: Event) => (event.preventDefault(), this.ask()) }, this.moments,
        h("div", { class: "columns" }, h("label", {}, "Before", this.before), h("label", {}, "After", this.after)),
        h("p", { class: "hint" }, "Two snapshots, two versions, or two publication dates such as 2024-11-18. Left empty: the beginning, and now."),
        h("button", { class: "primary wide" }, "Compare"),
      ),
      h("form", { class: "row", onsubmit: (event: Event) => (event.preventDefault(), void this.snapshot(name)) }, name, this.taking),
      this.answer,
    );
    this.answer.append(empty("compare", "Green came, red went, yellow changed; each with its cause."));
  }

  async open(): Promise<void> {
    const { snapshots } = await get<{ snapshots: Snapshot[] }>("/v1/snapshots").catch(() => ({ snapshots: [] }));
    this.moments.replaceChildren(...snapshots.map((one) => h("option", { value: one.name }, `version ${one.version}${one.note ? `, ${one.note}` : ""}`)));
  }

  private async snapshot(name: HTMLInputElement): Promise<void> {
    this.taking.disabled = true; // the first change of a large graph may take a while
    this.taking.textContent = "Taking it…";
    try {
      await post("/v1/snapshots", { name: name.value.trim() });
      notice(`The graph as it is now is called ${name.value.trim()}.`);
      name.value = "";
      await this.open();
    } catch (error) {
      notice(messageOf(error), "bad");
    }
    this.taking.disabled = false;
    this.taking.textContent = "Take snapshot";
  }

  private ask(): void {
    const diff: DiffAsked = { before: this.before.value.trim(), after: this.after.value.trim() };
    if (!diff.before && !diff.after) return this.answer.replaceChildren(empty("compare", "Name at least one of the two moments."));
    this.asked = "";
    if (JSON.stringify(diff) === JSON.stringify(this.app.store.now.diff)) void this.show();
    else this.app.store.step({ diff, panel: "compare", path: null });
  }

  forget(): void {
    this.asked = "";
  }

  async show(): Promise<void> {
    const { diff, filters } = this.app.store.now;
    const asked = JSON.stringify([diff, filters]);
    if (!diff || asked === this.asked) return;
    this.asked = asked;
    [this.before.value, this.after.value] = [diff.before, diff.after];
    this.answer.replaceChildren(loading("Comparing"));
    try {
      const { known_at: _, ...rest } = filterParameters(filters);
      const found = await get<Diff>("/v1/diff", { ...rest, ...diff, limit: 1000 });
      // Entities come first, and may be all that the first thousand are; what is drawn, and mostly wanted, is relations.
      const relations = found.left_out > 0 ? await get<Diff>("/v1/diff", { ...rest, ...diff, what: OF_RELATIONS, limit: 1000 }) : null;
      if (asked === this.asked) this.tell(relations ? joined(found, relations) : found);
    } catch (error) {
      if (asked === this.asked) this.answer.replaceChildren(failed(error, () => (this.forget(), void this.show())));
    }
  }

  private tell(found: Diff): void {
    const all = found.changes.length + found.left_out;
    const part = found.left_out > 0 ? `: ${count(all, "change")}, of which these are the first ${count(found.changes.length)}` : "";
    const title = h("p", { class: "hint" }, `From ${telling(found.before)} to ${telling(found.after)}${part}`);
    if (found.changes.length === 0) {
      this.app.overlay(null, null);
      return this.answer.replaceChildren(title, empty("compare", "Nothing differs between the two, within the filters."));
    }
    void this.draw(found);
    const counts = new Map<Status, number>();
    for (const change of found.changes) counts.set(statusOf(change.what), (counts.get(statusOf(change.what)) ?? 0) + 1);
    this.answer.replaceChildren(
      title,
      h("p", { class: "diff-counts" }, ...[...counts].map(([one, n]) => this.mark(one, `${SIGNS[one]} ${n} ${one}`))),
      h("ul", { class: "plain changes" }, ...found.changes.slice(0, 300).map((change) => this.row(change))),
      all > 300 ? h("p", { class: "hint" }, `${count(all, "change")} in all; filters make them fewer.`) : h("span"),
    );
  }

  // The relations that differ, coloured; entities that only the past knows are drawn by their names.
  private async draw(found: Diff): Promise<void> {
    const changes = found.changes.filter(aboutRelation);
    const status = new Map<string, Status>(changes.map((change) => [change.relation, statusOf(change.what)]));
    this.app.learn(found.changes.flatMap((change) => (aboutRelation(change) ? [] : [...change.before, ...change.after])).filter((one) => !this.app.entity(one.id)));
    const names = new Map(changes.flatMap((change) => [[change.source, change.source_name], [change.target, change.target_name]] as const));
    const unknown = [...names.keys()].filter((id) => !this.app.entity(id)).slice(0, MOST_LOOKED_UP);
    const answers = await Promise.allSettled(unknown.map((id) => get<Entity>(entityPath(id))));
    this.app.learn(answers.flatMap((answer, i) => (answer.status === "fulfilled" ? [{ ...answer.value, id: unknown[i]! }] : [])));
    const stub = (id: string, name: string): Entity => ({ id, name, type: "", aliases: [], external: {}, articles: 0, statements: 1, first: null, last: null });
    const entities = [...names].map(([id, name]) => this.app.entity(id) ?? stub(id, name));
    if (this.app.store.now.diff) this.app.overlay({ entities, relations: changes.map(relationOf), status }, null);
  }

  private mark(status: Status, text: string): HTMLElement {
    const element = h("span", { class: `status ${status}` }, text);
    element.style.borderColor = STATUS_COLORS[status];
    return element;
  }

  private row(change: Change): HTMLElement {
    const status = statusOf(change.what);
    return h("li", { class: status }, this.mark(status, SIGNS[status]), h("div", {}, ...(aboutRelation(change) ? this.relationLine(change) : this.entityLine(change)), this.cause(change)));
  }

  private relationLine(change: RelationChange): HTMLElement[] {
    const relation = relationOf(change);
    const open = (): void => this.app.store.step({ selected: edgeKey(relation), panel: "details" });
    const proof = change.evidence[0];
    return [
      h("p", {}, entityLink(this.app, change.source, change.source_name), " ", button(predicate(relation), open, { class: "link deed" }), " ", entityLink(this.app, change.target, change.target_name), h("span", { class: "hint" }, ` ${when(relation.time)}`)),
      ...(proof ? [evidence(proof, relation)] : []),
    ];
  }

  private entityLine(change: EntityChange): HTMLElement[] {
    const names = (entities: Entity[]): string => entities.map((one) => one.name).join(", ") || "nothing";
    return [h("p", {}, h("strong", {}, change.before.length === 0 ? names(change.after) : change.after.length === 0 ? names(change.before) : `${names(change.before)} → ${names(change.after)}`))];
  }

  private cause(change: Change): HTMLElement {
    const decisions = (change.decisions ?? []).map((one) => `${one.id} (${one.kind}${one.author ? ` by ${one.author}` : ""})`).join(", ");
    const text = `${change.what.replaceAll("_", " ")}: ${change.cause.replaceAll("_", " ")}${change.version > 0 ? ` in version ${change.version}` : ""}${decisions ? `, ${decisions}` : ""}`;
    const articles = change.articles.slice(0, 3).map((id, i) => h("span", {}, " ", button(`article ${i + 1}`, () => void openArticle(id), { class: "link" })));
    return h("p", { class: "hint" }, text, ...articles);
  }
}
