import { svg } from "./dom";
import { texts } from "./texts";

/** Links of the overlay, drawn: nodes on a circle, a line for each pair, its latency beside it. */

export interface Link {
  peer: string;
  up: boolean;
  roundTripMicros: number | null;
  problem: string;
}

export interface Ends {
  from: string;
  to: string;
  up: boolean;
  /** The slower of the two directions' measurements; null if neither end has measured. */
  roundTripMicros: number | null;
}

const WIDTH = 640;
const NODE = 9;
/** Sizes of the letters, as style.css has them; a phone's are larger in a drawing that is smaller. */
const LETTERS = { wide: 15, narrow: 26 };
/** Of a letter's size: how wide letters are at most, on an average, and how high a line is. */
const [BREADTH, LINE] = [0.6, 1];
/** Where on a line its latency stands: of more than three nodes some lines have the same middle. */
const [MIDDLE, ASIDE] = [0.5, 0.36];

interface Place {
  x: number;
  y: number;
}

/** Each pair once: a link is up if neither end says otherwise. */
export function pairs(nodes: { name: string; links: Link[] }[]): Ends[] {
  const found = new Map<string, Ends>();
  for (const node of nodes) {
    for (const link of node.links) {
      const [from, to] = [node.name, link.peer].sort() as [string, string];
      const known = found.get(`${from} ${to}`);
      const measured = [known?.roundTripMicros, link.roundTripMicros].filter((each): each is number => typeof each === "number");
      found.set(`${from} ${to}`, { from, to, up: link.up && (known?.up ?? true), roundTripMicros: measured.length > 0 ? Math.max(...measured) : null });
    }
  }
  return [...found.values()];
}

export function latency(micros: number): string {
  return micros < 1000 ? `${micros} µs` : `${(micros / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 })} ms`;
}

/** Whether all words of the drawing can be read: none lies over another, or beyond the edge. */
export function drawable(names: string[], links: Ends[], on: keyof typeof LETTERS): boolean {
  const { height, names: called, latencies } = layout(names, links);
  const size = LETTERS[on];
  const boxes = [...called, ...latencies].map(({ x, y, word }) => ({ left: x - (word.length * size * BREADTH) / 2, right: x + (word.length * size * BREADTH) / 2, top: y - size * LINE, bottom: y }));
  return boxes.every((one, index) => one.left >= 0 && one.right <= WIDTH && one.top >= 0 && one.bottom <= height
    && boxes.slice(index + 1).every((other) => one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top));
}

/** What is down first, then what takes longest. */
export function worstFirst(links: Ends[]): Ends[] {
  return [...links].sort((one, other) => Number(one.up) - Number(other.up) || (other.roundTripMicros ?? 0) - (one.roundTripMicros ?? 0));
}

export function how(link: Ends): string {
  return link.up ? (link.roundTripMicros === null ? texts.nodes.linkUp : latency(link.roundTripMicros)) : texts.nodes.linkDown;
}

interface Word extends Place {
  word: string;
}

function layout(names: string[], links: Ends[]): { height: number; nodes: Place[]; lines: { link: Ends; from: Place; to: Place }[]; names: Word[]; latencies: Word[] } {
  // Two nodes are a line, and need no circle's height.
  const height = names.length > 2 ? 360 : 130;
  const place = new Map(names.map((name, index) => [name, around(index, names.length, height)]));
  const lines = links.flatMap((link) => {
    const from = place.get(link.from);
    const to = place.get(link.to);
    return from === undefined || to === undefined ? [] : [{ link, from, to }];
  });
  const part = names.length > 3 ? ASIDE : MIDDLE;
  return {
    height, lines, nodes: [...place.values()],
    names: [...place].map(([word, at]) => ({ word, x: at.x, y: at.y + (at.y <= height / 2 + 1 ? -16 : 28) })),
    latencies: lines.map(({ link, from, to }) => ({ word: how(link), x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part - 6 })),
  };
}

/** The drawing; everything in it is also told in words, for those who do not see it. */
export function overlay(names: string[], links: Ends[]): SVGElement {
  const { height, lines, nodes, names: called, latencies } = layout(names, links);
  const written = (words: Word[], kind: string) => words.map(({ x, y, word }) => svg("text", { x, y, class: kind }, word));
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": texts.nodes.overlay, class: "overlay" },
    svg("desc", {}, links.map((link) => texts.nodes.link(link.from, link.to, how(link))).join("; ")),
    lines.map(({ link, from, to }) => svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, class: link.up ? "link" : "link down" })), written(latencies, "latency"),
    nodes.map((at) => svg("circle", { cx: at.x, cy: at.y, r: NODE, class: "node" })), written(called, "name"));
}

function around(index: number, count: number, height: number): Place {
  const angle = Math.PI + (2 * Math.PI * index) / Math.max(count, 1);
  return { x: WIDTH / 2 + (WIDTH / 2 - 90) * Math.cos(angle), y: height / 2 + (height / 2 - 60) * Math.sin(angle) };
}
