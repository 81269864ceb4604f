import { expect, it } from "vitest";
import { EventStreamReader } from "./eventstream";

const STREAM = "event: ready\nid: 1-2\ndata: {}\n\n: nothing\n\ndata: a\ndata:b\r\n\r\nevent: change\nid: 3-4\ndata: c\n\n";
const EVENTS = [{ id: "1-2", name: "ready", data: "{}" }, { id: "1-2", name: "message", data: "a\nb" }, { id: "3-4", name: "change", data: "c" }];

it("reads events however they are cut into pieces", () => {
  for (const size of [1, 2, 3, 7, 1000]) {
    const reader = new EventStreamReader();
    const heard = [];
    for (let at = 0; at < STREAM.length; at += size) {
      heard.push(...reader.read(STREAM.slice(at, at + size)));
    }
    expect(heard, `in pieces of ${size}`).toEqual(EVENTS);
  }
});

it("does not gather without end", () => {
  const reader = new EventStreamReader();
  expect(() => reader.read("data: " + "x".repeat(70_000))).toThrow("at most 65536 characters");
  const lines = new EventStreamReader();
  expect(() => lines.read("data: xxxxxxxxx\n".repeat(10_000))).toThrow("at most 65536 characters");
});
