import { h, show } from "../pages/dom";
import { colours } from "./palette";
import { PLAIN, type Rendition } from "./rendition";
import { MOST_LINES, type Line, type Screen } from "./screen";

/** Puts a screen into the page as text with colours, and finds out how much of one has room there. */

const LEAST = { rows: 4, columns: 20 };
/** More no node takes. */
const MOST = 1000;
const MEASURED = 100;

/** What it gives back paints what the screen shows now. Lines that have left it stay above; they are painted once. */
export function painter(host: HTMLElement, screen: Screen): () => void {
  const past = h("span", { class: "past" });
  const now = h("span", {});
  let painted = 0;
  show(host, past, now);
  return () => {
    const fresh = Math.min(screen.scrolled - painted, screen.past.length);
    painted = screen.scrolled;
    past.append(...screen.past.slice(screen.past.length - fresh).map((line) => h("span", {}, runs(line), "\n")));
    while (past.childElementCount > MOST_LINES) {
      past.firstElementChild?.remove();
    }
    const [cursor, column] = [screen.cursor[0] - screen.past.length, Math.min(screen.cursor[1], screen.columns - 1)];
    show(now, screen.lines.map((line, row) => [row > 0 && "\n", runs(line.slice(0, screen.columns), row === cursor && screen.cursorShown ? column : undefined)]));
    host.scrollTop = host.scrollHeight;
  };
}

/** A line as pieces that look the same; the cursor is a piece of its own. */
function runs(line: Line, cursor?: number): (string | HTMLElement)[] {
  const found: (string | HTMLElement)[] = [];
  let text = "";
  let rendition = PLAIN;
  const end = () => {
    if (text !== "") {
      found.push(rendition === PLAIN ? text : piece("span", text, rendition));
    }
    text = "";
  };
  for (let column = 0; column < Math.max(line.length, (cursor ?? -1) + 1); column++) {
    const cell = line[column];
    if (column === cursor) {
      end();
      const under = cell?.rendition ?? PLAIN;
      found.push(piece("mark", cell?.character ?? " ", { ...under, inverse: !under.inverse }));
      continue;
    }
    if (cell !== undefined && cell.rendition !== rendition || cell === undefined && rendition !== PLAIN) {
      end();
      rendition = cell?.rendition ?? PLAIN;
    }
    text += cell?.character ?? " ";
  }
  end();
  return found;
}

function piece(tag: "span" | "mark", text: string, rendition: Rendition): HTMLElement {
  const element = h(tag, { class: [tag === "mark" ? "cursor" : "", rendition.bold ? "bold" : "", rendition.underlined ? "underlined" : ""].filter(Boolean).join(" ") || undefined }, text);
  Object.assign(element.style, colours(rendition));
  return element;
}

/** How many rows and columns have room in it as it is now. */
export function room(host: HTMLElement): { rows: number; columns: number } {
  const probe = h("span", { class: "probe", "aria-hidden": true }, "0".repeat(MEASURED));
  host.append(probe);
  const cell = probe.getBoundingClientRect();
  probe.remove();
  const style = getComputedStyle(host);
  const inside = (whole: number, ...paddings: string[]) => whole - paddings.reduce((sum, each) => sum + Number.parseFloat(each), 0);
  const fitting = (least: number, all: number, one: number) => Math.min(MOST, Math.max(least, Math.floor(all / one)));
  return {
    rows: fitting(LEAST.rows, inside(host.clientHeight, style.paddingTop, style.paddingBottom), cell.height),
    columns: fitting(LEAST.columns, inside(host.clientWidth, style.paddingLeft, style.paddingRight), cell.width / MEASURED),
  };
}
