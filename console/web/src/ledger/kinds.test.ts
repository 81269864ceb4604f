import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { texts } from "../pages/texts";
import { entryKind, eventType, KINDS } from "./kinds";

const described = [...readFileSync(new URL("../../../../docs/formats/events.md", import.meta.url), "utf8").matchAll(/^\| `(org\.zosgrid\.[a-z.-]+)` \|/gm)].map(([, type]) => type ?? "");

it("has every type of event that the format describes, but the one that is sent when somebody tries a webhook", () => {
  expect(described.length).toBeGreaterThan(30);
  expect(described.filter((type) => type !== "org.zosgrid.webhook.test" && !KINDS.map(eventType).includes(type))).toEqual([]);
});

it("leads from a kind to its type and back, and calls each by a word", () => {
  expect(KINDS.map(eventType).map(entryKind)).toEqual(KINDS);
  expect(eventType("root-rotated")).toBe("org.zosgrid.trust-root.rotated");
  expect(entryKind("org.zosgrid.change.of-another-release")).toBe("of-another-release");
  expect(KINDS.filter((kind) => texts.deployments.events[kind] === undefined)).toEqual([]);
});
