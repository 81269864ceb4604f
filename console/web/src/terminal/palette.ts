import type { Colour, Rendition } from "./rendition";

/**
 * Colours of a terminal as a page shows them. A program chooses its colours for a ground that it does not know; where its text could not be read on the ground that is
 * there (contrast below 4.5, WCAG 2.2 AA), it is made lighter or darker until it can.
 */

type Rgb = readonly [number, number, number];

/** What a screen is without colours, in a light page and in a dark one: --text on --raised of style.css. */
export const SCHEMES: readonly { text: Rgb; ground: Rgb }[] = [{ text: [0x17, 0x20, 0x2a], ground: [0xf3, 0xf5, 0xf7] }, { text: [0xe8, 0xed, 0xf2], ground: [0x1d, 0x23, 0x2a] }];
export const LEAST = 4.5;

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const STEPS = 20;
const NAMED: readonly Rgb[] = [
  BLACK, [0xb8, 0x20, 0x2a], [0x1e, 0x7d, 0x3c], [0x9a, 0x6a, 0x00], [0x24, 0x5f, 0xb8], [0x96, 0x3a, 0xa0], [0x0f, 0x7a, 0x85], [0xc8, 0xcd, 0xd2],
  [0x6b, 0x74, 0x7d], [0xf0, 0x5a, 0x5a], [0x4c, 0xc4, 0x72], [0xe6, 0xb4, 0x3c], [0x6a, 0xa8, 0xff], [0xd6, 0x84, 0xe0], [0x4f, 0xc9, 0xd4], WHITE,
];
const CUBE = 16;
const GREYS = 232;

/** Red, green and blue of one of the 256: the sixteen with names, a cube of 6 by 6 by 6, and 24 greys. */
export function rgb(colour: Colour): Rgb {
  if (typeof colour !== "number") {
    return colour;
  }
  if (colour >= GREYS) {
    const grey = 8 + 10 * (colour - GREYS);
    return [grey, grey, grey];
  }
  const place = colour - CUBE;
  const part = (of: number) => (of === 0 ? 0 : 55 + 40 * of);
  return NAMED[colour] ?? [part(Math.floor(place / 36)), part(Math.floor(place / 6) % 6), part(place % 6)];
}

/** As WCAG 2.2 defines it: from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((each) => (each / 255 <= 0.04045 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The same colour if it can be read there; otherwise as little lighter or darker as is needed. */
function readable(ink: Rgb, ground: Rgb): Rgb {
  const towards = contrast(WHITE, ground) > contrast(BLACK, ground) ? WHITE : BLACK;
  for (let step = 0; step < STEPS; step++) {
    const mixed = ink.map((part, index) => Math.round(part + ((towards[index] ?? 0) - part) * (step / STEPS))) as unknown as Rgb;
    if (contrast(mixed, ground) >= LEAST) {
      return mixed;
    }
  }
  return towards;
}

/** Text and ground of a rendition, for each of the {@link SCHEMES}. */
export function shades({ foreground, background, inverse }: Rendition): { ink: Rgb; ground: Rgb }[] {
  return SCHEMES.map((scheme) => {
    const [front, back] = [foreground === undefined ? scheme.text : rgb(foreground), background === undefined ? scheme.ground : rgb(background)];
    const ground = inverse ? front : back;
    return { ink: readable(inverse ? back : front, ground), ground };
  });
}

const known = new Map<string, { color: string; backgroundColor: string }>();
/** Programs may use every colour of 24 bits. */
const MOST_KNOWN = 5000;

/** The same as values of CSS; the page's scheme chooses. */
export function colours(rendition: Rendition): { color: string; backgroundColor: string } {
  const name = `${String(rendition.foreground)} ${String(rendition.background)} ${rendition.inverse}`;
  let found = known.get(name);
  if (found === undefined) {
    const [light, dark] = shades(rendition);
    const both = (part: "ink" | "ground") => `light-dark(rgb(${light?.[part].join(" ")}), rgb(${dark?.[part].join(" ")}))`;
    found = { color: both("ink"), backgroundColor: rendition.background === undefined && !rendition.inverse ? "" : both("ground") };
    if (known.size < MOST_KNOWN) {
      known.set(name, found);
    }
  }
  return found;
}
