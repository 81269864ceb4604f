import type { Json } from "../ledger/strictjson";
import { fields } from "./fields";
import { list, text, type Disagreement } from "./signed";
import type { Demand } from "./write";

/** What each node would do, worked out here from the signed bytes of two versions; the server's own plan is only held against it. */

export interface ServerPlan {
  name: string;
  version: number;
  faults: string[];
  kinds: string[];
  quorum: number;
  mayApprove: string[];
  rules: string[];
  demand: Demand;
  opensAt: string | null;
  nodes: { node: string; actions: string[]; asked: Amount; free: Amount | null }[];
}

export interface Amount {
  cpuMillis: number;
  memoryBytes: number;
}

type Document = Map<string, Json>;

/** What a node would do with one thing; `texts.tasks.actions` has the words for people. */
export interface Action {
  kind: "start" | "replace" | "terminal" | "remove" | "open" | "close";
  /** A machine, or of a route its host. */
  name: string;
  /** The image to start, the groups that may open terminals, the machine and port to which a route goes; or nothing. */
  what: string;
}

/** As the server's plan says it (`actions` in the description of /api/plans): what is compared, and never translated. */
export function phrase({ kind, name, what }: Action): string {
  switch (kind) {
    case "start": return `start machine ${name} from ${what}`;
    case "replace": return `replace machine ${name}; what it wrote is lost`;
    case "terminal": return `let ${what || "nobody"} open terminals into ${name}`;
    case "remove": return `remove machine ${name} with what it wrote`;
    case "open": case "close": return `${kind} ${name} to ${what}`;
  }
}

/** By node; one at which nothing changes has none. */
export function actions(before: Document | undefined, after: Document): Map<string, Action[]> {
  const found = new Map<string, Action[]>();
  for (const document of [before, after]) {
    for (const each of document === undefined ? [] : [...list(document.get("machines")), ...list(document.get("gateways"))]) {
      found.set(text(each.get("node")), []);
    }
  }
  for (const [node, todo] of found) {
    const [old, fresh] = [machines(before, node), machines(after, node)];
    for (const [name, machine] of fresh) {
      const was = old.get(name);
      if (was === undefined) {
        todo.push({ kind: "start", name, what: text(machine.get("image")) });
      } else if (identity(was) !== identity(machine)) {
        todo.push({ kind: "replace", name, what: "" });
      }
      if (looks(was) !== looks(machine)) {
        todo.push({ kind: "terminal", name, what: looks(machine) });
      }
    }
    todo.push(...[...old.keys()].filter((name) => !fresh.has(name)).map((name): Action => ({ kind: "remove", name, what: "" })));
    const [closed, opened] = [routes(before, node), routes(after, node)];
    todo.push(...[...opened].filter(([key]) => !closed.has(key)).map(([, route]): Action => ({ kind: "open", ...route })));
    todo.push(...[...closed].filter(([key]) => !opened.has(key)).map(([, route]): Action => ({ kind: "close", ...route })));
  }
  return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Where the server's plan says something else. */
export function planDisagreements(plan: ServerPlan, after: Document, own: Map<string, Action[]>): Disagreement[] {
  const found: Disagreement[] = [];
  const compare = (field: string, server: string, signed: string) => {
    if (server !== signed) {
      found.push({ field, server, signed });
    }
  };
  compare("plan.name", plan.name, text(after.get("name")));
  compare("plan.version", String(plan.version), text(after.get("version")));
  const said = new Map(plan.nodes.map((each) => [each.node, each]));
  for (const node of [...new Set([...own.keys(), ...said.keys()])].sort()) {
    compare(`plan.${node}`, [...(said.get(node)?.actions ?? [])].sort().join("; "), (own.get(node) ?? []).map(phrase).sort().join("; "));
    const asked = machines(after, node);
    const sum = (amount: (machine: Document) => number) => [...asked.values()].reduce((all, each) => all + amount(each), 0);
    const server = said.get(node)?.asked;
    if (server !== undefined) {
      compare(`plan.${node}.processors`, String(server.cpuMillis), String(sum((each) => Number(text(each.get("cpuMillis"))))));
      compare(`plan.${node}.memory`, String(server.memoryBytes), String(sum((each) => size(text(each.get("memory"))))));
    }
  }
  return found;
}

function machines(document: Document | undefined, node: string): Map<string, Document> {
  return new Map(list(document?.get("machines")).filter((each) => text(each.get("node")) === node).map((each) => [text(each.get("name")), each]));
}

/** Who may open a terminal into a machine is no part of what it is. */
function looks(machine: Document | undefined): string {
  const groups = machine?.get("terminal");
  return Array.isArray(groups) ? groups.map(text).sort().join(", ") : "";
}

/** Two machines with the same are the same, in whatever order and unit it was written. */
function identity(machine: Document): string {
  const all = fields(new Map([...machine].filter(([name]) => name !== "terminal").map(([name, value]) => [name, name === "memory" ? String(size(text(value))) : value])));
  return JSON.stringify([...all].filter(([, value]) => value !== "[]" && value !== "{}").sort(([one], [other]) => (one < other ? -1 : 1)));
}

function routes(document: Document | undefined, node: string): Map<string, Pick<Action, "name" | "what">> {
  return new Map(list(document?.get("gateways")).filter((each) => text(each.get("node")) === node)
    .map((each) => [identity(each), { name: text(each.get("host")), what: `${text(each.get("machine"))}:${text(each.get("port"))}` }]));
}

/** Bytes of a size such as 64MiB; not a number if it is none. */
export function size(written: string): number {
  const found = /^([0-9]+)(KiB|MiB|GiB|TiB)$/.exec(written);
  return found === null ? Number.NaN : Number(found[1]) * 1024 ** (["KiB", "MiB", "GiB", "TiB"].indexOf(found[2] ?? "") + 1);
}
