import { expect, it } from "vitest";
import { signingKey } from "../frame/composite";
import { preAuthenticationEncoding } from "../frame/statements";
import { toBase64, utf8 } from "../ledger/bytes";
import { deputiesFrom, disagreements, open, type Keys, type Version } from "./signed";

const alice = signingKey(new Uint8Array(64).fill(1));
const bob = signingKey(new Uint8Array(64).fill(2));
const type = "application/vnd.zosgrid.deployment.v1+json";
const payload = utf8(JSON.stringify({ name: "shop", version: 1, requester: "alice", created: "2026-11-26T22:00:00Z", expires: "2026-11-27T00:00:00Z", machines: [{ name: "web", node: "compute-1" }],
  gateways: [{ name: "front", node: "gateway-1", host: "shop.example" }] }));
const question = { name: "shop", version: 1, payloadType: type, payload };
const keys: Keys = { [alice.id]: { person: "alice", publicKey: toBase64(alice.spki) }, [bob.id]: { person: "bob", publicKey: toBase64(bob.spki) } };

function version(rest: Partial<Version> = {}): Version {
  const envelope = { payloadType: type, payload: toBase64(payload), signatures: [{ keyid: alice.id, sig: toBase64(alice.sign(preAuthenticationEncoding(type, payload))) }] };
  return { name: "shop", version: 1, kind: "deployment", state: "approval", message: "", requester: "alice", submittedAt: "", digest: "", expiresAt: "2026-11-27T00:00:00.000Z", approvalDueAt: null, escalation: null, quorum: 2,
    position: [], openSeats: [], deputies: [], missing: [], envelope: toBase64(utf8(JSON.stringify(envelope))), approvals: [], rejections: [], workloads: [],
    routes: [{ name: "front", node: "gateway-1", host: "shop.example", open: false }], receipts: [], timeline: [], ...rest };
}

it("names those alone whose signatures over these bytes verify", () => {
  const approval = { person: "bob", keyid: bob.id, sig: toBase64(bob.sign(preAuthenticationEncoding(type, payload))), at: "" };
  const opened = open(version({ approvals: [approval, { ...approval, person: "carol" }, { ...approval, sig: toBase64(new Uint8Array(3373)) }] }), keys);
  expect(opened.signers).toEqual(["alice", "bob"]);
  expect(opened.unproved).toEqual(["carol", "bob"]);
});

it("says that a requester did not sign", () => {
  const envelope = { payloadType: type, payload: toBase64(payload), signatures: [{ keyid: bob.id, sig: toBase64(bob.sign(preAuthenticationEncoding(type, payload))) }] };
  const opened = open(version({ envelope: toBase64(utf8(JSON.stringify(envelope))) }), keys);
  expect([opened.signers, opened.unproved]).toEqual([[], ["alice"]]);
});

it("finds every lie about the bytes", () => {
  const opened = open(version(), keys);
  expect(disagreements(version({ digest: opened.digest }), opened)).toEqual([]);
  const lies = { name: "blog", version: 2, kind: "pause", requester: "mallory", expiresAt: "2027-01-01T00:00:00Z" };
  expect(disagreements(version(lies), opened).map((each) => each.field)).toEqual(["name", "version", "kind", "requester", "digest", "expires"]);
  const workloads = [{ name: "miner", node: "compute-1", state: "running", address: "", message: "" }];
  expect(disagreements(version({ digest: opened.digest, routes: [], workloads }), opened)).toEqual([
    { field: "routes", server: "", signed: "front shop.example (gateway-1)" }, { field: "machines", server: "miner (compute-1)", signed: "" }]);
});

it("works out itself from when on deputies count, and finds a server that says another moment", () => {
  const opened = open(version(), keys);
  expect(deputiesFrom(opened.document)).toBe("2026-11-26T23:00:00.000Z");
  const from = (moment: string) => disagreements(version({ digest: opened.digest, deputies: [{ person: "dave", groups: ["approver"], from: moment, approver: false }] }), opened);
  expect(from("2026-11-26T23:00:00Z")).toEqual([]);
  expect(from("2026-11-26T22:30:00Z")).toEqual([{ field: "deputies.dave.from", server: "2026-11-26T22:30:00.000Z", signed: "2026-11-26T23:00:00.000Z" }]);
  expect(from("soon")).toEqual([{ field: "deputies.dave.from", server: "soon", signed: "2026-11-26T23:00:00.000Z" }]);
});

it("refuses an envelope with a member twice", () => {
  expect(() => open(version({ envelope: toBase64(utf8('{"payloadType":"a","payloadType":"b","payload":"","signatures":[]}')) }), keys)).toThrow("must not have the member payloadType twice");
});
