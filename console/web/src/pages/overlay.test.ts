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

const mesh = (names: string[]) => pairs(names.map((name) => ({ name, links: names.filter((peer) => peer !== name).map((peer) => link(peer, true, 12_300)) })));

it.each([
  [["compute-1", "gateway-1"], true, true],
  [["compute-1", "compute-2", "gateway-1"], true, true],
  [["n1", "n2", "n3", "n4"], true, true], // two lines cross in the middle, and their latencies do not
  [["compute-1", "compute-in-a-building-far-away"], false, false],
  [["compute-1", "compute-on-a-phone"], true, false],
  [Array.from({ length: 8 }, (_, index) => `compute-${index}`), false, false],
])("draws %j only where every word can be read: on a wide screen %s, on a phone %s", (names, wide, narrow) => {
  expect([drawable(names, mesh(names), "wide"), drawable(names, mesh(names), "narrow")]).toEqual([wide, narrow]);
});

it("draws many nodes that have few links", () => {
  const names = ["n1", "n2", "n3", "n4", "n5", "n6"];
  expect(drawable(names, pairs([{ name: "n1", links: [link("n2", true, 900)] }]), "wide")).toBe(true);
});

it("lists what is worst first", () => {
  const ends = (to: string, up: boolean, roundTripMicros: number | null) => ({ from: "a", to, up, roundTripMicros });
  expect(worstFirst([ends("b", true, 5), ends("c", true, 900), ends("d", false, null), ends("e", true, null)]).map((each) => each.to)).toEqual(["d", "c", "b", "e"]);
});
