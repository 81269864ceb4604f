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
  const { keys, nodes, emergency } = JSON.parse(new TextDecoder().decode(base64(envelope.payload))) as Pick<Trust, "keys" | "nodes"> & { emergency?: unknown };
  return { keys, nodes, me: keys[api.keyId]?.person ?? "", emergencies: emergency !== undefined && emergency !== null };
}
