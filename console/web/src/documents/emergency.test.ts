import { expect, it } from "vitest";
import { utf8 } from "../ledger/bytes";
import { parseStrictly, type Json } from "../ledger/strictjson";
import type { Version } from "./signed";
import { emergencyOf } from "./emergency";
import { again, review } from "./write";

const document = (text: string) => parseStrictly(utf8(text)) as Map<string, Json>;
const now = new Date("2026-11-26T10:00:00.789Z");
const said = (payload: Uint8Array) => new TextDecoder().decode(payload);

it("reads an emergency as nodes do, and nothing else", () => {
  expect(emergencyOf(document('{"name":"shop"}'))).toBeUndefined();
  expect(emergencyOf(document('{"emergency":{"reason":"down","until":"2026-11-26T14:00:00Z"}}'))).toEqual({ reason: "down", until: "2026-11-26T14:00:00Z" });
  expect(() => emergencyOf(document('{"emergency":true}'))).toThrow("emergency: must have reason and until");
  expect(() => emergencyOf(document('{"emergency":{"reason":"down","until":"2026-11-26T14:00:00Z","for":"ever"}}'))).toThrow("and nothing else");
  expect(() => emergencyOf(document('{"emergency":{"until":"2026-11-26T14:00:00Z"}}'))).toThrow("emergency.reason: is missing");
  expect(() => emergencyOf(document('{"emergency":{"reason":"down","until":"soon"}}'))).toThrow("emergency.until: must be a moment");
});

it("brings a version back in the usual way, whatever it was, or as an emergency", () => {
  const newest = { name: "shop", version: 4, state: "ended" } as Version;
  const earlier = document('{"name":"shop","version":2,"requester":"bob","created":"a","expires":"b","emergency":{"reason":"old","until":"2026-11-25T14:00:00Z"}}');
  const head = '{"name":"shop","version":5,"requester":"alice","created":"2026-11-26T10:00:00Z","expires":"2026-11-27T10:00:00Z"';
  expect(said(again(earlier, newest, "alice", now).payload)).toBe(`${head}}`);
  expect(said(again(earlier, newest, "alice", now, { reason: "down", hours: 4 }).payload)).toBe(`${head},"emergency":{"reason":"down","until":"2026-11-26T14:00:00Z"}}`);
});

it("writes a review under the name that every verifier computes", () => {
  const emergency = { name: "shop", version: 3, digest: "d".repeat(64), environment: "production", requester: "alice" };
  const written = review(emergency, undefined, "bob", "not-justified", "there was time", now);
  expect([written.name, written.version, written.payloadType]).toEqual(["review-shop", 1, "application/vnd.zosgrid.review.v1+json"]);
  expect(said(written.payload)).toBe('{"name":"review-shop","version":1,"requester":"bob","created":"2026-11-26T10:00:00Z","expires":"2026-11-27T10:00:00Z",'
    + `"subject":"shop","subjectVersion":3,"digest":"${"d".repeat(64)}","environment":"production","askedBy":"alice","verdict":"not-justified","findings":"there was time"}`);
  expect(review({ ...emergency, name: "a-deployment-whose-name-is-quite-long" }, { version: 1, state: "reviewed" }, "bob", "justified", "x", now)).toMatchObject({ name: "review-bffce83ee2be28fe8073051feb6df", version: 2 });
});
