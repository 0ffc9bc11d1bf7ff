// Two moments of the graph beside each other: what came, what went, what changed, and why.
import { get, post } from "../api/client";
import type { Entity, Relation } from "../api/types";
import { button, h } from "../dom";
import { edgeKey } from "../graph/model";
import { STATUS_COLORS, type Status } from "../graph/palette";
import { empty, failed, loading, messageOf, notice } from "../parts/notice";
import { filterParameters, type DiffAsked } from "../state";
import { count, predicate, when } from "../words";
import type { App } from "./app";
import { entityLink } from "./relation";

interface Change {
  what: string;
  cause?: string | null;
  articles?: string[];
  relation?: Relation;
  before?: Relation;
  after?: Relation;
  entity?: Entity;
}

interface Diff {
  before: unknown;
  after: unknown;
  changes: Change[];
  entities?: Entity[];
  next: string | null;
}

interface Snapshot {
  name: string;
  version: number;
  time?: string;
}

const statusOf = (what: string): Status => (what.endsWith("_added") ? "added" : what.endsWith("_removed") ? "removed" : "changed");
const SIGNS: Record<Status, string> = { added: "+", removed: "−", changed: "~" };

export class ComparePanel {
  readonly element = h("div", { class: "compare-panel" });
  private readonly before = h("input", { type: "text", list: "moments", placeholder: "snapshot, version or date", "aria-label": "Before" });
  private readonly after = h("input", { type: "text", list: "moments", placeholder: "snapshot, version or date", "aria-label": "After" });
  private readonly moments = h("datalist", { id: "moments" });
  private readonly answer = h("div", { class: "answer", "aria-live": "polite" });
  private asked = "";

  constructor(private readonly app: App) {
    const name = h("input", { type: "text", maxlength: 100, required: true, "aria-label": "Name of the snapshot", placeholder: "name the graph as it is now" });
    this.element.append(
      h("h2", {}, "What has changed?"),
      h(
        "form", { class: "stack", onsubmit: (event: Event) => (event.preventDefault(), this.ask()) }, this.moments,
        h("div", { class: "columns" }, h("label", {}, "Before", this.before), h("label", {}, "After", this.after)),
        h("p", { class: "hint" }, "Two snapshots, two versions, or two publication dates such as 2024-11-18."),
        h("button", { class: "primary wide" }, "Compare"),
      ),
      h("form", { class: "row", onsubmit: (event: Event) => (event.preventDefault(), void this.snapshot(name)) }, name, h("button", {}, "Take snapshot")),
      this.answer,
    );
    this.answer.append(empty("compare", "Green came, red went, yellow changed; each with its cause."));
  }

  async open(): Promise<void> {
    const { snapshots } = await get<{ snapshots: Snapshot[] }>("/v1/snapshots").catch(() => ({ snapshots: [] }));
    this.moments.replaceChildren(...snapshots.map((one) => h("option", { value: one.name }, `version ${one.version}`)));
  }

  private async snapshot(name: HTMLInputElement): Promise<void> {
    try {
      await post("/v1/snapshots", { name: name.value.trim() });
      notice(`The graph as it is now is called ${name.value.trim()}.`);
      name.value = "";
      await this.open();
    } catch (error) {
      notice(messageOf(error), "bad");
    }
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
      const { version: _, known_at: __, ...rest } = filterParameters(filters) as Record<string, string>;
      const found = await get<Diff>("/v1/diff", { ...rest, ...diff, limit: 1000 });
      if (asked === this.asked) this.tell(found);
    } catch (error) {
      if (asked === this.asked) this.answer.replaceChildren(failed(error, () => (this.forget(), void this.show())));
    }
  }

  private tell(found: Diff): void {
    const relationOf = (change: Change): Relation | undefined => change.relation ?? change.after ?? change.before;
    this.app.learn(found.entities ?? []);
    if (found.changes.length === 0) {
      this.app.overlay(null, null);
      return this.answer.replaceChildren(empty("compare", "Nothing differs between the two, within the filters."));
    }
    const status = new Map<string, Status>();
    for (const change of found.changes) {
      const relation = relationOf(change);
      if (relation) status.set(relation.id, statusOf(change.what));
      else if (change.entity) status.set(change.entity.id, statusOf(change.what));
    }
    const relations = found.changes.flatMap((change) => relationOf(change) ?? []);
    this.app.overlay({ entities: found.entities ?? [], relations, status }, null);
    const counts = new Map<Status, number>();
    for (const change of found.changes) counts.set(statusOf(change.what), (counts.get(statusOf(change.what)) ?? 0) + 1);
    this.answer.replaceChildren(
      h("p", { class: "diff-counts" }, ...[...counts].map(([one, n]) => this.mark(one, `${SIGNS[one]} ${n} ${one}`))),
      h("ul", { class: "plain changes" }, ...found.changes.slice(0, 300).map((change) => this.row(change, relationOf(change)))),
      found.next ? h("p", { class: "hint" }, `The first ${count(found.changes.length, "change")}; filters make them fewer.`) : h("span"),
    );
  }

  private mark(status: Status, text: string): HTMLElement {
    const element = h("span", { class: `status ${status}` }, text);
    element.style.borderColor = STATUS_COLORS[status];
    return element;
  }

  private row(change: Change, relation: Relation | undefined): HTMLElement {
    const status = statusOf(change.what);
    const what = change.what.replaceAll("_", " ");
    const open = (): void => this.app.store.step({ selected: edgeKey(relation!), panel: "details" });
    const line = relation
      ? [entityLink(this.app, relation.source), " ", button(predicate(relation), open, { class: "link deed" }), " ", entityLink(this.app, relation.target), h("span", { class: "hint" }, ` ${when(relation.time)}`)]
      : change.entity ? [entityLink(this.app, change.entity.id, change.entity.name)] : [];
    return h("li", { class: status }, this.mark(status, SIGNS[status]), h("div", {}, h("p", {}, ...line), h("p", { class: "hint" }, `${what}${change.cause ? `, because ${change.cause.replaceAll("_", " ")}` : ""}`)));
  }
}
