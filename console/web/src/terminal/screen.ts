/**
 * What a terminal shows: the part of VT100 that shells, editors and pagers use, as lines of text. Colours are left out. Nothing of it ever becomes anything but text in
 * the page, and it needs no styles that the Content-Security-Policy would refuse.
 */

const MOST_LINES = 1000;
const MOST_SEQUENCE = 64;
const TAB = 8;

export class Screen {
  private lines: string[][];
  private past: string[] = [];
  private row = 0;
  private column = 0;
  private saved = [0, 0];
  private top = 0;
  private bottom: number;
  private sequence: string | undefined;
  private readonly decoder = new TextDecoder();

  /** @param answer types what the program asked for, such as where the cursor is */
  constructor(public rows: number, public columns: number, private readonly answer: (text: string) => void) {
    this.lines = Array.from({ length: rows }, () => []);
    this.bottom = rows - 1;
  }

  get cursor(): [number, number] {
    return [this.past.length + this.row, this.column];
  }

  text(): string {
    return [...this.past, ...this.lines.map((line) => Array.from(line, (each) => each ?? " ").join("").trimEnd())].join("\n");
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
          this.line()[this.column++] = character;
        }
    }
  }

  private line(): string[] {
    return (this.lines[this.row] ??= []);
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
      this.lines.splice(this.bottom, 0, []);
      if (this.top === 0) {
        this.past.push(Array.from(gone ?? [], (cell) => cell ?? " ").join("").trimEnd());
        this.past.splice(0, this.past.length - MOST_LINES);
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
        this.lines.splice(this.top, 0, []);
      } else {
        this.row = Math.max(0, this.row - 1);
      }
    } else if (what === "c") {
      this.lines = Array.from({ length: this.rows }, () => []);
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
        this.line().splice(this.column, 0, ...Array.from({ length: Math.min(count, this.columns) }, () => " "));
        this.line().length = Math.min(this.line().length, this.columns);
        return;
      case "X":
        for (let each = 0; each < Math.min(count, this.columns - this.column); each++) {
          this.line()[this.column + each] = " ";
        }
        return;
      case "L":
      case "M":
        for (let each = 0; each < Math.min(count, this.bottom - this.row + 1); each++) {
          this.lines.splice(command === "L" ? this.bottom : this.row, 1);
          this.lines.splice(command === "L" ? this.row : this.bottom, 0, []);
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
      default: // colours, modes and what else a page of text has not
    }
  }

  private erase(what: number): void {
    this.eraseLine(what);
    this.lines = this.lines.map((line, row) => (what === 2 || (what === 0 && row > this.row) || (what === 1 && row < this.row) ? [] : line));
  }

  private eraseLine(what: number): void {
    const line = this.line();
    if (what === 0) {
      line.length = Math.min(line.length, this.column);
    } else if (what === 1) {
      for (let each = 0; each <= Math.min(this.column, this.columns - 1); each++) {
        line[each] = " ";
      }
    } else {
      line.length = 0;
    }
  }
}
