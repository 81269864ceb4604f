/** What differs between two versions of a process, by element. */

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
