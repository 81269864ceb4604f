import { readFileSync } from "node:fs";
import { ed25519 } from "@noble/curves/ed25519.js";
import { describe, expect, it } from "vitest";
import { base64, concat, equal, utf8 } from "./bytes";
import { verifyCheckpoint } from "./checkpoint";
import { emptyRoot, leafHash, nodeHash, verifyConsistency, verifyInclusion } from "./merkle";
import { Tiles } from "./tiles";
import { trusted, verifyEntry, verifyLedger } from "./verification";

const vectors = new URL("../../../../contract/src/test/resources/vectors/", import.meta.url);
const note = readFileSync(new URL("checkpoint.txt", vectors), "utf8");
const root = JSON.parse(readFileSync(new URL("root-1.json", vectors), "utf8")) as { payload: string };
const keys = trusted(base64(root.payload));

/** RFC 6962's definition, word for word: slow and plain. */
function treeHash(leaves: Uint8Array[]): Uint8Array {
  const first = leaves[0];
  if (first === undefined) {
    return emptyRoot();
  }
  if (leaves.length === 1) {
    return first;
  }
  let split = 1;
  while (split * 2 < leaves.length) {
    split *= 2;
  }
  return nodeHash(treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)));
}

const entries = Array.from({ length: 700 }, (_, index) => utf8(`entry ${index}`));
const leaves = entries.map(leafHash);

/** The tiles of a log, as a server hands them out. */
function tiles(size: number, changed?: number) {
  const asked: string[] = [];
  const levels = [leaves.slice(0, size)];
  levels.push(Array.from({ length: Math.floor(size / 256) }, (_, tile) => treeHash(leaves.slice(tile * 256, tile * 256 + 256))));
  const fetch = async (path: string) => {
    asked.push(path);
    const part = /^(\d)\/(\d{3})(?:\.p\/(\d+))?$/.exec(path);
    const hashes = levels[Number(part?.[1])]?.slice(Number(part?.[2]) * 256, Number(part?.[2]) * 256 + Number(part?.[3] ?? 256)) ?? [];
    return concat(...hashes.map((hash, index) => (index === changed ? leafHash(hash) : hash)));
  };
  return { fetch, asked };
}

describe("a checkpoint", () => {
  it("is good with both signatures of the ledger", () => {
    expect(verifyCheckpoint(note, keys.ledger)).toMatchObject({ origin: "ledger.example", size: 7 });
  });

  it("is refused when a word of it or a signature was changed", () => {
    expect(() => verifyCheckpoint(note.replace("\n7\n", "\n8\n"), keys.ledger)).toThrow("Ed25519 signature does not verify");
    const lines = note.split("\n");
    const without = (index: number) => lines.filter((_, line) => line !== index).join("\n");
    expect(() => verifyCheckpoint(without(4), keys.ledger)).toThrow("Ed25519 signature does not verify");
    expect(() => verifyCheckpoint(without(5), keys.ledger)).toThrow("ML-DSA-44 signature does not verify");
    expect(() => verifyCheckpoint(note.replace("\n7\n", "\n07\n"), keys.ledger)).toThrow("must be a decimal number");
    expect(() => verifyCheckpoint("nothing", keys.ledger)).toThrow("must be a signed note");
  });

  it("is refused under another ledger's keys", () => {
    expect(() => verifyCheckpoint(note, { ...keys.ledger, origin: "other.example" })).toThrow("must be other.example");
    const other = ed25519.getPublicKey(new Uint8Array(32).fill(7));
    expect(other.length).toBe(32);
    expect(() => verifyCheckpoint(note, { ...keys.ledger, ed25519: keys.ledger.ed25519.replace(/.{4}$/, "AAA=") })).toThrow("verifier key");
  });
});

