// An article's text, with one place of it marked and with everybody it names.
import { article as fetchArticle, CodePoints } from "../api/articles";
import type { Article } from "../api/types";
import { h } from "../dom";
import { typeColor } from "../graph/palette";
import { dialog } from "../parts/dialog";
import { failed, loading } from "../parts/notice";
import { count, day } from "../words";

interface Place {
  begin: number;
  end: number;
}

let showEntity: (id: string) => void = () => {};
export function onEntityOfArticle(show: (id: string) => void): void {
  showEntity = show;
}

interface Named extends Place {
  entity: string;
  name: string;
  type: string;
}

function names(article: Article): Named[] {
  const all = article.entities.flatMap((one) => one.mentions.filter((mention) => mention.kind === "name").map(({ begin, end }) => ({ begin, end, entity: one.entity, name: one.name, type: one.type })));
  const sorted = all.sort((a, b) => a.begin - b.begin || b.end - a.end);
  let last = 0;
  return sorted.filter((one) => one.begin >= last && ((last = one.end), true));
}

function nameNode(text: string, one: Named, close: () => void): HTMLElement {
  const element = h("button", { type: "button", class: "name-in-text", title: `Show ${one.name}`, onclick: () => (close(), showEntity(one.entity)) }, text);
  element.style.textDecorationColor = typeColor(one.type);
  return element;
}

function textNodes(points: CodePoints, begin: number, end: number, named: Named[], close: () => void): Node[] {
  const nodes: Node[] = [];
  let at = begin;
  for (const one of named) {
    if (one.begin < at || one.end > end) continue;
    nodes.push(document.createTextNode(points.slice(at, one.begin)), nameNode(points.slice(one.begin, one.end), one, close));
    at = one.end;
  }
  nodes.push(document.createTextNode(points.slice(at, end)));
  return nodes;
}

function safeLink(uri: string): Node {
  if (/^https?:\/\//i.test(uri)) return h("a", { href: uri, target: "_blank", rel: "noopener noreferrer" }, "original");
  return h("span", { class: "hint" }, uri);
}

function content(article: Article, place: Place | null, close: () => void): Node[] {
  const { document: read } = article;
  const points = new CodePoints(read.text);
  const named = names(article);
  const text = h("div", { class: "article-text", lang: read.language || "en" });
  if (!place) text.append(...textNodes(points, 0, points.length, named, close));
  else text.append(...textNodes(points, 0, place.begin, named, close), h("mark", { class: "place", tabindex: "-1" }, ...textNodes(points, place.begin, place.end, named, close)), ...textNodes(points, place.end, points.length, named, close));
  const facts = h("p", { class: "hint" }, [read.publisher || "unnamed publisher", day(read.published), count(article.statements.length, "statement"), ""].join(" · "), safeLink(read.uri));
  return [facts, text];
}

export async function openArticle(id: string, place: Place | null = null): Promise<void> {
  const body = h("div", {}, loading("Fetching the article"));
  const window_ = dialog("Article", body);
  window_.classList.add("wide");
  const show = async (): Promise<void> => {
    try {
      const article = await fetchArticle(id);
      window_.querySelector("h2")!.textContent = article.document.title || "Untitled article";
      body.replaceChildren(...content(article, place, () => window_.close()));
      body.querySelector<HTMLElement>("mark.place")?.scrollIntoView({ block: "center" });
    } catch (error) {
      body.replaceChildren(failed(error, () => void show()));
    }
  };
  await show();
}
