import { sha256 } from "@noble/hashes/sha2.js";
import { verify } from "../frame/composite";
import { preAuthenticationEncoding } from "../frame/statements";
import { base64, hex } from "../ledger/bytes";
import { JsonNumber, parseStrictly, type Json } from "../ledger/strictjson";

/** A version as the server tells it, and as its signed bytes tell it themselves. Only the latter is shown to somebody who decides; where the two differ, that is said. */

export interface Version {
  name: string;
  version: number;
  kind: string;
  state: string;
  message: string;
  requester: string;
  submittedAt: string;
  digest: string;
  expiresAt: string;
  approvalDueAt: string | null;
  escalation: { since: string; to: string[] } | null;
  quorum: number | null;
  position: string[];
  openSeats: string[];
  deputies: Deputy[];
  missing: string[];
  envelope: string;
  approvals: { person: string; keyid: string; sig: string; at: string }[];
  rejections: { person: string; reason: string; at: string }[];
  workloads: { name: string; node: string; state: string; address: string; message: string }[];
  routes: { name: string; node: string; host: string; open: boolean }[];
  receipts: { node: string; sequence: number; outcome: string; reason: string; message: string; at: string }[];
  timeline: { at: string; kind: string; actor: string; detail: string }[];
}

/** An open seat of somebody who stands in for groups from a moment on; an approver may sign for a group of their own before. */
export interface Deputy {
  person: string;
  groups: string[];
  from: string;
  approver: boolean;
}

/** People's keys, as the trust root in force has them. */
export type Keys = Record<string, { person: string; publicKey: string }>;

export interface Document {
  payloadType: string;
  payload: Uint8Array;
  document: Map<string, Json>;
  /** SHA-256 over what is signed: names the bytes. */
  digest: string;
}

export interface Signed extends Document {
  /** Whose signatures over these bytes verify here, the requester's first. */
  signers: string[];
  /** Whom the server calls signers without a signature that verifies. */
  unproved: string[];
}

/** What the server says of a field, and what the signed bytes say of it. */
export interface Disagreement {
  field: string;
  server: string;
  signed: string;
}

/** Milliseconds; what is finer a browser does not have. */
const PRECISION = 1;
const TYPE = /^application\/vnd\.zosgrid\.([a-z-]+)\.v1\+json$/;

/** Opens what the server handed out as a version. */
export function open(version: Version, keys: Keys): Signed {
  const envelope = parseStrictly(base64(version.envelope));
  const [payloadType, payload, signatures] = envelope instanceof Map ? [envelope.get("payloadType"), envelope.get("payload"), envelope.get("signatures")] : [];
  if (typeof payloadType !== "string" || typeof payload !== "string" || !Array.isArray(signatures)) {
    throw new Error("envelope: is none");
  }
  const read = readDocument(payloadType, base64(payload));
  const { document } = read;
  const encoded = preAuthenticationEncoding(payloadType, read.payload);
  const proves = (keyid: unknown, sig: unknown, person: string) => {
    const key = typeof keyid === "string" ? keys[keyid] : undefined;
    return key !== undefined && key.person === person && typeof keyid === "string" && typeof sig === "string" && verify(keyid, base64(key.publicKey), encoded, base64(sig));
  };
  const requester = text(document.get("requester"));
  const wanted = signatures.some((each) => each instanceof Map && proves(each.get("keyid"), each.get("sig"), requester));
  const approved = version.approvals.map((each) => ({ person: each.person, proved: proves(each.keyid, each.sig, each.person) }));
  return {
    ...read,
    signers: [...(wanted ? [requester] : []), ...approved.filter((each) => each.proved).map((each) => each.person)],
    unproved: [...(wanted ? [] : [requester]), ...approved.filter((each) => !each.proved).map((each) => each.person)],
  };
}

/** Reads a document's own bytes. */
export function readDocument(payloadType: string, payload: Uint8Array): Document {
  const document = parseStrictly(payload);
  if (!(document instanceof Map)) {
    throw new Error("document: must be an object");
  }
  return { payloadType, payload, document, digest: hex(sha256(preAuthenticationEncoding(payloadType, payload))) };
}

/** Where the server says something else than the bytes it handed out. */
export function disagreements(version: Version, signed: Signed): Disagreement[] {
  const { document } = signed;
  const found: Disagreement[] = [];
  const compare = (field: string, server: string, own: string) => {
    if (server !== own) {
      found.push({ field, server, signed: own });
    }
  };
  compare("name", version.name, text(document.get("name")));
  compare("version", String(version.version), text(document.get("version")));
  compare("kind", version.kind, TYPE.exec(signed.payloadType)?.[1] ?? signed.payloadType);
  compare("requester", version.requester, text(document.get("requester")));
  compare("digest", version.digest, signed.digest);
  compare("expires", moment(version.expiresAt), moment(text(document.get("expires"))));
  for (const { person, from } of version.deputies) {
    if (!(Math.abs(Date.parse(from) - Date.parse(deputiesFrom(document))) <= PRECISION)) {
      compare(`deputies.${person}.from`, moment(from), deputiesFrom(document));
    }
  }
  if (version.kind === "deployment") {
    compare("routes", version.routes.map((each) => `${each.name} ${each.host} (${each.node})`).sort().join(", "),
      list(document.get("gateways")).map((each) => `${text(each.get("name"))} ${text(each.get("host"))} (${text(each.get("node"))})`).sort().join(", "));
    const machines = new Set(list(document.get("machines")).map((each) => `${text(each.get("name"))} (${text(each.get("node"))})`));
    const foreign = version.workloads.map((each) => `${each.name} (${each.node})`).filter((each) => !machines.has(each));
    compare("machines", foreign.join(", "), "");
  }
  return found;
}

/** From when on deputies count: when half of the time is over in which it may be accepted. */
export function deputiesFrom(document: Map<string, Json>): string {
  const [created = Number.NaN, expires = Number.NaN] = ["created", "expires"].map((each) => Date.parse(text(document.get(each))));
  return Number.isNaN(created + expires) ? "" : new Date(Math.floor((created + expires) / 2)).toISOString();
}

/** Two spellings of one moment are the same. */
function moment(iso: string): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? iso : new Date(at).toISOString();
}

/** A member's text; a number's digits; empty for anything else. */
export function text(value: Json | undefined): string {
  return typeof value === "string" ? value : value instanceof JsonNumber ? value.digits : "";
}

/** The objects of a list. */
export function list(value: Json | undefined): Map<string, Json>[] {
  return Array.isArray(value) ? value.filter((each): each is Map<string, Json> => each instanceof Map) : [];
}
