// An entity's events over time: a lane for each family of relations, a mark for each relation as wide as its date is vague.
import type { Relation } from "../api/types";
import { h, svg } from "../dom";
import { familiesOf, familyOf } from "../graph/palette";
import { edgeKey } from "../graph/model";
import { count, day, dayNumber, dayText, notActual, predicate, when } from "../words";

const WIDTH = 360, LANE = 24, AXIS = 22, LEFT = 6, RIGHT = 8;

interface Scale {
  first: number;
  last: number;
  x(date: number): number;
}

function scaleOf(dated: Relation[]): Scale {
  const first = Math.min(...dated.map((one) => dayNumber(one.time!.begin))), last = Math.max(...dated.map((one) => dayNumber(one.time!.end)));
  // A day or two are no bar over all the width.
  const pad = Math.max(0, Math.ceil((7 - (last + 1 - first)) / 2));
  const begin = first - pad, end = last + 1 + pad;
  return { first: begin, last: end - 1, x: (date) => LEFT + ((date - begin) / (end - begin)) * (WIDTH - LEFT - RIGHT) };
}

// "15 Nov 2024", "1 Jan 2015 – 31 Jan 2015".
function span(dated: Relation[]): string {
  const first = day(dayText(Math.min(...dated.map((one) => dayNumber(one.time!.begin))))), last = day(dayText(Math.max(...dated.map((one) => dayNumber(one.time!.end)))));
  return first === last ? first : `${first} – ${last}`;
}

const STEPS: [number, (date: Date) => Date, string][] = [
  [1, (d) => new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate() + 1)), "day"],
  [7, (d) => new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate() + 7)), "day"],
  [30, (d) => new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + 1, 1)), "month"],
  [91, (d) => new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + 3, 1)), "month"],
  [365, (d) => new Date(Date.UTC(d.getUTCFullYear() + 1, 0, 1)), "year"],
  [3650, (d) => new Date(Date.UTC(d.getUTCFullYear() + 10, 0, 1)), "year"],
];

function ticks({ first, last }: Scale): [number, string][] {
  const step = STEPS.find(([days]) => (last - first) / days <= 6) ?? STEPS[STEPS.length - 1]!;
  const start = new Date(first * 86_400_000);
  let at = step[2] === "year" ? new Date(Date.UTC(start.getUTCFullYear() + 1, 0, 1)) : step[2] === "month" ? new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1)) : start;
  const found: [number, string][] = [];
  for (let n = 0; n < 12 && at.getTime() / 86_400_000 <= last; ++n, at = step[1](at)) {
    const text = at.toISOString().slice(0, 10);
    found.push([dayNumber(text), step[2] === "year" ? text.slice(0, 4) : step[2] === "month" ? day(text.slice(0, 7)) : day(text).replace(/ \d{4}$/, "")]);
  }
  return found.length > 0 ? found : [[first, day(dayText(first))]];
}

export function timelineChart(events: Relation[], nameOf: (id: string) => string, open: (key: string) => void): HTMLElement | null {
  const dated = events.filter((one) => one.time && dayNumber(one.time.end) - dayNumber(one.time.begin) < 4000);
  if (dated.length === 0) return null;
  const scale = scaleOf(dated);
  const families = familiesOf(dated.map((one) => one.type));
  const height = families.length * LANE + AXIS;
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "chart", role: "img", "aria-label": `${count(dated.length, "dated event")}, ${span(dated)}` });
  for (const [date, text] of ticks(scale)) {
    const x = scale.x(date);
    picture.append(svg("line", { x1: x, x2: x, y1: 0, y2: height - AXIS + 4, class: "tick" }));
    picture.append(svg("text", { x: Math.min(Math.max(x, 18), WIDTH - 22), y: height - 5, class: "tick" }, text));
  }
  families.forEach((family, lane) => {
    const y = lane * LANE + LANE / 2;
    picture.append(svg("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y, class: "lane" }));
    for (const event of dated.filter((one) => familyOf(one.type) === family)) {
      const left = scale.x(dayNumber(event.time!.begin)), right = scale.x(dayNumber(event.time!.end) + 1);
      const width = Math.max(7, right - left);
      const mark = svg(
        "rect",
        { x: Math.min(left, WIDTH - RIGHT - width), y: y - 5, width, height: 10, rx: 4, class: `event ${event.contested || event.asserted === 0 ? "contested" : ""} ${notActual(event) ? "faint" : ""}`, onclick: () => open(edgeKey(event)) },
        svg("title", {}, `${when(event.time)}: ${nameOf(event.source)} ${predicate(event)} ${nameOf(event.target)}`),
      );
      mark.style.setProperty("--family", family.color);
      picture.append(mark);
    }
  });
  const legend = h("p", { class: "chart-legend hint" }, ...families.map((family) => {
    const line = h("span", { class: "line", "aria-hidden": "true" });
    line.style.background = family.color;
    return h("span", {}, line, family.name);
  }));
  return h("figure", {}, picture, h("figcaption", {}, h("p", { class: "hint" }, span(dated)), legend));
}
