// Articles put onto the page: files, a pasted text, a text with its address. One after the other, each with its progress.
import { Failure, get, renewToken, token } from "../api/client";
import type { Problem, Receipt } from "../api/types";
import { button, h, icon } from "../dom";
import { count } from "../words";
import { openArticle } from "./article";
import type { App } from "./app";

const TYPES: Record<string, string> = {
  json: "application/json", jsonl: "application/x-ndjson", ndjson: "application/x-ndjson", html: "text/html", htm: "text/html", xhtml: "application/xhtml+xml", txt: "text/plain", text: "text/plain", md: "text/plain",
};

interface Piece {
  name: string;
  type: string;
  body: () => Promise<Blob | string>;
}

async function unpacked(file: File): Promise<Blob> {
  if (!file.name.endsWith(".gz")) return file;
  return new Response(file.stream().pipeThrough(new DecompressionStream("gzip"))).blob();
}

function pieceOf(file: File): Piece {
  const ending = file.name.replace(/\.gz$/, "").split(".").pop()!.toLowerCase();
  return { name: file.name, type: TYPES[ending] ?? (file.type.startsWith("text/html") ? "text/html" : "text/plain"), body: () => unpacked(file) };
}

// A large body is kept and read later; the answer says where to ask how far it is.
interface Job {
  id: string;
  state: string;
  receipt?: Receipt;
  error?: { status: number; detail: string };
}

const LOOK_MS = 700;

async function finished(job: Job, progress: (state: string) => void): Promise<Receipt> {
  for (let now = job; ; now = await get<Job>(`/v1/jobs/${encodeURIComponent(job.id)}`)) {
    if (now.receipt) return now.receipt;
    if (now.error) throw new Failure(now.error.status, now.error.detail);
    progress(now.state);
    await new Promise((later) => setTimeout(later, LOOK_MS));
  }
}

// XMLHttpRequest, because fetch does not tell how much has been sent.
function send(type: string, body: Blob | string, progress: (share: number) => void): Promise<Receipt | Job> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/v1/articles");
    request.setRequestHeader("Content-Type", type);
    const known = token();
    if (known) request.setRequestHeader("Authorization", `Bearer ${known}`);
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onerror = () => reject(new Failure(0, "The service does not answer. Is it still running?"));
    request.onload = () => {
      const answer = JSON.parse(request.responseText || "{}") as (Receipt | Job) & Problem;
      if (request.status < 300) resolve(answer);
      else reject(new Failure(request.status, answer.detail ?? answer.title ?? `The service answered ${request.status}.`, answer));
    };
    request.send(body);
  });
}

class Row {
  private readonly bar = h("progress", { max: 1, value: 0, "aria-label": "Progress" });
  private readonly told = h("span", { class: "hint" }, "waiting");
  readonly element: HTMLElement;

  constructor(private readonly piece: Piece) {
    this.element = h("li", {}, h("span", { class: "name" }, piece.name), this.bar, this.told);
  }

  async run(): Promise<number> {
    try {
      const receipt = await this.send();
      this.bar.value = 1;
      this.tell(receipt);
      return receipt.added.length;
    } catch (error) {
      if (error instanceof Failure && error.status === 401 && (await renewToken())) return this.run();
      this.bar.value = 0;
      this.element.classList.add("bad");
      this.told.textContent = (error as Error).message;
      return 0;
    }
  }

  private async send(): Promise<Receipt> {
    this.told.textContent = "sending";
    const answer = await send(this.piece.type, await this.piece.body(), (share) => {
      this.bar.value = share;
      if (share < 1) return;
      this.bar.removeAttribute("value");
      this.told.textContent = "reading";
    });
    return "state" in answer ? finished(answer, (state) => (this.told.textContent = state)) : answer;
  }

  private tell({ added, already }: Receipt): void {
    this.element.classList.add("done");
    const parts = [added.length > 0 ? `${count(added.length, "article")} added` : "", already.length > 0 ? `${count(already.length, "article")} known already` : ""].filter(Boolean);
    this.told.textContent = parts.join(", ") || "no article in it";
    const first = added[0] ?? already[0];
    if (first) this.element.append(button("Read it", () => void openArticle(first), { class: "link" }));
  }
}

