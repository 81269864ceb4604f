import { sha256 } from "@noble/hashes/sha2.js";
import { concat, equal } from "./bytes";

/** RFC 6962's tree, as RFC 9162 (2.1.3.2 and 2.1.4.2) verifies proofs of it. Sizes are whole numbers below 2^53. */

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(concat(LEAF, entry));
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concat(NODE, left, right));
}

/** The root of no entries at all. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array());
}

const odd = (number: number) => number % 2 === 1;
const half = (number: number) => Math.floor(number / 2);

/** Whether a leaf stands at an index of a tree. */
export function verifyInclusion(leaf: Uint8Array, index: number, size: number, path: Uint8Array[], root: Uint8Array): boolean {
  if (index < 0 || index >= size) {
    return false;
  }
  let place = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) {
      return false;
    }
    if (odd(place) || place === last) {
      hash = nodeHash(sibling, hash);
      while (!odd(place) && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && equal(hash, root);
}

/** Whether the tree of the old size is the beginning of the new one. */
export function verifyConsistency(oldSize: number, oldRoot: Uint8Array, newSize: number, newRoot: Uint8Array, proof: Uint8Array[]): boolean {
  if (oldSize < 1 || oldSize > newSize) {
    return false;
  }
  if (oldSize === newSize) {
    return proof.length === 0 && equal(oldRoot, newRoot);
  }
  const path = Number.isInteger(Math.log2(oldSize)) ? [oldRoot, ...proof] : [...proof];
  const first = path.shift();
  if (first === undefined) {
    return false;
  }
  let place = oldSize - 1;
  let last = newSize - 1;
  while (odd(place)) {
    place = half(place);
    last = half(last);
  }
  let oldHash = first;
  let newHash = first;
  for (const each of path) {
    if (last === 0) {
      return false;
    }
    if (odd(place) || place === last) {
      oldHash = nodeHash(each, oldHash);
      newHash = nodeHash(each, newHash);
      while (!odd(place) && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      newHash = nodeHash(newHash, each);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && equal(oldHash, oldRoot) && equal(newHash, newRoot);
}
