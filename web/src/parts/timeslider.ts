// When it happened: a range over the dates of what is shown, with bars that tell where much happened.
import type { Relation } from "../api/types";
import { debounced, h, iconButton, svg } from "../dom";
import type { Filters, Store } from "../state";
import { day, dayNumber, dayText } from "../words";

const BARS = 60;

interface Domain {
  first: number;
  last: number;
}

function histogram(spans: [number, number][], { first, last }: Domain): number[] {
  const bars = new Array<number>(BARS).fill(0);
  const at = (date: number): number => Math.min(BARS - 1, Math.max(0, Math.floor(((date - first) / (last - first + 1)) * BARS)));
  for (const [begin, end] of spans) for (let i = at(begin); i <= at(end); ++i) bars[i]! += 1;
  return bars;
}

// Undated relations are out of the picture while a date is asked for, as the service has it.
export function happenedWithin(relation: Relation, filters: Filters): boolean {
  if (!filters.from && !filters.until) return true;
  if (!relation.time) return false;
  return (!filters.from || relation.time.end >= filters.from) && (!filters.until || relation.time.begin <= filters.until);
}

export class TimeSlider {
  private readonly bars = svg("svg", { class: "bars", viewBox: `0 0 ${BARS} 20`, preserveAspectRatio: "none", "aria-hidden": "true" });
  private readonly from = h("input", { type: "range", "aria-label": "Happened from", class: "low" });
  private readonly until = h("input", { type: "range", "aria-label": "Happened until", class: "high" });
  private readonly told = h("output", { class: "told" });
  private readonly playButton = iconButton("play", "Play through time", () => this.play());
  readonly element: HTMLElement;
  private domain: Domain = { first: 0, last: 0 };
  private timer = 0;

  constructor(private readonly store: Store) {
    const known = h("input", { type: "date", value: store.now.filters.known_at });
    known.addEventListener("input", debounced(300, () => known.validity.valid && store.filter({ known_at: known.value })));
    this.element = h(
      "div", { class: "timeslider", role: "group", "aria-label": "When it happened" },
      this.playButton,
      h("div", { class: "track" }, this.bars, this.from, this.until),
      this.told,
      iconButton("close", "Any time", () => store.filter({ from: "", until: "" }), { class: "icon-button any" }),
      h("label", { class: "known" }, "Known on", known),
    );
    for (const input of [this.from, this.until]) input.addEventListener("input", () => this.slide(input));
    this.element.hidden = true; // until there is something with a date
    store.listen((now) => {
      if (document.activeElement !== known) known.value = now.filters.known_at;
      this.sync();
    });
  }

  show(relations: Relation[]): void {
    const spans = relations.flatMap((one): [number, number][] => (one.time ? [[dayNumber(one.time.begin), dayNumber(one.time.end)]] : [])).filter(([a, b]) => Number.isFinite(a) && b - a < 4000);
    this.element.hidden = spans.length === 0;
    if (spans.length === 0) return;
    const sorted = spans.map(([begin]) => begin).sort((a, b) => a - b);
    const last = spans.reduce((latest, [, end]) => Math.max(latest, end), 0);
    this.domain = { first: sorted[0]!, last: Math.max(last, sorted[0]! + 1) };
    for (const input of [this.from, this.until]) [input.min, input.max, input.step] = [String(this.domain.first), String(this.domain.last), "1"];
    const bars = histogram(spans, this.domain);
    const most = Math.max(...bars);
    this.bars.replaceChildren(...bars.map((n, x) => svg("rect", { x: x + 0.1, width: 0.8, y: 20 - (n === 0 ? 0 : 2 + (18 * Math.sqrt(n)) / Math.sqrt(most)), height: n === 0 ? 0 : 2 + (18 * Math.sqrt(n)) / Math.sqrt(most) })));
    this.sync();
  }

  private slide(moved: HTMLInputElement): void {
    const low = Number(this.from.value), high = Number(this.until.value);
    if (low > high) (moved === this.from ? this.until : this.from).value = moved.value;
    const { first, last } = this.domain;
    this.store.filter({
      from: Number(this.from.value) > first ? dayText(Number(this.from.value)) : "",
      until: Number(this.until.value) < last ? dayText(Number(this.until.value)) : "",
    });
  }

  private sync(): void {
    const { from, until } = this.store.now.filters;
    const { first, last } = this.domain;
    const low = from ? dayNumber(from) : first, high = until ? dayNumber(until) : last;
    this.from.value = String(low);
    this.until.value = String(high);
    this.from.setAttribute("aria-valuetext", day(dayText(low)));
    this.until.setAttribute("aria-valuetext", day(dayText(high)));
    this.told.textContent = from || until ? `${day(dayText(low))} – ${day(dayText(high))}` : "any time";
    this.element.classList.toggle("limited", Boolean(from || until));
    const at = (x: number): boolean => x >= ((low - first) / (last - first + 1)) * BARS - 1 && x <= ((high - first) / (last - first + 1)) * BARS;
    [...this.bars.children].forEach((bar, x) => bar.classList.toggle("out", !at(x)));
  }

  // A window of a fifth of the time moves from the beginning to the end.
  private play(): void {
    if (this.timer) return this.pause();
    const { first, last } = this.domain;
    const width = Math.max(1, Math.round((last - first) / 5)), stride = Math.max(1, Math.round((last - first) / 60));
    let at = first;
    this.playButton.classList.add("on");
    this.playButton.setAttribute("aria-label", "Stop playing");
    this.timer = window.setInterval(() => {
      this.store.filter({ from: dayText(at), until: dayText(Math.min(last, at + width)) });
      at += stride;
      if (at + width > last + stride) this.pause();
    }, 220);
  }
  private pause(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.playButton.classList.remove("on");
    this.playButton.setAttribute("aria-label", "Play through time");
  }
}
