import { expect, it } from "vitest";
import { utf8 } from "../ledger/bytes";
import { parseStrictly, type Json } from "../ledger/strictjson";
import type { Version } from "./signed";
import { again, demanding, model, nextVersion, order, promotion, written } from "./write";

const now = new Date("2026-11-26T10:00:00.789Z");
const newest = { name: "shop", version: 4, state: "running" } as Version;
const said = (payload: Uint8Array) => new TextDecoder().decode(payload);

it("writes an order as the command line writes it", () => {
  const pause = order("pause", newest, "alice", 'the "auditors"', now);
  expect(said(pause.payload)).toBe('{"name":"shop","version":5,"requester":"alice","created":"2026-11-26T10:00:00Z","expires":"2026-11-27T10:00:00Z","reason":"the \\"auditors\\""}');
  expect([pause.name, pause.version, pause.payloadType]).toEqual(["shop", 5, "application/vnd.zosgrid.pause.v1+json"]);
});

it("says again what an earlier version said, field by field", () => {
  const earlier = parseStrictly(utf8('{"name":"shop","version":2,"requester":"bob","created":"a","expires":"b","machines":[{"cpuMillis":500,"n":9007199254740993}],"x":null}')) as Map<string, Json>;
  expect(said(again(earlier, newest, "alice", now).payload)).toBe(
    '{"name":"shop","version":5,"requester":"alice","created":"2026-11-26T10:00:00Z","expires":"2026-11-27T10:00:00Z","machines":[{"cpuMillis":500,"n":9007199254740993}],"x":null}');
  expect(earlier.get("requester")).toBe("bob");
});

it("binds what decision tables demand, and asks anew where a version is said again", () => {
  const pause = order("pause", newest, "alice", "x", now);
  expect(demanding(pause, { people: 0, groups: [] })).toBe(pause);
  const bound = demanding(pause, { people: 3, groups: ["security", "legal"] });
  expect(said(bound.payload)).toBe(said(pause.payload).replace(/}$/, ',"demand":{"people":3,"groups":["legal","security"]}}'));
  expect(said(demanding(pause, { people: 3, groups: [] }).payload)).toContain('"demand":{"people":3}}');
  expect(said(again(parseStrictly(bound.payload) as Map<string, Json>, newest, "alice", now).payload)).not.toContain("demand");
});

it("writes a promotion and its revocation under the name that every verifier computes", () => {
  const image = `demo/web:1.0@sha256:${"a".repeat(64)}`;
  const promoted = promotion(image, "production", 30, undefined, "alice", "tried", now);
  expect(said(promoted.payload)).toBe(`{"name":"promotion-b2acb9c72dd78ed451ba797cdf","version":1,"requester":"alice","created":"2026-11-26T10:00:00Z","expires":"2026-11-27T10:00:00Z","reason":"tried","image":"${image}","environment":"production","until":"2026-12-26T10:00:00Z"}`);
  const revoked = promotion(image, "production", 0, { version: 1, state: "promoted" }, "alice", "a flaw", now);
  expect([revoked.name, revoked.version, said(revoked.payload).includes("until")]).toEqual([promoted.name, 2, false]);
});

it("gives a version again that was never sealed", () => {
  expect([nextVersion(newest), nextVersion({ version: 4, state: "rejected" })]).toEqual([5, 4]);
});

it("writes what it reads", () => {
  const text = '{"a":[1,-2.5e3,"\\n",true,null,{}],"b":{"c":[]}}';
  expect(written(parseStrictly(utf8(text)))).toBe(text);
});

it("writes a model with its file, and without one where it is taken out of force", () => {
  const head = '{"name":"shop","version":5,"requester":"alice","created":"2026-11-26T10:00:00Z","expires":"2026-11-27T10:00:00Z","reason":"we count"';
  expect(said(model(newest, { language: "dmn", file: "<a>\n</a>", examples: "- {}" }, "alice", "we count", now).payload)).toBe(`${head},"language":"dmn","file":"<a>\\n</a>","examples":"- {}"}`);
  expect(said(model(newest, { language: "bpmn", file: "", examples: "" }, "alice", "we count", now).payload)).toBe(`${head},"language":"bpmn"}`);
  expect(model({ name: "fresh", version: 0, state: "" }, { language: "bpmn", file: "<a/>", examples: "" }, "alice", "we count", now).version).toBe(1);
});
