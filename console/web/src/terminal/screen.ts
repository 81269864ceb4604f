import { PLAIN, rendered, type Rendition } from "./rendition";

/** What a terminal shows: the part of VT100 and xterm that shells, editors and pagers use, as lines of characters, each with its rendition (adr/0128). */

/** So many lines that have left the screen at its top are kept. */
export const MOST_LINES = 1000;
const MOST_SEQUENCE = 64;
const TAB = 8;

export interface Cell {
  readonly character: string;
  readonly rendition: Rendition;
}

/** Where nothing was written, there is nothing. */
export type Line = (Cell | undefined)[];

export class Screen {
  lines: Line[];
  /** Lines that have left the screen at its top, as far as they are kept. */
  readonly past: Line[] = [];
  /** How many have left it ever. */
  scrolled = 0;
  cursorShown = true;
  private row = 0;
  private column = 0;
  private saved = [0, 0];
  private top = 0;
  private bottom: number;
  private sequence: string | undefined;
  private rendition = PLAIN;
  /** What the screen was before a program took another for itself, as editors do. */
  private before: { lines: Line[]; row: number; column: number } | undefined;
  private readonly decoder = new TextDecoder();

  /** @param answer types what the program asked for, such as where the cursor is */
  constructor(public rows: number, public columns: number, private readonly answer: (text: string) => void) {
    this.lines = Array.from({ length: rows }, () => []);
    this.bottom = rows - 1;
  }

  get cursor(): [number, number] {
    return [this.past.length + this.row, this.column];
  }

  /** Everything that is kept, without its colours. */
  text(): string {
    return [...this.past, ...this.lines].map((line) => Array.from(line, (each) => each?.character ?? " ").join("").trimEnd()).join("\n");
  }

  /** Another size; what has no room any more leaves at the top. */
  resize(rows: number, columns: number): void {
    this.rows = rows;
    this.columns = columns;
    this.fit();
  }

  private fit(): void {
    const isBlank = (line: Line | undefined) => line?.every((each) => each === undefined) ?? true;
    while (this.lines.length > this.rows) {
      if (this.row === 0 || (this.row < this.lines.length - 1 && isBlank(this.lines.at(-1)))) {
        this.lines.pop();
      } else {
        this.leave(this.lines.shift() ?? []);
        this.row--;
      }
    }
    while (this.lines.length < this.rows) {
      this.lines.push([]);
    }
    [this.top, this.bottom] = [0, this.rows - 1];
    this.move(this.row, this.column);
  }

  private leave(line: Line): void {
    if (this.before === undefined) {
      this.past.push(line);
      this.past.splice(0, this.past.length - MOST_LINES);
      this.scrolled++;
    }
  }

  write(bytes: Uint8Array): void {
    for (const character of this.decoder.decode(bytes, { stream: true })) {
      if (this.sequence !== undefined) {
        this.continue(character);
      } else {
        this.plain(character);
      }
    }
  }

  private plain(character: string): void {
    switch (character) {
      case "\x1b":
        this.sequence = "";
        return;
      case "\r":
        this.column = 0;
        return;
      case "\n":
      case "\v":
      case "\f":
        this.feed();
        return;
      case "\b":
        this.column = Math.max(0, this.column - 1);
        return;
      case "\t":
        this.column = Math.min(this.columns - 1, (Math.floor(this.column / TAB) + 1) * TAB);
        return;
      default:
        if (character >= " " && character !== "\x7f") {
          if (this.column >= this.columns) {
            this.column = 0;
            this.feed();
          }
          this.line()[this.column++] = { character, rendition: this.rendition };
        }
    }
  }

  private line(): Line {
    return (this.lines[this.row] ??= []);
  }

  /** What is erased has the background that is set, as terminals of this kind have it. */
  private blank(): Cell | undefined {
    return this.rendition.background === undefined ? undefined : { character: " ", rendition: { ...PLAIN, background: this.rendition.background } };
  }

  private blankLine(): Line {
    const blank = this.blank();
    return blank === undefined ? [] : Array.from({ length: this.columns }, () => blank);
  }

  private feed(): void {
    if (this.row === this.bottom) {
      this.scroll(1);
    } else {
      this.row = Math.min(this.rows - 1, this.row + 1);
    }
  }

  private scroll(count: number): void {
    for (let each = 0; each < Math.min(count, this.rows); each++) {
      const [gone] = this.lines.splice(this.top, 1);
      this.lines.splice(this.bottom, 0, this.blankLine());
      if (this.top === 0) {
        this.leave(gone ?? []);
      }
    }
  }

