import { expect, it } from "vitest";
import { utf8 } from "../ledger/bytes";
import { parseStrictly } from "../ledger/strictjson";
import { differences, escaped, fields } from "./fields";

const read = (text: string) => parseStrictly(utf8(text));

it("calls things by their names and numbers the others", () => {
  expect([...fields(read('{"name":"shop","machines":[{"name":"web","ports":[80,443]},{"name":"a.b"}],"gateways":[],"x y":{}}'))]).toEqual([
    ["name", '"shop"'], ["machines[order]", 'web, "a.b"'], ["machines[web].name", '"web"'], ["machines[web].ports[order]", "#0, #1"], ["machines[web].ports[#0]", "80"],
    ["machines[web].ports[#1]", "443"], ['machines["a.b"].name', '"a.b"'], ["gateways", "[]"], ['"x y"', "{}"]]);
});

it("shows what changed, what is new and what is gone", () => {
  expect(differences(read('{"version":1,"machines":[{"name":"web","image":"a"}],"old":true}'), read('{"version":2,"machines":[{"name":"web","image":"b"},{"name":"db"}]}'))).toEqual([
    { field: "version", before: "1", after: "2" },
    { field: "machines[order]", before: undefined, after: "web, db" },
    { field: "machines[web].image", before: '"a"', after: '"b"' },
    { field: "machines[db].name", before: undefined, after: '"db"' },
    { field: "old", before: "true", after: undefined }]);
});

it("tells numbers apart that a float could not", () => {
  expect(differences(read('{"n":9007199254740993}'), read('{"n":9007199254740992}'))).toHaveLength(1);
});

it("lets no character hide or turn the line", () => {
  expect(escaped("a\u202eb\u200bc\u0007\ue000é漢")).toBe("a\\u{202e}b\\u{200b}c\\u{7}\\u{e000}é漢");
  expect([...fields(read('{"d\\u202e":"\\u200f"}'))]).toEqual([['"d\\u{202e}"', '"\\u{200f}"']]);
});
