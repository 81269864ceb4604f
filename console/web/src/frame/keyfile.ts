import { base64 } from "../ledger/bytes";
import { isComposite, type SigningKey, signingKey } from "./composite";
import { Der, INTEGER, OCTETS, OID, SEQUENCE } from "./der";

/** Opens the key files of `zos keys`: PKCS#8 in PEM, encrypted with PBES2 (PBKDF2-HMAC-SHA-256, AES-256-CBC) or not. */

/** Why a file does not open; the page has the words (`texts.frame.keyFaults`), and this code runs in a worker beside it. */
export type KeyFault = "none" | "algorithm" | "iterations" | "damaged" | "passphrase";

export class KeyFaultError extends Error {
  constructor(readonly fault: KeyFault) {
    super(`key: ${fault}`);
  }
}

const MAX_FILE = 16_384;
const MAX_ITERATIONS = 10_000_000;

/** @throws KeyFaultError whatever the file holds instead of a key */
export async function openKey(pem: string, passphrase: string): Promise<SigningKey> {
  try {
    return await opened(pem, passphrase);
  } catch (failed) {
    throw failed instanceof KeyFaultError ? failed : new KeyFaultError("damaged");
  }
}

async function opened(pem: string, passphrase: string): Promise<SigningKey> {
  const found = /-----BEGIN (ENCRYPTED )?PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END \1?PRIVATE KEY-----/.exec(pem.slice(0, MAX_FILE));
  if (found?.[2] === undefined) {
    throw new KeyFaultError("none");
  }
  const content = base64(found[2].replace(/\s/g, ""));
  const info = new Der(found[1] === undefined ? content : await decrypt(content, passphrase)).inside(SEQUENCE);
  info.read(INTEGER);
  if (!isComposite(info.inside(SEQUENCE).read(OID))) {
    throw new KeyFaultError("algorithm");
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
    throw new KeyFaultError("iterations");
  }
  const cipher = scheme.inside(SEQUENCE);
  cipher.read(OID);
  const iv = cipher.read(OCTETS);
  const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(passphrase), "PBKDF2", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt: salt as BufferSource, iterations }, secret, { name: "AES-CBC", length: 256 }, false, ["decrypt"]);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-CBC", iv: iv as BufferSource }, key, outer.read(OCTETS) as BufferSource));
  } catch {
    throw new KeyFaultError("passphrase");
  }
}
