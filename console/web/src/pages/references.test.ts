import { expect, it } from "vitest";
import { namesOf } from "./references";

it("has every name of a content once, whichever node says it", () => {
  expect(namesOf(["demo/web:1.0@sha256:ab", "demo/web:stable@sha256:ab", "demo/db:1.0@sha256:cd", "demo/web:1.0@sha256:ab"])).toEqual(new Map([["ab", ["demo/web:stable", "demo/web:1.0"]], ["cd", ["demo/db:1.0"]]]));
});
