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
const [MOST_NODES, LONGEST_NAME] = [10, 20];

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

/** Whether there is room for a drawing: more nodes, or longer names, would lie over each other. */
export function drawable(names: string[]): boolean {
  return names.length <= MOST_NODES && names.every((name) => name.length <= LONGEST_NAME);
}

/** What is down first, then what takes longest. */
export function worstFirst(links: Ends[]): Ends[] {
  return [...links].sort((one, other) => Number(one.up) - Number(other.up) || (other.roundTripMicros ?? 0) - (one.roundTripMicros ?? 0));
}

export function how(link: Ends): string {
  return link.up ? (link.roundTripMicros === null ? texts.nodes.linkUp : latency(link.roundTripMicros)) : texts.nodes.linkDown;
}

/** The drawing; everything in it is also told in words, for those who do not see it. */
export function overlay(names: string[], links: Ends[]): SVGElement {
  // Two nodes are a line, and need no circle's height.
  const height = names.length > 2 ? 360 : 130;
  const place = new Map(names.map((name, index) => [name, around(index, names.length, height)]));
  const lines = links.flatMap((link) => {
    const from = place.get(link.from);
    const to = place.get(link.to);
    if (from === undefined || to === undefined) {
      return [];
    }
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    return [
      svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, class: link.up ? "link" : "link down" }),
      svg("text", { x: middle.x, y: middle.y - 6, class: "latency" }, how(link)),
    ];
  });
  const points = names.flatMap((name) => {
    const at = place.get(name) ?? { x: 0, y: 0 };
    return [svg("circle", { cx: at.x, cy: at.y, r: NODE, class: "node" }), svg("text", { x: at.x, y: at.y + (at.y <= height / 2 + 1 ? -16 : 28), class: "name" }, name)];
  });
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": texts.nodes.overlay, class: "overlay" },
    svg("desc", {}, links.map((link) => texts.nodes.link(link.from, link.to, how(link))).join("; ")), lines, points);
}

function around(index: number, count: number, height: number): { x: number; y: number } {
  const angle = Math.PI + (2 * Math.PI * index) / Math.max(count, 1);
  return { x: WIDTH / 2 + (WIDTH / 2 - 90) * Math.cos(angle), y: height / 2 + (height / 2 - 60) * Math.sin(angle) };
}
