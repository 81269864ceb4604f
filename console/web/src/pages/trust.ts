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

export async function trust(api: Api): Promise<Trust> {
  const view = await api.json<{ envelope: string }>("/api/trust-roots/current");
  const envelope = JSON.parse(new TextDecoder().decode(base64(view.envelope))) as { payload: string };
  const { keys, nodes, emergency } = JSON.parse(new TextDecoder().decode(base64(envelope.payload))) as Pick<Trust, "keys" | "nodes"> & { emergency?: unknown };
  return { keys, nodes, me: keys[api.keyId]?.person ?? "", emergencies: emergency !== undefined && emergency !== null };
}
