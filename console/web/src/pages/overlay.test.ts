import { expect, it } from "vitest";
import { drawable, pairs, worstFirst } from "./overlay";

const link = (peer: string, up: boolean, roundTripMicros: number | null) => ({ peer, up, roundTripMicros, problem: "" });

it("draws each pair once, with the slower measurement", () => {
  expect(pairs([{ name: "b", links: [link("a", true, 900)] }, { name: "a", links: [link("b", true, 1200)] }])).toEqual([{ from: "a", to: "b", up: true, roundTripMicros: 1200 }]);
});

it("takes a link for down when one end says so, or knows no latency", () => {
  expect(pairs([{ name: "a", links: [link("b", true, null)] }, { name: "b", links: [link("a", false, null)] }])).toEqual([{ from: "a", to: "b", up: false, roundTripMicros: null }]);
  expect(pairs([{ name: "a", links: [] }])).toEqual([]);
});

it("draws only what does not lie over each other, and lists the rest with what is worst first", () => {
  expect(drawable(["compute-1", "gateway-1"])).toBe(true);
  expect(drawable(Array.from({ length: 11 }, (_, index) => `n${index}`))).toBe(false);
  expect(drawable(["compute-in-a-building-far-away"])).toBe(false);
  const ends = (to: string, up: boolean, roundTripMicros: number | null) => ({ from: "a", to, up, roundTripMicros });
  expect(worstFirst([ends("b", true, 5), ends("c", true, 900), ends("d", false, null), ends("e", true, null)]).map((each) => each.to)).toEqual(["d", "c", "b", "e"]);
});
