import { x25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";
import { expect, it } from "vitest";
import { signingKey } from "../frame/composite";
import { preAuthenticationEncoding, signDocument } from "../frame/statements";
import { base64, concat, hex, toBase64, uint64, utf8 } from "../ledger/bytes";
import { typedBy } from "../pages/terminal";
import { offer, REQUEST, type Offer } from "./handshake";
import { Screen } from "./screen";

const WANTED = { deployment: "shop", version: 3, machine: "web", node: "compute-1", requester: "erin", purpose: "to look" };
const SESSION = "0123456789abcdef0123456789abcdef";
const node = signingKey(new Uint8Array(64).fill(7));
const stranger = signingKey(new Uint8Array(64).fill(8));

/** A node's end, from the format's description. */
function answer(made: Offer, signer = node, change: Record<string, string> = {}) {
  const request = JSON.parse(new TextDecoder().decode(made.payload)) as { curve: string; lattice: string };
  const asked = sha256(preAuthenticationEncoding(REQUEST, made.payload));
  const curve = x25519.keygen();
  const { cipherText, sharedSecret } = ml_kem768.encapsulate(base64(request.lattice));
  const payload = utf8(JSON.stringify({ request: hex(asked), node: "compute-1", session: SESSION, curve: toBase64(curve.publicKey), ciphertext: toBase64(cipherText), ...change }));
  const payloadType = "application/vnd.zosgrid.terminal-answer.v1+json";
  const signed = preAuthenticationEncoding(payloadType, payload);
  const both = hkdf(sha512, concat(x25519.getSharedSecret(curve.secretKey, base64(request.curve)), sharedSecret), concat(asked, sha256(signed)), utf8("zosgrid terminal v1"), 64);
  return { envelope: { payloadType, payload: toBase64(payload), signatures: [{ keyid: signer.id, sig: toBase64(signer.sign(signed)) }] }, toNode: both.slice(0, 32), fromNode: both.slice(32) };
}

async function crypt(way: "encrypt" | "decrypt", key: Uint8Array, number: bigint, bytes: Uint8Array): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey("raw", key as BufferSource, "AES-GCM", false, [way]);
  return new Uint8Array(await crypto.subtle[way]({ name: "AES-GCM", iv: concat(new Uint8Array(4), uint64(number)) as BufferSource }, imported, bytes as BufferSource) as ArrayBuffer);
}

it("comes to the node's keys, types and reads, and opens nothing after a frame that was changed", async () => {
  const made = offer(WANTED, new Date("2026-11-27T12:00:00.789Z"));
  expect(JSON.parse(new TextDecoder().decode(made.payload))).toMatchObject({ ...WANTED, created: "2026-11-27T12:00:00Z", expires: "2026-11-27T12:01:00Z" });
  const there = answer(made);
  const { session, channel } = made.accept(there.envelope, node);
  expect(session).toBe(SESSION);
  const [first, second] = await Promise.all([channel.type(utf8("ls")), channel.resize(24, 300)]);
  expect(first.slice(0, 8)).toEqual(uint64(0n));
  expect(await crypt("decrypt", there.toNode, 0n, first.slice(8))).toEqual(concat(Uint8Array.of(0), utf8("ls")));
  expect(await crypt("decrypt", there.toNode, 1n, second.slice(8))).toEqual(Uint8Array.of(1, 0, 24, 1, 44));
  const frame = async (number: bigint, bytes: Uint8Array) => concat(uint64(number), await crypt("encrypt", there.fromNode, number, bytes));
  expect(await channel.open(await frame(0n, concat(Uint8Array.of(2), utf8("42"))))).toEqual({ output: utf8("42") });
  expect(await channel.open(await frame(1n, Uint8Array.of(3, 130)))).toEqual({ exit: 130, reason: "" });
  const changed = await frame(2n, concat(Uint8Array.of(2), utf8("rm")));
  changed[changed.length - 1]! ^= 1;
  await expect(channel.open(changed)).rejects.toThrow("changed on its way");
  await expect(channel.open(await frame(2n, concat(Uint8Array.of(2), utf8("rm"))))).rejects.toThrow("follows one that was refused");
});

it("takes no frame twice", async () => {
  const made = offer(WANTED, new Date());
  const there = answer(made);
  const { channel } = made.accept(there.envelope, node);
  const frame = concat(uint64(0n), await crypt("encrypt", there.fromNode, 0n, Uint8Array.of(2, 65)));
  await channel.open(frame);
  await expect(channel.open(frame)).rejects.toThrow("came twice");
});

it("takes an answer from the node that was asked alone, and to this request alone", () => {
  const made = offer(WANTED, new Date());
  expect(() => made.accept(answer(made, stranger).envelope, node)).toThrow("must be by the key of compute-1");
  const forged = answer(made, stranger).envelope;
  expect(() => made.accept({ ...forged, signatures: [{ ...forged.signatures[0]!, keyid: node.id }] }, node)).toThrow("must be by the key of compute-1");
  expect(() => made.accept(answer(offer(WANTED, new Date())).envelope, node)).toThrow("is to something else");
  expect(() => made.accept(answer(made, node, { node: "compute-2" }).envelope, node)).toThrow("is to something else");
});

it("signs a request that says what was asked, and no other", async () => {
  const { payload } = offer(WANTED, new Date());
  await expect(signDocument(stranger, { name: "shop", version: 3, payloadType: REQUEST, payload })).resolves.toHaveLength(3309 + 64);
  await expect(signDocument(stranger, { name: "other", version: 3, payloadType: REQUEST, payload })).rejects.toThrow("must be other version 3");
});

it("shows what shells and editors write", () => {
  const answers: string[] = [];
  const screen = new Screen(4, 10, (text) => answers.push(text));
  const show = (text: string) => (screen.write(utf8(text)), screen.text().trimEnd());
  expect(show("ab\bc\r\n\x1b[1;32mgrün\x1b[0m\x1b]0;title\x07")).toBe("ac\ngrün");
  expect(show("\x1b[6n\x1b[2D\x1b[K")).toBe("ac\ngr");
  expect(answers).toEqual(["\x1b[2;5R"]);
  expect(show("\r\n0123456789x")).toBe("ac\ngr\n0123456789\nx");
  expect(show("\r\nnext")).toBe("ac\ngr\n0123456789\nx\nnext");
  expect(screen.cursor).toEqual([4, 4]);
  expect(show("\x1b[H\x1b[Jtop\x1b[3;2Hx")).toBe("ac\ntop\n\n x");
  expect(show("\x1b[" + "1;".repeat(100) + "m").includes("top")).toBe(true);
});

it("types what keys mean, and leaves the browser its own", () => {
  const press = (key: string, held: Partial<KeyboardEvent> = {}) => typedBy({ key, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...held });
  expect(press("a")).toBe("a");
  expect(press("c", { ctrlKey: true })).toBe("\x03");
  expect(press("ArrowUp")).toBe("\x1b[A");
  expect(press("b", { altKey: true })).toBe("\x1bb");
  expect(press("Shift")).toBeUndefined();
  expect(press("Tab", { shiftKey: true })).toBeUndefined();
  expect(press("c", { ctrlKey: true, shiftKey: true })).toBeUndefined();
});
