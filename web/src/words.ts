// Values as people read them.
import type { Relation, Time } from "./api/types";

const TYPE_NAMES: Record<string, string> = {
  PERSON: "Person",
  ORG: "Organization",
  GPE: "State or city",
  LOC: "Place",
  FAC: "Building",
  NORP: "Group",
  WEAPON: "Weapon",
  VEHICLE: "Vehicle",
  PRODUCT: "Product",
  EVENT: "Event",
  LAW: "Law",
  WORK: "Work",
};

export const typeName = (type: string): string => TYPE_NAMES[type] ?? type;
export const ENTITY_TYPES = Object.keys(TYPE_NAMES);
export const MODALITIES = ["actual", "future", "possible", "conditional", "requested", "hypothetical"];

export const relationName = (type: string): string => type.toLowerCase().replaceAll("_", " ");

const formatter = new Intl.NumberFormat("en");
export const count = (number: number, noun = "", plural = `${noun}s`): string => `${formatter.format(number)}${noun && " "}${noun && (number === 1 ? noun : plural)}`;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// "15 Nov 2024", "Nov 2024", "2024"; anything else as it is.
export function day(text: string | null): string {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text ?? "");
  if (!parts) return text ?? "undated";
  const month = parts[2] ? `${MONTHS[Number(parts[2]) - 1] ?? parts[2]} ` : "";
  return `${parts[3] ? `${Number(parts[3])} ` : ""}${month}${parts[1]}`;
}

export function when(time: Time | null): string {
  if (!time) return "undated";
  const mod = time.mod ? `${time.mod.toLowerCase()} ` : "";
  return mod + (/^\d{4}/.test(time.value) && !time.value.includes("/") ? day(time.value) : time.begin === time.end ? day(time.begin) : `${day(time.begin)} – ${day(time.end)}`);
}

export const dayNumber = (text: string): number => Math.floor(Date.parse(`${text}T00:00:00Z`) / 86_400_000);
export const dayText = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);

// Not asserted as something that happened: planned, possible, demanded.
export const notActual = (relation: Relation): boolean => Object.keys(relation.modalities).length > 0 && !relation.modalities["actual"];

// Relations that last are told as such: their predicates are often nouns ("president", "region").
const STANDING: Record<string, string> = {
  MEMBER_OF: "is a member of",
  EMPLOYED_BY: "works for",
  CITIZEN_OF: "comes from",
  LOCATED_IN: "is in",
  PART_OF: "is part of",
  ALLY_OF: "is an ally of",
  OPPONENT_OF: "is an opponent of",
  FAMILY_OF: "is a relative of",
  MADE_BY: "is made by",
  OWNS: "owns",
  SAME_ACTOR_AS: "acts for",
};
const IRREGULAR: Record<string, string> = { be: "is", have: "has", do: "does", go: "goes" };
const MODAL: Record<string, string> = { future: "will", possible: "may", conditional: "would", requested: "is asked to", hypothetical: "might" };

// A word that other extractors give in this form already stays as it is; no verb of English but those in "ss", "us" and the like ends in "s".
function thirdPerson(verb: string): string {
  if (/[^sui]s$/.test(verb)) return verb;
  if (IRREGULAR[verb]) return IRREGULAR[verb];
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh|o)$/.test(verb) ? `${verb}es` : `${verb}s`;
}

// What somebody does to somebody, as the verb of an English sentence: "warns", "may use", "did not meet".
export function predicate(relation: Relation): string {
  const ground = relation.predicates[0] ?? relationName(relation.type);
  const denied = relation.asserted === 0 && relation.denied > 0;
  if (relation.type === "HAS_POSITION_AT") return `${denied ? "is not" : "is"} ${ground} of`;
  const standing = STANDING[relation.type];
  if (standing) return denied ? `, it is denied, ${standing}` : standing;
  const modal = notActual(relation) ? MODAL[Object.keys(relation.modalities)[0]!] : undefined;
  if (modal) return `${modal}${denied ? " not" : ""} ${ground}`;
  if (denied) return `does not ${ground}`;
  const [verb, ...rest] = ground.split(" ");
  return [thirdPerson(verb!), ...rest].join(" ");
}

export const percent = (share: number): string => `${Math.round(share * 100)} %`;
