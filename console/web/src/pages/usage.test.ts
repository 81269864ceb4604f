import { expect, it } from "vitest";
import { points, rates, type Usage } from "./usage";

const taken = (second: number, cpuNanos: number, receivedBytes: number): Usage => ({
  at: `2026-11-25T12:00:${String(second).padStart(2, "0")}.500Z`, cpuNanos, throttledNanos: cpuNanos / 2, allowedCpuMillis: 500, memoryBytes: 7, memoryPeakBytes: 0, allowedMemoryBytes: 64, processes: 1, receivedBytes, sentBytes: 8,
});

it("makes rates of two looks, by the node's clock", () => {
  expect(rates(taken(10, 1e9, 100), taken(12, 2e9, 2148))).toEqual({ processors: 0.5, throttled: 0.25, receivedPerSecond: 1024, sentPerSecond: 0 });
});

it("makes none of a machine that was started again, or of a clock that stood", () => {
  expect(rates(taken(10, 2e9, 100), taken(12, 1e9, 100))).toBeUndefined();
  expect(rates(taken(10, 1e9, 100), taken(10, 2e9, 100))).toBeUndefined();
});

it("draws the newest value at the right edge and nothing above what is allowed", () => {
  expect(points([0, 0.5, 2])).toBe("296.0,60.0 298.0,30.0 300.0,0.0");
});
