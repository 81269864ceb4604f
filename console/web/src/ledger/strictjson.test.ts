import { expect, it } from "vitest";
import { utf8 } from "./bytes";
import { JsonNumber, parseStrictly } from "./strictjson";

const read = (text: string) => parseStrictly(utf8(text));

it("reads what JSON.parse reads, in its order", () => {
  expect(read(' {"b": [1, -2.5e3, "\\u00e9\\n", true, false, null, {}, []], "a": ""} ')).toEqual(
    new Map<string, unknown>([["b", [new JsonNumber("1"), new JsonNumber("-2.5e3"), "é\n", true, false, null, new Map(), []]], ["a", ""]]));
});

it("keeps every digit", () => {
  expect(read("9223372036854775807")).toEqual(new JsonNumber("9223372036854775807"));
});

it("refuses a member that is there twice, however it is written", () => {
  expect(() => read('{"name":"a","x":{},"name":"b"}')).toThrow("must not have the member name twice");
  expect(() => read('{"name":"a","n\\u0061me":"b"}')).toThrow("must not have the member name twice");
});

it("refuses what is no JSON", () => {
  for (const text of ["", "{", "[1,]", '{"a":1,}', "01", "1 2", "{a:1}", "'a'", '"\t"', "nul", "[1}", '{"a" 1}', "\ufeff1"]) {
    expect(() => read(text), text).toThrow("is no JSON");
  }
  expect(() => parseStrictly(Uint8Array.of(0x22, 0xff, 0x22))).toThrow();
  expect(() => read("[".repeat(100) + "]".repeat(100))).toThrow("at most 50 deep");
});
