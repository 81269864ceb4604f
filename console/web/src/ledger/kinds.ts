/** Kinds of the ledger's entries, and the types of event that they become for webhooks: docs/formats/events.md. */

export const KINDS = ["submitted", "approved", "rejected", "sealed", "provisioned", "receipt", "withdrawn", "paused", "resumed", "decommissioned", "expired", "failed", "in-force", "out-of-force", "called", "retried", "skipped", "undone", "migrated", "drifted",
  "drift-awaited", "repair-chosen", "repaired", "drift-replaced", "admitted", "retiring", "retired", "called-off", "promoted", "revoked", "emergency-half", "emergency-over", "review-due", "reviewed", "terminal-opened", "terminal-closed",
  "root-rotated", "root-awaited", "root-followed", "root-refused", "root-overdue"];

const CHANGE = "org.zosgrid.change.";
const ROOT = "org.zosgrid.trust-root.";

/** The type of event that an entry of this kind becomes. */
export function eventType(kind: string): string {
  return kind === "receipt" ? "org.zosgrid.node.receipt" : kind.startsWith("root-") ? kind.replace("root-", ROOT) : `${CHANGE}${kind}`;
}

/** The kind of entry that became an event of this type. */
export function entryKind(type: string): string {
  return KINDS.find((kind) => eventType(kind) === type) ?? type.replace(CHANGE, "");
}
