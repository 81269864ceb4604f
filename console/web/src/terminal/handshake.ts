import { x25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";
import { verify } from "../frame/composite";
import { preAuthenticationEncoding } from "../frame/statements";
import { base64, concat, hex, toBase64, utf8 } from "../ledger/bytes";
import { parseStrictly } from "../ledger/strictjson";
import { Channel } from "./channel";

/** The person's end of a terminal's handshake: docs/formats/terminal.md. */

export const REQUEST = "application/vnd.zosgrid.terminal-request.v1+json";
const ANSWER = "application/vnd.zosgrid.terminal-answer.v1+json";
const LABEL = utf8("zosgrid terminal v1");
const GOOD_FOR = 60_000;
const KEY = 32;

export interface Wanted {
  deployment: string;
  version: number;
  machine: string;
  node: string;
  requester: string;
  purpose: string;
}

export interface Envelope {
  payloadType: string;
  payload: string;
  signatures: { keyid: string; sig: string }[];
}

/** A request whose keys are made for one terminal, and what becomes of the node's answer to it. */
export interface Offer {
  payload: Uint8Array;
  /** @param node the node's key in the trust root */
  accept(answer: Envelope, node: { id: string; spki: Uint8Array }): { session: string; channel: Channel };
}

export function offer(wanted: Wanted, now: Date): Offer {
  const curve = x25519.keygen();
  const lattice = ml_kem768.keygen();
  const created = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const time = (date: Date) => date.toISOString().replace(".000", "");
  const payload = utf8(JSON.stringify({
    ...wanted, created: time(created), expires: time(new Date(created.getTime() + GOOD_FOR)),
    curve: toBase64(curve.publicKey), lattice: toBase64(lattice.publicKey), nonce: toBase64(crypto.getRandomValues(new Uint8Array(KEY))),
  }));
  const asked = sha256(preAuthenticationEncoding(REQUEST, payload));
  return {
    payload,
    accept: (answer, node) => {
      const bytes = base64(answer.payload);
      const signed = preAuthenticationEncoding(ANSWER, bytes);
      if (answer.payloadType !== ANSWER || !answer.signatures.some((each) => each.keyid === node.id && verify(node.id, node.spki, signed, base64(each.sig)))) {
        throw new Error(`answer.signatures: must be by the key of ${wanted.node}`);
      }
      const said = parseStrictly(bytes);
      const field = (name: string): string => {
        const value = said instanceof Map ? said.get(name) : undefined;
        if (typeof value !== "string") {
          throw new Error(`answer.${name}: is missing`);
        }
        return value;
      };
      if (field("request") !== hex(asked) || field("node") !== wanted.node || !/^[0-9a-f]{32}$/.test(field("session"))) {
        throw new Error("answer.request: is to something else");
      }
      const secret = concat(x25519.getSharedSecret(curve.secretKey, base64(field("curve"))), ml_kem768.decapsulate(base64(field("ciphertext")), lattice.secretKey));
      const both = hkdf(sha512, secret, concat(asked, sha256(signed)), LABEL, 2 * KEY);
      return { session: field("session"), channel: new Channel(both.slice(0, KEY), both.slice(KEY)) };
    },
  };
}
