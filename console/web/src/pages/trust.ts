import type { Keys } from "../documents/signed";
import { base64 } from "../ledger/bytes";
import type { Api } from "./context";

/** People's keys in the trust root that the server says is in force, and whose the open key is. */
export interface Trust {
  keys: Keys;
  /** Empty if the key is nobody's there. */
  me: string;
  nodes: Record<string, { key: string; capabilities: string[] }>;
  /** Whether there may be emergency changes. */
  emergencies: boolean;
  /** Groups and roles by the people who stand in for them. */
  deputies: Map<string, string[]>;
  /** Ids of the keys that may ask for changes. */
  requesters: string[];
}

/** The look that is under way: all parts of a page that begins ask at once, and the trust root is the largest of what they ask for. */
const underWay = new WeakMap<Api, Promise<Trust>>();

export function trust(api: Api): Promise<Trust> {
  const look = underWay.get(api) ?? inForce(api).finally(() => underWay.delete(api));
  underWay.set(api, look);
  return look;
}

async function inForce(api: Api): Promise<Trust> {
  const view = await api.json<{ envelope: string }>("/api/trust-roots/current");
  const envelope = JSON.parse(new TextDecoder().decode(base64(view.envelope))) as { payload: string };
  const root = JSON.parse(new TextDecoder().decode(base64(envelope.payload))) as Pick<Trust, "keys" | "nodes"> & { emergency?: unknown; roles?: Groups; groups?: Groups };
  const { keys, nodes, emergency } = root;
  return { keys, nodes, me: keys[api.keyId]?.person ?? "", emergencies: emergency !== undefined && emergency !== null, deputies: deputies(keys, { ...root.roles, ...root.groups }),
    requesters: root.roles?.["requester"]?.keys ?? [] };
}

type Groups = Record<string, { keys?: string[]; deputies?: string[] }>;

export function deputies(keys: Keys, groups: Groups): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [group, { deputies: ids = [] }] of Object.entries(groups)) {
    for (const person of new Set(ids.map((id) => keys[id]?.person ?? id))) {
      found.set(person, [...(found.get(person) ?? []), group]);
    }
  }
  return found;
}
