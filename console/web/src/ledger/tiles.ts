import { emptyRoot, nodeHash } from "./merkle";

/**
 * Proofs made of tiles (C2SP tlog-tiles). Tiles need not be believed: whoever makes a proof of them verifies it against a checkpoint, and a wrong tile makes it
 * fail.
 */

const WIDTH = 256;
const LEVELS = 8; // of the tree in one tile
const HASH = 32;

/** Fetches a tile by its path, such as `0/x001/067` or `0/000.p/12`. */
export type Fetch = (path: string) => Promise<Uint8Array>;

/** The tree of one size; every tile is fetched once. */
export class Tiles {
  private readonly fetched = new Map<string, Promise<Uint8Array>>();

  constructor(
    readonly size: number,
    private readonly fetch: Fetch,
  ) {}

  /** The siblings of a leaf, from below. */
  async inclusion(index: number): Promise<Uint8Array[]> {
    return this.path(index, 0, this.size);
  }

  /** That the tree of an older size is the beginning of this one. */
  async consistency(oldSize: number): Promise<Uint8Array[]> {
    return oldSize === this.size ? [] : this.subproof(oldSize, 0, this.size, true);
  }

  /** A leaf's hash. */
  async leaf(index: number): Promise<Uint8Array> {
    return this.complete(0, index);
  }

  private async path(index: number, from: number, to: number): Promise<Uint8Array[]> {
    if (to - from === 1) {
      return [];
    }
    const middle = from + split(to - from);
    return index < middle
      ? [...(await this.path(index, from, middle)), await this.root(middle, to)]
      : [...(await this.path(index, middle, to)), await this.root(from, middle)];
  }

  private async subproof(oldSize: number, from: number, to: number, whole: boolean): Promise<Uint8Array[]> {
    if (oldSize === to) {
      return whole ? [] : [await this.root(from, to)];
    }
    const middle = from + split(to - from);
    return oldSize <= middle
      ? [...(await this.subproof(oldSize, from, middle, whole)), await this.root(middle, to)]
      : [...(await this.subproof(oldSize, middle, to, false)), await this.root(from, middle)];
  }

  /** The hash over the leaves from one index to before another. */
  private async root(from: number, to: number): Promise<Uint8Array> {
    const length = to - from;
    if (length === 0) {
      return emptyRoot();
    }
    const level = Math.log2(length);
    if (Number.isInteger(level) && from % length === 0) {
      return this.complete(level, from / length);
    }
    const middle = from + split(length);
    return nodeHash(await this.root(from, middle), await this.root(middle, to));
  }

  /** The hash of a complete subtree of 2^level leaves. */
  private async complete(level: number, index: number): Promise<Uint8Array> {
    const above = level % LEVELS;
    if (above > 0) {
      return nodeHash(await this.complete(level - 1, index * 2), await this.complete(level - 1, index * 2 + 1));
    }
    const tile = await this.tile(level / LEVELS, Math.floor(index / WIDTH));
    const at = (index % WIDTH) * HASH;
    if (tile.length < at + HASH) {
      throw new Error(`tile ${level / LEVELS}/${Math.floor(index / WIDTH)}: is shorter than it must be (${tile.length} bytes)`);
    }
    return tile.slice(at, at + HASH);
  }

  private tile(level: number, number: number): Promise<Uint8Array> {
    const hashes = Math.floor(this.size / WIDTH ** level);
    const width = Math.min(WIDTH, hashes - number * WIDTH);
    const path = `${level}/${threes(number)}${width === WIDTH ? "" : `.p/${width}`}`;
    const known = this.fetched.get(path) ?? this.fetch(path);
    this.fetched.set(path, known);
    return known;
  }
}

/** The largest power of two below a number above 1. */
function split(length: number): number {
  let power = 1;
  while (power * 2 < length) {
    power *= 2;
  }
  return power;
}

/** A number in groups of three digits, every group but the last behind an x. */
function threes(number: number): string {
  const digits = number.toString();
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/.{3}/g) ?? [];
  return groups.map((group, index) => (index < groups.length - 1 ? `x${group}` : group)).join("/");
}
