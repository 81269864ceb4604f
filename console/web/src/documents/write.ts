import { utf8 } from "../ledger/bytes";
import { JsonNumber, type Json } from "../ledger/strictjson";
import type { Version } from "./signed";

/** Documents that are written here: an order about a deployment, a version of it that is to come back, or a model. */

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
export const SUBMITTED_AT: Record<string, string> = { deployment: "/api/deployments", pause: "/api/pauses", resume: "/api/resumptions", decommission: "/api/decommissions", model: "/api/models" };

export function nextVersion(newest: { version: number; state: string }): number {
  return newest.version + (UNSEALED.includes(newest.state) ? 0 : 1);
}

export function order(kind: string, newest: Version, requester: string, reason: string, now: Date): Draft {
  return draft(kind, newest, new Map<string, Json>([["name", newest.name], ["version", ""], ["requester", ""], ["created", ""], ["expires", ""], ["reason", reason]]), requester, now);
}

/** What an earlier version said, as the next one. */
export function again(earlier: Map<string, Json>, newest: Version, requester: string, now: Date): Draft {
  return draft("deployment", newest, new Map(earlier), requester, now);
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

function draft(kind: string, newest: { name: string; version: number; state: string }, document: Map<string, Json>, requester: string, now: Date): Draft {
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
