// The answers of the service, as /openapi.json describes them.
export interface Time {
  value: string;
  begin: string;
  end: string;
  precision: string;
  mod?: string;
}

export interface Entity {
  id: string;
  name: string;
  type: string;
  aliases: string[];
  external: Record<string, string>;
  articles: number;
  statements: number;
  first: string | null;
  last: string | null;
}

export interface Source {
  source: string;
  name: string;
  verb: string;
}

export interface Evidence {
  statement: string;
  article: string;
  uri: string;
  title: string;
  published: string | null;
  publisher: string;
  begin: number;
  end: number;
  text: string;
  polarity: "positive" | "negative";
  modality: string;
  confidence: number;
  attribution: Source[];
}

export interface Relation {
  id: string;
  source: string;
  target: string;
  type: string;
  predicates: string[];
  time: Time | null;
  asserted: number;
  denied: number;
  modalities: Record<string, number>;
  contested: boolean;
  publishers: number;
  confidence: number;
  evidence: Evidence[];
}

export interface Entities {
  entities: Entity[];
  next: string | null;
}

export interface Relations {
  entities: Entity[];
  relations: Relation[];
  left_out: number;
  next: string | null;
  cut?: boolean;
}

export interface Timeline {
  entity: Entity;
  events: Relation[];
  entities: Entity[];
  left_out: number;
  next: string | null;
}

export interface Quotes {
  entity: Entity;
  quotes: { article: string; uri: string; published: string | null; publisher: string; begin: number; end: number; text: string; cue: string }[];
  next: string | null;
}

export type Hop = Relation & { reversed: boolean };

export interface Path {
  length: number;
  arrival: string | null;
  hops: Hop[];
}

export interface Paths {
  paths: Path[];
  entities: Entity[];
  cut?: boolean;
}

export interface Words {
  begin: number;
  end: number;
  text: string;
}

export interface Article {
  document: {
    id: string;
    uri: string;
    title: string;
    publisher: string;
    published: string | null;
    published_from: string;
    language: string;
    text: string;
  };
  entities: { id: string; name: string; type: string; aliases: string[]; mentions: (Words & { kind: string })[]; entity: string }[];
  statements: { id: string; subject: string; object: string; type: string; predicate: string; evidence: Words }[];
  quotes: (Words & { source: string | null; cue: string })[];
}

export interface Stats {
  version: number;
  articles: number;
  entities: number;
  relations: number;
  statements: number;
  relation_types: string[];
}

export interface Receipt {
  version: number;
  added: string[];
  already: string[];
  retracted: string[];
}

// RFC 9457.
export interface Problem {
  title?: string;
  detail?: string;
  status?: number;
  parameter?: string;
  candidates?: Entity[];
}
