import { expect, it } from "vitest";
import { type Activity, heat } from "./heat";

const activity = (name: string, finished: number, meanMillis: number | null): Activity => ({ activity: name, type: "", finished, running: 0, canceled: 0, stuck: 0, meanMillis, p95Millis: meanMillis });

const none = () => false;

it("compares each with the hottest, and leaves out what nobody passed", () => {
  const found = heat([activity("a", 10, 1), activity("b", 5, 1), activity("c", 0, null)], "finished", none);
  expect([...found]).toEqual([["a", 1], ["b", 0.5]]);
});

it("keeps milliseconds visible beside hours", () => {
  const found = heat([activity("approve", 1, 3_600_000), activity("verify", 1, 20)], "meanMillis", none);
  expect(found.get("approve")).toBe(1);
  expect(found.get("verify")).toBeGreaterThan(0.1);
});

it("leaves out what encloses other elements", () => {
  expect([...heat([{ ...activity("all", 9, 1), type: "subProcess" }, activity("a", 1, 1)], "finished", (id) => id === "all")]).toEqual([["a", 1]]);
});

it("has nothing to say where nothing happened", () => {
  expect(heat([], "finished", none).size).toBe(0);
  expect(heat([activity("a", 3, 1)], "stuck", none).size).toBe(0);
});

it("shows a block of a model of one's own, which is a scope with nothing drawn inside", () => {
  expect([...heat([{ ...activity("seal", 2, 1), type: "subProcess" }, activity("a", 1, 1)], "finished", none)]).toEqual([["seal", 1], ["a", 0.5]]);
});
