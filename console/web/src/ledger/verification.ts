import { base64, hex, toBase64 } from "./bytes";
import { type Checkpoint, cosigners, type LedgerKeys, verifyCheckpoint, type WitnessKeys } from "./checkpoint";
import { leafHash, verifyConsistency, verifyInclusion } from "./merkle";
import { type Fetch, Tiles } from "./tiles";

/** What the browser finds out by itself about the ledger. The server is asked for bytes and believed nothing. */

/** The part of a trust root's payload that is needed. */
export interface Trusted {
  ledger: LedgerKeys;
  witnesses: { threshold: number; keys: Record<string, WitnessKeys> };
}

/** Takes the keys out of a trust root's payload; one without witnesses says nothing of them. */
export function trusted(payload: Uint8Array): Trusted {
  const root = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload)) as Partial<Trusted>;
  if (root.ledger === undefined) {
    throw new Error("trust root: names no keys of the ledger");
  }
  return { ledger: root.ledger, witnesses: root.witnesses ?? { threshold: 0, keys: {} } };
}

/** What this browser has verified before; kept by whoever calls. */
export interface Seen {
  origin: string;
  size: number;
  root: string;
}

/** A checkpoint that is good. */
export interface Verified {
  checkpoint: Checkpoint;
  cosigners: string[];
  /** How it goes on from what was seen before. */
  history: "first" | "same" | "grown";
  seen: Seen;
}

/**
 * Signatures, witnesses, and that the history which was seen before is the beginning of this one. Throws a sentence for people if anything is not as it must be.
 */
export async function verifyLedger(note: string, trusted: Trusted, fetch: Fetch, before?: Seen): Promise<Verified> {
  const checkpoint = verifyCheckpoint(note, trusted.ledger);
  const signed = cosigners(note, trusted.witnesses.keys);
  if (signed.length < trusted.witnesses.threshold) {
    throw new Error(`Too few witnesses signed the checkpoint: ${trusted.witnesses.threshold} must, and ${signed.length} did.`);
  }
  const seen = { origin: checkpoint.origin, size: checkpoint.size, root: toBase64(checkpoint.root) };
  if (before === undefined || before.size === 0) {
    return { checkpoint, cosigners: signed, history: "first", seen };
  }
  if (before.origin !== seen.origin) {
    throw new Error(`This is another ledger than the one that was seen before (${before.origin}).`);
  }
  if (checkpoint.size < before.size) {
    throw new Error(`The ledger has shrunk: it had ${before.size} entries, and the checkpoint has ${checkpoint.size}.`);
  }
  const proof = await new Tiles(checkpoint.size, fetch).consistency(before.size);
  if (!verifyConsistency(before.size, base64(before.root), checkpoint.size, checkpoint.root, proof)) {
    throw new Error(`The ledger was rewritten: the first ${before.size} entries are not those that were seen before.`);
  }
  return { checkpoint, cosigners: signed, history: before.size === checkpoint.size ? "same" : "grown", seen };
}

/** That an entry's bytes stand at its index in a verified checkpoint. Throws a sentence for people otherwise. */
export async function verifyEntry(entry: Uint8Array, index: number, checkpoint: Checkpoint, fetch: Fetch): Promise<string> {
  if (index >= checkpoint.size) {
    throw new Error(`The entry is newer than the published checkpoint of ${checkpoint.size} entries; it can be verified when witnesses have signed the next.`);
  }
  const hash = leafHash(entry);
  const path = await new Tiles(checkpoint.size, fetch).inclusion(index);
  if (!verifyInclusion(hash, index, checkpoint.size, path, checkpoint.root)) {
    throw new Error(`Entry ${index} is not the one that stands in the ledger: its hash does not lead to the checkpoint's root.`);
  }
  return hex(hash);
}
