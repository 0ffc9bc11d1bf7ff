// The page: joins its parts, and shows what the state says.
import { Failure, get, onTokenNeeded } from "./api/client";
import type { Entity, Stats } from "./api/types";
import { aborted } from "./api/client";
import { forgetArticles } from "./api/articles";
import { debounced } from "./dom";
import { Explorer, merged } from "./explorer";
import { Model, type Content } from "./graph/model";
import { control } from "./graph/pointer";
import { GraphView } from "./graph/view";
import { AddPanel } from "./panel/add";
import type { App } from "./panel/app";
import { onEntityOfArticle } from "./panel/article";
import { ComparePanel } from "./panel/compare";
import { entityPanel } from "./panel/entity";
import { identityPanel } from "./panel/identity";
import { PathPanel } from "./panel/path";
import { edgeByKey, edgePanel } from "./panel/relation";
import { askToken } from "./parts/dialog";
import { FilterPanel, sameButTime } from "./parts/filters";
import { failed, loading, messageOf, notice } from "./parts/notice";
import { legendOf } from "./parts/legend";
import { listOf } from "./parts/list";
import { happenedWithin, TimeSlider } from "./parts/timeslider";
import { Page } from "./page";
import { filtersInUse, Store, type State } from "./state";
import { start } from "./panel/start";

class Main implements App {
  readonly store = new Store();
  private readonly entities = new Map<string, Entity>();
  readonly view = new GraphView(new Model());
  private readonly explorer = new Explorer((text) => this.page.busy(text));
  private readonly slider = new TimeSlider(this.store);
  private readonly filters = new FilterPanel(this.store);
  private readonly paths = new PathPanel(this);
  private readonly compare = new ComparePanel(this);
  private readonly adding = new AddPanel(this);
  private readonly page = new Page(this.store, { view: this.view, slider: this.slider.element, filters: this.filters.element });
  private explored: Content = { entities: [], relations: [] };
  private over: Content | null = null; // of a path or a comparison
  private emphasis: Set<string> | null = null;
  private panelShown = "";

  run(): void {
    onTokenNeeded(askToken);
    onEntityOfArticle((id) => this.expand(id));
    control(this.view, {
      select: (key) => this.select(key),
      expand: (id) => this.expand(id),
    });
    this.page.onChoose = (entity) => (this.learn([entity]), this.expand(entity.id));
    this.store.listen((now, before) => this.follow(now, before));
    void this.stats();
    void this.load(true);
    this.panel();
  }

  entity(id: string): Entity | undefined {
    return this.entities.get(id);
  }
  learn(entities: Entity[]): void {
    for (const entity of entities) this.entities.set(entity.id, entity);
  }
  expand(id: string): void {
    const { expanded, all } = this.store.now;
    this.store.step({ expanded: all || expanded.includes(id) ? expanded : [...expanded, id], selected: id, panel: "details" });
  }
  collapse(id: string): void {
    this.store.step({ expanded: this.store.now.expanded.filter((one) => one !== id) });
  }
  leftOut(id: string): number {
    return this.explorer.leftOut(id);
  }
  async moreOf(id: string): Promise<void> {
    try {
      await this.explorer.more(id, this.store.now);
      await this.load(false);
      this.panel(true);
    } catch (error) {
      notice(messageOf(error), "bad");
    }
  }
  overlay(content: Content | null, emphasis: Set<string> | null): void {
    this.over = content;
    this.emphasis = emphasis;
    this.draw(content !== null);
  }
  reload(): void {
    forgetArticles();
    this.explorer.forget();
    this.paths.forget();
    this.compare.forget();
    void this.stats();
    void this.load(false);
    this.panel(true);
  }

  private select(key: string): void {
    this.store.step({ selected: key, ...(key ? { panel: "details" as const } : {}) });
  }

  private readonly loadSoon = debounced(200, () => void this.load(false));

