import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { utf8 } from "../ledger/bytes";
import { colours, contrast, LEAST, rgb, SCHEMES, shades } from "./palette";
import { PLAIN, rendered } from "./rendition";
import { Screen } from "./screen";

function screen(rows: number, columns: number) {
  const made = new Screen(rows, columns, () => undefined);
  return { made, write: (text: string) => made.write(utf8(text)), cell: (row: number, column: number) => made.lines[row]?.[column], text: () => made.text().split("\n") };
}

it("gives characters the colours that are set when they are written", () => {
  const { write, cell } = screen(3, 20);
  write("a\x1b[1;31mb\x1b[44;7;4mc\x1b[22;27;24md\x1b[me\r\n\x1b[97;100mf\x1b[39mg\x1b[49mh");
  expect(cell(0, 0)?.rendition).toBe(PLAIN);
  expect(cell(0, 1)?.rendition).toEqual({ ...PLAIN, foreground: 1, bold: true });
  expect(cell(0, 2)?.rendition).toEqual({ foreground: 1, background: 4, bold: true, underlined: true, inverse: true });
  expect(cell(0, 3)?.rendition).toEqual({ ...PLAIN, foreground: 1, background: 4 });
  expect(cell(0, 4)?.rendition).toEqual(PLAIN);
  expect(cell(1, 0)?.rendition).toEqual({ ...PLAIN, foreground: 15, background: 8 });
  expect(cell(1, 1)?.rendition).toEqual({ ...PLAIN, background: 8 });
  expect(cell(1, 2)?.rendition).toEqual(PLAIN);
});

it("knows 256 colours and those of 24 bits, in both ways in which they are written, and takes nothing else for one", () => {
  expect(rendered(PLAIN, "38;5;208").foreground).toBe(208);
  expect(rendered(PLAIN, "48:5:17;1")).toEqual({ ...PLAIN, background: 17, bold: true });
  expect(rendered(PLAIN, "38;2;1;2;3;4")).toEqual({ ...PLAIN, foreground: [1, 2, 3], underlined: true });
  expect(rendered(PLAIN, "38:2::1:2:3;4")).toEqual({ ...PLAIN, foreground: [1, 2, 3], underlined: true });
  expect(rendered(PLAIN, "38:2:1:2:3").foreground).toEqual([1, 2, 3]);
  for (const wrong of ["38;5;256", "38;5", "38;2;1;2", "38", "38;5;-1", "1000", "6", "38:5:x"]) {
    expect(rendered(PLAIN, wrong), wrong).toEqual(PLAIN);
  }
  expect(rgb(16)).toEqual([0, 0, 0]);
  expect(rgb(208)).toEqual([255, 135, 0]);
  expect(rgb(231)).toEqual([255, 255, 255]);
  expect(rgb(255)).toEqual([238, 238, 238]);
});

it("can be read whatever colours a program chooses, in a light page and in a dark one", () => {
  const all = [undefined, ...Array.from({ length: 256 }, (_, colour) => colour)];
  const unreadable = all.flatMap((background) => all.filter((_, place) => place < 18 || place % 7 === 0).filter((foreground) =>
    shades({ ...PLAIN, foreground, background, inverse: (foreground ?? 0) % 2 === 1 }).some(({ ink, ground }) => contrast(ink, ground) < LEAST)).map((foreground) => [foreground, background]));
  expect(unreadable).toEqual([]);
  expect(shades({ ...PLAIN, foreground: 21, background: 231 })[0]?.ink, "what can be read is left as it is").toEqual(rgb(21));
  expect(colours({ ...PLAIN, foreground: 15 }).backgroundColor).toBe("");
  expect(colours({ ...PLAIN, inverse: true }).backgroundColor).toBe("light-dark(rgb(23 32 42), rgb(232 237 242))");
});

it("has the page's own colours where a program chose none", () => {
  const sheet = readFileSync(new URL("../style.css", import.meta.url), "utf8");
  const named = (name: string) => new RegExp(`--${name}: light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\)`).exec(sheet)?.slice(1).map((each) => each.match(/../g)?.map((part) => Number.parseInt(part, 16)));
  expect(named("text")).toEqual(SCHEMES.map((each) => each.text));
  expect(named("raised")).toEqual(SCHEMES.map((each) => each.ground));
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
});

it("erases with the background that is set", () => {
  const { write, cell } = screen(3, 6);
  write("abc\x1b[44m\x1b[1;2H\x1b[K");
  expect(cell(0, 0)?.character).toBe("a");
  expect([1, 5].map((column) => [cell(0, column)?.character, cell(0, column)?.rendition])).toEqual([[" ", { ...PLAIN, background: 4 }], [" ", { ...PLAIN, background: 4 }]]);
  write("\x1b[m\x1b[2J");
  expect(cell(0, 5)).toBeUndefined();
});

it("takes another size: what is above leaves, what is below is kept out of the way of the cursor", () => {
  const { made, write, text } = screen(4, 10);
  write("1\r\n2\r\n3\r\n$ ");
  made.resize(2, 20);
  expect([made.rows, made.columns, made.lines.length, made.scrolled]).toEqual([2, 20, 2, 2]);
  expect(text()).toEqual(["1", "2", "3", "$"]);
  expect(made.cursor).toEqual([3, 2]);
  made.resize(5, 20);
  write("01234567890123456789x");
  expect(text()).toEqual(["1", "2", "3", "$ 012345678901234567", "89x", "", ""]);
  const short = screen(4, 10);
  short.write("only");
  short.made.resize(2, 10);
  expect([short.made.scrolled, short.text()], "blank lines below go first").toEqual([0, ["only", ""]]);
  short.write("\x1b[2;1Hx\r\n");
  expect(short.made.scrolled, "the whole screen scrolls").toBe(1);
});

it("gives an editor a screen of its own, and brings back what was there", () => {
  const { made, write, text } = screen(3, 10);
  write("$ vi\r\n\x1b[?1049h\x1b[?25l\x1b[Hfile\x1b[3;1H\r\n\n\n");
  expect(made.cursorShown).toBe(false);
  expect([text().includes("$ vi"), made.scrolled]).toEqual([false, 0]);
  made.resize(2, 10);
  write("\x1b[?1049l\x1b[?25h$ ");
  expect(text()).toEqual(["$ vi", "$"]);
  expect([made.cursorShown, made.cursor]).toEqual([true, [1, 2]]);
});
