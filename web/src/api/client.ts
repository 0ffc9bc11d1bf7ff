// Asks the service. Every failure becomes a Failure whose message is meant for people.
import type { Problem } from "./types";

export type Parameters = Record<string, string | number | boolean | string[] | undefined>;

export class Failure extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly problem: Problem = {},
  ) {
    super(message);
  }
}

const TOKEN = "relata-token";
let askForToken: (() => Promise<string | null>) | null = null;
let asking: Promise<string | null> | null = null;

// Called when the service answers 401; the token it gives is kept until the browser's tab is closed.
export function onTokenNeeded(ask: () => Promise<string | null>): void {
  askForToken = ask;
}

export function token(): string | null {
  return sessionStorage.getItem(TOKEN);
}

// Asks for another token; false when none is given.
export async function renewToken(): Promise<boolean> {
  if (!askForToken) return false;
  asking ??= askForToken().finally(() => (asking = null));
  const given = await asking;
  if (given) sessionStorage.setItem(TOKEN, given);
  return given !== null;
}

export function address(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined || value === "" || value === false || (Array.isArray(value) && value.length === 0)) continue;
    query.set(name, Array.isArray(value) ? value.join(",") : String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

async function failureOf(response: Response): Promise<Failure> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  return new Failure(response.status, problem.detail ?? problem.title ?? `The service answered ${response.status} ${response.statusText}.`, problem);
}

export async function request(method: string, target: string, init: { body?: BodyInit; type?: string; signal?: AbortSignal } = {}): Promise<Response> {
  for (let tries = 0; ; ++tries) {
    const headers: Record<string, string> = {};
    const known = token();
    if (known) headers["Authorization"] = `Bearer ${known}`;
    if (init.type) headers["Content-Type"] = init.type;
    let response: Response;
    try {
      response = await fetch(target, { method, headers, ...(init.body !== undefined && { body: init.body }), ...(init.signal && { signal: init.signal }) });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new Failure(0, "The service does not answer. Is it still running?");
    }
    if (response.ok) return response;
    if (response.status === 401 && tries < 3 && (await renewToken())) continue;
    throw await failureOf(response);
  }
}

export async function get<T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<T> {
  return (await (await request("GET", address(path, parameters), signal ? { signal } : {})).json()) as T;
}

export async function post<T>(path: string, body: unknown): Promise<T> {
  return (await (await request("POST", path, { body: JSON.stringify(body), type: "application/json" })).json()) as T;
}

export const entityPath = (id: string, part = ""): string => `/v1/entities/${encodeURIComponent(id)}${part}`;

// Only the newest of several questions matters: the one before is given up.
export class Latest {
  private controller: AbortController | null = null;
  next(): AbortSignal {
    this.controller?.abort();
    this.controller = new AbortController();
    return this.controller.signal;
  }
}

export const aborted = (error: unknown): boolean => error instanceof DOMException && error.name === "AbortError";
