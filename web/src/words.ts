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

export const predicate = (relation: Relation): string => relation.predicates.slice(0, 2).join(" / ") || relationName(relation.type);

export const percent = (share: number): string => `${Math.round(share * 100)} %`;
