import { expect, it } from "vitest";
import { pairs } from "./overlay";

const link = (peer: string, up: boolean, roundTripMicros: number | null) => ({ peer, up, roundTripMicros, problem: "" });

it("draws each pair once, with the slower measurement", () => {
  expect(pairs([{ name: "b", links: [link("a", true, 900)] }, { name: "a", links: [link("b", true, 1200)] }])).toEqual([{ from: "a", to: "b", up: true, roundTripMicros: 1200 }]);
});

it("takes a link for down when one end says so, or knows no latency", () => {
  expect(pairs([{ name: "a", links: [link("b", true, null)] }, { name: "b", links: [link("a", false, null)] }])).toEqual([{ from: "a", to: "b", up: false, roundTripMicros: null }]);
  expect(pairs([{ name: "a", links: [] }])).toEqual([]);
});
