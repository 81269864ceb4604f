import { expect, it } from "vitest";
import type { Keys } from "../documents/signed";
import { deputies } from "./trust";

it("tells who stands in for which groups, a person with two keys once", () => {
  const keys = { a: { person: "grace" }, b: { person: "grace" }, c: { person: "frank" } } as unknown as Keys;
  expect(deputies(keys, { approver: { deputies: ["a", "b"] }, security: { deputies: ["c", "a"] }, root: {} })).toEqual(new Map([["grace", ["approver", "security"]], ["frank", ["security"]]]));
});
