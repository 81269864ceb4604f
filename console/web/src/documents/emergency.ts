import type { Json } from "../ledger/strictjson";

/** What a deployment's own bytes say of an emergency, as every node reads them (`contract/document/Emergency`). */
export interface Emergency {
  reason: string;
  /** When every node ends it by itself; ISO 8601. */
  until: string;
}

const MEMBERS = ["reason", "until"];

/**
 * Undefined if it is none.
 *
 * @throws Error if the field is there and is not what nodes would take: nobody should sign what they cannot be shown
 */
export function emergencyOf(document: Map<string, Json>): Emergency | undefined {
  const field = document.get("emergency");
  if (field === undefined) {
    return undefined;
  }
  if (!(field instanceof Map) || [...field.keys()].some((each) => !MEMBERS.includes(each))) {
    throw new Error(`emergency: must have ${MEMBERS.join(" and ")}, and nothing else`);
  }
  const [reason, until] = [field.get("reason"), field.get("until")];
  if (typeof reason !== "string" || reason === "") {
    throw new Error("emergency.reason: is missing");
  }
  if (typeof until !== "string" || Number.isNaN(Date.parse(until))) {
    throw new Error("emergency.until: must be a moment");
  }
  return { reason, until };
}