describe("proofs made of tiles", () => {
  it.each([1, 2, 3, 7, 255, 256, 257, 511, 512, 513, 700])("show every kind of leaf in a tree of %i", async (size) => {
    const whole = treeHash(leaves.slice(0, size));
    for (const index of new Set([0, Math.floor(size / 2), size - 1])) {
      const path = await new Tiles(size, tiles(size).fetch).inclusion(index);
      expect(verifyInclusion(leaves[index] as Uint8Array, index, size, path, whole)).toBe(true);
      expect(verifyInclusion(leafHash(utf8("another")), index, size, path, whole)).toBe(false);
      expect(verifyInclusion(leaves[index] as Uint8Array, index + 1, size, path, whole)).toBe(false);
    }
  });

  it.each([
    [1, 2],
    [3, 7],
    [256, 257],
    [255, 700],
    [512, 700],
    [700, 700],
  ])("show that a tree of %i is the beginning of one of %i", async (before, size) => {
    const old = treeHash(leaves.slice(0, before));
    const now = treeHash(leaves.slice(0, size));
    const proof = await new Tiles(size, tiles(size).fetch).consistency(before);
    expect(verifyConsistency(before, old, size, now, proof)).toBe(true);
    expect(verifyConsistency(before, leafHash(old), size, now, proof)).toBe(false);
    expect(verifyConsistency(before, old, size, leafHash(now), proof)).toBe(false);
  });

  it("ask for each tile once, by its path", async () => {
    const server = tiles(700);
    const tree = new Tiles(700, server.fetch);
    await tree.inclusion(3);
    await tree.inclusion(690);
    expect(server.asked.toSorted()).toEqual(["0/000", "0/002.p/188", "1/000.p/2"]);
  });

  it("fail when a tile was changed", async () => {
    const whole = treeHash(leaves);
    const path = await new Tiles(700, tiles(700, 0).fetch).inclusion(1);
    expect(verifyInclusion(leaves[1] as Uint8Array, 1, 700, path, whole)).toBe(false);
  });
});

describe("a ledger", () => {
  const nothing = async () => new Uint8Array();

  it("is taken as it is the first time, and remembered", async () => {
    const verified = await verifyLedger(note, keys, nothing);
    expect(verified.history).toBe("first");
    expect(verified.seen).toMatchObject({ origin: "ledger.example", size: 7 });
    expect((await verifyLedger(note, keys, nothing, verified.seen)).history).toBe("same");
  });

  it("is refused when it shrank, was rewritten, or too few watched", async () => {
    const { seen } = await verifyLedger(note, keys, nothing);
    await expect(verifyLedger(note, keys, nothing, { ...seen, size: 9 })).rejects.toThrow("has shrunk");
    await expect(verifyLedger(note, keys, nothing, { ...seen, root: btoa("x".repeat(32)) })).rejects.toThrow("was rewritten");
    await expect(verifyLedger(note, keys, tiles(7).fetch, { ...seen, size: 5 })).rejects.toThrow("was rewritten");
    await expect(verifyLedger(note, keys, nothing, { ...seen, origin: "other.example" })).rejects.toThrow("another ledger");
    await expect(verifyLedger(note, { ...keys, witnesses: { threshold: 1, keys: {} } }, nothing)).rejects.toThrow("1 must, and 0 did");
  });

  it("has an entry, and not another one in its place", async () => {
    const checkpoint = { origin: "test", size: 700, root: treeHash(leaves) };
    const server = tiles(700);
    expect(await verifyEntry(entries[600] as Uint8Array, 600, checkpoint, server.fetch)).toHaveLength(64);
    await expect(verifyEntry(utf8("forged"), 600, checkpoint, server.fetch)).rejects.toThrow("is not the one that stands in the ledger");
    await expect(verifyEntry(utf8("later"), 700, checkpoint, server.fetch)).rejects.toThrow("newer than the published checkpoint");
    expect(equal(await new Tiles(700, server.fetch).leaf(600), leaves[600] as Uint8Array)).toBe(true);
  });
});
