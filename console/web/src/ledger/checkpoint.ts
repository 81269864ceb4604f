import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { ml_dsa44 } from "@noble/post-quantum/ml-dsa.js";
import { base64, concat, equal, hex, toBase64, uint64, utf8 } from "./bytes";

/** Checkpoints of the ledger: signed notes (C2SP signed-note, tlog-checkpoint, tlog-cosignature). */

/** The ledger's two verifier keys, as the trust root names them. */
export interface LedgerKeys {
  origin: string;
  ed25519: string;
  mldsa44: string;
}

/** A witness's two verifier keys. */
export interface WitnessKeys {
  ed25519: string;
  mldsa44: string;
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
}

interface Line {
  name: string;
  id: Uint8Array;
  signature: Uint8Array;
}

interface Note {
  text: string;
  lines: Line[];
}

const ED25519 = 0x01;
const COSIGNED_ED25519 = 0x04;
const MLDSA44 = 0x06;
const ID_BYTES = 4;
const TIME_BYTES = 8;
const MAX_LINES = 256;
const MAX_NOTE = 1 << 20;

/** Both of the ledger's signatures must be there and verify; lines by others are passed over. Throws what is wrong. */
export function verifyCheckpoint(note: string, keys: LedgerKeys): Checkpoint {
  const signed = parseNote(note);
  const checkpoint = parse(signed.text);
  if (checkpoint.origin !== keys.origin) {
    throw new Error(`checkpoint.origin: must be ${keys.origin} (is: ${checkpoint.origin})`);
  }
  const curveKey = publicKey(keys.ed25519, keys.origin, ED25519);
  const curve = by(signed, keys.origin, ED25519, curveKey);
  if (curve === undefined || !ed25519.verify(curve, utf8(signed.text), curveKey)) {
    throw new Error("checkpoint.signatures: the ledger's Ed25519 signature does not verify");
  }
  if (!latticeVerifies(signed, checkpoint, keys.origin, keys.mldsa44)) {
    throw new Error("checkpoint.signatures: the ledger's ML-DSA-44 signature does not verify");
  }
  return checkpoint;
}

/** The witnesses whose two signatures over the checkpoint both verify. */
export function cosigners(note: string, witnesses: Record<string, WitnessKeys>): string[] {
  const signed = parseNote(note);
  const checkpoint = parse(signed.text);
  return Object.entries(witnesses)
    .filter(([name, keys]) => isCosigned(signed, checkpoint, name, keys))
    .map(([name]) => name)
    .sort();
}

function isCosigned(signed: Note, checkpoint: Checkpoint, name: string, keys: WitnessKeys): boolean {
  const key = publicKey(keys.ed25519, name, COSIGNED_ED25519);
  const timed = by(signed, name, COSIGNED_ED25519, key);
  if (timed === undefined || timed.length !== TIME_BYTES + 64) {
    return false;
  }
  const message = utf8(`cosignature/v1\ntime ${time(timed)}\n${signed.text}`);
  return ed25519.verify(timed.slice(TIME_BYTES), message, key) && latticeVerifies(signed, checkpoint, name, keys.mldsa44);
}

function latticeVerifies(signed: Note, checkpoint: Checkpoint, name: string, verifierKey: string): boolean {
  const key = publicKey(verifierKey, name, MLDSA44);
  const timed = by(signed, name, MLDSA44, key);
  if (timed === undefined || timed.length <= TIME_BYTES) {
    return false;
  }
  const message = concat(
    utf8("subtree/v1\n\0"),
    opaque(name),
    timed.slice(0, TIME_BYTES),
    opaque(checkpoint.origin),
    uint64(0n),
    uint64(BigInt(checkpoint.size)),
    checkpoint.root,
  );
  return ml_dsa44.verify(timed.slice(TIME_BYTES), message, key);
}

function time(timed: Uint8Array): bigint {
  return new DataView(timed.buffer, timed.byteOffset).getBigUint64(0);
}

function opaque(text: string): Uint8Array {
  const bytes = utf8(text);
  if (bytes.length > 255) {
    throw new Error("checkpoint.origin: must not be longer than 255 bytes");
  }
  return concat(Uint8Array.of(bytes.length), bytes);
}

/** The three lines, in their one form. */
function parse(text: string): Checkpoint {
  const [origin = "", size = "", root = ""] = text.split("\n");
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(size) || Number(size) > Number.MAX_SAFE_INTEGER) {
    throw new Error(`checkpoint.size: must be a decimal number below 2^53 (is: ${size})`);
  }
  const hash = base64(root);
  if (hash.length !== 32) {
    throw new Error(`checkpoint.root: must be 32 bytes in base64 (is: ${root})`);
  }
  if (text !== `${origin}\n${size}\n${toBase64(hash)}\n`) {
    throw new Error("checkpoint: must have three lines in their canonical form");
  }
  return { origin, size: Number(size), root: hash };
}

function parseNote(note: string): Note {
  const gap = note.lastIndexOf("\n\n");
  if (note.length > MAX_NOTE || gap < 0) {
    throw new Error("checkpoint: must be a signed note: text, an empty line, signature lines");
  }
  const lines: Line[] = [];
  for (const line of note.slice(gap + 2).split("\n").slice(0, MAX_LINES)) {
    const part = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line);
    if (part?.[1] !== undefined && part[2] !== undefined) {
      const bytes = base64(part[2]);
      lines.push({ name: part[1], id: bytes.slice(0, ID_BYTES), signature: bytes.slice(ID_BYTES) });
    }
  }
  return { text: note.slice(0, gap + 1), lines };
}

function by(note: Note, name: string, type: number, key: Uint8Array): Uint8Array | undefined {
  const id = keyId(name, type, key);
  return note.lines.find((line) => line.name === name && equal(line.id, id))?.signature;
}

function keyId(name: string, type: number, key: Uint8Array): Uint8Array {
  return sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), key)).slice(0, ID_BYTES);
}

/** The raw key of NAME+ID+BASE64; anything else is refused. */
function publicKey(verifierKey: string, name: string, type: number): Uint8Array {
  const part = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(verifierKey);
  if (part?.[3] === undefined || part[1] !== name) {
    throw new Error(`trust root: has no verifier key of ${name}`);
  }
  const typed = base64(part[3]);
  const key = typed.slice(1);
  if (typed[0] !== type || key.length !== (type === MLDSA44 ? 1312 : 32) || hex(keyId(name, type, key)) !== part[2]) {
    throw new Error(`trust root: a verifier key of ${name} has another type, length or id than it says`);
  }
  return key;
}
