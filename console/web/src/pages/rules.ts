import { texts } from "./texts";

/** A policy's rules as sentences (docs/formats/policy.md). What is not known here is said as it stands, so that no rule looks weaker or broader than it is. */

export interface Rule {
  name: string;
  /** Left out: every change. */
  match?: Record<string, unknown>;
  require: Record<string, unknown>;
}

interface Window {
  days: string[];
  from: string;
  to: string;
}

interface Weight {
  least: number;
  people?: Record<string, number>;
  groups?: Record<string, number>;
}

const words = texts.rules;

/** Which changes it is about. */
export function changes(match: Record<string, unknown> = {}): string {
  const conditions = Object.entries(match).map(([field, value]) => {
    switch (field) {
      case "kinds": return words.kinds(value as string[]);
      case "environments": return words.environments(value as string[]);
      case "exposed": return words.exposed(value === true);
      case "machines": return words.machines(value as number);
      case "memory": return words.memory(value as string);
      default: return words.other(field, JSON.stringify(value));
    }
  });
  return conditions.length === 0 ? words.every : words.those(conditions);
}

/** What it demands of them. */
export function demands(require: Record<string, unknown>): string {
  return Object.entries(require).flatMap(([field, value]) => {
    switch (field) {
      case "groups": return seats(value as Record<string, number>);
      case "weight": return words.weight((value as Weight).least, [...weights((value as Weight).people), ...weights((value as Weight).groups).map(words.eachOf)]);
      case "signers": return words.signers(value as string[]);
      case "windows": return words.windows((value as Window[]).map((each) => `${each.days.join(", ")} ${each.from}–${each.to}`));
      case "validity": return words.validity(value as string);
      default: return words.other(field, JSON.stringify(value));
    }
  }).join("; ");
}

function seats(groups: Record<string, number>): string[] {
  return Object.entries(groups).map(([group, people]) => words.seats(people, group));
}

function weights(of: Record<string, number> = {}): string[] {
  return Object.entries(of).map(([name, weight]) => `${name}: ${weight}`);
}
