import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const SOURCES = new URL("..", import.meta.url).pathname;

/** What begins as a sentence does and goes on with another word. Messages such as "key: is damaged" name fields of formats, and are none. */
const SENTENCE = /(?<quote>["`])[A-Z][a-z]+ [a-z]+[^"`]*\k<quote>/;

it("is the only place with sentences", () => {
  const found = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && name !== "pages/texts.ts")
    .flatMap((name) => readFileSync(`${SOURCES}/${name}`, "utf8").split("\n").filter((line) => !/^\s*(\/\/|\/?\*)/.test(line) && SENTENCE.test(line)).map((line) => `${name}: ${line.trim()}`));
  expect(found).toEqual([]);
});