export class AddPanel {
  readonly element = h("div", { class: "add-panel" });
  private readonly rows = h("ul", { class: "plain uploads", "aria-live": "polite" });
  private readonly text = h("textarea", { rows: 8, placeholder: "Paste an article’s text, HTML or JSON", required: true });
  private readonly title = h("input", { type: "text" });
  private readonly publisher = h("input", { type: "text" });
  private readonly published = h("input", { type: "date" });
  private readonly address = h("input", { type: "url", placeholder: "https://…" });
  private readonly files = h("input", { type: "file", multiple: true, accept: ".txt,.html,.htm,.json,.jsonl,.ndjson,.gz,.md", class: "unseen", "aria-label": "Choose files" });
  private chain: Promise<void> = Promise.resolve();

  constructor(private readonly app: App) {
    this.files.addEventListener("change", () => (this.take([...(this.files.files ?? [])].map(pieceOf)), (this.files.value = "")));
    this.element.append(
      h("h2", {}, "Add articles"),
      h("label", { class: "dropzone" }, this.files, icon("add"), h("span", {}, "Drop files anywhere on the page, or choose them"), h("span", { class: "hint" }, "text, HTML, JSON, JSON lines; also .gz")),
      this.rows,
      h(
        "form", { class: "stack", onsubmit: (event: Event) => (event.preventDefault(), this.takeText()) },
        h("h3", {}, "Or paste one"), h("label", {}, "Text", this.text), h("label", {}, "Title", this.title),
        h("div", { class: "columns" }, h("label", {}, "Publisher", this.publisher), h("label", {}, "Published on", this.published)),
        h("label", {}, "Address it comes from", this.address),
        h("p", { class: "hint" }, "The address is kept as the source. Relata fetches nothing from the network itself."),
        h("button", { class: "primary wide" }, "Read this article"),
      ),
    );
    this.listenToDrops();
  }

  private listenToDrops(): void {
    const over = (on: boolean): unknown => document.body.classList.toggle("dropping", on);
    document.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.some((type) => type === "Files" || type === "text/plain" || type === "text/uri-list")) return;
      event.preventDefault();
      over(true);
    });
    document.addEventListener("dragleave", (event) => event.relatedTarget === null && over(false));
    document.addEventListener("drop", (event) => {
      over(false);
      const { dataTransfer } = event;
      if (!dataTransfer || (event.target as Element).closest("input, textarea")) return;
      event.preventDefault();
      this.app.store.step({ panel: "add" });
      const address = dataTransfer.getData("text/uri-list"), text = dataTransfer.getData("text/plain");
      if (dataTransfer.files.length > 0) this.take([...dataTransfer.files].map(pieceOf));
      else if (address) this.address.value = address.split("\n")[0]!;
      else if (text) this.text.value = text;
    });
  }

  private takeText(): void {
    const text = this.text.value.trim();
    const html = /^<(!doctype|html|article|body)/i.test(text), json = /^[[{]/.test(text);
    const facts = Object.entries({ title: this.title.value.trim(), publisher: this.publisher.value.trim(), published: this.published.value, url: this.address.value.trim() }).filter(([, value]) => value);
    const plain = JSON.stringify({ text, ...Object.fromEntries(facts) });
    const whole = (html && facts.length === 0) || json;
    const name = this.title.value.trim() || this.address.value.trim() || `${text.slice(0, 50)}…`;
    this.take([{ name, type: whole ? (html ? "text/html" : "application/json") : "application/json", body: () => Promise.resolve(whole ? text : plain) }]);
    for (const field of [this.text, this.title, this.address]) field.value = "";
  }

  private take(pieces: Piece[]): void {
    const rows = pieces.map((piece) => new Row(piece));
    this.rows.prepend(...rows.map((row) => row.element));
    this.chain = this.chain.then(async () => {
      let added = 0;
      for (const row of rows) added += await row.run();
      if (added > 0) this.app.reload();
    });
  }
}
