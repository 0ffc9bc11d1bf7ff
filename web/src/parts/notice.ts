// Short messages, and what takes the place of content that is not there.
import { Failure } from "../api/client";
import { button, h, icon, type IconName } from "../dom";

const stack = h("div", { class: "notices", role: "status", "aria-live": "polite" });
export const notices = (): HTMLElement => stack;

export function notice(text: string, kind: "fine" | "bad" = "fine", action?: { text: string; run: () => void }): void {
  const element = h("div", { class: `notice ${kind}` }, h("span", {}, text));
  const remove = (): void => element.remove();
  if (action) element.append(button(action.text, () => (remove(), action.run())));
  element.append(h("button", { type: "button", class: "icon-button", "aria-label": "Dismiss", onclick: remove }, icon("close")));
  for (const old of stack.querySelectorAll(".fine")) old.remove(); // what it offers to undo may be so no more
  stack.append(element);
  setTimeout(remove, kind === "bad" ? 12_000 : 6_000);
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export function loading(text = "Loading"): HTMLElement {
  return h("p", { class: "state loading", role: "status" }, h("span", { class: "spinner", "aria-hidden": "true" }), `${text}…`);
}

export function empty(name: IconName, text: string, ...more: Node[]): HTMLElement {
  return h("div", { class: "state" }, icon(name), h("p", {}, text), ...more);
}

const CURES: Record<number, string> = {
  0: "Start it again with relata serve; what you see stays here.",
  404: "It may have been retracted, or the link is of another graph.",
  503: "It is busy or starting; try again in a moment.",
};

export function failed(error: unknown, again?: () => void, label = "Try again"): HTMLElement {
  const cure = error instanceof Failure ? CURES[error.status] : undefined;
  return h("div", { class: "state bad", role: "alert" }, h("p", {}, messageOf(error)), cure ? h("p", { class: "hint" }, cure) : null, again ? button(label, again) : null);
}
