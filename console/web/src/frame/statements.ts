import { sha256 } from "@noble/hashes/sha2.js";
import { concat, hex, toBase64, utf8 } from "../ledger/bytes";
import { JsonNumber, parseStrictly } from "../ledger/strictjson";

/**
 * The two kinds of things that a key signs here, each built from its parts by whoever holds the key, so that nothing signed as the one can count as the other: a
 * request's base begins with `"@method"`, a document's encoding with `DSSEv1`. Nothing else is ever signed.
 */

const COMPONENTS = '("@method" "@path" "@query" "content-digest")';
const METHODS = ["GET", "POST", "DELETE"];
/** Path and query as they stand on the request line: nothing in it ends a line of the signature's base. */
const TARGET = /^\/api\/[!$&-;=?-Z_a-z~%@]*$/;
const NONCE = 16;

/** Documents that people decide on; trust roots, images and releases are signed elsewhere. */
const DOCUMENTS = ["deployment", "pause", "resume", "decommission", "model", "skip", "admission", "retirement", "promotion", "review", "terminal-request"].map((kind) => `application/vnd.zosgrid.${kind}.v1+json`);

/** Who signs: a key in this page, or somebody who is asked. */
export interface Signing {
  /** SHA-256 of the public key's SPKI, in hex. */
  id: string;
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

export interface RequestQuestion {
  method: string;
  target: string;
  body: Uint8Array;
}

export interface DocumentQuestion {
  /** What the person was shown: the document must say the same. */
  name: string;
  version: number;
  payloadType: string;
  payload: Uint8Array;
}

/** The headers that sign a request (RFC 9421, in the profile of the server's OpenAPI description): at this moment, once. */
export async function signRequest(key: Signing, { method, target, body }: RequestQuestion, now: Date, nonce = crypto.getRandomValues(new Uint8Array(NONCE))): Promise<Record<string, string>> {
  if (!METHODS.includes(method)) {
    throw new Error(`request.method: must be one of ${METHODS.join(", ")} (is: ${method})`);
  }
  if (!TARGET.test(target)) {
    throw new Error(`request.target: must be a path below /api/ (is: ${target})`);
  }
  const digest = `sha-256=:${toBase64(sha256(body))}:`;
  const parameters = `${COMPONENTS};created=${Math.floor(now.getTime() / 1000)};nonce="${hex(nonce)}";keyid="${key.id}";alg="mldsa65-ed25519"`;
  const question = target.indexOf("?");
  const path = question < 0 ? target : target.slice(0, question);
  const query = question < 0 ? "?" : target.slice(question);
  const base = `"@method": ${method}\n"@path": ${path}\n"@query": ${query}\n"content-digest": ${digest}\n"@signature-params": ${parameters}`;
  return { "Content-Digest": digest, "Signature-Input": `zos=${parameters}`, Signature: `zos=:${toBase64(await key.sign(utf8(base)))}:` };
}

/** A signature over a document's own bytes: an approval, or, by its author, the wish itself. */
export async function signDocument(key: Signing, { name, version, payloadType, payload }: DocumentQuestion): Promise<Uint8Array> {
  if (!DOCUMENTS.includes(payloadType)) {
    throw new Error(`document.payloadType: is none that is decided on here (is: ${payloadType})`);
  }
  const said = parseStrictly(payload);
  const [itsName, itsVersion] = said instanceof Map ? [said.get(payloadType.endsWith(".terminal-request.v1+json") ? "deployment" : "name"), said.get("version")] : [];
  if (itsName !== name || !(itsVersion instanceof JsonNumber) || itsVersion.digits !== String(version)) {
    throw new Error(`document: must be ${name} version ${version} (is: ${String(itsName)} version ${itsVersion instanceof JsonNumber ? itsVersion.digits : "unknown"})`);
  }
  return key.sign(preAuthenticationEncoding(payloadType, payload));
}

/** DSSE: `"DSSEv1" SP LEN(type) SP type SP LEN(payload) SP payload`. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  return concat(utf8(`DSSEv1 ${utf8(payloadType).length} ${payloadType} ${payload.length} `), payload);
}
