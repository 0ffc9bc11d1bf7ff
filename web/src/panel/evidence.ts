// A sentence as proof: who and what it speaks of marked, where it stands, who says so.
import { article as fetchArticle, CodePoints } from "../api/articles";
import type { Article, Evidence, Relation } from "../api/types";
import { button, h } from "../dom";
import { day, percent } from "../words";
import { openArticle } from "./article";

interface Mark {
  begin: number; // code points from the beginning of the sentence
  end: number;
  role: "subject" | "object" | "deed";
}

function marked(text: CodePoints, marks: Mark[]): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  for (const mark of marks.sort((a, b) => a.begin - b.begin || b.end - a.end)) {
    if (mark.begin < at) continue;
    nodes.push(document.createTextNode(text.slice(at, mark.begin)), h("mark", { class: mark.role }, text.slice(mark.begin, mark.end)));
    at = mark.end;
  }
  nodes.push(document.createTextNode(text.slice(at, text.length)));
  return nodes;
}

// Mentions of the two ends, as they were read.
function mentions(read: Article, proof: Evidence): Mark[] {
  const statement = read.statements.find((one) => one.id === proof.statement);
  const of = (actor: string | undefined, role: Mark["role"]): Mark[] =>
    (read.entities.find((one) => one.id === actor)?.mentions ?? [])
      .filter((one) => one.begin >= proof.begin && one.end <= proof.end)
      .map((one) => ({ begin: one.begin - proof.begin, end: one.end - proof.begin, role }));
  return [...of(statement?.subject, "subject"), ...of(statement?.object, "object")];
}

const SMALL = new Set(["with", "against", "from", "into", "about", "over", "for", "the", "and"]);

// The words of a predicate, which is given in its ground form: "discuss" is found in "discussed".
function deeds(text: string, predicates: string[]): Mark[] {
  const words = predicates.flatMap((one) => one.toLowerCase().split(/[^\p{L}]+/u)).filter((word) => word.length > 2 && !SMALL.has(word));
  const stems = words.map((word) => (word.length > 4 ? word.replace(/[ey]$/, "") : word));
  const marks: Mark[] = [];
  let at = 0;
  for (const part of text.split(/([^\p{L}\p{M}'-]+)/u)) {
    const length = Array.from(part).length;
    if (stems.some((stem) => part.toLowerCase().startsWith(stem) && length < stem.length + 5)) marks.push({ begin: at, end: at + length, role: "deed" });
    at += length;
  }
  return marks;
}

function sentence(proof: Evidence, relation: Relation): HTMLElement {
  const text = new CodePoints(proof.text);
  const quote = h("blockquote", {}, ...marked(text, deeds(proof.text, relation.predicates)));
  fetchArticle(proof.article)
    .then((read) => quote.replaceChildren(...marked(text, [...mentions(read, proof), ...deeds(proof.text, relation.predicates)])))
    .catch(() => {}); // the sentence stands there without marks
  return quote;
}

export const badge = (text: string, kind = ""): HTMLElement => h("span", { class: `badge ${kind}` }, text);

export function evidence(proof: Evidence, relation: Relation): HTMLElement {
  const speakers = proof.attribution.map((one) => one.name || one.source).join(", according to ");
  const place = { begin: proof.begin, end: proof.end };
  return h(
    "article", { class: `evidence ${proof.polarity}` },
    sentence(proof, relation),
    h(
      "footer", {},
      h("span", { class: "publisher" }, proof.publisher || "unnamed publisher"),
      h("span", {}, day(proof.published)),
      speakers ? h("span", {}, `says ${speakers}`) : null,
      proof.polarity === "negative" ? badge("denied", "bad") : null,
      proof.modality !== "actual" ? badge(proof.modality) : null,
      h("span", { title: "How sure the reading is" }, percent(proof.confidence)),
      button("Read the article", () => void openArticle(proof.article, place), { class: "link" }),
    ),
  );
}