  /** Inside of an escape sequence: it ends by what it is, or where it is too long to be one. */
  private continue(character: string): void {
    const so = (this.sequence ?? "") + character;
    this.sequence = so.length < MOST_SEQUENCE ? so : undefined;
    if (so.startsWith("[")) {
      if (so.length > 1 && /[@-~]/.test(character)) {
        this.sequence = undefined;
        this.control(so.slice(1, -1), character);
      }
    } else if (so.startsWith("]")) {
      if (character === "\x07" || so.endsWith("\x1b\\")) {
        this.sequence = undefined;
      }
    } else if (!/^[()#]$/.test(so)) {
      this.sequence = undefined;
      this.escape(so);
    }
  }

  private escape(what: string): void {
    if (what === "7") {
      this.saved = [this.row, this.column];
    } else if (what === "8") {
      this.move(this.saved[0] ?? 0, this.saved[1] ?? 0);
    } else if (what === "D") {
      this.feed();
    } else if (what === "M") {
      if (this.row === this.top) {
        this.lines.splice(this.bottom, 1);
        this.lines.splice(this.top, 0, this.blankLine());
      } else {
        this.row = Math.max(0, this.row - 1);
      }
    } else if (what === "c") {
      this.rendition = PLAIN;
      this.before = undefined;
      this.cursorShown = true;
      this.lines = Array.from({ length: this.rows }, () => []);
      [this.top, this.bottom] = [0, this.rows - 1];
      this.move(0, 0);
    }
  }

  private move(row: number, column: number): void {
    this.row = Math.min(this.rows - 1, Math.max(0, row));
    this.column = Math.min(this.columns - 1, Math.max(0, column));
  }

  private control(parameters: string, command: string): void {
    const numbers = parameters.split(";").map((each) => (/^[0-9]{1,4}$/.test(each) ? Number(each) : 0));
    const first = numbers[0] ?? 0;
    const count = Math.max(1, first);
    switch (command) {
      case "A":
        return this.move(this.row - count, this.column);
      case "B":
        return this.move(this.row + count, this.column);
      case "C":
        return this.move(this.row, this.column + count);
      case "D":
        return this.move(this.row, this.column - count);
      case "G":
        return this.move(this.row, count - 1);
      case "d":
        return this.move(count - 1, this.column);
      case "H":
      case "f":
        return this.move(count - 1, Math.max(1, numbers[1] ?? 1) - 1);
      case "J":
        return this.erase(first);
      case "K":
        return this.eraseLine(first);
      case "P":
        this.line().splice(this.column, count);
        return;
      case "@":
        this.line().splice(this.column, 0, ...Array.from({ length: Math.min(count, this.columns) }, () => this.blank()));
        this.line().length = Math.min(this.line().length, this.columns);
        return;
      case "X":
        for (let each = 0; each < Math.min(count, this.columns - this.column); each++) {
          this.line()[this.column + each] = this.blank();
        }
        return;
      case "L":
      case "M":
        for (let each = 0; each < Math.min(count, this.bottom - this.row + 1); each++) {
          this.lines.splice(command === "L" ? this.bottom : this.row, 1);
          this.lines.splice(command === "L" ? this.row : this.bottom, 0, this.blankLine());
        }
        return;
      case "S":
        return this.scroll(count);
      case "r":
        this.top = Math.min(this.rows - 1, count - 1);
        this.bottom = Math.max(this.top, Math.min(this.rows, numbers[1] || this.rows) - 1);
        return this.move(0, 0);
      case "n":
        if (parameters === "6") {
          this.answer(`\x1b[${this.row + 1};${Math.min(this.column, this.columns - 1) + 1}R`);
        }
        return;
      case "m":
        if (/^[0-9;:]*$/.test(parameters)) {
          this.rendition = rendered(this.rendition, parameters);
        }
        return;
      case "h":
      case "l":
        return this.mode(parameters, command === "h");
      default: // what else a page of text has not
    }
  }

  private mode(parameters: string, on: boolean): void {
    for (const each of parameters.startsWith("?") ? parameters.slice(1).split(";") : []) {
      if (each === "25") {
        this.cursorShown = on;
      } else if (each === "1049" || each === "1047" || each === "47") {
        this.other(on);
      }
    }
  }

  /** The screen that a program has for itself, and back to what was there before. */
  private other(on: boolean): void {
    if (on && this.before === undefined) {
      this.before = { lines: this.lines, row: this.row, column: this.column };
      this.lines = Array.from({ length: this.rows }, () => []);
    } else if (!on && this.before !== undefined) {
      ({ lines: this.lines, row: this.row, column: this.column } = this.before);
      this.before = undefined;
      this.fit();
    }
  }

  private erase(what: number): void {
    this.eraseLine(what);
    this.lines = this.lines.map((line, row) => (what === 2 || (what === 0 && row > this.row) || (what === 1 && row < this.row) ? this.blankLine() : line));
  }

  private eraseLine(what: number): void {
    const line = this.line();
    if (what === 0) {
      line.length = Math.min(line.length, this.column);
      line.push(...this.blankLine().slice(line.length));
    } else if (what === 1) {
      for (let each = 0; each <= Math.min(this.column, this.columns - 1); each++) {
        line[each] = this.blank();
      }
    } else {
      this.lines[this.row] = this.blankLine();
    }
  }
}
