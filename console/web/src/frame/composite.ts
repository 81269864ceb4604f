import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { ml_dsa65 } from "@noble/post-quantum/ml-dsa.js";
import { concat, equal, hex, utf8 } from "../ledger/bytes";
import { BITS, der, OID, SEQUENCE } from "./der";

/** Composite ML-DSA-65 with Ed25519 (draft-ietf-lamps-pq-composite-sigs), the only algorithm of people's keys. */

const ALGORITHM = Uint8Array.of(0x2b, 6, 1, 5, 5, 7, 6, 48);
const PREFIX = utf8("CompositeAlgorithmSignatures2025");
const LABEL = utf8("COMPSIG-MLDSA65-Ed25519-SHA512");
const SEED_BYTES = 32;
const LATTICE_SIGNATURE = 3309;
const LATTICE_KEY = 1952;

export interface SigningKey {
  /** SHA-256 of the public key's SPKI, in hex. */
  id: string;
  spki: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

export function isComposite(oid: Uint8Array): boolean {
  return hex(oid) === hex(ALGORITHM);
}

/** @param secret two seeds of 32 bytes: ML-DSA-65's, then Ed25519's */
export function signingKey(secret: Uint8Array): SigningKey {
  if (secret.length !== 2 * SEED_BYTES) {
    throw new Error(`key: must hold two seeds of ${SEED_BYTES} bytes (has: ${secret.length} bytes)`);
  }
  const lattice = ml_dsa65.keygen(secret.slice(0, SEED_BYTES));
  const curve = secret.slice(SEED_BYTES);
  const spki = subjectPublicKeyInfo(lattice.publicKey, ed25519.getPublicKey(curve));
  return {
    id: hex(sha256(spki)),
    spki,
    sign: (message) => concat(ml_dsa65.sign(representative(message), lattice.secretKey, { context: LABEL }), ed25519.sign(representative(message), curve)),
  };
}

/**
 * Whether both halves verify under the key that this id names. False for a key in any other encoding than its one canonical SPKI: the id is the SHA-256 of that, and
 * what follows another algorithm's identifier must not be taken for a key of this one.
 */
export function verify(keyId: string, spki: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = spki.slice(-(LATTICE_KEY + SEED_BYTES));
  const [lattice, curve] = [key.slice(0, LATTICE_KEY), key.slice(LATTICE_KEY)];
  return (
    hex(sha256(spki)) === keyId &&
    equal(spki, subjectPublicKeyInfo(lattice, curve)) &&
    signature.length === LATTICE_SIGNATURE + 64 &&
    ml_dsa65.verify(signature.slice(0, LATTICE_SIGNATURE), representative(message), lattice, { context: LABEL }) &&
    ed25519.verify(signature.slice(LATTICE_SIGNATURE), representative(message), curve)
  );
}

function subjectPublicKeyInfo(lattice: Uint8Array, curve: Uint8Array): Uint8Array {
  return der(SEQUENCE, der(SEQUENCE, der(OID, ALGORITHM)), der(BITS, Uint8Array.of(0), lattice, curve));
}

function representative(message: Uint8Array): Uint8Array {
  return concat(PREFIX, LABEL, Uint8Array.of(0), sha512(message));
}
