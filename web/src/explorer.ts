// Fetches what the state asks to see, and keeps it for as long as filters and the graph's version stay the same.
import { aborted, entityPath, get, Latest } from "./api/client";
import type { Entity, Relation, Relations } from "./api/types";
import type { Content } from "./graph/model";
import { filterParameters, type Filters, type State } from "./state";

const AT_FIRST = 120; // relations around an entity; more on demand
const PER_PAGE = 1000;
export const MOST_RELATIONS = 20_000;

interface Part {
  entities: Entity[];
  relations: Relation[];
  left_out: number;
  next: string | null;
}

// What the slider leaves to the page is asked for once, without its two ends.
const keyOf = (filters: Filters): string => JSON.stringify(filterParameters(filters, false));

export class Explorer {
  private parts = new Map<string, Part>();
  private whole: Part | null = null;
  private key = "";
  private readonly latest = new Latest();

  constructor(private readonly progress: (text: string) => void) {}

  // The graph has changed: everything is asked for again.
  forget(): void {
    this.parts.clear();
    this.whole = null;
  }

  leftOut(id: string): number {
    return this.parts.get(id)?.left_out ?? 0;
  }

  async load(state: State): Promise<Content> {
    const signal = this.latest.next();
    const key = keyOf(state.filters);
    if (key !== this.key) this.forget();
    this.key = key;
    if (state.all) return this.loadAll(state, signal);
    const missing = state.expanded.filter((id) => !this.parts.has(id));
    const parameters = filterParameters(state.filters, false);
    const answers = await Promise.allSettled(missing.map((id) => get<Relations>(entityPath(id, "/neighbourhood"), { ...parameters, limit: AT_FIRST }, signal)));
    answers.forEach((answer, i) => {
      if (answer.status === "fulfilled") this.parts.set(missing[i]!, answer.value);
    });
    const failed = answers.find((answer) => answer.status === "rejected");
    if (failed && (aborted(failed.reason) || answers.length === state.expanded.length)) throw failed.reason;
    return this.content(state);
  }

  // More relations of an entity of which some were left out.
  async more(id: string, state: State): Promise<void> {
    const part = this.parts.get(id);
    if (!part?.next) return;
    const answer = await get<Relations>(entityPath(id, "/neighbourhood"), { ...filterParameters(state.filters, false), limit: PER_PAGE, cursor: part.next });
    this.parts.set(id, { ...answer, entities: [...part.entities, ...answer.entities], relations: [...part.relations, ...answer.relations] });
  }

  private content(state: State): Content {
    const parts = state.expanded.flatMap((id) => this.parts.get(id) ?? []);
    return merged(parts);
  }

  private async loadAll(state: State, signal: AbortSignal): Promise<Content> {
    const part: Part = this.whole ?? { entities: [], relations: [], left_out: 0, next: null };
    while (!this.whole) {
      const answer = await get<Relations>("/v1/relations", { ...filterParameters(state.filters, false), limit: PER_PAGE, ...(part.next && { cursor: part.next }) }, signal);
      part.entities.push(...answer.entities);
      part.relations.push(...answer.relations);
      part.next = answer.next;
      if (!answer.next || part.relations.length >= MOST_RELATIONS) this.whole = part;
      else this.progress(`Loading: ${part.relations.length} relations so far`);
    }
    return merged([this.whole]);
  }
}

export function merged(parts: { entities: Entity[]; relations: Relation[] }[]): Content {
  const entities = new Map<string, Entity>();
  const relations = new Map<string, Relation>();
  for (const part of parts) {
    for (const entity of part.entities) entities.set(entity.id, entity);
    for (const relation of part.relations) relations.set(relation.id, relation);
  }
  return { entities: [...entities.values()], relations: [...relations.values()] };
}
