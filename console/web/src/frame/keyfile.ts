import { base64 } from "../ledger/bytes";
import { isComposite, type SigningKey, signingKey } from "./composite";
import { Der, INTEGER, OCTETS, OID, SEQUENCE } from "./der";

/** Opens the key files of `zos keys`: PKCS#8 in PEM, encrypted with PBES2 (PBKDF2-HMAC-SHA-256, AES-256-CBC) or not. */

const MAX_FILE = 16_384;
const MAX_ITERATIONS = 10_000_000;

export async function openKey(pem: string, passphrase: string): Promise<SigningKey> {
  const found = /-----BEGIN (ENCRYPTED )?PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END \1?PRIVATE KEY-----/.exec(pem.slice(0, MAX_FILE));
  if (found?.[2] === undefined) {
    throw new Error("This file holds no private key.");
  }
  const content = base64(found[2].replace(/\s/g, ""));
  const info = new Der(found[1] === undefined ? content : await decrypt(content, passphrase)).inside(SEQUENCE);
  info.read(INTEGER);
  if (!isComposite(info.inside(SEQUENCE).read(OID))) {
    throw new Error("This key is of another algorithm than ML-DSA-65 with Ed25519.");
  }
  return signingKey(info.read(OCTETS));
}

async function decrypt(content: Uint8Array, passphrase: string): Promise<Uint8Array> {
  const outer = new Der(content).inside(SEQUENCE);
  const algorithm = outer.inside(SEQUENCE);
  algorithm.read(OID);
  const scheme = algorithm.inside(SEQUENCE);
  const derivation = scheme.inside(SEQUENCE);
  derivation.read(OID);
  const parameters = derivation.inside(SEQUENCE);
  const salt = parameters.read(OCTETS);
  const iterations = parameters.read(INTEGER).reduce((value, each) => value * 256 + each, 0);
  if (iterations > MAX_ITERATIONS) {
    throw new Error(`key: must have at most ${MAX_ITERATIONS} iterations (has: ${iterations})`);
  }
  const cipher = scheme.inside(SEQUENCE);
  cipher.read(OID);
  const iv = cipher.read(OCTETS);
  const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(passphrase), "PBKDF2", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt: salt as BufferSource, iterations }, secret, { name: "AES-CBC", length: 256 }, false, ["decrypt"]);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-CBC", iv: iv as BufferSource }, key, outer.read(OCTETS) as BufferSource));
  } catch {
    throw new Error("The key does not open with this passphrase.");
  }
}
