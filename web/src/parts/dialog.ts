// Windows over the page; the browser's own dialog keeps the keyboard inside and gives it back afterwards.
import { h, iconButton } from "../dom";

export function dialog(title: string, ...content: Node[]): HTMLDialogElement {
  const heading = h("h2", { id: `title-${Math.random().toString(36).slice(2)}` }, title);
  const element = h("dialog", { "aria-labelledby": heading.id }, h("header", {}, heading, iconButton("close", "Close", () => element.close())), h("div", { class: "body" }, ...content));
  element.addEventListener("close", () => element.remove());
  element.addEventListener("click", (event) => {
    if (event.target === element) element.close();
  });
  document.body.append(element);
  element.showModal();
  return element;
}

export function askToken(): Promise<string | null> {
  return new Promise((answer) => {
    const field = h("input", { type: "password", autocomplete: "off", "aria-label": "Token", required: true });
    let given: string | null = null;
    const form = h(
      "form",
      { class: "stack", onsubmit: (event: Event) => (event.preventDefault(), (given = field.value.trim() || null), window_.close()) },
      h("p", {}, "This service answers only those who have a token. Whoever started it can give you one. It is kept until you close this tab."),
      h("label", {}, "Token", field),
      h("div", { class: "row end" }, h("button", { class: "primary" }, "Use it")),
    );
    const window_ = dialog("A token is needed", form);
    window_.addEventListener("close", () => answer(given));
    field.focus();
  });
}

export function help(): void {
  const keys: [string, string][] = [
    ["/", "search"],
    ["← ↑ → ↓", "go from node to node in the drawing"],
    ["Enter", "open the neighbours of the selected node"],
    ["Shift + arrows", "move the drawing"],
    ["+  −  0", "zoom in, out, to everything"],
    ["Esc", "deselect, close"],
    ["L", "drawing or list"],
    ["F", "filters"],
    ["P", "find a path"],
    ["?", "this help"],
  ];
  dialog(
    "Keys, and how to read the drawing",
    h("dl", { class: "keys" }, ...keys.flatMap(([key, text]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, text)])),
    h("ul", { class: "plain" },
      h("li", {}, "A node is somebody or something, coloured by type; the more is said about it, the larger it is. A ring around it: its neighbours are open."),
      h("li", {}, "An arrow goes from who acts to whom or what it is done to, coloured by the kind of relation; the more statements say so, the thicker."),
      h("li", {}, "Dashed: contested or denied. Faint: not asserted as something that happened, but planned, possible or demanded."),
      h("li", {}, "Double-click a node to open its neighbours. Click a line to read the sentences behind it.")),
  );
}
