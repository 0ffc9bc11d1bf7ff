// What the parts of the page need of each other.
import type { Entity } from "../api/types";
import type { Content } from "../graph/model";
import type { Store } from "../state";

export interface App {
  store: Store;
  entity(id: string): Entity | undefined; // of what has been seen so far
  learn(entities: Entity[]): void;
  expand(id: string): void;
  collapse(id: string): void;
  moreOf(id: string): Promise<void>;
  leftOut(id: string): number;
  overlay(content: Content | null, emphasis: Set<string> | null): void; // a path or a comparison over what is shown
  reload(): void; // the graph has changed
}