  private follow(now: State, before: State): void {
    const content = now.expanded !== before.expanded || now.all !== before.all;
    if (!now.path && !now.diff && (before.path || before.diff)) [this.over, this.emphasis] = [null, null];
    if (!sameButTime(now.filters, before.filters)) this.loadSoon();
    else if (content && String(now.expanded) + now.all !== String(before.expanded) + before.all) void this.load(before.expanded.length === 0 || now.all !== before.all);
    else if (JSON.stringify(now.filters) !== JSON.stringify(before.filters)) this.draw(false);
    if (now.selected !== before.selected) this.marks();
    this.page.sync(now, filtersInUse(now.filters));
    if (now.list !== before.list) this.list();
    this.panelSoon();
  }
  private readonly panelSoon = debounced(10, () => this.panel());

  private async stats(): Promise<void> {
    try {
      const stats = await get<Stats>("/v1/stats");
      this.page.stats(stats);
      this.filters.setRelationTypes(stats.relation_types);
    } catch (error) {
      notice(messageOf(error), "bad");
    }
  }

  private async load(refit: boolean): Promise<void> {
    const { now } = this.store;
    if (!now.all && now.expanded.length === 0) {
      this.explored = { entities: [], relations: [] };
      this.draw(false);
      this.page.cover(this.over ? null : start(this));
      return;
    }
    this.page.busy("Loading");
    try {
      this.explored = await this.explorer.load(now);
      this.learn(this.explored.entities);
      this.page.cover(null);
      this.draw(refit);
      // What filters leave out is not told of either.
      if (now.selected.includes(".") && !this.view.model.graph.hasEdge(now.selected)) this.panel(true);
    } catch (error) {
      if (aborted(error)) return;
      const again = (): void => void this.load(refit);
      if (this.explored.entities.length > 0) notice(messageOf(error), "bad", { text: "Try again", run: again });
      else this.page.cover(error instanceof Failure && error.status === 404 ? failed(error, () => this.store.step({ expanded: [], selected: "" }), "Begin anew") : failed(error, again));
    }
    this.page.busy("");
  }

  private draw(refit: boolean): void {
    const { now } = this.store;
    const compared = now.diff !== null && this.over !== null;
    const content = compared ? this.over! : this.over ? merged([this.explored, this.over]) : this.explored;
    if (this.over) this.learn(this.over.entities);
    if (content.entities.length > 0) this.page.cover(null);
    this.view.show(content, {
      emphasis: this.emphasis,
      expanded: new Set(now.expanded),
      shown: (edge) => edge.relations.some((one) => happenedWithin(one, now.filters)),
    }, refit);
    this.slider.show(content.relations);
    this.page.legend(content.entities.length > 0 ? legendOf(this.view) : []);
    this.page.describe(this.view.nodes.length, this.view.edges.length);
    this.marks();
    this.list();
  }
  private marks(): void {
    this.view.setMarks(this.store.now.selected);
  }
  private list(): void {
    this.page.list(this.store.now.list ? listOf(this.view, (key) => this.select(key)) : null);
  }

  private panel(anew = false): void {
    const { panel, selected, filters, expanded } = this.store.now;
    const key = panel === "details" ? JSON.stringify([panel, selected, filters, expanded.includes(selected)]) : panel;
    if (panel === "path") void this.paths.show();
    if (panel === "compare") void this.compare.show();
    if (key === this.panelShown && !(anew && (panel === "details" || panel === "identity"))) return;
    this.panelShown = key;
    if (panel === "path") this.page.panel(this.paths.element);
    else if (panel === "compare") {
      this.page.panel(this.compare.element);
      void this.compare.open();
    } else if (panel === "add") this.page.panel(this.adding.element);
    else if (panel === "identity") this.page.panel(identityPanel(this));
    else this.page.panel(selected ? this.details(selected) : null);
  }
  private details(selected: string): HTMLElement {
    if (!selected.includes(".")) return entityPanel(this, selected);
    const edge = this.view.model.graph.hasEdge(selected) ? this.view.model.graph.getEdgeAttributes(selected) : null;
    return edge ? edgePanel(this, edge.relations) : edgeByKey(this, selected);
  }
}

document.body.append(loading());
const main = new Main();
main.run();
// For the browser's console, and for tests: what is drawn, and where.
Object.assign(window, { relata: main });
