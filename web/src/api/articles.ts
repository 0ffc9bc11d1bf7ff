// Articles that have been asked for, kept for as long as the page is open: an article never changes.
import { get } from "./client";
import type { Article } from "./types";

const known = new Map<string, Promise<Article>>();

export function article(id: string): Promise<Article> {
  const found = known.get(id);
  if (found) return found;
  const asked = get<Article>(`/v1/articles/${encodeURIComponent(id)}`);
  known.set(id, asked);
  asked.catch(() => known.delete(id));
  return asked;
}

// Which entity an article's actor is can be revised, unlike the article.
export function forgetArticles(): void {
  known.clear();
}

// The service counts code points, JavaScript code units.
export class CodePoints {
  private readonly points: string[];
  constructor(text: string) {
    this.points = Array.from(text);
  }
  slice(begin: number, end: number): string {
    return this.points.slice(begin, end).join("");
  }
  get length(): number {
    return this.points.length;
  }
}
