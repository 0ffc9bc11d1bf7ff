// Colours of the drawing. Entity types are told apart by hue and by the letter in larger nodes; relation types by family, the four
// quarters of the PLOVER and CAMEO event ontologies (words or deeds, with or against) and what lasts.
export const TYPE_COLORS: Record<string, string> = {
  PERSON: "#3b74e0",
  ORG: "#8b5bd6",
  GPE: "#0e9a73",
  LOC: "#6f9d1f",
  FAC: "#a5713a",
  NORP: "#d2559a",
  WEAPON: "#d94b3d",
  VEHICLE: "#dd7a1f",
  PRODUCT: "#b79400",
  EVENT: "#159ebf",
  LAW: "#607394",
  WORK: "#84803a",
};
export const typeColor = (type: string): string => TYPE_COLORS[type] ?? "#7d7d85";

export interface Family {
  name: string;
  color: string;
  types: string[];
}

export const FAMILIES: Family[] = [
  { name: "talks and agrees", color: "#2b8ac6", types: ["AGREE", "CONSULT", "STATE", "SUPPORT", "PERMIT", "TRAVELLED_TO", "PUBLISHED"] },
  { name: "helps and works with", color: "#2f9461", types: ["COOPERATE", "AID", "CONCEDE", "RETREAT", "ALLY_OF"] },
  { name: "demands and accuses", color: "#c98200", types: ["REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "INVESTIGATE", "SANCTION"] },
  { name: "uses force", color: "#d1463b", types: ["ASSAULT", "COERCE", "MOBILIZE", "USE", "OPPONENT_OF"] },
  { name: "belongs to", color: "#7b8798", types: ["HAS_POSITION_AT", "MEMBER_OF", "EMPLOYED_BY", "CITIZEN_OF", "LOCATED_IN", "PART_OF", "FAMILY_OF", "MADE_BY", "OWNS", "SUCCEEDS", "SAME_ACTOR_AS"] },
];
const OTHER: Family = { name: "other relations", color: "#9a6fb0", types: [] };
const byType = new Map(FAMILIES.flatMap((family) => family.types.map((type) => [type, family] as const)));

export const familyOf = (type: string): Family => byType.get(type) ?? OTHER;
export const familiesOf = (types: Iterable<string>): Family[] => {
  const found = new Set([...types].map(familyOf));
  return [...FAMILIES, OTHER].filter((family) => found.has(family));
};

export type Status = "added" | "removed" | "changed";
export const STATUS_COLORS: Record<Status, string> = { added: "#1f9d57", removed: "#dc3f36", changed: "#d8a400" };

export interface Theme {
  background: string;
  text: string;
  halo: string;
  accent: string;
  muted: string;
}

// The drawing takes its ground and its letters from the style sheet.
export function theme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return { background: read("--canvas"), text: read("--text"), halo: read("--canvas"), accent: read("--accent"), muted: read("--muted") };
}
