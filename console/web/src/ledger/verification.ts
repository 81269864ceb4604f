import { base64, hex, toBase64 } from "./bytes";
import { type Checkpoint, cosigners, type LedgerKeys, verifyCheckpoint, type WitnessKeys } from "./checkpoint";
import { leafHash, verifyConsistency, verifyInclusion } from "./merkle";
import { texts } from "../pages/texts";
import { type Fetch, Tiles } from "./tiles";

const words = texts.ledger.verdicts;

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
    throw new Error(words.unwatched(trusted.witnesses.threshold, signed.length));
  }
  const seen = { origin: checkpoint.origin, size: checkpoint.size, root: toBase64(checkpoint.root) };
  if (before === undefined || before.size === 0) {
    return { checkpoint, cosigners: signed, history: "first", seen };
  }
  if (before.origin !== seen.origin) {
    throw new Error(words.another(before.origin));
  }
  if (checkpoint.size < before.size) {
    throw new Error(words.shrunk(before.size, checkpoint.size));
  }
  const proof = await new Tiles(checkpoint.size, fetch).consistency(before.size);
  if (!verifyConsistency(before.size, base64(before.root), checkpoint.size, checkpoint.root, proof)) {
    throw new Error(words.rewritten(before.size));
  }
  return { checkpoint, cosigners: signed, history: before.size === checkpoint.size ? "same" : "grown", seen };
}

/** That an entry's bytes stand at its index in a verified checkpoint. Throws a sentence for people otherwise. */
export async function verifyEntry(entry: Uint8Array, index: number, checkpoint: Checkpoint, fetch: Fetch): Promise<string> {
  if (index >= checkpoint.size) {
    throw new Error(words.newer(checkpoint.size));
  }
  const hash = leafHash(entry);
  const path = await new Tiles(checkpoint.size, fetch).inclusion(index);
  if (!verifyInclusion(hash, index, checkpoint.size, path, checkpoint.root)) {
    throw new Error(words.absent(index));
  }
  return hex(hash);
}
