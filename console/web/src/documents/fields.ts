import { JsonNumber, type Json } from "../ledger/strictjson";

/** Every field of a document, and every difference between two, by the same names as the command line prints them (`contract/document/DocumentDiff`). */

export interface Difference {
  field: string;
  /** Undefined if it is new. */
  before: string | undefined;
  /** Undefined if it is gone. */
  after: string | undefined;
}

/** The differences, in the order of the new document, then what is gone. */
export function differences(before: Json, after: Json): Difference[] {
  const [old, fresh] = [fields(before), fields(after)];
  return [...new Set([...fresh.keys(), ...old.keys()])]
    .map((field) => ({ field, before: old.get(field), after: fresh.get(field) }))
    .filter((each) => each.before !== each.after);
}

/** In the document's order. */
export function fields(document: Json): Map<string, string> {
  const found = new Map<string, string>();
  collect(document, "", found);
  return found;
}

function collect(value: Json, path: string, found: Map<string, string>): void {
  if (value instanceof Map && value.size > 0) {
    for (const [name, each] of value) {
      collect(each, path === "" ? segment(name) : `${path}.${segment(name)}`, found);
    }
  } else if (Array.isArray(value) && value.length > 0) {
    const names = namesOf(value);
    if (value.length > 1) {
      found.set(`${path}[order]`, names.join(", ")); // the order counts: a machine's address follows from its place
    }
    value.forEach((each, index) => collect(each, `${path}[${names[index]}]`, found));
  } else {
    found.set(path, escaped(written(value)));
  }
}

function written(value: Json): string {
  if (value instanceof JsonNumber) {
    return value.digits;
  }
  return value instanceof Map ? "{}" : Array.isArray(value) ? "[]" : JSON.stringify(value);
}

/** Things with names of their own are called by them, so that one more at the front does not change all; numbers have a '#'. */
function namesOf(list: Json[]): string[] {
  const names = list.map((each) => (each instanceof Map ? each.get("name") : undefined)).filter((name): name is string => typeof name === "string");
  return new Set(names).size === list.length ? names.map(segment) : list.map((_, index) => `#${index}`);
}

function segment(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : escaped(JSON.stringify(name));
}

/** Text from a stranger: what is no visible character, or turns the direction of writing, is shown as its number. */
export function escaped(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`);
}
