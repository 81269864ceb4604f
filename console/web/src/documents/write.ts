import { sha256 } from "@noble/hashes/sha2.js";
import { hex, utf8 } from "../ledger/bytes";
import { JsonNumber, parseStrictly, type Json } from "../ledger/strictjson";
import type { Version } from "./signed";

/** Documents that are written here: an order about a deployment, a version of it that is to come back, a model, a promotion, or that a node comes or goes. */

const HOUR = 3_600_000;
const VALID_HOURS = 24;
/** States of a change that was never sealed: its version is free again. */
const UNSEALED = ["invalid", "rejected", "expired", "withdrawn"];

export interface Draft {
  name: string;
  version: number;
  payloadType: string;
  payload: Uint8Array;
}

/** Where each kind is submitted. */
export const SUBMITTED_AT: Record<string, string> = { deployment: "/api/deployments", pause: "/api/pauses", resume: "/api/resumptions", decommission: "/api/decommissions", model: "/api/models", promotion: "/api/promotions", admission: "/api/admissions", retirement: "/api/retirements", review: "/api/reviews" };

export function nextVersion(newest: { version: number; state: string }): number {
  return newest.version + (UNSEALED.includes(newest.state) ? 0 : 1);
}

export function order(kind: string, newest: Version, requester: string, reason: string, now: Date): Draft {
  return draft(kind, newest, new Map<string, Json>([["name", newest.name], ["version", ""], ["requester", ""], ["created", ""], ["expires", ""], ["reason", reason]]), requester, now);
}

const DAY = 24 * HOUR;
/** With it, a name is as long as names may be. */
const NAME_DIGITS = 26;

/** What a promotion of this image to this environment is called: every verifier computes the same. */
export function promotionName(image: string, environment: string): string {
  return `promotion-${hex(sha256(utf8(`${environment}\n${image}`))).slice(0, NAME_DIGITS)}`;
}

/**
 * An image may run in an environment for so many days; for none, it may no more.
 *
 * @param before the newest version of it, if there is one
 */
export function promotion(image: string, environment: string, days: number, before: { version: number; state: string } | undefined, requester: string, reason: string, now: Date): Draft {
  const name = promotionName(image, environment);
  const document = new Map<string, Json>([["name", name], ["version", ""], ["requester", ""], ["created", ""], ["expires", ""], ["reason", reason], ["image", image], ["environment", environment]]);
  if (days > 0) {
    document.set("until", second(new Date(now.getTime() + days * DAY)));
  }
  return draft("promotion", { name, version: before?.version ?? 0, state: before?.state ?? "" }, document, requester, now);
}

/**
 * What an earlier version said, as the next one: in the usual way, also if that one was an emergency, or as an emergency of its own.
 *
 * @param emergency why there is no time for the usual way, and for how many hours from now
 */
export function again(earlier: Map<string, Json>, newest: Version, requester: string, now: Date, emergency?: { reason: string; hours: number }): Draft {
  const document = new Map(earlier);
  document.delete("emergency");
  document.delete("demand"); // tables are asked anew
  if (emergency !== undefined) {
    document.set("emergency", new Map<string, Json>([["reason", emergency.reason], ["until", second(new Date(now.getTime() + emergency.hours * HOUR))]]));
  }
  return draft("deployment", newest, document, requester, now);
}

/** What decision tables demand, as the server tells it; 0 people for no more than the rules say. */
export interface Demand {
  people: number;
  groups: string[];
}

/** The same document, in which stands what it is held to beyond the rules, so that it is signed with it. */
export function demanding(draft: Draft, demand: Demand): Draft {
  if (demand.people === 0 && demand.groups.length === 0) {
    return draft;
  }
  const document = parseStrictly(draft.payload) as Map<string, Json>;
  document.set("demand", new Map<string, Json>([["people", new JsonNumber(String(demand.people))], ...(demand.groups.length > 0 ? [["groups", [...demand.groups].sort()] as [string, Json]] : [])]));
  return { ...draft, payload: utf8(written(document)) };
}

const MOST_NAME = 36;
const REVIEW = "review-";

