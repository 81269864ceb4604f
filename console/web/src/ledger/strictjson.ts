/**
 * JSON from signed bytes, read as strictly as the nodes read it: UTF-8 without repairs, no member twice, nothing behind the value. `JSON.parse` would take the last of two
 * members of one name, where another reader could take the first. Numbers keep their digits, so that none is rounded on its way to somebody's eyes.
 */

export type Json = string | boolean | null | JsonNumber | Json[] | Map<string, Json>;

/** A number as it was written. */
export class JsonNumber {
  constructor(readonly digits: string) {}
}

const TOKEN = /[\t\n\r ]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)|(true|false|null))/y;
const MAX_DEPTH = 50;

export function parseStrictly(bytes: Uint8Array): Json {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): Json {
    const [sign, string, number, word] = this.next();
    if (depth > MAX_DEPTH) {
      throw new Error(`document: must be nested at most ${MAX_DEPTH} deep`);
    }
    if (string !== undefined) {
      return JSON.parse(string) as string;
    }
    if (number !== undefined) {
      return new JsonNumber(number);
    }
    if (word !== undefined) {
      return word === "null" ? null : word === "true";
    }
    return sign === "{" ? this.object(depth) : sign === "[" ? this.list(depth) : this.wrong();
  }

  end(): void {
    if (!/^[\t\n\r ]*$/.test(this.text.slice(this.at))) {
      this.wrong();
    }
  }

  private object(depth: number): Map<string, Json> {
    const members = new Map<string, Json>();
    if (this.follows("}")) {
      return members;
    }
    for (;;) {
      const [, string] = this.next();
      if (string === undefined) {
        return this.wrong();
      }
      const name = JSON.parse(string) as string;
      if (members.has(name)) {
        throw new Error(`document: must not have the member ${name} twice`);
      }
      this.sign(":");
      members.set(name, this.value(depth + 1));
      if (this.follows("}")) {
        return members;
      }
      this.sign(",");
    }
  }

  private list(depth: number): Json[] {
    const items: Json[] = [];
    if (this.follows("]")) {
      return items;
    }
    for (;;) {
      items.push(this.value(depth + 1));
      if (this.follows("]")) {
        return items;
      }
      this.sign(",");
    }
  }

  private follows(sign: string): boolean {
    const before = this.at;
    if (this.next()[0] === sign) {
      return true;
    }
    this.at = before;
    return false;
  }

  private sign(sign: string): void {
    if (this.next()[0] !== sign) {
      this.wrong();
    }
  }

  private next(): [string | undefined, string | undefined, string | undefined, string | undefined] {
    TOKEN.lastIndex = this.at;
    const found = TOKEN.exec(this.text);
    if (found === null) {
      return this.wrong();
    }
    this.at = TOKEN.lastIndex;
    return [found[1], found[2], found[3], found[4]];
  }

  private wrong(): never {
    throw new Error(`document: is no JSON near character ${this.at}`);
  }
}
