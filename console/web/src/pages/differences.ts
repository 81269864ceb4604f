import { texts } from "./texts";

/** What differs between two versions of a process or of a decision table, by element. */

export type Change = "added" | "removed" | "changed" | "moved";

export async function compare(before: unknown, after: unknown): Promise<Map<string, Change>> {
  const { diff } = await import("bpmn-js-differ");
  const found = diff(before, after);
  const changes = new Map<string, Change>();
  const take = (which: Record<string, unknown>, change: Change) => {
    for (const id of Object.keys(which)) {
      changes.set(id, change);
    }
  };
  take(found._layoutChanged, "moved");
  take(found._changed, "changed");
  take(found._removed, "removed");
  take(found._added, "added");
  return changes;
}

/** Of rows that both have, the cells that say something else are named; a row that stands elsewhere has moved. */
export function compareTables(before: string, after: string): Map<string, Change> {
  const [old, fresh] = [parts(before), parts(after)];
  const changes = new Map<string, Change>();
  for (const [id, said] of fresh) {
    const was = old.get(id);
    if (was === undefined) {
      changes.set(id, "added");
    } else if (was.says !== said.says) {
      changes.set(id, "changed");
    }
  }
  for (const id of old.keys()) {
    if (!fresh.has(id)) {
      changes.set(id, "removed");
    }
  }
  const [rowsBefore, rowsAfter] = [old, fresh].map((all) => [...all].filter(([id, part]) => part.row && old.has(id) && fresh.has(id)).map(([id]) => id)) as [string[], string[]];
  rowsAfter.forEach((id, place) => rowsBefore[place] !== id && !changes.has(id) && changes.set(id, "moved"));
  return changes;
}

/** The table itself, its columns, rows and cells by their ids, with what each says. Cells of a row that only one version has are named by the row. */
function parts(file: string): Map<string, { says: string; row: boolean }> {
  const document = new DOMParser().parseFromString(file, "application/xml");
  const found = new Map<string, { says: string; row: boolean }>();
  const all = (name: string) => [...document.getElementsByTagNameNS("*", name)];
  const put = (element: Element, says: string, row = false) => found.set(element.getAttribute("id") ?? "", { says, row });
  const text = (element: Element) => (element.textContent ?? "").trim();
  all("decisionTable").forEach((each) => put(each, `${each.getAttribute("hitPolicy") ?? "UNIQUE"} ${each.getAttribute("aggregation") ?? ""}`));
  all("input").forEach((each) => put(each, `${each.getAttribute("label") ?? ""} ${text(each)}`));
  all("output").forEach((each) => put(each, `${each.getAttribute("label") ?? ""} ${each.getAttribute("name") ?? ""}`));
  all("rule").forEach((each) => put(each, [...each.children].filter((child) => child.localName === "description").map(text).join(), true));
  [...all("inputEntry"), ...all("outputEntry")].forEach((each) => put(each, text(each)));
  return found;
}

const words = texts.processes;

/** What rows, columns and cells of a decision table are called by who looks at it, by their ids. */
export function tableNames(file: string): Map<string, string> {
  const document = new DOMParser().parseFromString(file, "application/xml");
  const all = (name: string) => [...document.getElementsByTagNameNS("*", name)];
  const names = new Map<string, string>();
  const put = (element: Element | undefined, name: string) => names.set(element?.getAttribute("id") ?? "", name);
  const column = (each: Element) => each.getAttribute("label") || each.getAttribute("name") || (each.textContent ?? "").trim();
  const columns = [...all("input"), ...all("output")].map(column);
  all("decisionTable").forEach((each) => put(each, words.policy));
  [...all("input"), ...all("output")].forEach((each, index) => put(each, words.column(columns[index] ?? "")));
  all("rule").forEach((rule, row) => {
    put(rule, words.row(row + 1));
    [...rule.children].filter((each) => each.localName === "inputEntry" || each.localName === "outputEntry").forEach((cell, index) => put(cell, words.cell(row + 1, columns[index] ?? "")));
  });
  return names;
}
