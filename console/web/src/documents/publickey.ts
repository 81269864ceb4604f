import { sha256 } from "@noble/hashes/sha2.js";
import { base64, hex } from "../ledger/bytes";

const PEM = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=\n]+)\n-----END PUBLIC KEY-----$/;

/** The name of a public key in PEM, as trust roots, receipts and signatures have it: SHA-256 of its SPKI, in hex. Undefined if it is none. */
export function fingerprint(pem: string): string | undefined {
  const body = PEM.exec(pem.replace(/\r\n/g, "\n").trim())?.[1];
  try {
    return body === undefined ? undefined : hex(sha256(base64(body.replace(/\n/g, ""))));
  } catch {
    return undefined;
  }
}