/** What reviews of emergencies of a deployment are called: every verifier computes the same. */
function reviewName(deployment: string): string {
  const readable = REVIEW + deployment;
  return readable.length <= MOST_NAME ? readable : REVIEW + hex(sha256(utf8(deployment))).slice(0, MOST_NAME - REVIEW.length);
}

/**
 * What was found of an emergency that has ended.
 *
 * @param of the emergency: its digest names the bytes that were looked at
 * @param before the newest review of this deployment, if there is one
 */
export function review(of: { name: string; version: number; digest: string; environment: string; requester: string }, before: { version: number; state: string } | undefined, requester: string, verdict: string, findings: string, now: Date): Draft {
  const name = reviewName(of.name);
  const document = new Map<string, Json>([["name", name], ["version", ""], ["requester", ""], ["created", ""], ["expires", ""], ["subject", of.name], ["subjectVersion", new JsonNumber(String(of.version))],
    ["digest", of.digest], ["environment", of.environment], ["askedBy", of.requester], ["verdict", verdict], ["findings", findings]]);
  return draft("review", { name, version: before?.version ?? 0, state: before?.state ?? "" }, document, requester, now);
}

/** A process or a decision table that shall be in force; without a file, one that shall be so no more. */
export function model(newest: { name: string; version: number; state: string }, said: { language: string; file: string; examples: string }, requester: string, reason: string, now: Date): Draft {
  const document = new Map<string, Json>([["name", newest.name], ["version", ""], ["requester", ""], ["created", ""], ["expires", ""], ["reason", reason], ["language", said.language]]);
  for (const part of ["file", "examples"] as const) {
    if (said[part] !== "") {
      document.set(part, said[part]);
    }
  }
  return draft("model", newest, document, requester, now);
}

/** A node that shall belong to the system. */
export interface NewNode {
  name: string;
  /** PEM of its public key. */
  key: string;
  capabilities: string[];
  address: string;
  storePort: number;
  apiPort: number;
}

/** @param before the newest change under the node's name, if there is one: most nodes were there before any document was about them */
export function admission(node: NewNode, before: { version: number; state: string } | undefined, requester: string, reason: string, now: Date): Draft {
  const document = new Map<string, Json>([["name", node.name], ["version", ""], ["requester", ""], ["created", ""], ["expires", ""], ["reason", reason], ["key", node.key], ["capabilities", [...node.capabilities].sort()],
    ["address", node.address], ["storePort", new JsonNumber(String(node.storePort))], ["apiPort", new JsonNumber(String(node.apiPort))]]);
  return draft("admission", { name: node.name, version: before?.version ?? 0, state: before?.state ?? "" }, document, requester, now);
}

/** A node that shall belong to the system no more. */
export function retirement(name: string, before: { version: number; state: string } | undefined, requester: string, reason: string, now: Date): Draft {
  const document = new Map<string, Json>([["name", name], ["version", ""], ["requester", ""], ["created", ""], ["expires", ""], ["reason", reason]]);
  return draft("retirement", { name, version: before?.version ?? 0, state: before?.state ?? "" }, document, requester, now);
}

function draft(kind: string, newest: Pick<Version, "name" | "version" | "state">, document: Map<string, Json>, requester: string, now: Date): Draft {
  const version = nextVersion(newest);
  document.set("version", new JsonNumber(String(version)));
  document.set("requester", requester);
  document.set("created", second(now));
  document.set("expires", second(new Date(now.getTime() + VALID_HOURS * HOUR)));
  return { name: newest.name, version, payloadType: `application/vnd.zosgrid.${kind}.v1+json`, payload: utf8(written(document)) };
}

function second(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** JSON with every member in its order and every digit of a number. */
export function written(value: Json): string {
  if (value instanceof Map) {
    return `{${[...value].map(([name, each]) => `${JSON.stringify(name)}:${written(each)}`).join(",")}}`;
  }
  return Array.isArray(value) ? `[${value.map(written).join(",")}]` : value instanceof JsonNumber ? value.digits : JSON.stringify(value);
}
