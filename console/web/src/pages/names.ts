/** What the elements of a diagram are called by those who drew it. */

export interface Named {
  id: string;
  $type?: string;
  name?: string;
  flowElements?: Named[];
  sourceRef?: Named;
  targetRef?: Named;
}

export interface Definitions {
  rootElements?: Named[];
}

const MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL";

/** Names by id, out of a file that is not shown. What has no name of its own is left out. */
export function namesIn(file: string): Map<string, string> {
  const elements = [...new DOMParser().parseFromString(file, "application/xml").getElementsByTagNameNS(MODEL, "*")];
  return new Map(elements.map((each) => [each.getAttribute("id") ?? "", (each.getAttribute("name") ?? "").trim()] as const).filter(([, name]) => name !== ""));
}

/**
 * Names by id. What stands inside of a block was written by the compiler and is drawn nowhere: it is called by its block and its own name. A flow without a name
 * is called by both its ends; anything else without one by its id.
 */
export function elementNames(definitions: Definitions, drawn: (id: string) => boolean): Map<string, string> {
  const names = new Map<string, string>();
  const walk = (elements: Named[], block?: Named) => {
    for (const each of elements) {
      const own = each.name?.trim() || (block !== undefined && each.id.startsWith(`${block.id}.`) ? each.id.slice(block.id.length + 1) : each.id);
      names.set(each.id, block !== undefined && !drawn(each.id) ? `${names.get(block.id) ?? block.id} › ${own}` : own);
      walk(each.flowElements ?? [], each);
    }
    for (const { id, name, sourceRef, targetRef } of elements) {
      if ((name ?? "").trim() === "" && sourceRef !== undefined && targetRef !== undefined) {
        names.set(id, `${names.get(sourceRef.id) ?? sourceRef.id} → ${names.get(targetRef.id) ?? targetRef.id}`);
      }
    }
  };
  for (const root of definitions.rootElements ?? []) {
    names.set(root.id, root.name?.trim() || root.id);
    walk(root.flowElements ?? []);
  }
  return names;
}
